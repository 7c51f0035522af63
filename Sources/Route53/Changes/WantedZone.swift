import RecordSets
import ZoneKit

/// The sets that a zone is to hold, looked at as a whole before any change is planned.
struct WantedZone {
  private let start: HostedZone
  private let wanted: [RecordSet]
  private let zone: HostedZone?

  init(zone: HostedZone, wanted: [RecordSet]) {
    start = zone
    self.wanted = wanted
    let inZone = wanted.filter { $0.owner.isAtOrBelow(zone.apex) }
    self.zone = try? HostedZone(apex: zone.apex, id: zone.id, sets: inZone)
  }

  /// What the service would refuse. Sets that are in the zone already are legal, unless their alias
  /// target is no longer there.
  func faults(changed: Set<RecordSet.Key>) -> [ChangeBlocker] {
    guard let zone else { return [ChangeBlocker("the wanted sets are no zone")] }
    var blockers: [ChangeBlocker] = []
    for set in wanted {
      var faults: [String] = []
      if changed.contains(set.key) {
        faults += self.faults(of: set)
        let others = zone.sets(at: set.owner).filter { $0.key != set.key }
        faults += set.faults(beside: others, in: zone.apex)
        faults += weightedFaults(of: set, beside: others)
      }
      if let target = zone.aliasTarget(of: set), target.owner.isAtOrBelow(zone.apex),
        !zone.contains(target) || target.owner == set.owner,
        changed.contains(set.key) || start.contains(target)
      {
        faults.append(
          "alias target \(target.owner) \(target.type) does not exist in the zone, or is the alias "
            + "itself")
      }
      blockers += faults.map { ChangeBlocker($0, key: set.key, location: set.location) }
    }
    if wanted.count > start.setLimit {
      blockers.append(
        ChangeBlocker(
          "the zone would hold \(wanted.count) sets, and its quota is \(start.setLimit)"))
    }
    return blockers
  }

  /// What is wrong with a set alone.
  private func faults(of set: RecordSet) -> [String] {
    var reading = SetReading(apex: start.apex, zoneID: start.id)
    let request = ResourceRecordSet(set)
    _ = reading.set(request, reading.key(of: request), action: .create)
    return reading.faults.map(\.text)
  }

  private func weightedFaults(of set: RecordSet, beside others: [RecordSet]) -> [String] {
    guard set.isWeighted, let ttl = set.ttl else { return [] }
    let rival = others.first {
      $0.type == set.type && $0.isWeighted && $0.ttl.map { $0 != ttl } == true
    }
    return rival.map {
      [
        "weighted sets of one name and type have one TTL: this has \(ttl), \($0.key) has "
          + ($0.ttl.map { "\($0)" } ?? "none")
      ]
    } ?? []
  }
}
