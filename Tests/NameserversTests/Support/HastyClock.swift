import Foundation
import Nameservers
import Synchronization
import TestSupport

extension QueryEnvironment {
  /// An environment in which time passes faster when nothing happens: a wait takes a hundredth of
  /// a second of real time at most, and the clock then goes forward by the whole of it.
  static func hasty(seed: UInt64 = 1, wallClock: UInt64? = nil) -> QueryEnvironment {
    let skipped = SkippedTime()
    let system = QueryEnvironment.system
    return QueryEnvironment(
      now: { system.now() + skipped.nanoseconds.load(ordering: .relaxed) },
      waiting: { min($0, 10_000_000) },
      waited: { span in
        guard span > 10_000_000 else { return }
        skipped.nanoseconds.add(span - 10_000_000, ordering: .relaxed)
      },
      wallClock: { wallClock ?? system.wallClock() }, random: { SeededGenerator(seed: seed) })
  }

  private final class SkippedTime: Sendable {
    let nanoseconds = Atomic<UInt64>(0)
  }
}
