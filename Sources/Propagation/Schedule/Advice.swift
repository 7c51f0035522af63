extension Schedule.Advice {
  /// How many of the longest TTLs are looked at, each on top of those before it.
  private static let mostLevels = 3

  /// All that would help.
  static func all(_ inputs: ScheduleInputs, _ waits: Waits) -> [Self] {
    before(inputs, waits) + after(inputs, waits)
  }

  /// Before the cutover nothing shortens the life of a copy that is already cached. A TTL stops
  /// to matter only where the data behind it stay the same.
  private static func before(_ inputs: ScheduleInputs, _ waits: Waits) -> [Self] {
    var advice: [Self] = []
    for (index, level) in waits.levels.prefix(mostLevels).enumerated() {
      let rest = Waits.before(Array(waits.levels[(index + 1)...]), periods: inputs.periods)
      let lead = Waits.lead(before: rest.length, dsWait: waits.dsWait, inputs)
      guard let ways = ways(level, inputs), lead < waits.lead else { break }
      advice.append(
        Self(
          part: .before, saves: waits.lead - lead,
          text: (index > 0 ? "And with that: " : "") + ways
            + ": the wait before the cutover is \(lead) instead of \(waits.lead)."))
    }
    return advice
  }

  /// How a level could be kept from mattering; nil for the NS set itself, which always does.
  private static func ways(_ level: Waits.Level, _ inputs: ScheduleInputs) -> String? {
    guard let decider = level.decider,
      level.members.allSatisfy({ $0.kind != .childNS })
    else { return nil }
    if level.members.contains(where: { $0.kind == .parentNS }) {
      return level.members.count > 1
        ? nil : "Leave the parent's NS TTL of \(level.ttl) as it is (it counts afterwards then)"
    }
    let addresses = level.members.allSatisfy { $0.kind == .address }
    return addresses
      ? "Keep \(decider) unchanged and in service to the end of the parallel run"
      : "Carry the data of \(decider) over unchanged and change them after the migration"
  }

  /// After the cutover the TTLs in force count; those can still be lowered.
  private static func after(_ inputs: ScheduleInputs, _ waits: Waits) -> [Self] {
    guard inputs.parallelRun == nil else { return [] }
    let now = waits.parallelRun
    var advice: [Self] = []

    var lowerParent = inputs
    lowerParent.parentNS.lowered = min(inputs.parentNS.inForce, LoweredTTL.usual)
    let withParent = Waits(lowerParent)
    let parentSaves = now - withParent.parallelRun
    if parentSaves > .zero {
      advice.append(
        Self(
          part: .after, saves: parentSaves,
          text: "Have the registrar lower the parent's NS TTL to "
            + "\(lowerParent.parentNS.inForce.seconds) s where it can (RFC 9803): the parallel "
            + "run is \(now - parentSaves) instead of \(now), a rollback takes "
            + "\(withParent.rollback) instead of \(waits.rollback); the wait before the cutover "
            + "becomes \(withParent.lead)."))
    }

    if let decider = waits.bound.decider {
      var lowerRecords = inputs
      for index in inputs.records.indices
      where inputs.records[index].ttl.lowered == decider.ttl {
        lowerRecords.records[index].ttl.lowered = min(decider.ttl, LoweredTTL.usual)
      }
      let withRecords = Waits(lowerRecords)
      let saves = now - withRecords.parallelRun
      if saves > .zero {
        advice.append(
          Self(
            part: .after, saves: saves,
            text: "Lower the TTL of \(decider) to \(LoweredTTL.usual.seconds) s with the others: "
              + "the parallel run is \(now - saves) instead of \(now)."))
      }
    }
    return advice.sorted { $0.saves > $1.saves }
  }
}
