/// Whether a server is worth asking: failures in a row lead to a pause, and a pause to a query
/// that finds out.
struct ServerHealth {
  private(set) var pausedUntil: UInt64?
  private(set) var isGivenUp = false
  /// Whether it ever gave a reply: before that, few queries are risked.
  private(set) var hasReplied = false
  private var failuresInARow = 0
  private var pausesTaken = 0
  private let failuresUntilPause: Int
  private let pauses: [UInt64]

  init(_ options: QueryOptions) {
    failuresUntilPause = max(1, options.failuresUntilPause)
    pauses = options.pauses
  }

  mutating func noteReply() {
    hasReplied = true
    failuresInARow = 0
    pausesTaken = 0
    pausedUntil = nil
  }

  /// Notes that a query failed which was begun at some time. Returns whether a pause begins.
  mutating func noteFailure(begunAt begin: UInt64, at now: UInt64) -> Bool {
    failuresInARow += 1
    // What was in flight when the pause began says nothing new.
    guard pausedUntil.map({ begin >= $0 }) ?? (failuresInARow >= failuresUntilPause) else {
      return false
    }
    guard pausesTaken < pauses.count else {
      isGivenUp = true
      return false
    }
    pausedUntil = now + pauses[pausesTaken]
    pausesTaken += 1
    return true
  }

  /// How many queries may be in flight.
  func window(_ window: Int, at now: UInt64) -> Int {
    if let pausedUntil { return now < pausedUntil ? 0 : 1 }
    return hasReplied ? window : min(window, max(1, failuresUntilPause - failuresInARow))
  }
}
