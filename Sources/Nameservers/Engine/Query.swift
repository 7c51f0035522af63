/// A question to a server, as a job for the `QueryEngine`.
public struct Query: Sendable {
  /// What is asked.
  public var question: Question
  /// The caller's own number, such as an index into its list of questions.
  public var tag: Int
  /// How many of the server's tokens it takes: 1, or more for what servers are touchy about.
  /// Negative answers trip the rate limiting of name servers long before positive ones do, so that
  /// a query for which one is expected should take 2 to 4.
  public var cost: Int
  /// Whether TCP alone is used.
  public var isOverTCP: Bool

  /// A query.
  public init(_ question: Question, tag: Int = 0, cost: Int = 1, isOverTCP: Bool = false) {
    self.question = question
    self.tag = tag
    self.cost = cost
    self.isOverTCP = isOverTCP
  }
}

/// What became of a query: a reply that may be believed, or why there is none.
public enum QueryOutcome: Sendable {
  /// A reply from the asked address and port, to the asked question, whatever its RCODE.
  case reply(Reply)
  /// No reply. This says something of the server or the way to it, nothing of the zone: it is
  /// never a difference.
  case failure(QueryFailure)
}

/// Why there is no reply to a query.
public enum QueryFailure: Error, Hashable, Sendable {
  /// Nothing that may be believed came within the time of any try.
  case timedOut
  /// The server's host says that nobody listens there, at UDP (ICMP) or TCP.
  case connectionRefused
  /// The system knows no way to the address; the text is its own (`No route to host`).
  case noRoute(String)
  /// The server said over UDP that the reply is truncated, and gave none over TCP.
  case truncated(TCPFailure)
  /// What came over TCP is no message, or is none that answers the query.
  case malformed
  /// The reply is not signed by the key that was asked for; the text says what is wrong.
  case notSigned(String)
  /// The server was given up: too many failures in a row, also after pauses. It was not asked.
  case serverGivenUp
  /// The run was cancelled.
  case cancelled
  /// The question cannot be put into a message.
  case unusable(String)

  /// What TCP failed with.
  public enum TCPFailure: Hashable, Sendable {
    /// The connection was refused.
    case refused
    /// The connection was closed before the whole reply was there.
    case closed
    /// No whole reply in time.
    case timedOut
    /// Octets that are no reply to the query.
    case malformed
  }
}

extension QueryFailure: CustomStringConvertible {
  /// What happened, in a phrase.
  public var description: String {
    switch self {
    case .timedOut: "no reply in time"
    case .connectionRefused: "connection refused: nobody listens there"
    case .noRoute(let text): text
    case .truncated(let failure):
      switch failure {
      case .refused: "truncated over UDP, and TCP is refused"
      case .closed: "truncated over UDP, and TCP is closed without a reply"
      case .timedOut: "truncated over UDP, and no reply in time over TCP"
      case .malformed: "truncated over UDP, and malformed over TCP"
      }
    case .malformed: "a malformed reply"
    case .notSigned(let text): "the reply is not signed as it should be: \(text)"
    case .serverGivenUp: "not asked: the server gave no reply too many times in a row"
    case .cancelled: "cancelled"
    case .unusable(let text): text
    }
  }
}
