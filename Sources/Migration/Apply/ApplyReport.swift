import Route53
public import ZoneKit

/// What is about to be done.
public struct ApplyOutlook: Sendable {
  /// The zone.
  public let zone: Name
  /// The hosted zone's id.
  public let hostedZoneID: String
  /// Forward or back.
  public let direction: Direction
  /// The files that are sent, in their order.
  public let files: [ApplicablePlan.File]
  /// How many batches were applied before.
  public let appliedCount: Int
  /// How many batches the plan holds.
  public let stepCount: Int
  /// How many sets the hosted zone holds, and how many it will.
  public let setCounts: (before: Int, after: Int)

  /// How many changes are sent.
  public var changeCount: Int { files.reduce(0) { $0 + $1.batch.changes.count } }
}

/// What was done.
public struct ApplyOutcome: Sendable {
  /// How many batches were sent.
  public let sentCount: Int
  /// What was to be done.
  public let outlook: ApplyOutlook
  /// Whether it is done: the hosted zone was fetched and holds what it should.
  public let isDone: Bool
}

/// How far a run is.
public enum ApplyEvent: Sendable {
  /// An answer that was not known is settled: the hosted zone shows whether the batch was taken.
  case settled(file: String, wasApplied: Bool)
  /// A change from before is being waited for.
  case waiting(file: String)
  /// The service no longer knows the change; the hosted zone holds it.
  case forgotten(file: String)
  /// Sets that the plan leaves alone were changed by someone else.
  case otherChanges(count: Int)
  /// A batch is sent.
  case sending(file: String, number: Int, of: Int)
  /// A batch is in sync.
  case done(file: String, progress: ApplyProgress)
}

/// How much is done, and how fast.
public struct ApplyProgress: Sendable {
  /// How many changes there are.
  public let changeCount: Int
  /// How many of them are in sync.
  public internal(set) var doneCount = 0
  /// How many seconds it took so far.
  public internal(set) var elapsed = 0.0
  let start: Double

  init(changeCount: Int, start: Double) {
    self.changeCount = changeCount
    self.start = start
  }

  /// Changes a second so far; nil if no time has passed.
  public var rate: Double? { elapsed > 0 ? Double(doneCount) / elapsed : nil }

  /// The seconds that the rest takes at that rate; nil if there is none yet.
  public var timeLeft: Double? {
    rate.flatMap { $0 > 0 ? Double(changeCount - doneCount) / $0 : nil }
  }
}
