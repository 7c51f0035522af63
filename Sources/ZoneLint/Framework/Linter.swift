public import Diagnostics
import Dispatch
public import RecordSets
import Synchronization
public import ZoneKit

/// Runs the rules over a zone.
public enum Linter {
  /// Lints a zone that was read from a zone file. What the reader found is among the findings.
  ///
  /// Findings come in the order of the text, those without a place first.
  ///
  /// - Parameter inquiry: the way to the network; nil: rules do without.
  public static func lint(
    _ reading: ZoneReading, configuration: LintConfiguration = .init(), inquiry: Inquiry? = nil
  ) -> [Finding] {
    let rules = passes(configuration, inquiry)
    // With nothing to switch off, and nobody asking for what is wrong with them, the comments
    // need not be looked for.
    let isIdle =
      rules.isEmpty && reading.findings.isEmpty
      && !Rule.suppressionRules.contains(where: configuration.includes)
    let suppressions = Suppressions(in: isIdle ? [] : reading.zone.sources)
    let outcome =
      rules.isEmpty
      ? Outcome()
      : run(
        rules, on: LintZone(ZoneIndex(reading.zone)), configuration, inquiry,
        isSelective: !suppressions.isEmpty
      ) {
        configuration.settled(suppressions.apply(to: $0), by: RecordLocator(reading.zone))
      }
    suppressions.undecided = outcome.undecided
    let read = configuration.settled(
      suppressions.apply(to: levelled(reading.findings, configuration)),
      by: RecordLocator(reading.zone))
    return sorted(
      read + outcome.findings + levelled(suppressions.findings(configuration), configuration),
      sources: reading.zone.sources)
  }

  /// Lints the record sets of a hosted zone.
  ///
  /// - Parameters:
  ///   - apex: the hosted zone's name.
  ///   - findings: what the reader of the export found.
  ///   - inquiry: the way to the network; nil: rules do without.
  public static func lint(
    _ recordSets: [RecordSet], apex: Name, findings: [Finding] = [],
    configuration: LintConfiguration = .init(), inquiry: Inquiry? = nil
  ) -> [Finding] {
    let rules = passes(configuration, inquiry)
    let found =
      rules.isEmpty
      ? []
      : run(rules, on: LintZone(recordSets, apex: apex), configuration, inquiry) {
        configuration.settled($0, by: RecordSetLocator(recordSets))
      }.findings
    return sorted(
      configuration.settled(levelled(findings, configuration), by: RecordSetLocator(recordSets))
        + found, sources: [])
  }

  private static func passes(
    _ configuration: LintConfiguration, _ inquiry: Inquiry?
  ) -> [Rule] {
    Rule.all.filter {
      guard case .zone = $0.check, inquiry != nil || $0.network != .only else { return false }
      return configuration.includes($0)
    }
  }

  /// What the rules find, up to the limit, as far as it is wanted.
  ///
  /// - Parameters:
  ///   - isSelective: whether not all may be wanted, besides for what is set for names.
  ///   - wanted: the findings that are wanted.
  private static func run(
    _ rules: [Rule], on zone: LintZone, _ configuration: LintConfiguration, _ inquiry: Inquiry?,
    isSelective: Bool = false, wanted: ([Finding]) -> [Finding]
  ) -> Outcome {
    // Only what is wanted counts for the limit.
    let isLimitedHere = isSelective || !configuration.names.isEmpty
    var own = configuration
    if isLimitedHere { own.maximumFindings = .max }
    // A zone that cannot be moved at all is one finding.
    let isMovable = zone.index.zone.recordClass == .in
    let asked = isMovable ? rules : rules.filter { $0.id == Rule.zoneClass.id }
    var outcome = run(asked, on: LintContext(zone, own), inquiry)
    outcome.findings = wanted(outcome.findings)
    if isLimitedHere {
      outcome.findings = outcome.findings.limited(to: configuration.maximumFindings)
    }
    return outcome
  }

  private static func run(
    _ rules: [Rule], on context: LintContext, _ inquiry: Inquiry?
  ) -> Outcome {
    let answers = inquiry.map { learnt(for: rules, context, $0) }
    let reports = judged(rules, context, answers)
    var outcome = Outcome(findings: reports.flatMap { $0.all })
    if let answers {
      outcome.undecided = Set(reports.filter { !$0.network.open.isEmpty }.map(\.rule.id))
      if context.configuration.includes(.resolveUndecided) {
        outcome.findings += undecided(reports, context, answers)
      }
    }
    return outcome
  }

  /// What came of the rules.
  private struct Outcome {
    var findings: [Finding] = []
    /// Ids of rules that might have found more, had the network answered.
    var undecided = Set(Rule.all.filter { $0.network != .none }.map(\.id))
  }

  /// What the rules report, in their order.
  private static func judged(
    _ rules: [Rule], _ context: LintContext, _ answers: NetworkAnswers?
  ) -> [RuleReport] {
    let context = context.following(answers)
    let reports = Mutex(rules.map { RuleReport($0, context.configuration, answers) })
    let isLarge = context.zone.index.zone.count >= parallelCount
    // Rules know nothing of each other. Each has its place, so that the order is always the same.
    eachOf(rules.indices, inParallel: isLarge) { place in
      guard case .zone(let check) = rules[place].check else { return }
      var report = RuleReport(rules[place], context.configuration, answers)
      check(context, &report)
      let filled = report
      reports.withLock { $0[place] = filled }
    }
    return reports.withLock { $0 }
  }

  /// Lets rules ask until none has a further question.
  private static func learnt(
    for rules: [Rule], _ context: LintContext, _ inquiry: Inquiry
  ) -> NetworkAnswers {
    let asking = rules.filter { $0.network != .none }
    var answers = NetworkAnswers(server: inquiry.server)
    for _ in 0..<Inquiry.maximumRounds {
      let wanted = judged(asking, context, answers).map { report in
        report.network.open.filter { answers[$0] == nil }
      }
      let room = Inquiry.room(after: answers.count)
      let questions = Inquiry.inTurn(wanted, atMost: room)
      if questions.isEmpty { break }
      answers.add(questions, inquiry.ask(questions))
    }
    return answers
  }

  /// One finding for all that could not be decided.
  private static func undecided(
    _ reports: [RuleReport], _ context: LintContext, _ answers: NetworkAnswers
  ) -> [Finding] {
    var rules: [NetworkQuestion: [String]] = [:]
    var questions: [NetworkQuestion] = []
    for report in reports {
      for question in report.network.open {
        if rules[question] == nil { questions.append(question) }
        rules[question, default: []].append(report.rule.id)
      }
    }
    guard !questions.isEmpty else { return [] }
    var report = RuleReport(.resolveUndecided, context.configuration)
    let ids = Set(rules.values.flatMap { $0 }).sorted()
    report.add(
      "\(questions.count) of \(answers.count(with: questions)) questions have no answer from "
        + "\(answers.server), so that \(ids.joined(separator: ", ")) could not be decided for all "
        + "names", at: context.zone.location,
      notes: answers.notes(on: questions))
    return report.all
  }

  /// From so many records on, rules run beside each other: below, it would not be noticed.
  private static let parallelCount = 20_000

  private static func eachOf(
    _ places: Range<Int>, inParallel: Bool, _ body: @Sendable (Int) -> Void
  ) {
    if inParallel {
      DispatchQueue.concurrentPerform(iterations: places.count) { body($0) }
    } else {
      places.forEach(body)
    }
  }

  /// The reader's findings without those that are disabled, with the severities wanted, and with
  /// what their rules say of them.
  private static func levelled(
    _ findings: [Finding], _ configuration: LintConfiguration
  ) -> [Finding] {
    findings.compactMap { finding in
      if configuration.disabled.contains(finding.rule) { return nil }
      var finding = finding
      finding.severity = configuration.severities[finding.rule] ?? finding.severity
      if let rule = Rule.find(finding.rule) {
        finding.help = finding.help ?? rule.remedy
        finding.why = rule.rationale
      }
      return finding
    }
  }

  private static func sorted(_ findings: [Finding], sources: [SourceFile]) -> [Finding] {
    let order = Dictionary(
      sources.enumerated().map { (ObjectIdentifier($0.element), $0.offset) },
      uniquingKeysWith: { first, _ in first })
    func place(_ finding: Finding) -> Place {
      guard let location = finding.location else { return Place(source: -1, range: 0..<0) }
      return Place(
        source: order[ObjectIdentifier(location.source)] ?? sources.count, range: location.range)
    }
    return findings.map { (place: place($0), finding: $0) }
      .enumerated().sorted {
        ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
      }.map(\.element.finding)
  }

  /// Where a finding stands among all.
  private struct Place: Comparable {
    var source: Int
    var range: Range<Int>

    static func < (a: Place, b: Place) -> Bool {
      (a.source, a.range.lowerBound, a.range.upperBound)
        < (b.source, b.range.lowerBound, b.range.upperBound)
    }
  }
}
