import Diagnostics
public import Propagation
import RecordSets
import Route53

/// Applies the batches of a plan to its hosted zone, or undoes them, so that a run that was killed
/// at any point is taken up where it was.
///
/// Before each batch the hosted zone is fetched and compared with what the batch was proven for;
/// each is announced in the journal before it is sent. What became of a batch whose answer is not
/// known, the hosted zone itself shows: nothing is ever applied twice.
public struct Applier: Sendable {
  /// The plan.
  public var plan: ApplicablePlan
  /// The service.
  public var service: AWSRoute53
  /// The journal and the first export.
  public var store: ApplyStore
  /// The time for the journal.
  public var now: @Sendable () -> Instant
  /// Tells the person how far it is.
  public var report: @Sendable (ApplyEvent) -> Void
  /// Asks the person before the first batch is sent; false ends the run.
  public var confirm: @Sendable (ApplyOutlook) -> Bool

  /// An applier.
  public init(
    plan: ApplicablePlan, service: AWSRoute53, store: ApplyStore,
    now: @escaping @Sendable () -> Instant,
    report: @escaping @Sendable (ApplyEvent) -> Void,
    confirm: @escaping @Sendable (ApplyOutlook) -> Bool
  ) {
    self.plan = plan
    self.service = service
    self.store = store
    self.now = now
    self.report = report
    self.confirm = confirm
  }

  /// What is to be done.
  public struct Options: Sendable {
    /// The hosted zone's id; nil to take the plan's.
    public var hostedZoneID: String?
    /// Forward or back.
    public var direction = Direction.apply
    /// The number of the last file of `batches`, or of `rollback`, to send; nil for all batches of
    /// the load, or all rollbacks of what was applied.
    public var through: Int?
    /// Whether nothing is sent and nothing written.
    public var isDryRun = false
    /// Whether changes of others are borne with, in sets that the plan leaves alone.
    public var allowsOtherChanges = false

    /// Applies the load.
    public init() {}
  }

  /// Does what the options say.
  ///
  /// - Throws: `ApplyError`. The journal is then such that the next run goes on from there.
  public func run(_ options: Options = .init()) throws(ApplyError) -> ApplyOutcome {
    var run = try ApplyRun(self, options)
    try run.takeUp()
    let moves = try run.moves()
    let end = try run.rehearse(moves)
    let outlook = run.outlook(moves, end: end)
    guard !moves.isEmpty else { return try run.finish(sent: 0, outlook) }
    if options.isDryRun { return ApplyOutcome(sentCount: 0, outlook: outlook, isDone: false) }
    guard confirm(outlook) else { throw ApplyError("not confirmed: nothing was sent") }
    try run.begin()
    var progress = ApplyProgress(changeCount: outlook.changeCount, start: service.pace.now())
    for (index, move) in moves.enumerated() {
      let file = outlook.files[index]
      report(.sending(file: file.path, number: index + 1, of: moves.count))
      try run.carryOut(move)
      progress.doneCount += file.batch.changes.count
      progress.elapsed = service.pace.now() - progress.start
      report(.done(file: file.path, progress: progress))
    }
    return try run.finish(sent: moves.count, outlook)
  }
}
