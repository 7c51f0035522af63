/// How bad a finding is. Ordered: `.info < .warning < .error`.
public enum Severity: String, CaseIterable, Comparable, Sendable {
  /// Worth knowing.
  case info
  /// Likely to hurt.
  case warning
  /// Wrong, or breaks something.
  case error

  /// In the order of badness.
  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// A stretch of octets in a source.
public struct Location: Sendable, Hashable {
  /// The source.
  public let source: SourceFile
  /// Octet offsets in it; empty at a point.
  public let range: Range<Int>

  /// A location.
  public init(_ source: SourceFile, _ range: Range<Int>) {
    self.source = source
    self.range = range
  }

  /// Where it begins, as a person counts.
  public var start: Position { source.position(at: range.lowerBound) }
  /// Where it ends (just past the last octet), as a person counts.
  public var end: Position { source.position(at: range.upperBound) }

  /// True of the same stretch of the same source, not only of equal text.
  public static func == (a: Location, b: Location) -> Bool {
    a.source === b.source && a.range == b.range
  }

  /// Hashes the source's identity and the range.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(source))
    hasher.combine(range)
  }
}

/// Something found in an input: what, where, how bad, why it matters, what to do.
public struct Finding: Sendable, Hashable {
  /// The rule's id, kebab-case: `cname-and-other`, `syn-bad-escape`.
  public var rule: String
  /// How bad it is.
  public var severity: Severity
  /// One sentence without a final full stop: what was found, what was expected.
  public var message: String
  /// Where, if it has a place.
  public var location: Location?
  /// Other places that belong to it.
  public var notes: [Note]
  /// What to do, in a sentence.
  public var help: String?
  /// Why it matters, in whole sentences.
  public var why: String?
  /// A change to the text that settles it.
  public var fix: Fix?
  /// How many findings it stands for: more than one where the rest of a rule's are only counted.
  public var count = 1

  /// A finding.
  public init(
    rule: String, severity: Severity, message: String, at location: Location? = nil,
    notes: [Note] = [], help: String? = nil, why: String? = nil, fix: Fix? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.location = location
    self.notes = notes
    self.help = help
    self.why = why
    self.fix = fix
  }
}

/// A further place that explains a finding.
public struct Note: Sendable, Hashable {
  /// What stands there.
  public var message: String
  /// Where.
  public var location: Location?

  /// A note.
  public init(_ message: String, at location: Location? = nil) {
    self.message = message
    self.location = location
  }
}

/// A change of the text that settles a finding.
public struct Fix: Sendable, Hashable {
  /// What it does: "add the final dot".
  public var title: String
  /// The replacements, none overlapping another.
  public var edits: [Edit]

  /// A fix.
  public init(title: String, edits: [Edit]) {
    self.title = title
    self.edits = edits
  }
}

/// One replacement in a source.
public struct Edit: Sendable, Hashable {
  /// What is replaced; empty to insert.
  public var location: Location
  /// The octets that take its place.
  public var replacement: [UInt8]

  /// An edit.
  public init(_ location: Location, replacement: [UInt8]) {
    self.location = location
    self.replacement = replacement
  }
}
