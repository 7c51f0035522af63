/// A value of a JSON text (RFC 8259) that knows where it stands.
public struct JSONValue: Sendable, Hashable {
  /// What the value is.
  public enum Kind: Sendable, Hashable {
    /// The members in the order of the text, repeated keys included.
    case object([JSONMember])
    /// The elements in the order of the text.
    case array([JSONValue])
    /// The string, its escapes decoded.
    case string(String)
    /// The number as it is written: no digit is lost to a floating-point form.
    case number(String)
    /// True or false.
    case bool(Bool)
    /// Null.
    case null
  }

  /// What the value is.
  public let kind: Kind
  /// Where it stands: brackets and quotes included.
  public let location: Location

  /// A value.
  public init(_ kind: Kind, at location: Location) {
    self.kind = kind
    self.location = location
  }
}

/// A key and its value in a JSON object.
public struct JSONMember: Sendable, Hashable {
  /// The key, its escapes decoded.
  public let key: String
  /// Where the key stands, quotes included.
  public let keyLocation: Location
  /// The value.
  public let value: JSONValue

  /// A member.
  public init(key: String, keyLocation: Location, value: JSONValue) {
    self.key = key
    self.keyLocation = keyLocation
    self.value = value
  }
}

/// A text that is no JSON, or a value that is not what it should be: what was expected and what
/// was found, at its place.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence without a final full stop.
  public let message: String
  /// Where.
  public let location: Location
  /// What to do, where that is known.
  public let help: String?

  /// An error.
  public init(_ message: String, at location: Location, help: String? = nil) {
    self.message = message
    self.location = location
    self.help = help
  }

  /// The error as a finding of severity error under a rule's id.
  public func finding(rule: String) -> Finding {
    Finding(rule: rule, severity: .error, message: message, at: location, help: help)
  }

  /// `file:line:column: message`, made safe to print.
  public var description: String {
    let start = location.start
    return visible("\(location.source.name):\(start.line):\(start.column): \(message)")
  }
}
