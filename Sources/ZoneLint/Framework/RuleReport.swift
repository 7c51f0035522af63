import Diagnostics

/// Takes the findings of one rule.
struct RuleReport {
  let rule: Rule
  private let severity: Severity?
  private let limit: Int
  /// What the rule may know of the network.
  var network: NetworkView
  private(set) var findings: [Finding] = []
  private var surplus = 0

  init(_ rule: Rule, _ configuration: LintConfiguration, _ answers: NetworkAnswers? = nil) {
    self.rule = rule
    network = NetworkView(rule.network == .none ? nil : answers)
    severity = configuration.severities[rule.id]
    limit = configuration.maximumFindings
  }

  /// Adds a finding.
  ///
  /// - Parameters:
  ///   - message: what was found, what was expected; one sentence without a full stop. Worked out
  ///     only if the finding is kept.
  ///   - severity: where this finding is milder or worse than the rule's others.
  ///   - help: where it says more than the rule's remedy.
  mutating func add(
    _ message: @autoclosure () -> String, at location: @autoclosure () -> Location?,
    severity: Severity? = nil, notes: @autoclosure () -> [Note] = [], help: String? = nil,
    fix: @autoclosure () -> Fix? = nil
  ) {
    guard findings.count < limit else {
      surplus += 1
      return
    }
    findings.append(
      Finding(
        rule: rule.id, severity: self.severity ?? severity ?? rule.severity, message: message(),
        at: location(), notes: notes(), help: help ?? rule.remedy, why: rule.rationale,
        fix: fix()))
  }

  /// The findings, with a last one that counts those over the limit.
  var all: [Finding] {
    guard surplus > 0 else { return findings }
    let severity = findings.map(\.severity).max() ?? rule.severity
    return findings + [.rest(of: rule, severity, count: surplus)]
  }
}

extension Finding {
  /// Stands for findings of a rule that are only counted.
  fileprivate static func rest(of rule: Rule, _ severity: Severity, count: Int) -> Finding {
    var rest = Finding(
      rule: rule.id, severity: severity,
      message: "\(count) more findings of \(rule.id) are not shown", help: rule.remedy)
    rest.count = count
    return rest
  }
}

extension [Finding] {
  /// Findings that are there, each rule's up to a limit, with one more that counts the rest.
  func limited(to limit: Int) -> [Finding] {
    var counts: [String: Int] = [:]
    var worst: [String: Severity] = [:]
    let kept = filter { finding in
      counts[finding.rule, default: 0] += 1
      worst[finding.rule] = Swift.max(worst[finding.rule] ?? .info, finding.severity)
      return counts[finding.rule, default: 0] <= limit
    }
    return kept
      + counts.sorted { $0.key < $1.key }.compactMap { id, count in
        guard count > limit, let rule = Rule.find(id) else { return nil }
        return .rest(of: rule, worst[id] ?? rule.severity, count: count - limit)
      }
  }
}
