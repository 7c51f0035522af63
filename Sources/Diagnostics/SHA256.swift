/// SHA-256 (FIPS 180-4), to tell inputs apart and to name plans. Written here because the one
/// library that has it would be the largest dependency of the package.
public struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var block: [UInt8] = []
  private var count: UInt64 = 0

  /// A hash of nothing yet.
  public init() {}

  /// The digest of some octets in lower-case hexadecimal.
  public static func hex(of octets: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(octets)
    return hash.hexDigest()
  }

  /// The same of octets that lie together.
  public static func hex(of octets: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(octets.span)
    return hash.hexDigest()
  }

  /// Adds octets.
  public mutating func update(_ octets: some Sequence<UInt8>) {
    for octet in octets {
      block.append(octet)
      count &+= 1
      if block.count == 64 { compressBlock() }
    }
  }

  /// Adds octets that are lent.
  public mutating func update(_ octets: Span<UInt8>) {
    var index = 0
    while index < octets.count {
      if block.isEmpty, octets.count - index >= 64 {
        compress(octets, at: index)
        count &+= 64
        index += 64
        continue
      }
      block.append(octets[index])
      count &+= 1
      index += 1
      if block.count == 64 { compressBlock() }
    }
  }

  /// The digest of all that was added, in lower-case hexadecimal.
  public func hexDigest() -> String {
    digest().map { octet in
      (octet < 16 ? "0" : "") + String(octet, radix: 16)
    }.joined()
  }

  /// The digest of all that was added: 32 octets.
  public func digest() -> [UInt8] {
    var hash = self
    // Section 5.1.1: a one bit, zeros, and the length in bits as 64 bits.
    let bits = count &* 8
    hash.update([0x80])
    while hash.block.count != 56 { hash.update([0]) }
    hash.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) })
    return hash.state.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) }
    }
  }

  private mutating func compressBlock() {
    let full = block
    block = []
    compress(full.span, at: 0)
    block.reserveCapacity(64)
  }

  /// Section 6.2.2, of the 64 octets at `start`.
  private mutating func compress(_ octets: Span<UInt8>, at start: Int) {
    let block = octets.extracting(start..<(start + 64))
    let constants = Self.constants
    var words = InlineArray<64, UInt32>(repeating: 0)
    for index in 0..<16 {
      words[index] =
        UInt32(block[index * 4]) << 24 | UInt32(block[index * 4 + 1]) << 16
        | UInt32(block[index * 4 + 2]) << 8 | UInt32(block[index * 4 + 3])
    }
    for index in 16..<64 {
      let (x, y) = (words[index - 15], words[index - 2])
      let s0 = Self.rotate(x, 7) ^ Self.rotate(x, 18) ^ x >> 3
      let s1 = Self.rotate(y, 17) ^ Self.rotate(y, 19) ^ y >> 10
      words[index] = words[index - 16] &+ s0 &+ words[index - 7] &+ s1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    // Eight rounds at a time, after which each word is in its own place again.
    for group in 0..<8 {
      let at = group * 8
      Self.round(a, b, c, &d, e, f, g, &h, words[at] &+ constants[at])
      Self.round(h, a, b, &c, d, e, f, &g, words[at + 1] &+ constants[at + 1])
      Self.round(g, h, a, &b, c, d, e, &f, words[at + 2] &+ constants[at + 2])
      Self.round(f, g, h, &a, b, c, d, &e, words[at + 3] &+ constants[at + 3])
      Self.round(e, f, g, &h, a, b, c, &d, words[at + 4] &+ constants[at + 4])
      Self.round(d, e, f, &g, h, a, b, &c, words[at + 5] &+ constants[at + 5])
      Self.round(c, d, e, &f, g, h, a, &b, words[at + 6] &+ constants[at + 6])
      Self.round(b, c, d, &e, f, g, h, &a, words[at + 7] &+ constants[at + 7])
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
  }

  /// One round (step 3): of the eight words, two change.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ input: UInt32
  ) {
    let s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    let t1 = h &+ s1 &+ (g ^ e & (f ^ g)) &+ input
    let s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    d &+= t1
    h = t1 &+ s0 &+ (a & b | c & (a | b))
  }

  @inline(__always)
  private static func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word &>> bits | word &<< (32 &- bits)
  }

  /// Section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64
  /// primes.
  private static let constants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
