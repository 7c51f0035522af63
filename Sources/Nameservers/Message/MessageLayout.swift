/// Where the parts of a message stand, found by counting without reading record data.
///
/// This is what the engine looks at in every reply: cheap, and safe with any octets.
struct MessageLayout {
  /// Where the question section ends.
  let questionEnd: Int
  /// Where the last record begins; nil where there is no record.
  let lastRecord: Int?
  /// The OPT record: where its fixed part begins (behind the owner, which is the root).
  let opt: Int?
  /// Where the types stand of records that libldns would read wrongly; see `Message(parsing:)`.
  let misreadTypes: [Int]

  /// The octets of a header (RFC 1035 section 4.1.1).
  static let headerCount = 12

  /// Nil where the counts of the header do not lead exactly to the end of the octets, or a second
  /// OPT record stands there (RFC 6891 section 6.1.1).
  init?(_ octets: Span<UInt8>) {
    guard octets.count >= Self.headerCount else { return nil }
    var position = Self.headerCount
    for _ in 0..<octets.number16(at: 4) {
      guard let end = Self.nameEnd(octets, position), end + 4 <= octets.count else { return nil }
      position = end + 4
    }
    questionEnd = position
    var lastRecord: Int?
    var opt: Int?
    var misreadTypes: [Int] = []
    let plain = octets.number16(at: 6) + octets.number16(at: 8)
    for index in 0..<(plain + octets.number16(at: 10)) {
      guard let fixed = Self.nameEnd(octets, position), fixed + 10 <= octets.count else {
        return nil
      }
      let end = fixed + 10 + octets.number16(at: fixed + 8)
      guard end <= octets.count else { return nil }
      let type = octets.number16(at: fixed)
      if type == 41 {
        guard opt == nil, index >= plain, fixed == position + 1 else { return nil }
        opt = fixed
      }
      if LDNSPacket.misreads(type) { misreadTypes.append(fixed) }
      lastRecord = position
      position = end
    }
    guard position == octets.count else { return nil }
    self.lastRecord = lastRecord
    self.opt = opt
    self.misreadTypes = misreadTypes
  }

  /// Where the name at a position ends in its place: behind its root label, or its pointer, which
  /// has to lead back (RFC 1035 section 4.1.4).
  private static func nameEnd(_ octets: Span<UInt8>, _ start: Int) -> Int? {
    var position = start
    while position < octets.count {
      let octet = octets[position]
      if octet == 0 { return position + 1 }
      if octet >= 0xC0 {
        guard position + 2 <= octets.count else { return nil }
        let target = octets.number16(at: position) & 0x3FFF
        return target < start && target >= headerCount ? position + 2 : nil
      }
      guard octet < 64 else { return nil }
      position += 1 + Int(octet)
    }
    return nil
  }

  /// The whole RCODE, with the bits of the OPT record.
  func responseCode(_ octets: Span<UInt8>) -> ResponseCode {
    let low = UInt16(octets[3] & 15)
    guard let opt else { return ResponseCode(rawValue: low) }
    return ResponseCode(rawValue: UInt16(octets[opt + 4]) << 4 | low)
  }

  /// Where the data of an EDNS option stand; nil where there is no such option.
  func option(_ code: UInt16, _ octets: Span<UInt8>) -> Range<Int>? {
    guard let opt else { return nil }
    var position = opt + 10
    let end = position + octets.number16(at: opt + 8)
    while position + 4 <= end {
      let count = octets.number16(at: position + 2)
      guard position + 4 + count <= end else { return nil }
      if octets.number16(at: position) == Int(code) {
        return (position + 4)..<(position + 4 + count)
      }
      position += 4 + count
    }
    return nil
  }
}

extension Span<UInt8> {
  /// The 16-bit number at an offset, in network order.
  @inline(__always)
  func number16(at offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }
}
