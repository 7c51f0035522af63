/// A reply that was accepted: from the asked address and port, with the id of a query in flight and
/// its question, and laid out as a message.
///
/// Its octets are read only when asked for: `message()` takes a thousand times longer than a
/// comparison of octets, and most replies of two servers differ in nothing.
public struct Reply: Sendable {
  /// The whole message. The first two octets are the id, which is random.
  public let octets: [UInt8]
  /// Whether it came over TCP.
  public let isOverTCP: Bool
  /// Whether the server had said over UDP that the reply is truncated.
  public let wasTruncated: Bool
  /// Whether the query had an OPT record; false for a server that cannot read those.
  public let usedEDNS: Bool
  /// The try that it answers: 1 for the first.
  public let tries: Int
  /// The time from that try to the reply, in nanoseconds.
  public let roundTrip: UInt64

  /// The reply as a value.
  ///
  /// - Throws: `MessageError` where names or record data in it are malformed.
  public func message() throws(MessageError) -> Message { try Message(parsing: octets) }

  /// The RCODE, without the bits of EDNS: 0 to 15.
  public var headerResponseCode: ResponseCode { ResponseCode(rawValue: UInt16(octets[3] & 15)) }
  /// AA: whether the server answers from a zone of its own.
  public var isAuthoritative: Bool { octets[2] & 4 != 0 }
  /// How many records the answer section has.
  public var answerCount: Int { octets.span.number16(at: 6) }
}
