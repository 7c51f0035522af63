public import ZoneKit

/// What a comparison found.
public struct ComparisonReport: Sendable, Hashable {
  /// The zone.
  public let apex: Name
  /// What stands for the old side: files or server addresses.
  public let old: [String]
  /// What stands for the new side.
  public let new: [String]
  /// How many questions were compared.
  public var questionCount = 0
  /// How many findings of each class there are, and how many pairs of answers match. A question
  /// counts once for each pair of answers that it gives.
  public private(set) var counts: [ComparisonClass: Int] = [:]
  /// The findings by cause, in the order of their first: explained ones last.
  public private(set) var groups: [Group] = []
  /// What else the person should know.
  public var notes: [String] = []
  /// What the parent's servers say, where that is as it should be.
  var parentNotes: [String] = []
  /// What agreement covers, and what it cannot.
  public var coverage = ""

  private var groupOfCause: [GroupKey: Int] = [:]

  /// The most findings of one cause that are kept one by one; the rest is counted.
  public static let maximumFindingsOfCause = 1_000

  /// A report without findings yet.
  public init(apex: Name, old: [String], new: [String]) {
    self.apex = apex
    self.old = old
    self.new = new
  }

  /// Findings with one cause.
  public struct Group: Sendable, Hashable {
    /// What probably lies behind them.
    public let cause: ComparisonFinding.Cause
    /// Whether they fail nothing.
    public let isExplained: Bool
    /// The first of them.
    public var findings: [ComparisonFinding] = []
    /// How many there are.
    public var count = 0
    /// How many of each class.
    public var counts: [ComparisonClass: Int] = [:]
    /// The servers that they were found at, in order of appearance.
    public var servers: [String] = []
  }

  private struct GroupKey: Hashable {
    let cause: ComparisonFinding.Cause
    let isExplained: Bool
  }

  /// Whether nothing but expected differences was found.
  public var isClean: Bool { counts.allSatisfy { $0.value == 0 || $0.key.isExplained } }

  /// Notes answers that match.
  public mutating func addMatch(count: Int = 1) { counts[.match, default: 0] += count }

  /// Notes expected differences of one reason that were counted before.
  mutating func addExpected(_ reason: String, verdict: ComparisonClass, count: Int) {
    let index = group(for: .expected(reason), isExplained: true)
    counts[verdict, default: 0] += count
    groups[index].count += count
    groups[index].counts[verdict, default: 0] += count
  }

  /// Adds a finding to those of its cause.
  public mutating func add(_ finding: ComparisonFinding) {
    counts[finding.verdict, default: 0] += 1
    let index = group(for: finding.cause, isExplained: finding.verdict.isExplained)
    groups[index].count += 1
    groups[index].counts[finding.verdict, default: 0] += 1
    for server in finding.servers where !groups[index].servers.contains(server) {
      groups[index].servers.append(server)
    }
    if groups[index].findings.count < Self.maximumFindingsOfCause {
      groups[index].findings.append(finding)
    }
  }

  private mutating func group(for cause: ComparisonFinding.Cause, isExplained: Bool) -> Int {
    let key = GroupKey(cause: cause, isExplained: isExplained)
    if let index = groupOfCause[key] { return index }
    groupOfCause[key] = groups.count
    groups.append(Group(cause: cause, isExplained: isExplained))
    return groups.count - 1
  }

  /// The groups that stand in the way.
  public var open: [Group] { groups.filter { !$0.isExplained } }
  /// The groups that do not.
  public var explained: [Group] { groups.filter(\.isExplained) }

  /// One line: the verdict, the counts, and what agreement covers and what it cannot.
  public var summary: String {
    let questions = questionCount == 1 ? "1 question" : "\(questionCount) questions"
    let differences = ComparisonClass.allCases.filter { !$0.isExplained && counts[$0] ?? 0 > 0 }
      .map { "\(counts[$0]!) \($0.rawValue)" }
    let explained = ComparisonClass.allCases.filter {
      $0 != .match && $0.isExplained && counts[$0] ?? 0 > 0
    }.map { "\(counts[$0]!) \($0.rawValue)" }
    let causes = open.count == 1 ? "1 cause" : "\(open.count) causes"
    let verdict =
      isClean ? "answer alike" : "DIFFER (\(differences.joined(separator: ", ")); \(causes))"
    return
      ([
        "\(apex): \(questions): old and new \(verdict)", "\(counts[.match] ?? 0) match",
      ] + explained).joined(separator: ", ") + "; \(coverage)"
  }
}

extension Dictionary where Key == ComparisonClass, Value == Int {
  /// `2 value, 1 missing`
  var text: String {
    ComparisonClass.allCases.compactMap { key in self[key].map { "\($0) \(key.rawValue)" } }
      .joined(separator: ", ")
  }
}
