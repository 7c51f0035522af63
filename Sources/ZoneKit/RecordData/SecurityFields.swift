// Fields of DNSSEC and CERT: types, type bit maps, algorithms, certificate types.

/// Mnemonics for numbers.
enum Mnemonics {
  /// DNSSEC algorithms (IANA "DNS Security Algorithm Numbers"), with the older spellings that
  /// BIND reads.
  static let algorithms: [(name: StaticString, number: UInt8)] = [
    ("RSAMD5", 1), ("DH", 2), ("DSA", 3), ("ECC", 4), ("RSASHA1", 5), ("DSA-NSEC3-SHA1", 6),
    ("NSEC3DSA", 6), ("RSASHA1-NSEC3-SHA1", 7), ("NSEC3RSASHA1", 7), ("RSASHA256", 8),
    ("RSASHA512", 10), ("ECC-GOST", 12), ("ECCGOST", 12), ("ECDSAP256SHA256", 13),
    ("ECDSAP384SHA384", 14), ("ED25519", 15), ("ED448", 16), ("SM2SM3", 17), ("ECC-GOST12", 23),
    ("INDIRECT", 252), ("PRIVATEDNS", 253), ("PRIVATEOID", 254),
  ]

  /// DSYNC schemes (IANA "DSYNC: Location of Synchronization Endpoints").
  static let schemes: [(name: StaticString, number: UInt8)] = [("NOTIFY", 1)]

  /// Flags of a key (RFC 2535 sections 3.1.2 and 7.1, RFC 3757 section 2); the names for single
  /// bits and for signatory values are those that BIND reads.
  static let keyFlags: [(name: StaticString, number: UInt16)] = [
    ("NOCONF", 0x4000), ("NOAUTH", 0x8000), ("NOKEY", 0xC000), ("FLAG2", 0x2000),
    ("EXTEND", 0x1000), ("FLAG4", 0x0800), ("FLAG5", 0x0400), ("USER", 0x0000),
    ("ZONE", 0x0100), ("HOST", 0x0200), ("NTYP3", 0x0300), ("FLAG8", 0x0080),
    ("FLAG9", 0x0040), ("FLAG10", 0x0020), ("FLAG11", 0x0010), ("SIG0", 0), ("SIG1", 1),
    ("SIG2", 2), ("SIG3", 3), ("SIG4", 4), ("SIG5", 5), ("SIG6", 6), ("SIG7", 7), ("SIG8", 8),
    ("SIG9", 9), ("SIG10", 10), ("SIG11", 11), ("SIG12", 12), ("SIG13", 13), ("SIG14", 14),
    ("SIG15", 15), ("KSK", 0x0001),
  ]

  /// Protocols of a key (RFC 2535 section 3.1.3).
  static let keyProtocols: [(name: StaticString, number: UInt8)] = [
    ("NONE", 0), ("TLS", 1), ("EMAIL", 2), ("DNSSEC", 3), ("IPSEC", 4), ("ALL", 255),
  ]

  /// Certificate types (RFC 4398 section 2.1).
  static let certificateTypes: [(name: StaticString, number: UInt16)] = [
    ("PKIX", 1), ("SPKI", 2), ("PGP", 3), ("IPKIX", 4), ("ISPKI", 5), ("IPGP", 6),
    ("ACPKIX", 7), ("IACPKIX", 8), ("URI", 253), ("OID", 254),
  ]
}

extension RecordDataScanner {
  /// A number, or one of the mnemonics.
  private mutating func numberOrMnemonic<Number: FixedWidthInteger & UnsignedInteger>(
    _ known: [(name: StaticString, number: Number)], _ kind: String, in text: Span<UInt8>
  ) throws(ScanError) -> Number {
    let expected = "0-\(Number.max), or \(kind)"
    let token = try word(in: text, expected)
    let digits = text.extracting(token.range)
    if let value = digits.decimal(Number.self) { return value }
    for entry in known where digits.equalsIgnoringCase(entry.name) { return entry.number }
    throw failure(token, in: text, expected)
  }

  mutating func scanAlgorithm(in text: Span<UInt8>) throws(ScanError) {
    wire.append(
      try numberOrMnemonic(Mnemonics.algorithms, "an algorithm such as ECDSAP256SHA256", in: text))
  }

  mutating func scanScheme(in text: Span<UInt8>) throws(ScanError) {
    wire.append(try numberOrMnemonic(Mnemonics.schemes, "NOTIFY", in: text))
  }

  /// A number, or mnemonics joined by `|`.
  mutating func scanKeyFlags(in text: Span<UInt8>) throws(ScanError) {
    let expected = "0-65535, or flags such as ZONE|KSK"
    let token = try word(in: text, expected)
    let word = text.extracting(token.range)
    if let value = word.decimal(UInt16.self) { return wire.append(big: value) }
    var flags: UInt16 = 0
    var start = 0
    while start <= word.count {
      var end = start
      while end < word.count, word[end] != UInt8(ascii: "|") { end += 1 }
      let name = word.extracting(start..<end)
      guard let flag = Mnemonics.keyFlags.first(where: { name.equalsIgnoringCase($0.name) }) else {
        throw failure(token, in: text, expected)
      }
      flags |= flag.number
      start = end + 1
    }
    wire.append(big: flags)
  }

  mutating func scanKeyProtocol(in text: Span<UInt8>) throws(ScanError) {
    wire.append(try numberOrMnemonic(Mnemonics.keyProtocols, "a protocol such as DNSSEC", in: text))
  }

  mutating func scanCertificateType(in text: Span<UInt8>) throws(ScanError) {
    wire.append(
      big: try numberOrMnemonic(
        Mnemonics.certificateTypes, "a certificate type such as PKIX", in: text))
  }

  mutating func recordType(
    _ token: Token, in text: Span<UInt8>
  ) throws(ScanError) -> RecordType {
    guard let type = RecordType(octets: text.extracting(token.range)) else {
      throw failure(token, in: text, "a record type")
    }
    return type
  }

  mutating func scanRecordType(in text: Span<UInt8>) throws(ScanError) {
    let token = try word(in: text, "a record type")
    wire.append(big: try recordType(token, in: text).rawValue)
  }

  /// Types to the end of the entry as type bit maps (RFC 4034 section 4.1.2).
  mutating func scanTypeBitmap(in text: Span<UInt8>) throws(ScanError) {
    var types: [UInt16] = []
    while try !peek(in: text).isEnd {
      let token = try word(in: text, "a record type")
      types.append(try recordType(token, in: text).rawValue)
    }
    types.sort()
    var index = 0
    while index < types.count {
      let window = types[index] >> 8
      var bits = [UInt8](repeating: 0, count: 32)
      var length = 0
      while index < types.count, types[index] >> 8 == window {
        let low = Int(types[index] & 0xFF)
        bits[low / 8] |= 0x80 >> UInt8(low % 8)
        length = low / 8 + 1
        index += 1
      }
      wire.append(UInt8(window))
      wire.append(UInt8(length))
      wire.append(contentsOf: bits[..<length])
    }
  }

  /// Types below 128 to the end of the entry as one bit map (RFC 2535 section 5.2).
  mutating func scanNXTBitmap(in text: Span<UInt8>) throws(ScanError) {
    var bits: [UInt8] = []
    while try !peek(in: text).isEnd {
      let token = try word(in: text, "a record type below 128")
      // RFC 2535 section 5.3: a type without a mnemonic is a plain number.
      var number = Int(text.extracting(token.range).decimal(UInt16.self) ?? .max)
      if number == Int(UInt16.max) { number = Int(try recordType(token, in: text).rawValue) }
      guard number < 128 else { throw failure(token, in: text, "a record type below 128") }
      while bits.count <= number / 8 { bits.append(0) }
      bits[number / 8] |= 0x80 >> UInt8(number % 8)
    }
    wire.append(contentsOf: bits)
  }
}

extension RecordDataReader {
  mutating func appendTypeBitmap(to text: inout [UInt8]) throws(MalformedRecordData) {
    var lastWindow = -1
    var isFirst = true
    while !isAtEnd {
      let window = Int(try octet())
      let bits = try octets(Int(try octet()))
      // RFC 4034 section 4.1.2: windows ascend, and trailing zero octets are left out.
      guard window > lastWindow, (1...32).contains(bits.count), bits.last != 0 else {
        throw malformed
      }
      lastWindow = window
      appendTypes(bits, from: window << 8, isFirst: &isFirst, to: &text)
    }
  }

  mutating func appendNXTBitmap(to text: inout [UInt8]) throws(MalformedRecordData) {
    var isFirst = true
    let bits = rest()
    guard bits.count <= 16, bits.last != 0 else { throw malformed }
    appendTypes(bits, from: 0, isFirst: &isFirst, to: &text)
  }

  private func appendTypes(
    _ bits: ArraySlice<UInt8>, from base: Int, isFirst: inout Bool, to text: inout [UInt8]
  ) {
    for (offset, octet) in bits.enumerated() where octet != 0 {
      for bit in 0..<8 where octet & (0x80 >> UInt8(bit)) != 0 {
        if !isFirst { text.append(UInt8(ascii: " ")) }
        isFirst = false
        let number = UInt16(truncatingIfNeeded: base + offset * 8 + bit)
        text.append(text: RecordType(number).description)
      }
    }
  }
}
