import CLDNS

/// Keyed hashes (RFC 2104) over the hash functions that libldns has.
enum HMAC {
  /// The code of some octets under a key.
  static func code(_ octets: [UInt8], key: [UInt8], _ algorithm: TSIGKey.Algorithm) -> [UInt8] {
    var key = key.count > algorithm.blockCount ? hash(key, algorithm) : key
    key += [UInt8](repeating: 0, count: algorithm.blockCount - key.count)
    return hash(key.map { $0 ^ 0x5C } + hash(key.map { $0 ^ 0x36 } + octets, algorithm), algorithm)
  }

  private static func hash(_ octets: [UInt8], _ algorithm: TSIGKey.Algorithm) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: algorithm.codeCount)
    let count = UInt32(octets.count)
    switch algorithm {
    case .hmacSHA1: _ = unsafe ldns_sha1(octets, count, &digest)
    case .hmacSHA256: _ = unsafe ldns_sha256(octets, count, &digest)
    case .hmacSHA384: _ = unsafe ldns_sha384(octets, count, &digest)
    case .hmacSHA512: _ = unsafe ldns_sha512(octets, count, &digest)
    }
    return digest
  }
}

extension TSIGKey.Algorithm {
  /// Octets of the hash function's block.
  var blockCount: Int {
    switch self {
    case .hmacSHA1, .hmacSHA256: 64
    case .hmacSHA384, .hmacSHA512: 128
    }
  }

  /// Octets of a code.
  var codeCount: Int {
    switch self {
    case .hmacSHA1: 20
    case .hmacSHA256: 32
    case .hmacSHA384: 48
    case .hmacSHA512: 64
    }
  }

  /// The name on the wire (RFC 8945 section 6).
  var wire: [UInt8] { [UInt8(rawValue.utf8.count)] + rawValue.utf8 + [0] }
}
