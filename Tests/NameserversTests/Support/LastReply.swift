import Synchronization

/// Keeps octets from one call to the next.
final class LastReply: Sendable {
  private let octets = Mutex<[UInt8]?>(nil)

  /// Keeps these, and gives back those that were kept before.
  func exchange(_ new: [UInt8]) -> [UInt8]? {
    octets.withLock { old in
      defer { old = new }
      return old
    }
  }
}

/// Keeps everything that it is given.
final class Gathered: Sendable {
  private let octets = Mutex<[[UInt8]]>([])

  /// Adds octets; returns all of them once there are `count`, and begins anew.
  func add(_ new: [UInt8], until count: Int) -> [[UInt8]] {
    octets.withLock { all in
      all.append(new)
      guard all.count >= count else { return [] }
      defer { all = [] }
      return all
    }
  }
}
