/// DNSSEC algorithms and digests (IANA "DNS Security Algorithm Numbers" and "Delegation Signer
/// Digest Algorithms", 2026).
enum SigningAlgorithm {
  /// How a public key is laid out.
  enum KeyForm {
    /// So many octets.
    case fixed(Int)
    /// RFC 3110.
    case rsa
    /// Not looked into.
    case other
  }

  static let known: [UInt8: KeyForm] = [
    1: .rsa, 3: .other, 5: .rsa, 6: .other, 7: .rsa, 8: .rsa, 10: .rsa, 12: .fixed(64),
    13: .fixed(64), 14: .fixed(96), 15: .fixed(32), 16: .fixed(57), 17: .fixed(64),
    23: .fixed(64), 252: .other, 253: .other, 254: .other,
  ]
  /// Not to be used for signing (RFC 8624 section 3.1, RFC 9905).
  static let deprecated: Set<UInt8> = [1, 3, 5, 6, 7, 12]
  /// Octets of each digest type.
  static let digestCounts: [UInt8: Int] = [1: 20, 2: 32, 3: 32, 4: 48, 5: 32, 6: 32]

  /// The mnemonic, or the number.
  static func name(_ algorithm: UInt8) -> String {
    switch algorithm {
    case 1: "RSAMD5"
    case 3: "DSA"
    case 5: "RSASHA1"
    case 6: "DSA-NSEC3-SHA1"
    case 7: "RSASHA1-NSEC3-SHA1"
    case 8: "RSASHA256"
    case 10: "RSASHA512"
    case 12: "ECC-GOST"
    case 13: "ECDSAP256SHA256"
    case 14: "ECDSAP384SHA384"
    case 15: "ED25519"
    case 16: "ED448"
    default: "\(algorithm)"
    }
  }
}
