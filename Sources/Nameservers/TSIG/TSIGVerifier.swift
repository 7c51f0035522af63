import ZoneKit

extension TSIGKey {
  /// Signs a query: appends the TSIG record (RFC 8945 section 5.1).
  ///
  /// - Parameter time: seconds since 1970.
  /// - Returns: the MAC, which the reply's signature covers.
  func sign(_ message: inout [UInt8], at time: UInt64) -> [UInt8] {
    let id = UInt16(message[0]) << 8 | UInt16(message[1])
    let record = TSIGRecord(key: self, time: time, id: id)
    let mac = HMAC.code(message + record.variables, key: secret, algorithm)
    message += record.wire(mac: mac)
    let count = UInt16(message.span.number16(at: 10)) &+ 1
    message[10] = UInt8(truncatingIfNeeded: count >> 8)
    message[11] = UInt8(truncatingIfNeeded: count)
    return mac
  }

  /// Checks the one message of a reply.
  func verify(_ octets: ArraySlice<UInt8>, requestMAC: [UInt8], at time: UInt64) throws(TSIGError) {
    var verifier = TSIGVerifier(key: self, requestMAC: requestMAC)
    try verifier.take(octets, at: time)
    try verifier.finish()
  }
}

/// Checks the signatures of a reply of one or of many messages (RFC 8945 section 5.3.1).
///
/// The first message is signed, and of the others at least every hundredth and the last. A
/// signature covers the unsigned messages before it, so that nothing of them should be believed
/// for good before `finish` returns. (libldns checks signed messages one by one only, so that
/// NSD's transfers, of which every 96th message is signed, need this.)
struct TSIGVerifier {
  private let key: TSIGKey
  /// The MAC that the next signature covers.
  private var mac: [UInt8]
  private var unsigned: [UInt8] = []
  private var unsignedCount = 0
  private var isFirst = true

  /// Messages without a signature between two with one.
  static let unsignedLimit = 99

  init(key: TSIGKey, requestMAC: [UInt8]) {
    self.key = key
    mac = requestMAC
  }

  /// Takes the next message.
  mutating func take(_ octets: ArraySlice<UInt8>, at time: UInt64) throws(TSIGError) {
    guard let layout = MessageLayout(octets.span) else { throw TSIGError("a malformed message") }
    guard let record = TSIGRecord(in: octets, layout) else {
      guard !isFirst else {
        throw TSIGError("there is no signature; the server may not know key \(key.name)")
      }
      unsignedCount += 1
      guard unsignedCount <= Self.unsignedLimit else {
        throw TSIGError("\(Self.unsignedLimit) messages in a row without a signature")
      }
      unsigned += octets
      return
    }
    try check(record, at: time)
    var signed = octets.prefix(record.start)
    let start = signed.startIndex
    signed[start] = UInt8(truncatingIfNeeded: record.originalID >> 8)
    signed[start + 1] = UInt8(truncatingIfNeeded: record.originalID)
    let count = UInt16(octets.span.number16(at: 10)) &- 1
    signed[start + 10] = UInt8(truncatingIfNeeded: count >> 8)
    signed[start + 11] = UInt8(truncatingIfNeeded: count)
    var covered: [UInt8] = []
    covered.append(big: UInt16(truncatingIfNeeded: mac.count))
    covered += mac + unsigned + signed
    covered += isFirst ? record.variables : record.timers
    let expected = HMAC.code(covered, key: key.secret, key.algorithm)
    // Not the first difference but all of them, so that the time taken tells nothing.
    guard expected.count == record.mac.count,
      zip(expected, record.mac).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0
    else { throw TSIGError("the signature does not fit the message and key \(key)") }
    mac = record.mac
    unsigned.removeAll()
    unsignedCount = 0
    isFirst = false
  }

  /// Sees that the last message was signed.
  func finish() throws(TSIGError) {
    guard !isFirst, unsignedCount == 0 else { throw TSIGError("the last message is not signed") }
  }

  private func check(_ record: TSIGRecord, at time: UInt64) throws(TSIGError) {
    switch record.error {
    case 0: break
    case 16: throw TSIGError("BADSIG: the server finds the secret of key \(key.name) to be another")
    case 17:
      throw TSIGError("BADKEY: the server does not know key \(key), or not for this algorithm")
    case 18:
      throw TSIGError("BADTIME: the clocks of server and client differ by more than its limit")
    default: throw TSIGError("the server reports TSIG error \(record.error)")
    }
    guard record.key == key.name, Array(record.algorithm.wire) == key.algorithm.wire else {
      throw TSIGError("signed with \(record.key) (\(record.algorithm)), not with \(key)")
    }
    let difference = record.time > time ? record.time - time : time - record.time
    guard difference <= UInt64(record.fudge) else {
      throw TSIGError(
        "signed \(difference) s from this computer's time: one of the clocks is wrong")
    }
  }
}
