/// What happened with one server, in numbers.
public struct QueryStatistics: Hashable, Sendable {
  /// Queries that got a reply.
  public var replies = 0
  /// Queries that got none.
  public var failures = 0
  /// Datagrams sent, and messages over TCP.
  public var sent = 0
  /// Tries after the first of a query.
  public var retries = 0
  /// Replies with the TC bit over UDP, each of which led to a query over TCP.
  public var truncated = 0
  /// Replies that came over TCP.
  public var repliesOverTCP = 0
  /// TCP connections that were opened.
  public var connections = 0
  /// Datagrams and messages that were not believed: wrong id, wrong question, late or twice, not
  /// laid out as a message, another client's cookie.
  public var ignored = 0
  /// Pauses that the server was given.
  public var pauses = 0
  /// Octets of DNS messages that were sent.
  public var octetsSent = 0
  /// Octets of DNS messages that were received.
  public var octetsReceived = 0
  /// The sum of the round trips of all replies, in nanoseconds.
  public var roundTrips: UInt64 = 0

  /// Nothing yet.
  public init() {}

  /// The sums of two.
  public static func + (a: QueryStatistics, b: QueryStatistics) -> QueryStatistics {
    var sum = QueryStatistics()
    for field in counters { sum[keyPath: field] = a[keyPath: field] + b[keyPath: field] }
    sum.roundTrips = a.roundTrips + b.roundTrips
    return sum
  }

  private static var counters: [WritableKeyPath<QueryStatistics, Int>] {
    [
      \.replies, \.failures, \.sent, \.retries, \.truncated, \.repliesOverTCP, \.connections,
      \.ignored, \.pauses, \.octetsSent, \.octetsReceived,
    ]
  }
}
