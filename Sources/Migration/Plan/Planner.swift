import CPlatform
import Diagnostics
import Propagation
import RecordSets
import Route53
import Runbook
import ZoneKit
import ZoneLint

/// Makes plans. Reads no clock and no file.
public enum Planner {
  /// Plans the move of a zone.
  ///
  /// - Throws: `PlanError` where not even a blocked plan can be made.
  public static func plan(
    _ inputs: PlanInputs, options: PlanOptions
  ) throws(PlanError) -> Plan {
    let planned = try Changes(inputs, options)
    let (index, target) = (planned.index, planned.target)
    let (translation, isBlocked) = (planned.translation, planned.isBlocked)
    let changes = planned.load
    let findings = lint(inputs, options)

    let timetable = options.timetable
    let scheduleInputs: ScheduleInputs
    let schedule: Schedule
    do {
      scheduleInputs = try ScheduleInputs(
        of: index, changing: translation.changingSets(of: index), options: timetable,
        standInNSTTL: isBlocked ? timetable.steadyDelegationTTL : nil)
      schedule = try Schedule(scheduleInputs)
    } catch {
      throw .timetable("\(error)")
    }

    let delegation = Delegation(
      of: index, to: target.nameServers, hostedZoneID: target.id, schedule: schedule,
      options: timetable)
    let oldZone = OldZone(
      of: index, inputs: scheduleInputs, newServers: target.nameServers,
      options: inputs.zoneFileOptions, isAnnotated: inputs.annotated != nil)
    let draft = PlanDraft(
      id: planned.id, index: index, inputs: inputs, options: options, blockers: planned.blockers,
      findings: findings, ledger: translation.ledger,
      diff: Diff(from: target.zone.sets, to: isBlocked ? target.zone.sets : changes.wanted),
      batches: planned.files, schedule: schedule, delegation: delegation, oldZone: oldZone,
      queries: isBlocked ? [] : queries(index, translation),
      notes: isBlocked
        ? []
        : PlanNotes.notes(
          changes: changes, translation: translation, oldZone: oldZone, options: options,
          isSigned: index.isSigned))
    return Plan(draft, proof: isBlocked ? nil : changes.proof)
  }

  /// Makes room for the planning of a zone whose file has so many octets, if that is a large one:
  /// plans are made of many small objects, and memory that comes in small pieces is slow.
  public static func makeRoom(forFileOf count: Int) {
    if count >= roomyFileCount { heap_expect(min(count, .max / roomPerOctet) * roomPerOctet) }
  }

  /// Files from which on it pays, in octets.
  private static let roomyFileCount = 1 << 17
  /// The octets in memory for each of the file's, as measured for a plan of mixed records.
  private static let roomPerOctet = 64

  // MARK: - Parts

  /// What the rules find; nothing of records of class AWS, which only their reader knows.
  private static func lint(_ inputs: PlanInputs, _ options: PlanOptions) -> FindingReport {
    let report = FindingReport(Linter.lint(inputs.reading, configuration: options.lint))
    guard let annotated = inputs.annotated else { return report }
    let places = Set(annotated.replacedRecords.compactMap(inputs.reading.zone.location(ofRecord:)))
    return FindingReport(
      report.findings.filter { $0.location.map { !places.contains($0) } ?? true })
  }

  /// What is asked of every server: all that is carried, but nothing at or below a zone cut, where
  /// the answer is another zone's.
  private static func queries(_ index: ZoneIndex, _ translation: Translation) -> [Plan.Query] {
    var asked: Set<Plan.Query> = []
    // Of sets that a routing policy chooses among, one question is enough.
    return translation.recordSets.lazy
      .filter { index.zoneCut(above: $0.owner) == nil }
      .map { Plan.Query(owner: $0.owner, type: $0.type) }
      .filter { asked.insert($0).inserted }
  }
}

extension Plan {
  /// What a plan records of its inputs.
  static func records(of inputs: PlanInputs) -> [InputRecord] {
    inputs.zoneSources.map { InputRecord(.zone, $0) }
      + (inputs.target?.sources ?? []).map { InputRecord(.export, $0) }
      + (inputs.settings.map { [InputRecord(.settings, $0)] } ?? [])
  }
}

extension TTL {
  /// A span as a TTL, the longest where it is longer.
  init(span: TimeSpan) {
    self.init(UInt32(clamping: min(max(span.seconds, 0), Int64(Int32.max))))
  }
}
