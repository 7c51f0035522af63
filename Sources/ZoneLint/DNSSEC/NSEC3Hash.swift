import ZoneKit

extension NSEC3Parameters {
  /// Zones with more iterations are not hashed here: resolvers treat them as unsigned or fail
  /// (RFC 9276 section 3.2), and no number of names would bound the work.
  static let maximumIterationCount = 500

  /// Whether names can be hashed here: SHA-1, and not too often.
  var isUsable: Bool { algorithm == 1 && Int(iterations) <= Self.maximumIterationCount }

  /// The hash of a name (RFC 5155 section 5), 20 octets.
  func hash(_ name: Name) -> [UInt8] {
    var digest = Digest.sha1(Array(name.lowercased.wire) + salt)
    for _ in 0..<iterations { digest = Digest.sha1(digest + salt) }
    return digest
  }
}

/// Base 32 with the extended hex alphabet (RFC 4648 section 7), as the owners of NSEC3 records are
/// written: without padding, in any letter case.
enum Base32Hex {
  /// The octets; nil if the digits are none of whole octets.
  static func decode(_ digits: some Collection<UInt8>) -> [UInt8]? {
    var octets: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for digit in digits {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - 48
      case UInt8(ascii: "A")...UInt8(ascii: "V"): value = digit - 55
      case UInt8(ascii: "a")...UInt8(ascii: "v"): value = digit - 87
      default: return nil
      }
      bits = bits << 5 | UInt32(value)
      count += 5
      if count >= 8 {
        count -= 8
        octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return count < 5 ? octets : nil
  }
}
