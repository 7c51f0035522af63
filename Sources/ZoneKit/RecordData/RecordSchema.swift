/// What is known of a record type: its row in the one table that drives reading, printing,
/// checking and canonical form.
public struct RecordSchema: Sendable {
  /// The type.
  public let type: RecordType
  /// Its mnemonic in IANA's registry, in capitals.
  public let mnemonic: String
  /// Where it is specified.
  public let reference: String
  /// The fields in order; nil where the type has no presentation format but RFC 3597's.
  public let fields: [RecordField]?
  /// Whether it was withdrawn.
  public let isObsolete: Bool
  /// Whether the data hold names that canonical form writes in lower case.
  let hasLowercasedNames: Bool

  private init(
    _ type: UInt16, _ mnemonic: String, _ reference: String, _ fields: [RecordField]?,
    obsolete: Bool = false
  ) {
    self.type = RecordType(type)
    self.mnemonic = mnemonic
    self.reference = reference
    self.fields = fields
    self.isObsolete = obsolete
    self.hasLowercasedNames = (fields ?? []).contains { $0.form == .name(lowercased: true) }
  }

  private static func f(_ form: RecordFieldForm, _ label: StaticString) -> RecordField {
    RecordField(form, label)
  }

  private static func name(_ label: StaticString) -> RecordField {
    RecordField(.name(lowercased: true), label)
  }

  private static let signature: [RecordField] = [
    f(.recordType, "type covered"), f(.algorithm, "algorithm"), f(.uint8, "labels"),
    f(.seconds, "original TTL"), f(.time, "expiration"), f(.time, "inception"),
    f(.uint16, "key tag"), name("signer's name"), f(.base64(required: true), "signature"),
  ]
  private static let publicKey: [RecordField] = [
    f(.keyFlags, "flags"), f(.keyProtocol, "protocol"), f(.algorithm, "algorithm"),
    f(.base64(required: false), "public key"),
  ]
  private static let delegationSigner: [RecordField] = [
    f(.uint16, "key tag"), f(.algorithm, "algorithm"), f(.uint8, "digest type"),
    f(.hex(required: false), "digest"),
  ]
  private static let association: [RecordField] = [
    f(.uint8, "usage"), f(.uint8, "selector"), f(.uint8, "matching type"),
    f(.hex(required: true), "association data"),
  ]
  private static let serviceBinding: [RecordField] = [
    f(.uint16, "priority"), f(.name(lowercased: false), "target"),
    f(.serviceParameters, "parameters"),
  ]
  private static let texts: [RecordField] = [f(.strings, "text")]

  /// Every type in IANA's registry that may stand in a zone, in the order of their numbers.
  public static let all: [RecordSchema] = [
    .init(1, "A", "RFC 1035 3.4.1", [f(.ipv4, "address")]),
    .init(2, "NS", "RFC 1035 3.3.11", [name("name server")]),
    .init(3, "MD", "RFC 1035 3.3.4", [name("mail destination")], obsolete: true),
    .init(4, "MF", "RFC 1035 3.3.5", [name("mail forwarder")], obsolete: true),
    .init(5, "CNAME", "RFC 1035 3.3.1", [name("target")]),
    .init(
      6, "SOA", "RFC 1035 3.3.13",
      [
        name("MNAME"), name("RNAME"), f(.uint32, "serial"), f(.seconds, "refresh"),
        f(.seconds, "retry"), f(.seconds, "expire"), f(.seconds, "minimum"),
      ]),
    .init(7, "MB", "RFC 1035 3.3.3", [name("mailbox host")], obsolete: true),
    .init(8, "MG", "RFC 1035 3.3.6", [name("mailbox")], obsolete: true),
    .init(9, "MR", "RFC 1035 3.3.8", [name("new mailbox")], obsolete: true),
    .init(10, "NULL", "RFC 1035 3.3.10", nil, obsolete: true),
    .init(
      11, "WKS", "RFC 1035 3.4.2", [f(.ipv4, "address"), f(.services, "services")],
      obsolete: true),
    .init(12, "PTR", "RFC 1035 3.3.12", [name("target")]),
    .init(13, "HINFO", "RFC 1035 3.3.2", [f(.string, "CPU"), f(.string, "OS")]),
    .init(14, "MINFO", "RFC 1035 3.3.7", [name("responsible mailbox"), name("error mailbox")]),
    .init(15, "MX", "RFC 1035 3.3.9", [f(.uint16, "preference"), name("exchange")]),
    .init(16, "TXT", "RFC 1035 3.3.14", texts),
    .init(17, "RP", "RFC 1183 2.2", [name("mailbox"), name("text name")]),
    .init(18, "AFSDB", "RFC 1183 1", [f(.uint16, "subtype"), name("host")]),
    .init(19, "X25", "RFC 1183 3.1", [f(.string, "PSDN address")]),
    .init(20, "ISDN", "RFC 1183 3.2", [f(.string, "address"), f(.optionalString, "subaddress")]),
    .init(21, "RT", "RFC 1183 3.3", [f(.uint16, "preference"), name("intermediate host")]),
    .init(22, "NSAP", "RFC 1706 5", [f(.nsap, "address")]),
    .init(23, "NSAP-PTR", "RFC 1348", [f(.name(lowercased: false), "owner")], obsolete: true),
    .init(24, "SIG", "RFC 2535 4", signature, obsolete: true),
    .init(25, "KEY", "RFC 2535 3", publicKey, obsolete: true),
    .init(26, "PX", "RFC 2163 4", [f(.uint16, "preference"), name("MAP822"), name("MAPX400")]),
    .init(
      27, "GPOS", "RFC 1712 3",
      [f(.string, "longitude"), f(.string, "latitude"), f(.string, "altitude")], obsolete: true),
    .init(28, "AAAA", "RFC 3596 2.2", [f(.ipv6, "address")]),
    .init(29, "LOC", "RFC 1876 2", [f(.location, "location")]),
    .init(
      30, "NXT", "RFC 2535 5", [name("next name"), f(.nxtBitmap, "types")], obsolete: true),
    .init(31, "EID", "draft-ietf-nimrod-dns 2", [f(.hex(required: true), "endpoint")]),
    .init(32, "NIMLOC", "draft-ietf-nimrod-dns 3", [f(.hex(required: true), "locator")]),
    .init(
      33, "SRV", "RFC 2782",
      [f(.uint16, "priority"), f(.uint16, "weight"), f(.uint16, "port"), name("target")]),
    .init(34, "ATMA", "af-dans-0152.000", [f(.atma, "address")]),
    .init(
      35, "NAPTR", "RFC 3403 4.1",
      [
        f(.uint16, "order"), f(.uint16, "preference"), f(.string, "flags"),
        f(.string, "services"), f(.string, "regexp"), name("replacement"),
      ]),
    .init(36, "KX", "RFC 2230 3", [f(.uint16, "preference"), name("exchanger")]),
    .init(
      37, "CERT", "RFC 4398 2",
      [
        f(.certificateType, "type"), f(.uint16, "key tag"), f(.algorithm, "algorithm"),
        f(.base64(required: true), "certificate"),
      ]),
    .init(38, "A6", "RFC 2874 3", [f(.a6, "address")], obsolete: true),
    .init(39, "DNAME", "RFC 6672 2.1", [name("target")]),
    .init(
      40, "SINK", "draft-eastlake-kitchen-sink 2",
      [
        f(.uint8, "meaning"), f(.uint8, "coding"), f(.uint8, "subcoding"),
        f(.base64(required: false), "data"),
      ]),
    .init(42, "APL", "RFC 3123 4", [f(.addressPrefixes, "prefixes")]),
    .init(43, "DS", "RFC 4034 5", delegationSigner),
    .init(
      44, "SSHFP", "RFC 4255 3",
      [
        f(.uint8, "algorithm"), f(.uint8, "fingerprint type"),
        f(.hex(required: true), "fingerprint"),
      ]),
    .init(
      45, "IPSECKEY", "RFC 4025 2",
      [
        f(.uint8, "precedence"), f(.ipsecGateway, "gateway"),
        f(.base64(required: false), "public key"),
      ]),
    .init(46, "RRSIG", "RFC 4034 3", signature),
    .init(
      47, "NSEC", "RFC 4034 4",
      [f(.name(lowercased: false), "next name"), f(.typeBitmap, "types")]),
    .init(48, "DNSKEY", "RFC 4034 2", publicKey),
    .init(49, "DHCID", "RFC 4701 3", [f(.base64(required: true), "digest")]),
    .init(
      50, "NSEC3", "RFC 5155 3",
      [
        f(.uint8, "hash algorithm"), f(.uint8, "flags"), f(.uint16, "iterations"),
        f(.salt, "salt"), f(.base32Hash, "next hashed owner"), f(.typeBitmap, "types"),
      ]),
    .init(
      51, "NSEC3PARAM", "RFC 5155 4",
      [
        f(.uint8, "hash algorithm"), f(.uint8, "flags"), f(.uint16, "iterations"),
        f(.salt, "salt"),
      ]),
    .init(52, "TLSA", "RFC 6698 2", association),
    .init(53, "SMIMEA", "RFC 8162 2", association),
    .init(55, "HIP", "RFC 8005 5", [f(.hostIdentity, "identity"), f(.names, "rendezvous server")]),
    .init(56, "NINFO", "draft-reid-dnsext-zs", texts),
    .init(57, "RKEY", "draft-reid-dnsext-rkey", publicKey),
    .init(
      58, "TALINK", "draft-wijngaards-dnsop-trust-history",
      [f(.name(lowercased: false), "previous name"), f(.name(lowercased: false), "next name")]),
    .init(59, "CDS", "RFC 7344 3.1", delegationSigner),
    .init(60, "CDNSKEY", "RFC 7344 3.2", publicKey),
    .init(61, "OPENPGPKEY", "RFC 7929 2", [f(.base64(required: true), "public key")]),
    .init(
      62, "CSYNC", "RFC 7477 2",
      [f(.uint32, "serial"), f(.uint16, "flags"), f(.typeBitmap, "types")]),
    .init(
      63, "ZONEMD", "RFC 8976 2",
      [
        f(.uint32, "serial"), f(.uint8, "scheme"), f(.uint8, "hash algorithm"),
        f(.hex(required: true), "digest"),
      ]),
    .init(64, "SVCB", "RFC 9460 2", serviceBinding),
    .init(65, "HTTPS", "RFC 9460 9", serviceBinding),
    .init(
      66, "DSYNC", "RFC 9859 2",
      [
        f(.recordType, "type"), f(.scheme, "scheme"), f(.uint16, "port"),
        f(.name(lowercased: false), "target"),
      ]),
    .init(67, "HHIT", "RFC 9886", [f(.base64(required: true), "data")]),
    .init(68, "BRID", "RFC 9886", [f(.base64(required: true), "data")]),
    .init(99, "SPF", "RFC 7208 3.1", texts, obsolete: true),
    .init(100, "UINFO", "IANA (reserved)", nil),
    .init(101, "UID", "IANA (reserved)", nil),
    .init(102, "GID", "IANA (reserved)", nil),
    .init(103, "UNSPEC", "IANA (reserved)", nil),
    .init(104, "NID", "RFC 6742 2.1", [f(.uint16, "preference"), f(.nodeID, "node ID")]),
    .init(105, "L32", "RFC 6742 2.2", [f(.uint16, "preference"), f(.ipv4, "locator")]),
    .init(106, "L64", "RFC 6742 2.3", [f(.uint16, "preference"), f(.nodeID, "locator")]),
    .init(
      107, "LP", "RFC 6742 2.4",
      [f(.uint16, "preference"), f(.name(lowercased: false), "pointer")]),
    .init(108, "EUI48", "RFC 7043 3", [f(.eui48, "address")]),
    .init(109, "EUI64", "RFC 7043 4", [f(.eui64, "address")]),
    .init(
      256, "URI", "RFC 7553 4",
      [f(.uint16, "priority"), f(.uint16, "weight"), f(.text, "target")]),
    .init(
      257, "CAA", "RFC 8659 4.1", [f(.uint8, "flags"), f(.tag, "tag"), f(.text, "value")]),
    .init(258, "AVC", "IANA (Wolfgang Riedel)", texts),
    .init(
      259, "DOA", "draft-durand-doa-over-dns 3",
      [
        f(.uint32, "enterprise"), f(.uint32, "type"), f(.uint8, "location"),
        f(.string, "media type"), f(.base64OrDash, "data"),
      ]),
    .init(260, "AMTRELAY", "RFC 8777 4", [f(.uint8, "precedence"), f(.amtRelay, "relay")]),
    .init(261, "RESINFO", "RFC 9606 5", texts),
    .init(262, "WALLET", "IANA (Paul Hoffman)", texts),
    .init(263, "CLA", "draft-johnson-dns-ipn-cla 3", texts),
    .init(264, "IPN", "draft-johnson-dns-ipn-cla 2", [f(.dottedUInt64, "CBHE node")]),
    .init(32768, "TA", "IANA (DNSSEC trust authorities)", delegationSigner),
    .init(32769, "DLV", "RFC 8749", delegationSigner, obsolete: true),
  ]
}

// MARK: - Finding a row

extension RecordSchema {
  /// Rows by number, for numbers below `directCount`.
  private static let direct: [RecordSchema?] = {
    var rows = [RecordSchema?](repeating: nil, count: directCount)
    for row in all where row.type.rawValue < directCount { rows[Int(row.type.rawValue)] = row }
    return rows
  }()
  private static let directCount = 272

  /// The fields of types below `directCount`, apart from the rows: a reader takes them for every
  /// record.
  private static let directFields: [[RecordField]?] = direct.map { $0?.fields }

  static func fields(of type: RecordType) -> [RecordField]? {
    type.rawValue < directCount ? directFields[Int(type.rawValue)] : row(for: type)?.fields
  }

  static func row(for type: RecordType) -> RecordSchema? {
    type.rawValue < directCount
      ? direct[Int(type.rawValue)] : all.last { $0.type == type }
  }

  /// Names of types that are no data but that a reader must know, to refuse them by name.
  private static let metaMnemonics: [(String, UInt16)] = [
    ("OPT", 41), ("NXNAME", 128), ("TKEY", 249), ("TSIG", 250), ("IXFR", 251), ("AXFR", 252),
    ("MAILB", 253), ("MAILA", 254), ("ANY", 255),
  ]

  static func metaMnemonic(of type: RecordType) -> String? {
    metaMnemonics.first { $0.1 == type.rawValue }?.0
  }

  /// The longest mnemonic, in octets: OPENPGPKEY.
  private static let longestMnemonic = 10

  static func type(mnemonic: Span<UInt8>) -> RecordType? {
    guard mnemonic.count > 0, mnemonic.count <= longestMnemonic else { return nil }
    return mnemonics.type(MnemonicKey(mnemonic))
  }

  private static let mnemonics = MnemonicTable(
    all.map { ($0.mnemonic, $0.type) } + metaMnemonics.map { ($0.0, RecordType($0.1)) })
}

/// A mnemonic of up to 16 octets in two words, letter case folded.
private struct MnemonicKey: Equatable {
  var high: UInt64 = 0
  var low: UInt64 = 0

  @inline(__always)
  init(_ octets: Span<UInt8>) {
    for index in octets.indices {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(Name.lowercase(octets[index]))
    }
  }

  /// Where the search for the key starts in a table of 512.
  var slot: Int { Int(truncatingIfNeeded: ((low ^ high &* 31) &* 0x9e37_79b9_7f4a_7c15) >> 55) }
}

/// Types by mnemonic: a word of every record is looked up here, so it is an open-addressed table
/// and no `Dictionary`, whose hashing took a tenth of the time a zone is read in.
private struct MnemonicTable: Sendable {
  private var slots = [(key: MnemonicKey, type: RecordType)?](repeating: nil, count: 512)

  init(_ types: [(String, RecordType)]) {
    for (name, type) in types {
      let key = MnemonicKey(Array(name.utf8).span)
      var slot = key.slot
      while slots[slot] != nil { slot = (slot + 1) & 511 }
      slots[slot] = (key, type)
    }
  }

  @inline(__always)
  func type(_ key: MnemonicKey) -> RecordType? {
    var slot = key.slot
    while let entry = slots[slot] {
      if entry.key == key { return entry.type }
      slot = (slot + 1) & 511
    }
    return nil
  }
}

extension RecordType {
  /// The type's row in the table; nil for a type that is not in IANA's registry.
  public var schema: RecordSchema? { RecordSchema.row(for: self) }
}
