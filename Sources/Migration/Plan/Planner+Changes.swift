import Diagnostics
import Propagation
import RecordSets
import Route53
import ZoneKit

extension Planner {
  /// What of the old zone enters the hosted zone, and by which batches: the part of a plan that
  /// knows no dates.
  struct Changes: Sendable {
    /// The plan's id.
    let id: String
    let index: ZoneIndex
    let target: Target
    let translation: Translation
    /// The changes that load the zone.
    let load: ChangePlan
    /// Those that restore its TTLs; nil if the load is blocked or has lowered none.
    let restore: ChangePlan?
    /// What stands in the way.
    let blockers: [Plan.Blocker]
    /// The batches; none if something stands in the way.
    let files: [Plan.BatchFile]

    var isBlocked: Bool { !blockers.isEmpty }

    init(_ inputs: PlanInputs, _ options: PlanOptions) throws(PlanError) {
      index = ZoneIndex(inputs.reading.zone)
      id = planID(inputs, options)
      target = try hostedZone(inputs, apex: index.zone.apex, options: options)
      translation = try translate(index, inputs.annotated, options.translation, target.id)
      let soa = options.soa == .carry ? carriedSOA(index, inputs) : nil
      load = Planner.load(target.zone, translation.recordSets, soa, id, options)
      let later = steadyOptions(options.translation)
      let keepsTTLs = later == options.translation
      if keepsTTLs, load.lacksNameServers {
        restore = nil
      } else {
        let steady =
          keepsTTLs ? translation : try translate(index, inputs.annotated, later, target.id)
        restore = restoring(load, steady.recordSets, id, options)
      }
      if let failure = load.proofFailure ?? restore?.proofFailure { throw .proof(failure) }
      blockers =
        checks(inputs, index, target)
        + translation.ledger.findings.filter { $0.severity == .error }.map {
          Plan.Blocker($0.rule, $0.message, help: $0.help, at: $0.location)
        } + Plan.Blocker.blockers(of: load) + (restore.map(Plan.Blocker.blockers) ?? [])
      files =
        blockers.isEmpty
        ? Planner.files(load: load, restore: restore) : []
    }
  }

  // MARK: - Batches alone

  /// Plans the batches of a zone's move, without timetable and runbook.
  ///
  /// - Throws: `PlanError` where not even a blocked plan can be made.
  public static func batches(
    _ inputs: PlanInputs, options: PlanOptions
  ) throws(PlanError) -> BatchSet {
    let planned = try Changes(inputs, options)
    return BatchSet(
      id: planned.id, apex: planned.index.zone.apex, hostedZoneID: planned.target.id,
      blockers: planned.blockers, batches: planned.files,
      notes: PlanNotes.notes(of: planned.load), before: planned.target.zone,
      after: planned.isBlocked ? nil : planned.load.end, origin: planned)
  }

  /// Plans the batches that empty a hosted zone again, down to SOA and NS of its apex: the end of
  /// a rehearsal.
  ///
  /// - Throws: `PlanError` if the sets are no hosted zone, or the batches cannot be proven.
  public static func emptying(
    _ target: PlanInputs.Target, options: PlanOptions
  ) throws(PlanError) -> BatchSet {
    let found = try hostedZone(target, apex: target.apex, options: options)
    var hash = SHA256()
    hash.update("empty\n".utf8)
    hash.update(target.recordSets.exportJSON.octets(pretty: false))
    let id = shortID(hash)
    let plan = ChangePlan(emptying: found.zone, options: changeOptions(options, id: id))
    if let failure = plan.proofFailure { throw .proof(failure) }
    let blockers = Plan.Blocker.blockers(of: plan)
    return BatchSet(
      id: id, apex: target.apex, hostedZoneID: found.id, blockers: blockers,
      batches: files(load: plan, restore: nil, named: "empty"), notes: [],
      before: found.zone, after: plan.end, origin: plan)
  }

  // MARK: - Parts

  /// The hosted zone that the plan starts from.
  struct Target {
    let zone: HostedZone
    let id: String?
    /// Its name servers; empty if they are not known yet.
    let nameServers: [Name]
  }

  fileprivate static func hostedZone(
    _ inputs: PlanInputs, apex: Name, options: PlanOptions
  ) throws(PlanError) -> Target {
    guard let target = inputs.target else {
      var zone = HostedZone.new(apex: apex, id: options.hostedZoneID)
      if let limit = options.setLimit { zone.setLimit = limit }
      return Target(zone: zone, id: options.hostedZoneID, nameServers: [])
    }
    return try hostedZone(target, apex: apex, options: options)
  }

  fileprivate static func hostedZone(
    _ target: PlanInputs.Target, apex: Name, options: PlanOptions
  ) throws(PlanError) -> Target {
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
      var zone = try HostedZone(apex: apex, id: id, sets: target.recordSets)
      if let limit = options.setLimit { zone.setLimit = max(limit, zone.count) }
      return Target(zone: zone, id: id, nameServers: servers)
    } catch {
      throw .target("\(name): \(error)")
    }
  }

  fileprivate static func translate(
    _ index: ZoneIndex, _ annotated: AnnotatedZone?, _ options: Translation.Options,
    _ hostedZoneID: String?
  ) throws(PlanError) -> Translation {
    var options = options
    options.hostedZoneID = hostedZoneID
    do throws(LedgerError) {
      if let annotated { return try Translation(of: annotated, options: options) }
      return try Translation(of: index, options: options)
    } catch {
      throw .ledger(error)
    }
  }

  /// After the parallel run: TTLs that were kept stay, others become those that shall last.
  fileprivate static func steadyOptions(_ options: Translation.Options) -> Translation.Options {
    var options = options
    if options.ttl == .lowered { options.ttl = .steady }
    return options
  }

  fileprivate static func changeOptions(_ options: PlanOptions, id: String) -> ChangeOptions {
    var changes = ChangeOptions()
    changes.planID = id
    changes.keep = options.keep
    changes.reserve = options.reserve
    changes.cutoverNSTTL = TTL(span: options.timetable.loweredTTL)
    changes.steadyNSTTL = TTL(span: options.timetable.steadyDelegationTTL)
    return changes
  }

  fileprivate static func load(
    _ zone: HostedZone, _ wanted: [RecordSet], _ soa: RecordSet?, _ id: String,
    _ options: PlanOptions
  ) -> ChangePlan {
    var changes = changeOptions(options, id: id)
    changes.apexSOA = soa
    changes.prunes = options.prunes
    changes.maximumDeletedPercent = options.maximumDeletedPercent
    return ChangePlan(from: zone, to: wanted, options: changes)
  }

  fileprivate static func carriedSOA(_ index: ZoneIndex, _ inputs: PlanInputs) -> RecordSet? {
    let apex = index.zone.apex
    guard let old = index.rrset(apex, .soa),
      let hosted = inputs.target?.recordSets.first(where: { $0.type == .soa && $0.owner == apex })
    else { return nil }
    return RecordSet(carrying: old, into: hosted)
  }

  /// The changes that restore the TTLs, from where the load ends; nil if that is blocked.
  fileprivate static func restoring(
    _ load: ChangePlan, _ steady: [RecordSet], _ id: String, _ options: PlanOptions
  ) -> ChangePlan? {
    guard let loaded = load.end else { return nil }
    var changes = changeOptions(options, id: id)
    changes.batchName = "restore"
    // With stand-ins for name servers the set at the apex is left alone.
    changes.cutoverNSTTL = load.lacksNameServers ? nil : changes.steadyNSTTL
    return ChangePlan(from: loaded, to: steady, options: changes)
  }

  fileprivate static func files(
    load: ChangePlan, restore: ChangePlan?, named name: String = "load"
  ) -> [Plan.BatchFile] {
    func entries(_ plan: ChangePlan?, _ phase: Plan.BatchFile.Phase, _ name: String) -> [(
      phase: Plan.BatchFile.Phase, name: String, batch: PlannedBatch, texts: BatchTexts
    )] {
      plan.map { zip($0.batches, $0.texts).map { (phase, name, $0, $1) } } ?? []
    }
    let all = entries(load, .load, name) + entries(restore, .restore, "restore")
    let width = max(2, String(all.count).utf8.count)
    func number(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: width - digits.utf8.count) + digits
    }
    return all.enumerated().map { index, entry in
      let name = "\(number(index + 1))-\(entry.name)"
      return Plan.BatchFile(
        phase: entry.phase, batch: entry.batch.batch, path: "batches/\(name).json",
        rollback: entry.batch.rollback,
        rollbackPath: "rollback/\(number(all.count - index))-undo-\(name).json",
        texts: entry.texts)
    }
  }

  // MARK: - Safety

  fileprivate static func checks(
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
  fileprivate static func nameChecks(_ apex: Name, hostedZoneExists: Bool) -> [Plan.Blocker] {
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

  fileprivate static func planID(_ inputs: PlanInputs, _ options: PlanOptions) -> String {
    var hash = SHA256()
    for source in inputs.zoneSources {
      hash.update("\(InputRecord(.zone, source).sha256)\n".utf8)
    }
    // The sets and not their text: a fresh export of the same sets gives the same plan.
    hash.update((inputs.target?.recordSets ?? []).exportJSON.text(pretty: false).utf8)
    if let settings = inputs.settings {
      hash.update("\(InputRecord(.settings, settings).sha256)\n".utf8)
    }
    for choice in options.choices { hash.update((choice + "\n").utf8) }
    return shortID(hash)
  }

  /// Twelve digits of a hash: enough to tell plans apart.
  private static func shortID(_ hash: SHA256) -> String { String(hash.hexDigest().prefix(12)) }
}

extension Plan.Blocker {
  /// What stands in the way of changes.
  fileprivate static func blockers(of plan: ChangePlan) -> [Plan.Blocker] {
    plan.blockers.map { Plan.Blocker("r53-change", "\($0)", help: $0.help, at: $0.location) }
  }
}
