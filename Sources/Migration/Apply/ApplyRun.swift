import Diagnostics
import Propagation
import RecordSets
import Route53
import ZoneKit

/// A run of `Applier` while it goes on.
struct ApplyRun {
  let applier: Applier
  let options: Applier.Options
  let zoneID: String
  private(set) var journal: Journal
  /// The hosted zone as it should be: the first export, led through what the journal says.
  var expected: HostedZone
  /// The first export as text, if it is not kept yet.
  private var firstExport: SourceFile?

  var plan: ApplicablePlan { applier.plan }

  /// Reads the journal, fetches the hosted zone and sees whether they belong to the plan.
  init(_ applier: Applier, _ options: Applier.Options) throws(ApplyError) {
    self.applier = applier
    self.options = options
    zoneID = try Self.zoneID(applier.plan, options)
    journal = try Self.readJournal(applier.store)
    let fetcher = ZoneFetcher(service: applier.service)
    try fetcher.check(zoneID, isNamed: applier.plan.zone)
    if let start = journal.start {
      try Self.check(start, applier.plan, zoneID)
      guard let export = applier.store.firstExport(),
        SHA256.hex(of: export.octets(in: 0..<export.count)) == start.exportSHA256
      else {
        throw ApplyError(
          "\(ApplyStore.firstExportFile), the export from before the first batch, is missing or "
            + "was changed: without it nobody can tell what others changed meanwhile")
      }
      expected = try fetcher.zone(export, id: zoneID, apex: applier.plan.zone)
      for step in applier.plan.steps.prefix(journal.applied) {
        try Self.apply(step.batch, to: &expected)
      }
    } else {
      let export = try fetcher.export(of: zoneID)
      firstExport = export
      expected = try fetcher.zone(export, id: zoneID, apex: applier.plan.zone)
    }
  }

  private static func zoneID(
    _ plan: ApplicablePlan, _ options: Applier.Options
  ) throws(ApplyError) -> String {
    switch (plan.hostedZoneID, options.hostedZoneID) {
    case (let planned?, let given?) where planned != given:
      throw ApplyError("the plan was made for the hosted zone \(planned), not for \(given)")
    case (let id?, _), (nil, let id?): return id
    case (nil, nil):
      throw ApplyError("the plan does not say which hosted zone it is for: give --zone-id")
    }
  }

  private static func readJournal(_ store: ApplyStore) throws(ApplyError) -> Journal {
    do {
      return try Journal(try store.journal(), name: ApplyStore.journalFile)
    } catch let error as JSONError {
      throw ApplyError(
        "the journal cannot be followed", findings: [error.finding(rule: "apply-journal")])
    } catch {
      throw ApplyError("\(error)")
    }
  }

  private static func check(
    _ start: JournalStart, _ plan: ApplicablePlan, _ zoneID: String
  ) throws(ApplyError) {
    guard start.hostedZoneID == zoneID else {
      throw ApplyError("the journal is of the hosted zone \(start.hostedZoneID), not of \(zoneID)")
    }
    guard start.planID == plan.id, start.files == plan.fileHashes else {
      throw ApplyError(
        "the batches are not those that the journal began with: put the former ones back")
    }
  }

  /// Applies a batch to the model.
  static func apply(
    _ file: ApplicablePlan.File, to zone: inout HostedZone
  ) throws(ApplyError) {
    do throws(ChangeBatchRejection) {
      try zone.apply(file.batch)
    } catch {
      throw ApplyError(
        difference: nil, findings: error.findings(for: file.batch),
        "\(file.path) does not go with the hosted zone as it is now; nothing was sent")
    }
  }
}

// MARK: - What is there, what is to do

extension ApplyRun {
  /// Finishes what an earlier run began, and sees that the hosted zone is as that run left it.
  mutating func takeUp() throws(ApplyError) {
    switch journal.open {
    case .intent(let move): try settle(move)
    case .sent(let move, let changeID): if !options.isDryRun { try resumeWait(changeID, of: move) }
    case nil: break
    }
    if journal.start != nil { try compare(with: fetch()) }
  }

  /// The batches to send.
  func moves() throws(ApplyError) -> [Move] {
    let count = plan.steps.count
    if let through = options.through, !(1...max(count, 1)).contains(through) {
      throw ApplyError("--through \(through): the plan has \(count) batches")
    }
    switch options.direction {
    case .apply:
      let load = plan.steps.prefix { $0.phase == .load }.count
      let end = options.through ?? max(load, journal.applied)
      return (journal.applied..<max(end, journal.applied)).map { Move(direction: .apply, step: $0) }
    case .rollback:
      // The first rollback undoes the last batch.
      let end = options.through.map { count - $0 } ?? 0
      return (min(end, journal.applied)..<journal.applied).reversed()
        .map { Move(direction: .rollback, step: $0) }
    }
  }

  /// Proves the moves against the model of the hosted zone as it is: all are taken, and what undoes
  /// them leads back exactly. So a batch that was planned for another state is found out before
  /// anything is sent.
  ///
  /// - Returns: the hosted zone behind the last move.
  func rehearse(_ moves: [Move]) throws(ApplyError) -> HostedZone {
    var zone = expected
    for move in moves { try Self.apply(file(move), to: &zone) }
    let end = zone
    for move in moves.reversed() { try Self.apply(file(move.inverse), to: &zone) }
    let diff = Diff(from: zone.sets, to: expected.sets)
    guard diff.isEmpty else {
      throw ApplyError(
        difference: diff,
        "the hosted zone is not as the batches expect it; nothing was sent",
        "plan again with a fresh export")
    }
    return end
  }

  func outlook(_ moves: [Move], end: HostedZone) -> ApplyOutlook {
    ApplyOutlook(
      zone: plan.zone, hostedZoneID: zoneID, direction: options.direction,
      files: moves.map(file), appliedCount: journal.applied, stepCount: plan.steps.count,
      setCounts: (expected.count, end.count))
  }

  func file(_ move: Move) -> ApplicablePlan.File {
    let step = plan.steps[move.step]
    return move.direction == .apply ? step.batch : step.rollback
  }
}

// MARK: - Sending

extension ApplyRun {
  /// Keeps the first export and begins the journal, if no run has.
  mutating func begin() throws(ApplyError) {
    guard journal.start == nil, let export = firstExport else { return }
    let octets = export.octets(in: 0..<export.count)
    do throws(DirectoryError) {
      try applier.store.keepFirstExport(octets)
    } catch {
      throw ApplyError("\(error); nothing was sent")
    }
    try write(
      .start(
        JournalStart(
          planID: plan.id, zone: plan.zone.description, hostedZoneID: zoneID,
          exportSHA256: SHA256.hex(of: octets), files: plan.fileHashes)))
  }

  /// Sends one batch and waits for it.
  mutating func carryOut(_ move: Move) throws(ApplyError) {
    let file = file(move)
    try compare(with: fetch())
    try write(.intent(move, sha256: file.sha256))
    let change: AWSRoute53.ChangeInfo
    do throws(AWSError) {
      change = try applier.service.change(zone: zoneID, batch: file.octets)
    } catch {
      return try settle(move, after: error)
    }
    try Self.apply(file, to: &expected)
    try write(.sent(move, changeID: change.id))
    try wait(for: change, of: move)
  }

  /// Sees that the hosted zone holds what it should.
  mutating func finish(sent count: Int, _ outlook: ApplyOutlook) throws(ApplyError) -> ApplyOutcome
  {
    try compare(with: fetch())
    return ApplyOutcome(sentCount: count, outlook: outlook, isDone: true)
  }

  mutating func write(_ event: JournalEntry.Event) throws(ApplyError) {
    let line = Array(JournalEntry(time: applier.now().description, event: event).line.utf8)
    if !options.isDryRun {
      do throws(DirectoryError) {
        try applier.store.append(line, journal.wholeCount)
      } catch {
        throw ApplyError("\(error)", "run the same again once that is mended: nothing is lost")
      }
    }
    guard journal.note(event, count: line.count) else {
      throw ApplyError("internal fault: the journal would not be followed")
    }
  }
}
