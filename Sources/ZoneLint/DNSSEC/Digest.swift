import CLDNS

/// Hash functions, by libldns.
enum Digest {
  case sha1, sha256, sha384, sha512

  /// How many octets a digest has.
  var count: Int {
    switch self {
    case .sha1: 20
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// The digest of some octets, which are at most 4 GiB.
  func callAsFunction(_ octets: [UInt8]) -> [UInt8] {
    let length = UInt32(octets.count)
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { digest, initialized in
      unsafe octets.withUnsafeBufferPointer { octets in
        let from = octets.baseAddress
        let to = digest.baseAddress
        switch self {
        case .sha1: _ = unsafe ldns_sha1(from, length, to)
        case .sha256: _ = unsafe ldns_sha256(from, length, to)
        case .sha384: _ = unsafe ldns_sha384(from, length, to)
        case .sha512: _ = unsafe ldns_sha512(from, length, to)
        }
      }
      initialized = count
    }
  }
}

/// SHA-384 or SHA-512 of octets that come piece by piece, by libldns.
struct RunningDigest {
  private var context = ldns_sha512_CTX()
  private let isShort: Bool

  /// A digest of nothing yet.
  ///
  /// - Parameter isShort: whether it is SHA-384 rather than SHA-512.
  init(isShort: Bool) {
    self.isShort = isShort
    if isShort {
      unsafe ldns_sha384_init(&context)
    } else {
      unsafe ldns_sha512_init(&context)
    }
  }

  /// Takes more octets.
  mutating func update(_ octets: [UInt8]) {
    unsafe octets.withUnsafeBufferPointer {
      if isShort {
        unsafe ldns_sha384_update(&context, $0.baseAddress, $0.count)
      } else {
        unsafe ldns_sha512_update(&context, $0.baseAddress, $0.count)
      }
    }
  }

  /// The digest of all that came.
  consuming func finish() -> [UInt8] {
    let count = (isShort ? Digest.sha384 : .sha512).count
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { digest, initialized in
      if isShort {
        unsafe ldns_sha384_final(digest.baseAddress, &context)
      } else {
        unsafe ldns_sha512_final(digest.baseAddress, &context)
      }
      initialized = count
    }
  }
}
