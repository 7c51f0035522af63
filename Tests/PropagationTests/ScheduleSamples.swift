import Propagation

/// Migrations that the schedule's tests look at.
enum ScheduleSamples {
  /// 2026-12-01T09:00:00Z.
  static let start = Instant(secondsSince1970: 1_796_115_600)

  /// A plain zone under com: NS TTL 24 h, a web server that moves.
  static let com = ScheduleInputs(
    zone: "example.com.", timing: .start(start), childNS: LoweredTTL(86_400),
    negativeTTL: 3_600,
    records: [
      RecordTTL(
        name: "example.com.", type: "MX", ttl: LoweredTTL(3_600, lowered: 3_600), changes: false),
      RecordTTL(name: "www.example.com.", type: "A", ttl: LoweredTTL(3_600), changes: true),
    ])

  /// The same with a nameserver whose address has a week's TTL, and caches with a floor.
  static var weekLongAddress: ScheduleInputs {
    var inputs = com
    inputs.records.append(
      RecordTTL(
        name: "ns2.example.com.", type: "A", ttl: LoweredTTL(604_800), changes: true,
        role: .nameserverAddress))
    inputs.cacheClasses = [CacheClass(share: 0.0874, floor: .hours(24))]
    return inputs
  }

  /// A signed zone whose cutover is wished too early; the parent's TTL is known and lowered.
  static var signed: ScheduleInputs {
    var inputs = com
    inputs.parentNS = ParentTTL(86_400, lowered: 300, source: "asked of the parent's servers")
    inputs.dsTTL = 86_400
    inputs.timing = .cutover(start + .hours(18), notBefore: start)
    return inputs
  }

  /// Every TTL is 0.
  static let zero = ScheduleInputs(
    zone: "example.org.", timing: .start(start), childNS: LoweredTTL(0),
    parentNS: ParentTTL(0, source: "asked of the parent's servers"), negativeTTL: 0,
    records: [RecordTTL(name: "example.org.", type: "A", ttl: LoweredTTL(0), changes: true)])

  static let all = [
    ("com", com), ("week-long-address", weekLongAddress), ("signed", signed), ("zero", zero),
  ]
}
