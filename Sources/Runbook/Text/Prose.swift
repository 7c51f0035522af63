/// A sentence or more, in which what is quoted of an input is told from the program's own words, so
/// that each renderer escapes it for its readers.
///
///     "Ask \(code: server) for the NS set of \(code: zone)."
public struct Prose: Hashable, Sendable {
  /// The parts in their order.
  public var parts: [Part]

  /// A stretch of text.
  public enum Part: Hashable, Sendable {
    /// Words; no markup in them means anything.
    case plain(String)
    /// A name, a value, a file, a command.
    case code(String)
    /// Words that must not be missed.
    case strong(String)
  }

  /// Parts that are at hand.
  public init(_ parts: [Part]) { self.parts = parts }

  /// The text without any marks.
  public var text: String {
    parts.map {
      switch $0 {
      case .plain(let text), .code(let text), .strong(let text): text
      }
    }.joined()
  }

  /// One after the other.
  public static func + (a: Prose, b: Prose) -> Prose { Prose(a.parts + b.parts) }
}

extension Prose: ExpressibleByStringInterpolation {
  /// Gathers the parts of a literal.
  public struct StringInterpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    /// An empty text.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// The program's own words.
    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.plain(literal)) }
    }

    /// Words, numbers, spans.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      parts.append(.plain(value.description))
    }

    /// What is quoted: a name, a value, a file.
    public mutating func appendInterpolation(code value: some CustomStringConvertible) {
      parts.append(.code(value.description))
    }

    /// What must not be missed.
    public mutating func appendInterpolation(strong value: String) {
      parts.append(.strong(value))
    }

    /// Several quoted things: `a, b, c`.
    public mutating func appendInterpolation(
      codes values: some Sequence<some CustomStringConvertible>
    ) {
      for (index, value) in values.enumerated() {
        if index > 0 { parts.append(.plain(", ")) }
        parts.append(.code(value.description))
      }
    }
  }

  /// The program's own words.
  public init(stringLiteral value: String) {
    parts = value.isEmpty ? [] : [.plain(value)]
  }

  /// Words with quoted things among them.
  public init(stringInterpolation: StringInterpolation) {
    parts = stringInterpolation.parts
  }
}
