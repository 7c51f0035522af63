/// The timetable of a migration: what to do when, why each wait is as long as it is, and how many
/// clients have followed by when. A value computed from `ScheduleInputs` alone.
public struct Schedule: Hashable, Sendable {
  /// The zone's name, absolute, in presentation form.
  public let zone: String
  /// When TTLs are lowered.
  public let start: Instant
  /// The moment all parent servers are to publish the new delegation: t = 0 of all shares.
  public let cutover: Instant
  /// What decides that it is not earlier.
  public let cutoverDecidedBy: String
  /// The reader's time zone; nil: UTC alone.
  public let timeZone: String?
  /// What became of a wished cutover; nil if none was wished.
  public let wish: Wish?

  /// The NS set at the apex.
  public let childNS: LoweredTTL
  /// The NS set at the parent.
  public let parentNS: ParentTTL
  /// How many periods were asked for.
  public let periods: Int

  /// The wait between the lowering of TTLs and the cutover.
  public let waitBefore: Wait
  /// From the removal of the DS set until no validator can expect signatures; nil for a zone
  /// without DS.
  public let dsWait: TimeSpan?
  /// After the cutover: when the last cache that honours TTLs has let go of the old servers and
  /// of what they said.
  public let bound: Bound
  /// How long a rollback takes to reach the last cache that honours TTLs.
  public let rollback: TimeSpan
  /// How long the old servers have to stay up.
  public let parallelRun: TimeSpan
  /// When the parallel run ends: TTLs are restored and the old servers go, in the first change
  /// window after the parallel run's length.
  public let end: Instant

  /// The steps, in order of their instants.
  public let steps: [Step]
  /// Shares of clients by time after the cutover.
  public let shares: ShareTable
  /// The records whose data change, by TTL, longest first.
  public let recordChanges: [RecordChange]
  /// What the lead leaves behind.
  public let lead: LeadEffect
  /// Changes that would make it shorter, the most effective first in each part.
  public let advice: [Advice]
  /// What the reader has to know: assumptions, limits of the models, dangers.
  public let warnings: [String]

  /// What decides a wait: an RRset with the longest TTL.
  public struct Decider: Hashable, Sendable {
    /// The owner's name.
    public let name: String
    /// The type's mnemonic, `NS (at the parent)` for the delegation.
    public let type: String
    /// Its TTL.
    public let ttl: TimeSpan
    /// How many other RRsets that matter have the same TTL.
    public let others: Int
  }

  /// The wait before the cutover.
  public struct Wait: Hashable, Sendable {
    /// Its length: the periods times the decider's original TTL; zero if nothing was lowered.
    public let length: TimeSpan
    /// What decides it.
    public let decider: Decider?
  }

  /// The TTL bound.
  public struct Bound: Hashable, Sendable {
    /// The sum of the two.
    public let length: TimeSpan
    /// Until the last cache that honours TTLs asks the new servers.
    public let delegation: TimeSpan
    /// How long an answer that it got from the old ones just before may live on.
    public let record: TimeSpan
    /// The record with the longest TTL; nil if there is none, or a floor decides.
    public let decider: Decider?
  }

  /// What became of a wished cutover.
  public struct Wish: Hashable, Sendable {
    /// The wished instant.
    public let cutover: Instant
    /// The last instant at which TTLs can be lowered for it.
    public let latestStart: Instant
    /// By how much it is too early; zero if it can be had.
    public let tooEarlyBy: TimeSpan
    /// The share (0...1) of caches that would then still hold the deciding TTL, by half-life.
    public let strandedHalfLife: Double
    /// The same for caches that honour TTLs.
    public let strandedStrict: Double
    /// Whether validators could still hold the DS set: a hard stop.
    public let dsStillCached: Bool
    /// Whether it lies outside the change windows, or in a freeze.
    public let isOutsideWindows: Bool
  }

  /// What the lead before the cutover leaves behind, among caches that go by the child's NS TTL.
  public struct LeadEffect: Hashable, Sendable {
    /// The time from the lowering to the cutover.
    public let length: TimeSpan
    /// The share that still holds the original TTL at the cutover, by half-life.
    public let holdingOriginal: Double
    /// The share that has followed at the check after 25 minutes, by half-life.
    public let shareAtRecheck: Double
    /// The same, had the TTL always been the lowered one.
    public let shareAtRecheckWithoutOld: Double
  }

  /// The records with the same TTLs whose data change.
  public struct RecordChange: Hashable, Sendable {
    /// Their TTLs.
    public let ttl: LoweredTTL
    /// Owner and type of the first few.
    public let examples: [String]
    /// How many there are.
    public let count: Int
    /// The time until a share of clients has let go of the record's own old copy, by half-life.
    public let halfLife: Quantiles
    /// The same for caches that honour TTLs.
    public let strict: Quantiles
    /// When the last cache that honours TTLs has the new data, after the cutover.
    public let bound: TimeSpan
  }

  /// A change of TTLs that would make the migration shorter.
  public struct Advice: Hashable, Sendable {
    /// The part of the migration that becomes shorter.
    public enum Part: String, Hashable, Sendable {
      /// The wait before the cutover.
      case before
      /// The parallel run after it.
      case after
    }
    /// The part it shortens.
    public let part: Part
    /// How much it saves there.
    public let saves: TimeSpan
    /// What to do, in a sentence.
    public let text: String
  }
}

/// The times by which certain shares of clients have followed; nil: never.
public struct Quantiles: Hashable, Sendable {
  /// Half of the clients.
  public let p50: TimeSpan?
  /// 90 %.
  public let p90: TimeSpan?
  /// 95 %.
  public let p95: TimeSpan?
  /// 99 %.
  public let p99: TimeSpan?

  /// The quantiles of a model.
  public init(_ model: CacheModel) {
    func time(_ share: Double) -> TimeSpan? {
      // A millionth of a second more or less is the search's own inaccuracy.
      model.time(toShare: share).map { TimeSpan(roundingUp: $0 - 1e-6) }
    }
    p50 = time(0.5)
    p90 = time(0.9)
    p95 = time(0.95)
    p99 = time(0.99)
  }
}

/// Shares of clients that ask the new servers, by time after the cutover.
public struct ShareTable: Hashable, Sendable {
  /// One way to look at the caches.
  public struct Curve: Hashable, Sendable {
    /// The model, for shares at any other time.
    public let model: CacheModel
    /// The share of parent-centric caches.
    public let parentCentricShare: Double
    /// Whether the floors and ceilings of the inputs are counted in.
    public let countsClasses: Bool
    /// When certain shares are reached.
    public let quantiles: Quantiles
  }

  /// One moment.
  public struct Row: Hashable, Sendable {
    /// The time after the cutover.
    public let after: TimeSpan
    /// What moment it is: `2 x parent NS`, `check`.
    public let labels: [String]
    /// The share (0...1) of clients by each curve, in their order.
    public let shares: [Double]
  }

  /// The columns.
  public let curves: [Curve]
  /// The rows, in order of time.
  public let rows: [Row]
}

/// One thing to do, or to wait for.
public struct Step: Hashable, Sendable {
  /// The step's lasting name.
  public enum ID: String, CaseIterable, Sendable {
    case lowerTTLs = "lower-ttls"
    case waitBefore = "wait-before"
    case removeDS = "remove-ds"
    case recordDelegation = "record-delegation"
    case freeze
    case load
    case compare
    case goNoGo = "go-no-go"
    case redelegate
    case checkNow = "check-now"
    case checkAt25Minutes = "check-25-minutes"
    case checkAtParentTTL = "check-parent-ttl"
    case checkAt24Hours = "check-24-hours"
    case ttlBound = "ttl-bound"
    case restoreTTLs = "restore-ttls"
    case publishDS = "publish-ds"
    case decommission
  }

  /// Its name.
  public let id: ID
  /// What to do, as a title: `Lower the TTLs`.
  public let title: String
  /// When, at the earliest.
  public let instant: Instant
  /// The reader's local time then, seconds east of UTC; nil where no time zone was given.
  public let utcOffset: TimeSpan?
  /// How long it lasts, or how long to wait from then; zero for what happens at once.
  public let duration: TimeSpan
  /// What exactly, and why then or that long.
  public let why: String
  /// The record or rule that decides the instant or the length; nil where nothing is waited for.
  public let decidedBy: String?
  /// Who could make it shorter, and how; nil where nothing is waited for.
  public let shortenedBy: String?
}
