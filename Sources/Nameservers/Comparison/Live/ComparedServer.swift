/// A nameserver that takes part in a comparison: one address of it.
struct ComparedServer: Sendable {
  /// The sides of a comparison.
  enum Side: String, Sendable { case old, new }

  let side: Side
  let address: ServerAddress
  /// The serial of its SOA when the comparison began; nil where it gave none.
  var serial: UInt32?
  /// Why it is not asked further.
  var fault: Fault?

  enum Fault: Sendable, Hashable {
    /// It answers, but not as an authority for the zone.
    case lame(String)
    /// It does not answer.
    case unreachable(String)
    /// It answers over UDP, but not over TCP.
    case withoutTCP(String)
  }

  var label: String { address.description }
}

/// Why a comparison of servers cannot be made.
public struct LiveComparisonError: Error, Sendable, CustomStringConvertible {
  /// What was found, server by server.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// How far a comparison has come.
public struct ComparisonProgress: Sendable, Hashable {
  /// Questions that all servers have answered.
  public let done: Int
  /// Questions in all.
  public let total: Int
  /// Questions a second since the start of this run.
  public let rate: Double
  /// Seconds that the rest takes at that rate; nil where there is no rate yet.
  public let remaining: Int?
}

extension ComparisonProgress: CustomStringConvertible {
  /// `1200 of 33515 questions, 198/s, 2:43 left`
  public var description: String {
    let time = remaining.map { seconds in
      let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
      return ", \(minutes):\(rest < 10 ? "0" : "")\(rest) left"
    }
    return "\(done) of \(total) questions, \(Int(rate.rounded()))/s\(time ?? "")"
  }
}
