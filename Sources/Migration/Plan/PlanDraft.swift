import Diagnostics
import Propagation
import RecordSets
import Route53
import Runbook
import ZoneKit

/// The parts of a plan, from which its runbook is written.
struct PlanDraft {
  let id: String
  let index: ZoneIndex
  let inputs: PlanInputs
  let options: PlanOptions
  let blockers: [Plan.Blocker]
  let findings: FindingReport
  let ledger: Ledger
  let diff: Diff
  let batches: [Plan.BatchFile]
  let schedule: Schedule
  let delegation: Delegation
  let oldZone: OldZone
  let queries: [Plan.Query]
  let notes: [String]
}

extension Plan {
  /// A plan of its parts.
  init(_ draft: PlanDraft, proof: Proof?) {
    id = draft.id
    apex = draft.index.zone.apex
    inputs = Plan.records(of: draft.inputs)
    arguments = draft.options.arguments
    blockers = draft.blockers
    findings = draft.findings
    ledger = draft.ledger
    diff = draft.diff
    batches = draft.batches
    self.proof = proof
    schedule = draft.schedule
    delegation = draft.delegation
    oldZone = draft.oldZone
    queries = draft.queries
    notes = draft.notes
    runbook = Runbook(RunbookFacts(draft))
  }
}

extension RunbookFacts {
  /// The facts of a plan.
  init(_ draft: PlanDraft) {
    let index = draft.index
    self.init(
      zone: index.zone.apex.description, planID: draft.id, schedule: draft.schedule,
      zoneFile: index.zone.sources.first?.name ?? "")
    blockers = draft.blockers.map(\.description)
    notes = draft.notes
    planArguments = draft.options.choices + draft.options.dates + draft.options.settingWords
    settings = draft.options.settings
    cutoverNSTTL = draft.options.timetable.loweredTTL.seconds
    steadyNSTTL = draft.options.timetable.steadyDelegationTTL.seconds
    serial = Self.serial(index)
    entryKeys = Self.entryKeys(index)
    batchArguments = draft.options.batchChoices
    exports = (draft.inputs.target?.sources ?? []).map(\.name)
    hostedZoneID = draft.delegation.hostedZoneID
    newServers = draft.delegation.new.map(\.description)
    oldServers = draft.delegation.old.map {
      Server(name: $0.name.description, addresses: $0.addresses)
    }
    isSigned = index.isSigned
    parentDS = draft.options.timetable.parentDS
    let load = draft.batches.filter { $0.phase == .load }
    let restore = draft.batches.filter { $0.phase == .restore }
    loadBatches = load.map(\.path)
    restoreBatches = restore.map(\.path)
    loadRollback = load.map(\.rollbackPath).sorted()
    restoreRollback = restore.map(\.rollbackPath).sorted()
    loweredFiles = draft.oldZone.lowered.map { PlanFiles.lowered + $0.path }
    switchedFiles = draft.oldZone.switched.map { PlanFiles.switched + $0.path }
    restoredNSFiles = draft.oldZone.restoredNS.map { PlanFiles.restoredNS + $0.path }
    restoredTTLFiles = draft.oldZone.restoredTTLs.map { PlanFiles.restoredTTLs + $0.path }
    loweredSets = draft.oldZone.loweredSets.map {
      LoweredSet(
        owner: $0.owner.description, type: $0.type.description, from: Int64($0.from.rawValue),
        to: Int64($0.to.rawValue))
    }
    leftBehind = Self.leftBehind(index, draft.ledger)
    probes = Self.probes(index)
    updaters = Self.updaters(index)
    childZones = index.rrsets.filter { $0.type == .ns && $0.owner != index.zone.apex }
      .map(\.owner.description)
    toSettle = draft.findings.findings.filter { $0.severity >= .warning }.map { finding in
      let place = finding.location.map { "\($0.source.name):\($0.start.line): " } ?? ""
      return place + finding.message
    }
    findingsSummary = draft.findings.summary
    ledgerSummary = draft.ledger.summary
    differenceSummary = draft.blockers.isEmpty ? draft.diff.summary : "not planned"
  }

  /// The RRsets of which records are skipped, without those that differ in any move. A name that
  /// loses all of them is gone for every type, and a DNAME takes what is below it along.
  private static func leftBehind(_ index: ZoneIndex, _ ledger: Ledger) -> [String] {
    let apex = index.zone.apex
    func isSkipped(_ record: Int) -> Bool {
      if case .skipped = ledger.outcomes[record] { true } else { false }
    }
    let kept = Set(
      index.zone.indices.filter { !isSkipped($0) }.map { index.zone[$0].owner.lowercased })
    var seen: Set<String> = []
    return index.zone.indices.filter(isSkipped).flatMap { (record: Int) -> [String] in
      let (owner, type) = (index.zone[record].owner, index.zone[record].type)
      let isGone = !kept.contains(owner.lowercased)
      if !owner.isAtOrBelow(apex) || (type.isZoneSigning && !isGone) { return [] }
      if owner == apex, type == .soa || type == .ns { return [] }
      return [isGone ? "\(owner)" : "\(owner)/\(type)"] + (type == .dname ? ["*.\(owner)"] : [])
    }.filter { seen.insert($0.lowercased()).inserted }
  }

  /// The serial of the zone's SOA.
  private static func serial(_ index: ZoneIndex) -> UInt32? {
    guard let octets = index.rrset(index.zone.apex, .soa)?.data.first?.octets, octets.count >= 20
    else { return nil }
    return octets.suffix(20).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The apex keys with the flag of a secure entry point (RFC 4034 section 2.1.1).
  private static func entryKeys(_ index: ZoneIndex) -> [Key] {
    (index.rrset(index.zone.apex, .dnskey)?.data ?? []).compactMap { data in
      let fields = data.description.split(separator: " ", maxSplits: 3)
      guard fields.count == 4, let flags = UInt16(fields[0]), flags & 1 == 1,
        let algorithm = UInt8(fields[2])
      else { return nil }
      return Key(
        flags: flags, algorithm: algorithm,
        publicKey: String(fields[3].filter { $0 != " " }))
    }
  }

  /// The names whose failure is felt first: web and mail of the apex, `www`.
  private static func probes(_ index: ZoneIndex) -> [Probe] {
    let apex = index.zone.apex
    var wanted: [(Name, RecordType)] = [.a, .aaaa, .mx, .txt].map { (apex, $0) }
    if let www = try? apex.prepending(label: "www".utf8) {
      wanted += [(www, .cname), (www, .a), (www, .aaaa)]
    }
    return wanted.compactMap { owner, type in
      index.rrset(owner, type).map { rrset in
        Probe(
          owner: rrset.owner.description, type: type.description,
          answers: rrset.data.map(\.description))
      }
    }
  }

  /// How many names of one kind the runbook shows.
  private static let mostNamesShown = 5

  /// Signs in the zone that machines write to it.
  private static func updaters(_ index: ZoneIndex) -> [Prose] {
    var kinds: [(prefix: String, names: [String], what: Prose)] = [
      ("_acme-challenge", [], "a certificate client proves names here"),
      ("_domainkey", [], "DKIM keys that a mail service may rotate"),
    ]
    var clients: [String] = []
    for name in index.names where name.isInside && !name.isEmptyNonTerminal {
      let text = name.name.description.lowercased()
      for kind in kinds.indices
      where text.hasPrefix(kinds[kind].prefix + ".")
        || text.contains("." + kinds[kind].prefix + ".")
      {
        kinds[kind].names.append(name.name.description)
      }
      if name.types.contains(.dhcid) { clients.append(name.name.description) }
    }
    kinds.append(("DHCID", clients, "a DHCP server registers its clients"))
    return kinds.filter { !$0.names.isEmpty }.map { kind in
      let more = kind.names.count - mostNamesShown
      let list: Prose = "\(codes: kind.names.prefix(mostNamesShown))"
      return list + (more > 0 ? " and \(more) more: " : ": ") + kind.what
    }
  }
}

extension RecordType {
  /// An identifier of a DHCP client (RFC 4701).
  fileprivate static let dhcid = RecordType(rawValue: 49)
}
