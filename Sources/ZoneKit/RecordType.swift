/// The type of a resource record (RFC 1035 section 3.2.2, IANA "DNS Parameters"), open: any number
/// is one.
public struct RecordType: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  public let rawValue: UInt16

  /// A type by its number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  init(_ rawValue: UInt16) { self.rawValue = rawValue }

  /// Type 1.
  public static let a = RecordType(1)
  /// Type 2.
  public static let ns = RecordType(2)
  /// Type 5.
  public static let cname = RecordType(5)
  /// Type 6.
  public static let soa = RecordType(6)
  /// Type 12.
  public static let ptr = RecordType(12)
  /// Type 15.
  public static let mx = RecordType(15)
  /// Type 16.
  public static let txt = RecordType(16)
  /// Type 24.
  public static let sig = RecordType(24)
  /// Type 25.
  public static let key = RecordType(25)
  /// Type 28.
  public static let aaaa = RecordType(28)
  /// Type 30.
  public static let nxt = RecordType(30)
  /// Type 33.
  public static let srv = RecordType(33)
  /// Type 35.
  public static let naptr = RecordType(35)
  /// Type 39.
  public static let dname = RecordType(39)
  /// Type 41.
  public static let opt = RecordType(41)
  /// Type 43.
  public static let ds = RecordType(43)
  /// Type 44.
  public static let sshfp = RecordType(44)
  /// Type 46.
  public static let rrsig = RecordType(46)
  /// Type 47.
  public static let nsec = RecordType(47)
  /// Type 48.
  public static let dnskey = RecordType(48)
  /// Type 50.
  public static let nsec3 = RecordType(50)
  /// Type 51.
  public static let nsec3param = RecordType(51)
  /// Type 52.
  public static let tlsa = RecordType(52)
  /// Type 59.
  public static let cds = RecordType(59)
  /// Type 60.
  public static let cdnskey = RecordType(60)
  /// Type 63.
  public static let zonemd = RecordType(63)
  /// Type 64.
  public static let svcb = RecordType(64)
  /// Type 65.
  public static let https = RecordType(65)
  /// Type 99.
  public static let spf = RecordType(99)
  /// Type 255.
  public static let any = RecordType(255)
  /// Type 257.
  public static let caa = RecordType(257)
}

extension RecordType: Comparable {
  /// By number.
  public static func < (a: RecordType, b: RecordType) -> Bool { a.rawValue < b.rawValue }
}

extension RecordType: CustomStringConvertible {
  /// The mnemonic, or `TYPEnnn` (RFC 3597 section 5).
  public var description: String {
    schema?.mnemonic ?? RecordSchema.metaMnemonic(of: self) ?? "TYPE\(rawValue)"
  }

  /// A type by its mnemonic or `TYPEnnn`, in any letter case; nil if it is neither.
  public init?(mnemonic: some StringProtocol) {
    let octets = Array(mnemonic.utf8)
    guard let type = RecordType(octets: octets.span) else { return nil }
    self = type
  }

  init?(octets: Span<UInt8>) {
    if let type = RecordSchema.type(mnemonic: octets) {
      self = type
    } else if let number = octets.number(afterPrefix: "TYPE") {
      self.init(rawValue: number)
    } else {
      return nil
    }
  }

  /// The known mnemonic nearest to a misspelt one: one letter added, dropped, changed, or two
  /// neighbours swapped. Nil if none is that near.
  public static func suggestion(for misspelt: some StringProtocol) -> RecordType? {
    let word = misspelt.uppercased()
    return RecordSchema.all.first { isOneSlip(word, $0.mnemonic) }?.type
  }
}

/// Whether two words of at least two characters differ by one letter added, dropped or changed, or
/// by two neighbours swapped.
func isOneSlip(_ a: String, _ b: String) -> Bool {
  let (a, b) = (Array(a.utf8), Array(b.utf8))
  guard a.count > 1, b.count > 1, abs(a.count - b.count) <= 1, a != b else { return false }
  let prefix = zip(a, b).prefix { $0 == $1 }.count
  let (x, y) = (a[prefix...], b[prefix...])
  if x.count == y.count {
    if x.dropFirst() == y.dropFirst() { return true }
    return x.count > 1 && x[prefix] == y[prefix + 1] && x[prefix + 1] == y[prefix]
      && x.dropFirst(2) == y.dropFirst(2)
  }
  return x.count > y.count ? x.dropFirst() == y : x == y.dropFirst()
}

extension RecordType {
  /// Whether the type never stands on data: OPT, TKEY, TSIG, transfers and query types
  /// (RFC 6895 section 3.1).
  public var isMeta: Bool { self == .opt || (128...255).contains(rawValue) }

  /// Whether the type was withdrawn: MD, MF, MB ... (RFC 973, 1035), SIG and NXT (RFC 3755), A6
  /// (RFC 6563), WKS (RFC 1123 2.2 advises against it), SPF (RFC 7208 section 3.1).
  public var isObsolete: Bool { schema?.isObsolete ?? false }

  /// Whether the type is DNSSEC's own and vanishes when another signer serves the zone.
  public var isZoneSigning: Bool {
    switch self {
    case .rrsig, .nsec, .nsec3, .nsec3param, .dnskey, .cds, .cdnskey, .sig, .nxt, .zonemd: true
    default: false
    }
  }

  /// Whether the record may stand beside a CNAME (RFC 4034 section 2.5, RFC 2181 section 10.1).
  public var isAllowedBesideCNAME: Bool {
    switch self {
    case .rrsig, .nsec, .nsec3, .sig, .nxt, .key: true
    default: false
    }
  }
}
