/// Eight octets of text at once, the first in the lowest bits.
///
/// Marks are the high bits of the octets they speak of. They are right up to and with the first
/// octet over 0x7F: what follows it is not looked at by anyone.
struct OctetWord {
  let bits: UInt64

  static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  init(_ bits: UInt64) { self.bits = bits }

  /// The octet `index` octets behind the first.
  @inline(__always)
  subscript(index: Int) -> UInt8 { UInt8(truncatingIfNeeded: bits &>> UInt64(8 &* index)) }

  /// Marks octets that are not `octet`; only the marks' bits count.
  @inline(__always)
  private func differing(from octet: UInt8) -> UInt64 {
    (bits ^ (UInt64(octet) &* Self.ones)) &+ (0x7F &* Self.ones)
  }

  /// Marks octets that are at least `octet`; only the marks' bits count.
  @inline(__always)
  private func reaching(_ octet: UInt8) -> UInt64 {
    bits &+ (UInt64(0x80 &- octet) &* Self.ones)
  }

  /// Marks octets that are `octet`.
  @inline(__always)
  func marks(of octet: UInt8) -> UInt64 { ~differing(from: octet) & Self.highs }

  /// Marks octets that end a word or need a closer look: those up to `)`, `;`, the backslash, and
  /// those over 0x7F.
  @inline(__always)
  var wordEnds: UInt64 {
    let plain =
      reaching(UInt8(ascii: "*")) & differing(from: UInt8(ascii: ";"))
      & differing(from: UInt8(ascii: "\\"))
    return (~plain | bits) & Self.highs
  }

  /// Marks octets that end a quoted string or need a closer look: the quote, the backslash, the
  /// line feed, and those over 0x7F.
  @inline(__always)
  var stringEnds: UInt64 {
    let plain =
      differing(from: UInt8(ascii: "\"")) & differing(from: UInt8(ascii: "\\"))
      & differing(from: UInt8(ascii: "\n"))
    return (~plain | bits) & Self.highs
  }

  /// The octets with ASCII capitals made small, whatever the octets are.
  @inline(__always)
  var lowercased: UInt64 {
    let low = bits & ~Self.highs
    let fromA = low &+ (0x3F &* Self.ones)
    let behindZ = low &+ (0x25 &* Self.ones)
    let capitals = (fromA & ~behindZ) & ~bits & Self.highs
    return bits | capitals &>> 2
  }

  /// How many octets stand before the first mark; 8 where there is none.
  @inline(__always)
  static func count(before marks: UInt64) -> Int { marks.trailingZeroBitCount &>> 3 }

  /// How many decimal digits the word begins with.
  @inline(__always)
  var digitCount: Int {
    let values = bits ^ (0x30 &* Self.ones)
    return Self.count(before: ((values &+ (0x76 &* Self.ones)) | values) & Self.highs)
  }

  /// The number that the first `count` octets spell, 1 to 8 decimal digits.
  @inline(__always)
  func decimal(_ count: Int) -> UInt64 {
    var value = (bits & (0x0F &* Self.ones)) &<< UInt64(64 &- 8 &* count)
    value = (value &* 10 &+ (value &>> 8)) & 0x00FF_00FF_00FF_00FF
    value = (value &* 100 &+ (value &>> 16)) & 0x0000_FFFF_0000_FFFF
    return (value &* 10_000 &+ (value &>> 32)) & 0xFFFF_FFFF
  }

  /// How many hexadecimal digits the word begins with.
  @inline(__always)
  var hexDigitCount: Int {
    let folded = OctetWord(bits | (0x20 &* Self.ones))
    let isDigit = folded.reaching(UInt8(ascii: "0")) & ~folded.reaching(UInt8(ascii: ":"))
    let isLetter = folded.reaching(UInt8(ascii: "a")) & ~folded.reaching(UInt8(ascii: "g"))
    let isHex = (isDigit | isLetter) & reaching(UInt8(ascii: "0"))
    return Self.count(before: (~isHex | bits) & Self.highs)
  }

  /// The four octets that eight hexadecimal digits spell, the first in the lowest bits.
  @inline(__always)
  var hexOctets: UInt32 {
    let letters = (bits &>> 6) & Self.ones
    let digits = (bits & (0x0F &* Self.ones)) &+ letters &* 9
    var pairs = (digits &<< 4 | digits &>> 8) & 0x00FF_00FF_00FF_00FF
    pairs = (pairs | pairs &>> 8) & 0x0000_FFFF_0000_FFFF
    return UInt32(truncatingIfNeeded: pairs | pairs &>> 16)
  }

  /// The first `count` octets (at most 7), letters in capitals: equal where the words are, as long
  /// as they are made of letters, digits and hyphens.
  @inline(__always)
  func key(_ count: Int) -> UInt64 {
    bits & (1 &<< UInt64(8 &* count) &- 1) & (0xDF &* Self.ones)
  }
}

extension Span<UInt8> {
  /// The eight octets from `offset`.
  @inline(__always)
  func word(at offset: Int) -> OctetWord {
    OctetWord(
      unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
  }

  /// The `count` octets from `offset`, 1 to 8, in the highest bits; the others are 0.
  @inline(__always)
  func word(at offset: Int, count: Int) -> OctetWord {
    if offset &+ 8 <= self.count {
      return OctetWord(word(at: offset).bits &<< UInt64(64 &- 8 &* count))
    }
    var bits: UInt64 = 0
    for index in offset..<(offset &+ count) { bits = bits >> 8 | UInt64(self[index]) << 56 }
    return OctetWord(bits)
  }
}

extension MutableRawSpan {
  @inline(__always)
  mutating func store(_ word: OctetWord, at offset: Int) {
    storeBytes(of: word.bits.littleEndian, toByteOffset: offset, as: UInt64.self)
  }

  @inline(__always)
  mutating func store(_ octet: UInt8, at offset: Int) {
    storeBytes(of: octet, toByteOffset: offset, as: UInt8.self)
  }

  /// Stores in network order.
  @inline(__always)
  mutating func store<Number: FixedWidthInteger & BitwiseCopyable>(
    big number: Number, at offset: Int
  ) {
    storeBytes(of: number.bigEndian, toByteOffset: offset, as: Number.self)
  }

  @inline(__always)
  func word(at offset: Int) -> OctetWord {
    OctetWord(unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
  }
}
