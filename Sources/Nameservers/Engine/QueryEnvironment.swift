#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What the engine takes from the system: time, waiting and random numbers. Tests have their own.
public struct QueryEnvironment: Sendable {
  /// Nanoseconds of a clock that only goes forward.
  public var now: @Sendable () -> UInt64
  /// How many nanoseconds of real time a wait of so many nanoseconds of that clock may take.
  public var waiting: @Sendable (UInt64) -> UInt64
  /// Called when a wait of so many nanoseconds ended with nothing to read.
  public var waited: @Sendable (UInt64) -> Void
  /// Seconds since 1970, which TSIG signs.
  public var wallClock: @Sendable () -> UInt64
  /// Where ids, cookies and jitter come from.
  public var random: @Sendable () -> any RandomNumberGenerator

  /// The system's clocks and its random numbers.
  public static let system = QueryEnvironment(
    now: { nanoseconds(CLOCK_MONOTONIC) }, waiting: { $0 }, waited: { _ in },
    wallClock: { nanoseconds(CLOCK_REALTIME) / 1_000_000_000 },
    random: { SystemRandomNumbers() })

  /// An environment.
  public init(
    now: @escaping @Sendable () -> UInt64, waiting: @escaping @Sendable (UInt64) -> UInt64,
    waited: @escaping @Sendable (UInt64) -> Void, wallClock: @escaping @Sendable () -> UInt64,
    random: @escaping @Sendable () -> any RandomNumberGenerator
  ) {
    self.now = now
    self.waiting = waiting
    self.waited = waited
    self.wallClock = wallClock
    self.random = random
  }

  private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
