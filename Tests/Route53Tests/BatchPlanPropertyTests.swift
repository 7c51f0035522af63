import Diagnostics
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

/// What holds of the batches between any two zones.
@Suite struct BatchPlanPropertyTests {
  /// Pairs of zones for each seed; fewer in a debug build, which is many times slower.
  #if DEBUG
    private static let rounds = 5
  #else
    private static let rounds = 40
  #endif

  /// From any zone to any other, all that is not wanted deleted: never blocked, and proven.
  @Test(arguments: SeededGenerator.seeds(50))
  func leadsFromAnyZoneToAnyOther(seed: UInt64) throws {
    for round in 0..<Self.rounds {
      var zones = RandomZones(seed: seed &* 1_000 &+ UInt64(round))
      let old = zones.zone(count: Int.random(in: 0...40, using: &zones.random))
      let new = zones.zone(like: old, count: Int.random(in: 0...30, using: &zones.random))
      var options = Self.pruning
      // Small requests, so that a few dozen sets need several.
      if round % 2 == 0 { options.reserve = RequestSize(elements: 960, characters: 30_500) }
      let plan = ChangePlan(from: old, to: new.sets, options: options)
      try #require(plan.blockers == [], "seed \(seed) round \(round)")
      try #require(plan.proof != nil)
      #expect(plan.kept == [])
      try checkByReplay(plan, from: old, options)
      #expect(
        plan.wanted.filter { !($0.owner == old.apex && [.ns, .soa].contains($0.type)) }
          .map(\.canonical)
          == new.sets.filter { !($0.owner == old.apex && [.ns, .soa].contains($0.type)) }
          .map(\.canonical))
    }
  }

  /// Without pruning a plan may be blocked by what stays; what it gives is proven all the same, and
  /// nothing of the zone is lost but what a wanted set replaces.
  @Test(arguments: SeededGenerator.seeds(20))
  func withoutPruningNothingIsLost(seed: UInt64) throws {
    for round in 0..<Self.rounds {
      var zones = RandomZones(seed: seed &* 7_777 &+ UInt64(round))
      let old = zones.zone(count: 25)
      let new = zones.zone(like: old, count: 10)
      let plan = ChangePlan(from: old, to: new.sets)
      if plan.isBlocked {
        #expect(plan.batches.isEmpty && plan.restore == nil && plan.proof == nil)
        continue
      }
      try checkByReplay(plan, from: old, ChangeOptions())
      #expect(plan.pruned == [])
      let replaced = Set(plan.replaced.map(\.key))
      let wanted = Set(plan.wanted.map(\.key))
      for set in old.sets where !replaced.contains(set.key) { #expect(wanted.contains(set.key)) }
    }
  }

  /// A load into a new zone is all CREATE, but for the apex NS set.
  @Test(arguments: SeededGenerator.seeds(20))
  func aFirstLoadCreates(seed: UInt64) throws {
    var zones = RandomZones(seed: seed)
    let new = zones.zone(count: 60)
    let plan = ChangePlan(from: .example, to: new.sets)
    try #require(plan.blockers == [])
    let changes = plan.batches.flatMap(\.batch.changes)
    #expect(changes.filter { $0.action != .create }.map(\.set.type) == ["NS"])
    let nameServers = plan.batches.first?.batch.changes.first { $0.action == .upsert }
    #expect(nameServers?.set.ttl == 300)
  }

  /// A test import is emptied again.
  @Test(arguments: SeededGenerator.seeds(20))
  func emptiesAZone(seed: UInt64) throws {
    var zones = RandomZones(seed: seed)
    let zone = zones.zone(count: 60)
    let plan = ChangePlan(emptying: zone)
    try #require(plan.blockers == [])
    try checkByReplay(plan, from: zone, ChangeOptions())
    #expect(plan.wanted.map(\.key) == HostedZone.example.sets.map(\.key))
    #expect(plan.batches.allSatisfy { $0.batch.changes.allSatisfy { $0.action == .delete } })
  }

  /// The random zones hold what the properties are about.
  @Test func theRandomZonesAreVaried() {
    var policies: Set<String> = []
    var actions: Set<String> = []
    var (replaced, insideAliases, policyInstances, typeSwaps) = (0, 0, 0, 0)
    for seed in UInt64(1)...40 {
      var zones = RandomZones(seed: seed)
      let old = zones.zone(count: 40)
      let new = zones.zone(like: old, count: 30)
      let changes = ChangePlan(from: old, to: new.sets, options: Self.pruning)
        .batches.flatMap(\.batch.changes)
      for change in changes {
        let set = change.set
        actions.insert(change.action.rawValue)
        let policy: [(String, Bool)] = [
          ("weight", set.weight != nil), ("region", set.region != nil),
          ("place", set.geoLocation != nil), ("failover", set.failover != nil),
          ("multivalue", set.multiValueAnswer != nil), ("cidr", set.cidrRouting != nil),
          ("proximity", set.geoProximity != nil),
        ]
        policies.formUnion(policy.filter(\.1).map(\.0))
        if set.aliasTarget?.hostedZoneID == "ZTEST" { insideAliases += 1 }
        if set.trafficPolicyInstanceID != nil { policyInstances += 1 }
      }
      let deleted = changes.filter { $0.action == .delete }
      let created = changes.filter { $0.action == .create }
      replaced += deleted.count { old in
        created.contains {
          $0.set.name == old.set.name && $0.set.type == old.set.type
            && $0.set.setIdentifier == old.set.setIdentifier
        }
      }
      typeSwaps += deleted.count { old in
        old.set.type == "CNAME"
          && created.contains { $0.set.name == old.set.name && $0.set.type != "CNAME" }
      }
    }
    #expect(policies.count == 7 && actions.count == 3)
    #expect(replaced > 10)
    #expect(insideAliases > 50)
    #expect(policyInstances > 10)
    #expect(typeSwaps > 5)
  }

  private static var pruning: ChangeOptions {
    var options = ChangeOptions()
    options.prunes = true
    options.maximumDeletedPercent = 100
    return options
  }

  @Test func sameInputSameBatches() {
    var zones = RandomZones(seed: 5)
    let old = zones.zone(count: 40)
    let new = zones.zone(like: old, count: 40)
    let plans = [new.sets, new.sets.reversed()].map {
      ChangePlan(from: old, to: $0, options: Self.pruning)
    }
    #expect(plans[0].batches == plans[1].batches)
  }

  /// Writes each batch, reads it again, and applies it: there and back.
  private func checkByReplay(
    _ plan: ChangePlan, from start: HostedZone, _ options: ChangeOptions
  ) throws {
    var zone = start
    let limit = RequestSize(
      elements: 1_000 - options.reserve.elements, characters: 32_000 - options.reserve.characters)
    for planned in plan.batches {
      #expect(planned.batch.size.fits(limit) && planned.rollback.size.fits(limit))
      try zone.apply(reread(planned.batch))
    }
    #expect(zone.sets.map(\.canonical) == plan.wanted.map(\.canonical))
    for planned in plan.batches.reversed() { try zone.apply(reread(planned.rollback)) }
    #expect(zone.sets.map(ResourceRecordSet.init) == start.sets.map(ResourceRecordSet.init))
  }

  private func reread(_ batch: ChangeBatch) throws -> ChangeBatch {
    let source = SourceFile(name: "batch.json", text: batch.text)
    let reading = ChangeBatchReading(try JSONReader.read(source))
    #expect(reading.findings == [])
    return reading.batch
  }
}
