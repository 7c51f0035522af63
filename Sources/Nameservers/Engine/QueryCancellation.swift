import Synchronization

/// Tells a run from another thread, or a signal handler, that it should end.
public final class QueryCancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Not cancelled.
  public init() {}

  /// Asks the run to end.
  public func cancel() { flag.store(true, ordering: .releasing) }

  /// Whether it was asked to.
  public var isCancelled: Bool { flag.load(ordering: .acquiring) }
}
