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
    let index = ZoneIndex(inputs.reading.zone)
    let apex = index.zone.apex
    let target = try hostedZone(inputs, apex: apex, options: options)

    let findings = FindingReport(Linter.lint(inputs.reading, configuration: options.lint))
    let translation = try translate(index, options.translation, target.id)
    let id = planID(inputs, options)

    let soa = options.soa == .carry ? carriedSOA(index, inputs) : nil
    let changes = changes(target.zone, translation.recordSets, soa, id, options)
    let steady = try translate(index, steadyOptions(options.translation), target.id)
    let restore = try restoring(changes, target.zone, steady.recordSets, id, options)
    if let failure = changes.proofFailure ?? restore?.proofFailure { throw .proof(failure) }

    var blockers = checks(inputs, index, target)
    blockers += translation.ledger.findings.filter { $0.severity == .error }.map {
      Plan.Blocker($0.rule, $0.message, help: $0.help, at: $0.location)
    }
    blockers += (changes.blockers + (restore?.blockers ?? [])).map {
      Plan.Blocker("r53-change", "\($0)", at: $0.location)
    }
    let isBlocked = !blockers.isEmpty

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

    let batches =
      isBlocked ? [] : files(load: changes.batches, restore: restore?.batches ?? [])
    let delegation = Delegation(
      of: index, to: target.nameServers, hostedZoneID: target.id, schedule: schedule,
      options: timetable)
    let oldZone = OldZone(
      of: index, inputs: scheduleInputs, newServers: target.nameServers,
      options: inputs.zoneFileOptions)
    let draft = PlanDraft(
      id: id, index: index, inputs: inputs, options: options, blockers: blockers,
      findings: findings, ledger: translation.ledger,
      diff: Diff(from: target.zone.sets, to: isBlocked ? target.zone.sets : changes.wanted),
      batches: batches, schedule: schedule, delegation: delegation, oldZone: oldZone,
      queries: isBlocked ? [] : queries(index, translation),
      notes: isBlocked
        ? []
        : PlanNotes.notes(
          changes: changes, translation: translation, oldZone: oldZone, options: options,
          isSigned: index.isSigned))
    return Plan(draft, proof: isBlocked ? nil : changes.proof)
  }

  // MARK: - Parts

  /// The hosted zone that the plan starts from.
  private struct Target {
    let zone: HostedZone
    let id: String?
    /// Its name servers; empty if they are not known yet.
    let nameServers: [Name]
  }

  private static func hostedZone(
    _ inputs: PlanInputs, apex: Name, options: PlanOptions
  ) throws(PlanError) -> Target {
    guard let target = inputs.target else {
      return Target(
        zone: .new(apex: apex, id: options.hostedZoneID), id: options.hostedZoneID,
        nameServers: [])
    }
    let name = target.sources.first?.name ?? "the export"
    guard target.apex == apex else {
      throw .target("\(name): is the export of \(target.apex), expected that of \(apex)")
    }
    if let said = target.description?.id, let given = options.hostedZoneID, said != given {
      throw .target("\(name): is the hosted zone \(said), not \(given)")
    }
    let id = options.hostedZoneID ?? target.description?.id
    let ns = target.recordSets.first { $0.owner == apex && $0.type == .ns }
    guard let servers = ns?.data.flatMap(\.names), !servers.isEmpty else {
      throw .target("\(name): has no NS set at \(apex), which every hosted zone has")
    }
    do throws(HostedZoneError) {
      let zone = try HostedZone(apex: apex, id: id, sets: target.recordSets)
      return Target(zone: zone, id: id, nameServers: servers)
    } catch {
      throw .target("\(name): \(error)")
    }
  }

  private static func translate(
    _ index: ZoneIndex, _ options: Translation.Options, _ hostedZoneID: String?
  ) throws(PlanError) -> Translation {
    var options = options
    options.hostedZoneID = hostedZoneID
    do throws(LedgerError) {
      return try Translation(of: index, options: options)
    } catch {
      throw .ledger(error)
    }
  }

  /// After the parallel run: TTLs that were kept stay, others become those that shall last.
  private static func steadyOptions(_ options: Translation.Options) -> Translation.Options {
    var options = options
    if options.ttl == .lowered { options.ttl = .steady }
    return options
  }

  private static func changeOptions(_ options: PlanOptions, id: String) -> ChangeOptions {
    var changes = ChangeOptions()
    changes.planID = id
    changes.keep = options.keep
    changes.cutoverNSTTL = TTL(span: options.timetable.loweredTTL)
    changes.steadyNSTTL = TTL(span: options.timetable.steadyDelegationTTL)
    return changes
  }

  private static func changes(
    _ zone: HostedZone, _ wanted: [RecordSet], _ soa: RecordSet?, _ id: String,
    _ options: PlanOptions
  ) -> ChangePlan {
    var changes = changeOptions(options, id: id)
    changes.apexSOA = soa
    changes.prunes = options.prunes
    changes.maximumDeletedPercent = options.maximumDeletedPercent
    return ChangePlan(from: zone, to: wanted, options: changes)
  }

  private static func carriedSOA(_ index: ZoneIndex, _ inputs: PlanInputs) -> RecordSet? {
    let apex = index.zone.apex
    guard let old = index.rrset(apex, .soa),
      let hosted = inputs.target?.recordSets.first(where: { $0.type == .soa && $0.owner == apex })
    else { return nil }
    return RecordSet(carrying: old, into: hosted)
  }

  /// The changes that restore the TTLs, from where the load ends; nil if that is blocked.
  private static func restoring(
    _ load: ChangePlan, _ zone: HostedZone, _ steady: [RecordSet], _ id: String,
    _ options: PlanOptions
  ) throws(PlanError) -> ChangePlan? {
    if load.isBlocked { return nil }
    var changes = changeOptions(options, id: id)
    changes.batchName = "restore"
    // With stand-ins for name servers the set at the apex is left alone.
    changes.cutoverNSTTL = load.lacksNameServers ? nil : changes.steadyNSTTL
    do throws(HostedZoneError) {
      let loaded = try HostedZone(apex: zone.apex, id: zone.id, sets: load.wanted)
      return ChangePlan(from: loaded, to: steady, options: changes)
    } catch {
      throw .target("\(error)")
    }
  }

  /// What is asked of every server: all that is carried, but nothing at or below a zone cut, where
  /// the answer is another zone's.
  private static func queries(_ index: ZoneIndex, _ translation: Translation) -> [Plan.Query] {
    translation.recordSets.lazy
      .filter { index.zoneCut(above: $0.owner) == nil }
      .map { Plan.Query(owner: $0.owner, type: $0.type) }
  }

  private static func files(
    load: [PlannedBatch], restore: [PlannedBatch]
  ) -> [Plan.BatchFile] {
    let all = load.map { (Plan.BatchFile.Phase.load, $0) } + restore.map { (.restore, $0) }
    let width = max(2, String(all.count).utf8.count)
    func number(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: width - digits.utf8.count) + digits
    }
    return all.enumerated().map { index, entry in
      let name = "\(number(index + 1))-\(entry.0.rawValue)"
      return Plan.BatchFile(
        phase: entry.0, batch: entry.1.batch, path: "batches/\(name).json",
        rollback: entry.1.rollback,
        rollbackPath: "rollback/\(number(all.count - index))-undo-\(name).json")
    }
  }

  // MARK: - Safety

  private static func checks(
    _ inputs: PlanInputs, _ index: ZoneIndex, _ target: Target
  ) -> [Plan.Blocker] {
    var blockers: [Plan.Blocker] = []
    if inputs.target?.description?.isPrivate == true {
      blockers.append(
        Plan.Blocker(
          "private-hosted-zone", "the hosted zone answers in private networks only",
          help: "a public zone moves into a public hosted zone"))
    }
    blockers += nameChecks(index.zone.apex, hostedZoneExists: inputs.target != nil)
    let old = Set(index.rrset(index.zone.apex, .ns)?.data.flatMap(\.names) ?? [])
    if old.isEmpty {
      blockers.append(
        Plan.Blocker(
          "no-apex-ns", "the zone has no NS records at its apex, expected its name servers",
          help: "add the servers that the zone is delegated to: no timetable and no way back is "
            + "known without them"))
    }
    let both = target.nameServers.filter(old.contains)
    if !both.isEmpty {
      blockers.append(
        Plan.Blocker(
          "new-ns-is-old",
          "the hosted zone's NS set names servers of the old zone: "
            + both.map(\.description).joined(separator: ", "),
          help: "the NS set of a hosted zone holds the four servers that Route 53 assigned to it"))
    }
    return blockers
  }

  /// What stands in the way by the zone's name alone. A hosted zone that exists shows that Route 53
  /// takes its name.
  private static func nameChecks(_ apex: Name, hostedZoneExists: Bool) -> [Plan.Blocker] {
    if apex.isRoot {
      return [Plan.Blocker("root-zone", "this is the root zone, which Route 53 does not host")]
    }
    guard apex.labelCount == 1, !hostedZoneExists else { return [] }
    // API reference, CreateHostedZone: none can be created for a top-level domain.
    return [
      Plan.Blocker(
        "top-level-domain",
        "\(apex) is a top-level domain, for which Route 53 creates no hosted zone",
        help: "if the hosted zone exists all the same, give its export with --into")
    ]
  }

  // MARK: - Identity

  private static func planID(_ inputs: PlanInputs, _ options: PlanOptions) -> String {
    var hash = SHA256()
    for source in inputs.reading.zone.sources {
      hash.update("\(InputRecord(.zone, source).sha256)\n".utf8)
    }
    // The sets and not their text: a fresh export of the same sets gives the same plan.
    hash.update((inputs.target?.recordSets ?? []).exportJSON.text(pretty: false).utf8)
    if let settings = inputs.settings {
      hash.update("\(InputRecord(.settings, settings).sha256)\n".utf8)
    }
    for choice in options.choices { hash.update((choice + "\n").utf8) }
    return String(hash.hexDigest().prefix(12))
  }
}

extension Plan {
  /// What a plan records of its inputs.
  static func records(of inputs: PlanInputs) -> [InputRecord] {
    inputs.reading.zone.sources.map { InputRecord(.zone, $0) }
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
