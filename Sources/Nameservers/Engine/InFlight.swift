/// A query that waits for its reply.
struct InFlight {
  /// Where it was sent.
  enum Way: Equatable {
    /// Over a UDP socket, by its index.
    case udp(Int)
    /// It will be sent over TCP as soon as the connection has room.
    case waitingForTCP
    case tcp
  }

  var query: Query
  var way = Way.waitingForTCP
  var id: UInt16 = 0
  /// The message as it was sent, without TSIG; its question section has to come back.
  var octets: [UInt8] = []
  var questionEnd = 0
  /// When the query was begun, and when its current try.
  var begunAt: UInt64 = 0
  var sentAt: UInt64 = 0
  var deadline: UInt64 = 0
  /// The number of the current try.
  var tries = 1
  var usesEDNS = true
  /// A UDP reply had the TC bit.
  var wasTruncated = false
  /// How often BADCOOKIE made it go again at once.
  var cookieRounds = 0
  /// How often a connection was closed on it and it went over another.
  var reopenings = 0
  /// What the last try is known to have met.
  var lastFailure: QueryFailure?
  /// The MAC of its signature, which that of the reply covers.
  var mac: [UInt8] = []
  /// False for a place in the table that is free.
  var isActive = true
}
