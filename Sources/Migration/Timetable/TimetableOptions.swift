public import Propagation
public import Runbook

/// What a timetable is made with besides the zone: the choices and the knowledge of its maker.
public struct TimetableOptions: Sendable {
  /// When the migration takes place.
  public var timing: ScheduleInputs.Timing
  /// The delegation's TTL at the parent; nil: what is assumed for the registry.
  public var parentNS: ParentTTL?
  /// Whether the parent has a DS set.
  public var parentDS: ParentDS
  /// The TTL of that DS set; nil: `assumedDSTTL`.
  public var dsTTL: TimeSpan?
  /// What the TTLs that matter at the cutover are lowered to.
  public var loweredTTL: TimeSpan
  /// The delegation's TTL after the migration.
  public var steadyDelegationTTL: TimeSpan
  /// Caches that enforce a shortest TTL.
  public var cacheClasses: [CacheClass]
  /// The share (0...1) of caches that go by the parent's NS TTL.
  public var parentCentricShare: Double
  /// How many periods of the longest original TTL the cutover waits.
  public var periods: Int
  /// How long the old servers stay up; nil: as long as the models ask.
  public var parallelRun: TimeSpan?
  /// When changes may be made; nil: at any time.
  public var calendar: ChangeCalendar?

  /// What is assumed where nobody said: the DS TTL of the com registry.
  public static let assumedDSTTL: TimeSpan = .hours(24)
  /// The TTL of the delegation after the migration, by the source rule.
  public static let steadyDelegationTTL: TimeSpan = .hours(24)

  /// Options with the usual choices for the rest.
  public init(timing: ScheduleInputs.Timing) {
    self.timing = timing
    parentNS = nil
    parentDS = .unknown
    dsTTL = nil
    loweredTTL = LoweredTTL.usual
    steadyDelegationTTL = Self.steadyDelegationTTL
    cacheClasses = []
    parentCentricShare = 1
    periods = 5
    parallelRun = nil
    calendar = nil
  }
}
