public import Diagnostics

/// A lint rule: what it looks for, why that matters in a move, and how it is settled.
///
/// A rule describes itself; `zonecut rules ID` prints the description, and the examples are the
/// rule's tests.
public struct Rule: Sendable, Identifiable {
  /// Kebab-case, stable: `cname-and-other`.
  public let id: String
  /// What is wrong, in a few words: "CNAME beside other data".
  public let title: String
  /// How bad a finding is unless the configuration says otherwise.
  public let severity: Severity
  /// What it is about.
  public let group: RuleGroup
  /// The smallest set that it belongs to.
  public let home: RuleSet
  /// Why it matters, above all in a migration.
  public let rationale: String
  /// Where it is laid down: an RFC with section, a page of AWS.
  public let reference: String
  /// What to do, in a sentence.
  public let remedy: String
  /// Zones that give exactly one finding, at the place marked.
  public var triggering: [Example] { makeTriggering() }
  /// Zones that give none.
  public var nonTriggering: [Example] { makeNonTriggering() }
  /// How `lint --fix` settles its findings; nil where that takes a person.
  public let fix: RuleFix?
  /// What it asks of the network, where it may.
  public let network: NetworkUse
  let check: Check

  // Whoever lints has no use for examples: they are made for whoever asks.
  private let makeTriggering: @Sendable () -> [Example]
  private let makeNonTriggering: @Sendable () -> [Example]

  /// How the rule is decided.
  enum Check: Sendable {
    /// By this pass over the zone.
    case zone(@Sendable (LintContext, inout RuleReport) -> Void)
    /// By the reader of zone files or exports, which reports it while reading.
    case reader
    /// By what the network left unanswered to the other rules.
    case unanswered
    /// Not at all, for the reason given.
    case leftOut(reason: String)
  }

  /// A rule that is decided by a pass over the zone.
  init(
    _ id: String, _ title: String, _ severity: Severity, in home: RuleSet = .standard,
    group: RuleGroup, rationale: String, reference: String, remedy: String,
    triggering: @autoclosure @escaping @Sendable () -> [Example],
    nonTriggering: @autoclosure @escaping @Sendable () -> [Example], fix: RuleFix? = nil,
    network: NetworkUse = .none, check: @escaping @Sendable (LintContext, inout RuleReport) -> Void
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.group = group
    self.home = home
    self.rationale = rationale
    self.reference = reference
    self.remedy = remedy
    makeTriggering = triggering
    makeNonTriggering = nonTriggering
    self.fix = fix
    self.network = network
    self.check = .zone(check)
  }

  /// A rule without a pass of its own.
  init(
    _ id: String, _ title: String, _ severity: Severity, group: RuleGroup, rationale: String,
    reference: String, remedy: String,
    triggering: @autoclosure @escaping @Sendable () -> [Example] = [],
    nonTriggering: @autoclosure @escaping @Sendable () -> [Example] = [], fix: RuleFix? = nil,
    network: NetworkUse = .none, check: Check
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.group = group
    self.home = .standard
    self.rationale = rationale
    self.reference = reference
    self.remedy = remedy
    makeTriggering = triggering
    makeNonTriggering = nonTriggering
    self.fix = fix
    self.network = network
    self.check = check
  }

  /// Why the rule finds nothing in this version; nil for a rule that works.
  public var leftOutReason: String? {
    if case .leftOut(let reason) = check { return reason }
    return nil
  }

  /// Whether the rule is decided while reading, not by a pass over what was read.
  public var isDecidedByReader: Bool {
    if case .reader = check { return true }
    return false
  }
}

/// What a rule asks of the network.
public enum NetworkUse: String, Sendable {
  /// Nothing: the zone decides it.
  case none
  /// The zone decides it as far as it can, the network the rest.
  case more
  /// All of it: without the network it finds nothing.
  case only
}

/// What a rule is about.
public enum RuleGroup: String, CaseIterable, Sendable {
  /// The text of a zone file.
  case syntax
  /// Zone cuts, CNAMEs, glue, targets.
  case structure
  /// Times to live.
  case ttl
  /// The SOA record.
  case soa
  /// SPF, DKIM, DMARC, MTA-STS, TLS-RPT, BIMI, MX.
  case mail
  /// Certificate authority authorization.
  case caa
  /// Signed data.
  case dnssec
  /// Names that can be taken over, addresses that do not belong.
  case security
  /// How names are spelt.
  case naming
  /// What Route 53 cannot carry or will change.
  case route53
  /// What a move has to reconnect.
  case migration
}

/// A set of rules to choose by name.
public enum RuleSet: String, CaseIterable, Sendable {
  /// What is wrong or likely to hurt, wherever the zone is served.
  case standard
  /// What Route 53 cannot carry or will change.
  case route53
  /// Everything that matters in a move: `standard`, `route53` and the rules of the move itself.
  case migration
  /// All rules.
  case strict

  /// Whether a rule whose home is `home` belongs to this set.
  func contains(_ home: RuleSet) -> Bool {
    switch self {
    case .standard, .route53: home == self
    case .migration: home != .strict
    case .strict: true
    }
  }

  /// Its rules, in the order of the registry.
  public var rules: [Rule] { Rule.all.filter { contains($0.home) } }
}
