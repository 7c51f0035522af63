import ZoneKit

/// Puts queries into octets (RFC 1035 section 4.1, RFC 6891 section 6.1.2, RFC 7873 section 4).
struct QueryEncoder {
  /// The COOKIE option's first part, by which the server knows this client again.
  let clientCookie: [UInt8]
  /// Its second part, which the server gave; empty before it did.
  var serverCookie: [UInt8] = []
  private let payload: UInt16?
  private let usesCookies: Bool
  private let wantsDNSSEC: Bool
  private let isRecursionDesired: Bool

  /// The octets of a client cookie, and of server cookies.
  static let clientCookieCount = 8
  static let serverCookieCounts = 8...32

  init(_ options: QueryOptions, random: inout any RandomNumberGenerator) {
    clientCookie = (0..<Self.clientCookieCount).map { _ in
      UInt8(truncatingIfNeeded: random.next())
    }
    payload = options.payload
    usesCookies = options.usesCookies && options.payload != nil
    wantsDNSSEC = options.wantsDNSSEC
    isRecursionDesired = options.isRecursionDesired
  }

  /// Replaces `octets` by a query. Returns where its question section ends.
  func encode(
    _ question: Question, id: UInt16, usingEDNS: Bool, into octets: inout [UInt8]
  ) -> Int {
    octets.removeAll(keepingCapacity: true)
    octets.append(big: id)
    // Flags: a query with opcode 0 and all bits off but perhaps RD. Counts: one question, and
    // perhaps OPT.
    let hasOPT = usingEDNS && payload != nil
    octets.append(contentsOf: [isRecursionDesired ? 1 : 0, 0, 0, 1, 0, 0, 0, 0, 0, hasOPT ? 1 : 0])
    octets.append(contentsOf: question.name.wire)
    octets.append(big: question.type.rawValue)
    octets.append(big: question.recordClass.rawValue)
    let questionEnd = octets.count
    guard hasOPT, let payload else { return questionEnd }
    octets.append(0)
    octets.append(big: RecordType.opt.rawValue)
    octets.append(big: payload)
    octets.append(contentsOf: [0, 0, wantsDNSSEC ? 0x80 : 0, 0])
    guard usesCookies else {
      octets.append(big: UInt16(0))
      return questionEnd
    }
    let count = UInt16(clientCookie.count + serverCookie.count)
    octets.append(big: count + 4)
    octets.append(big: EDNS.Option.cookie)
    octets.append(big: count)
    octets.append(contentsOf: clientCookie)
    octets.append(contentsOf: serverCookie)
    return questionEnd
  }

  /// What a reply's COOKIE option says.
  enum CookieVerdict { case none, accepted, foreign }

  /// Compares a reply's cookie with ours, and keeps the server's part (RFC 7873 section 5.3).
  mutating func take(cookieOf layout: MessageLayout, _ octets: Span<UInt8>) -> CookieVerdict {
    guard usesCookies, let range = layout.option(EDNS.Option.cookie, octets) else { return .none }
    let split = range.lowerBound + Self.clientCookieCount
    guard split <= range.upperBound else { return .foreign }
    for index in 0..<Self.clientCookieCount
    where octets[range.lowerBound + index] != clientCookie[index] {
      return .foreign
    }
    let count = range.upperBound - split
    guard count > 0 else { return .none }
    guard Self.serverCookieCounts.contains(count) else { return .foreign }
    if count != serverCookie.count
      || (0..<count).contains(where: { octets[split + $0] != serverCookie[$0] })
    {
      serverCookie = (0..<count).map { octets[split + $0] }
    }
    return .accepted
  }
}
