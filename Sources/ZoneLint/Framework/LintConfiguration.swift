public import Diagnostics
public import ZoneKit

/// Which rules run, how bad their findings are, and what they need to know.
public struct LintConfiguration: Sendable {
  /// The sets whose rules run; none: no rule but those of the reader.
  public var sets: Set<RuleSet>
  /// Ids of rules that run besides.
  public var enabled: Set<String>
  /// Ids of rules whose findings are left out.
  public var disabled: Set<String>
  /// Severities that replace the rules' own, by id.
  public var severities: [String: Severity]
  /// When the zone is linted.
  public var phase: Phase
  /// Names that are web sites or load balancers, besides those that show it.
  public var webNames: [Name]
  /// The time in seconds since 1970, modulo 2^32; nil: what depends on it is not checked.
  public var now: UInt32?
  /// The largest TTL of a web site's records, in seconds.
  public var maximumWebTTL: UInt32
  /// What holds besides for findings at some names.
  public var names: [NameSettings] = []
  /// The most findings of one rule that are kept; those over it are counted in one more.
  public var maximumFindings: Int

  /// Where in the life of a zone it is linted.
  public enum Phase: String, Sendable {
    /// In normal times: the delegation's TTL is about 24 h.
    case normal
    /// Before a cutover: the delegation's TTL is at most 300 s.
    case cutover
  }

  /// A configuration.
  public init(
    sets: Set<RuleSet> = [.standard], enabled: Set<String> = [], disabled: Set<String> = [],
    severities: [String: Severity] = [:], phase: Phase? = nil, webNames: [Name] = [],
    now: UInt32? = nil, maximumWebTTL: UInt32 = 300, maximumFindings: Int = 1_000
  ) {
    self.sets = sets
    self.enabled = enabled
    self.disabled = disabled
    self.severities = severities
    self.phase = phase ?? (sets.contains(.migration) ? .cutover : .normal)
    self.webNames = webNames
    self.now = now
    self.maximumWebTTL = maximumWebTTL
    self.maximumFindings = maximumFindings
  }

  /// Whether findings of a rule are wanted.
  func includes(_ rule: Rule) -> Bool {
    if disabled.contains(rule.id) { return false }
    return enabled.contains(rule.id) || sets.contains { $0.contains(rule.home) }
  }

  /// What holds besides for findings at one name, or at all names below one.
  public struct NameSettings: Sendable {
    /// The name; a wildcard, `*.name`, stands for itself and all names below `name`.
    public var name: Name
    /// Ids of rules whose findings are left out there.
    public var disabled: Set<String>
    /// Severities there, by id.
    public var severities: [String: Severity]

    /// Settings.
    public init(name: Name, disabled: Set<String> = [], severities: [String: Severity] = [:]) {
      self.name = name
      self.disabled = disabled
      self.severities = severities
    }

    /// Whether they hold for a name.
    func apply(to owner: Name) -> Bool {
      guard name.isWildcard, let above = name.parent else { return owner == name }
      return owner.isBelow(above)
    }
  }

  /// The ids in the configuration that no rule has, in order.
  public var unknownRules: [UnknownRule] {
    enabled.union(disabled).union(severities.keys).filter { Rule.find($0) == nil }.sorted()
      .map(UnknownRule.init)
  }
}

/// A rule id that does not exist.
public struct UnknownRule: Error, Hashable, Sendable, CustomStringConvertible {
  /// The id as it was written.
  public let id: String

  /// An id that no rule has.
  public init(id: String) { self.id = id }

  /// The nearest id that exists, if one is near.
  public var suggestion: String? {
    Rule.all.map { (id: $0.id, distance: editDistance($0.id, id)) }
      .filter { $0.distance <= max(2, id.utf8.count / 3) }
      .min { ($0.distance, $0.id) < ($1.distance, $1.id) }?.id
  }

  /// The id, and what to do.
  public var description: String {
    let hint = suggestion.map { "; did you mean '\($0)'?" } ?? "; 'zonecut rules' lists all"
    return "no rule has the id '\(id)'\(hint)"
  }
}
