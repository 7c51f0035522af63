import Diagnostics

/// A TTL before the migration and in the weeks around the cutover.
public struct LoweredTTL: Hashable, Sendable {
  /// The TTL as it is published before anything is done.
  public var original: TimeSpan
  /// The TTL from the lowering to the end of the parallel run; equal to `original` where it is
  /// left alone.
  public var lowered: TimeSpan

  /// The TTL of the source rule for the time around a cutover.
  public static let usual: TimeSpan = 300

  /// A TTL and what it is lowered to; by default 300 s, or what it is if that is less.
  public init(_ original: TimeSpan, lowered: TimeSpan? = nil) {
    self.original = original
    self.lowered = lowered ?? min(original, Self.usual)
  }

  /// Whether it is lowered at all.
  public var isLowered: Bool { lowered < original }
}

/// The TTL facts of one RRset, other than the apex NS set.
public struct RecordTTL: Hashable, Sendable {
  /// What the RRset is for, as far as the schedule cares.
  public enum Role: Hashable, Sendable {
    /// An address of a nameserver with a name inside the zone.
    case nameserverAddress
    /// Anything else.
    case record
  }

  /// The owner, absolute, in presentation form.
  public var name: String
  /// The type's mnemonic.
  public var type: String
  /// Its TTL.
  public var ttl: LoweredTTL
  /// Whether its data differ between the old and the new zone.
  public var changes: Bool
  /// What it is for.
  public var role: Role

  /// The TTL facts of an RRset.
  public init(
    name: String, type: String, ttl: LoweredTTL, changes: Bool, role: Role = .record
  ) {
    self.name = name
    self.type = type
    self.ttl = ttl
    self.changes = changes
    self.role = role
  }

  /// Whether the cutover has to wait for it: a record whose data stay the same costs nothing.
  public var mattersAtCutover: Bool { changes || role == .nameserverAddress }
}

/// All a schedule is computed from. No clock is read: the instants come from here.
public struct ScheduleInputs: Sendable {
  /// When the migration takes place.
  public enum Timing: Hashable, Sendable {
    /// TTLs are lowered at this instant; the cutover comes as early as the waits allow.
    case start(Instant)
    /// The cutover is wished for this instant. With `notBefore` TTLs cannot be lowered earlier
    /// than that, and a wish that is too early is answered; without, the start is computed.
    case cutover(Instant, notBefore: Instant?)
  }

  /// The zone's name, absolute, in presentation form.
  public var zone: String
  /// When.
  public var timing: Timing
  /// The NS set at the zone's own apex.
  public var childNS: LoweredTTL
  /// The NS set at the parent.
  public var parentNS: ParentTTL
  /// The TTL of the DS set at the parent; nil for a zone without one.
  public var dsTTL: TimeSpan?
  /// The negative TTL: the lesser of the SOA's own TTL and its MINIMUM (RFC 2308, section 5).
  public var negativeTTL: TimeSpan
  /// All other RRsets of the zone.
  public var records: [RecordTTL]

  /// Caches that enforce a shortest or longest TTL, or never let go.
  public var cacheClasses: [CacheClass] = []
  /// The share (0...1) of caches that go by the parent's NS TTL.
  public var parentCentricShare = 1.0
  /// How many periods of the longest original TTL the cutover waits.
  public var periods = 5
  /// The delegation's TTL after the migration.
  public var steadyDelegationTTL: TimeSpan = .hours(24)
  /// The TTL of the new zone's apex NS set from before the cutover to the end of the parallel
  /// run. It bounds how fast a rollback can be.
  public var newApexNSTTL: TimeSpan = LoweredTTL.usual
  /// How long the old servers stay up after the cutover; nil: as long as the models ask.
  public var parallelRun: TimeSpan?
  /// How long before the cutover the zone is frozen, exported, loaded and compared.
  public var preparation: TimeSpan = .hours(2)
  /// When changes may be made (lowering, DS, cutover, restoring, decommissioning), and the time
  /// zone in which the reader lives; nil: at any time, UTC alone is shown.
  public var calendar: ChangeCalendar?

  /// Inputs with the usual choices for the rest.
  public init(
    zone: String, timing: Timing, childNS: LoweredTTL, parentNS: ParentTTL? = nil,
    dsTTL: TimeSpan? = nil, negativeTTL: TimeSpan, records: [RecordTTL] = []
  ) {
    self.zone = zone
    self.timing = timing
    self.childNS = childNS
    self.parentNS = parentNS ?? .assumed(forZone: zone)
    self.dsTTL = dsTTL
    self.negativeTTL = negativeTTL
    self.records = records
  }
}

/// Why there is no schedule: what was found, what was expected, what to do.
public struct ScheduleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The message, without a final full stop.
  public let description: String

  init(_ description: String) { self.description = visible(description) }
}

extension ScheduleInputs {
  /// The most periods that may be asked for.
  public static let mostPeriods = 50

  /// Refuses what no schedule can be made from.
  func validate() throws(ScheduleError) {
    try Self.check(childNS, of: "the apex NS set of \(zone)")
    let parent = LoweredTTL(parentNS.ttl, lowered: parentNS.inForce)
    try Self.check(parent, of: "the parent's NS set of \(zone)")
    if let dsTTL { try Self.check(dsTTL, "the TTL of the DS set of \(zone)") }
    try Self.check(negativeTTL, "the negative TTL of \(zone)")
    try Self.check(steadyDelegationTTL, "the delegation's steady TTL")
    try Self.check(newApexNSTTL, "the TTL of the new zone's apex NS set")
    for record in records { try Self.check(record.ttl, of: "\(record.name) \(record.type)") }
    guard (1...Self.mostPeriods).contains(periods) else {
      throw ScheduleError("found \(periods) periods to wait, expected 1 to \(Self.mostPeriods)")
    }
    try Self.check(share: parentCentricShare, "the share of parent-centric caches")
    for kind in cacheClasses {
      try Self.check(share: kind.share, "the share of a class of caches")
      try Self.check(kind.floor, "the floor of a class of caches")
      if let ceiling = kind.ceiling { try Self.check(ceiling, "the ceiling of a class of caches") }
      if let ceiling = kind.ceiling, ceiling < kind.floor {
        throw ScheduleError(
          "a class of caches has a ceiling of \(ceiling) below its floor of \(kind.floor)")
      }
    }
    let total = cacheClasses.map(\.share).reduce(0, +)
    if total > 1 + 1e-9 {
      throw ScheduleError(
        "the classes of caches make up \(Int64(total * 100)) % of all, expected 100 % at most")
    }
    try Self.check(span: preparation, "the preparation before the cutover")
    if let parallelRun { try Self.check(span: parallelRun, "the parallel run") }
  }

  private static func check(_ ttl: LoweredTTL, of what: String) throws(ScheduleError) {
    try check(ttl.original, "the TTL of \(what)")
    try check(ttl.lowered, "the lowered TTL of \(what)")
    if ttl.lowered > ttl.original {
      throw ScheduleError(
        "the lowered TTL of \(what), \(ttl.lowered.seconds), is above the TTL it has, "
          + "\(ttl.original.seconds): leave it alone or lower it")
    }
  }

  private static func check(_ ttl: TimeSpan, _ what: String) throws(ScheduleError) {
    guard ttl >= .zero, ttl <= .longestTTL else {
      throw ScheduleError(
        "found \(ttl.seconds) s for \(what), expected 0 to 2147483647 (RFC 2181, section 8)")
    }
  }

  private static func check(span: TimeSpan, _ what: String) throws(ScheduleError) {
    guard span >= .zero else {
      throw ScheduleError("found \(span) for \(what), expected 0 s or more")
    }
  }

  private static func check(share: Double, _ what: String) throws(ScheduleError) {
    guard share >= 0, share <= 1 else {
      throw ScheduleError("found \(share) for \(what), expected 0 to 1")
    }
  }
}
