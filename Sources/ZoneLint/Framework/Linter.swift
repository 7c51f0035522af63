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
  public static func lint(
    _ reading: ZoneReading, configuration: LintConfiguration = .init()
  ) -> [Finding] {
    let rules = passes(configuration)
    let found =
      rules.isEmpty ? [] : run(rules, on: LintZone(ZoneIndex(reading.zone)), configuration)
    let all = levelled(reading.findings, configuration) + found
    // With nothing to switch off, and nobody asking for what is wrong with them, the comments
    // need not be looked for.
    let isIdle = all.isEmpty && !Rule.suppressionRules.contains(where: configuration.includes)
    let suppressions = Suppressions(in: isIdle ? [] : reading.zone.sources)
    let kept = configuration.settled(
      suppressions.apply(to: all), by: RecordLocator(reading.zone))
    return sorted(
      kept + levelled(suppressions.findings(configuration), configuration),
      sources: reading.zone.sources)
  }

  /// Lints the record sets of a hosted zone.
  ///
  /// - Parameters:
  ///   - apex: the hosted zone's name.
  ///   - findings: what the reader of the export found.
  public static func lint(
    _ recordSets: [RecordSet], apex: Name, findings: [Finding] = [],
    configuration: LintConfiguration = .init()
  ) -> [Finding] {
    let rules = passes(configuration)
    let found = rules.isEmpty ? [] : run(rules, on: LintZone(recordSets, apex: apex), configuration)
    return sorted(
      configuration.settled(
        levelled(findings, configuration) + found, by: RecordSetLocator(recordSets)), sources: [])
  }

  private static func passes(_ configuration: LintConfiguration) -> [Rule] {
    Rule.all.filter {
      if case .zone = $0.check { return configuration.includes($0) }
      return false
    }
  }

  private static func run(
    _ rules: [Rule], on zone: LintZone, _ configuration: LintConfiguration
  ) -> [Finding] {
    let context = LintContext(zone, configuration)
    let found = Mutex([[Finding]](repeating: [], count: rules.count))
    let isLarge = zone.index.zone.count >= parallelCount
    // Rules know nothing of each other. Each has its place, so that the order is always the same.
    eachOf(rules.indices, inParallel: isLarge) { place in
      guard case .zone(let check) = rules[place].check else { return }
      var report = RuleReport(rules[place], configuration)
      check(context, &report)
      let all = report.all
      found.withLock { $0[place] = all }
    }
    return found.withLock { $0 }.flatMap { $0 }
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
