/// The lengths of a migration's waits, before any instant is known.
struct Waits {
  /// The RRsets with one original TTL that were lowered and matter at the cutover.
  struct Level {
    let ttl: TimeSpan
    var members: [Member]
  }

  /// An RRset, or the parent's side of the delegation.
  struct Member {
    enum Kind { case childNS, parentNS, address, record }
    let name: String
    let type: String
    let kind: Kind
  }

  /// The levels, longest TTL first.
  let levels: [Level]
  /// The wait before the cutover.
  let before: Schedule.Wait
  /// The wait for the DS set, if there is one.
  let dsWait: TimeSpan?
  /// The least time from the lowering of TTLs to the cutover.
  let lead: TimeSpan
  /// The TTL bound after the cutover.
  let bound: Schedule.Bound
  /// As many periods of the longest TTL in force that holds clients back.
  let periodsAfter: TimeSpan
  /// How long the old servers stay up: the bound and the periods, and not less than the last
  /// check.
  var parallelRun: TimeSpan { max(bound.length, periodsAfter, Schedule.lastCheck) }
  /// How long a rollback takes.
  let rollback: TimeSpan
  /// The longest floor any class of caches enforces.
  let floor: TimeSpan

  init(_ inputs: ScheduleInputs) {
    levels = Self.levels(inputs)
    before = Self.before(levels, periods: inputs.periods)
    dsWait = inputs.dsTTL.map { $0 + inputs.negativeTTL }
    lead = Self.lead(before: before.length, dsWait: dsWait, inputs)
    floor = inputs.cacheClasses.filter { $0.share > 0 }.map(\.floor).max() ?? .zero
    let delegation = max(inputs.parentNS.inForce, inputs.childNS.lowered, floor)
    bound = Self.bound(inputs.records, delegation: delegation, floor: floor)
    let changing = inputs.records.lazy.filter(\.mattersAtCutover).map(\.ttl.lowered).max()
    periodsAfter = max(delegation, changing ?? .zero) * Int64(inputs.periods)
    rollback = max(inputs.parentNS.inForce, inputs.newApexNSTTL)
  }

  /// The least lead: the wait for lowered TTLs, within which the preparation takes place, and
  /// the wait for the DS set, which has to be over when the preparation begins.
  static func lead(
    before: TimeSpan, dsWait: TimeSpan?, _ inputs: ScheduleInputs
  ) -> TimeSpan {
    max(before, inputs.preparation, dsWait.map { $0 + inputs.preparation } ?? .zero)
  }

  static func before(_ levels: [Level], periods: Int) -> Schedule.Wait {
    guard let longest = levels.first, let decider = longest.decider else {
      return Schedule.Wait(length: .zero, decider: nil)
    }
    return Schedule.Wait(length: longest.ttl * Int64(periods), decider: decider)
  }

  private static func levels(_ inputs: ScheduleInputs) -> [Level] {
    var members: [TimeSpan: [Member]] = [:]
    if inputs.childNS.isLowered {
      let member = Member(name: inputs.zone, type: "NS", kind: .childNS)
      members[inputs.childNS.original, default: []].append(member)
    }
    if inputs.parentNS.inForce < inputs.parentNS.ttl {
      let member = Member(name: inputs.zone, type: "NS (at the parent)", kind: .parentNS)
      members[inputs.parentNS.ttl, default: []].append(member)
    }
    for record in inputs.records where record.mattersAtCutover && record.ttl.isLowered {
      let member = Member(
        name: record.name, type: record.type,
        kind: record.role == .nameserverAddress ? .address : .record)
      members[record.ttl.original, default: []].append(member)
    }
    return members.map { Level(ttl: $0.key, members: $0.value) }.sorted { $0.ttl > $1.ttl }
  }

  private static func bound(
    _ records: [RecordTTL], delegation: TimeSpan, floor: TimeSpan
  ) -> Schedule.Bound {
    var longest: RecordTTL?
    var others = 0
    for record in records {
      if let known = longest, record.ttl.lowered < known.ttl.lowered { continue }
      others = record.ttl.lowered == longest?.ttl.lowered ? others + 1 : 0
      if others == 0 { longest = record }
    }
    let length = max(longest?.ttl.lowered ?? .zero, floor)
    let decider = longest.flatMap { record in
      record.ttl.lowered < floor || length == .zero
        ? nil
        : Schedule.Decider(
          name: record.name, type: record.type, ttl: record.ttl.lowered, others: others)
    }
    return Schedule.Bound(
      length: delegation + length, delegation: delegation, record: length, decider: decider)
  }
}

extension Waits.Level {
  /// The level's first member, for the reader.
  var decider: Schedule.Decider? {
    members.first.map {
      Schedule.Decider(name: $0.name, type: $0.type, ttl: ttl, others: members.count - 1)
    }
  }
}

extension Schedule.Decider: CustomStringConvertible {
  /// `ns2.example.com. A (TTL 7 d) and 3 more`.
  public var description: String {
    "\(name) \(type) (TTL \(ttl))" + (others > 0 ? " and \(others) more" : "")
  }
}
