/// Octets that are no data of their type, or that their type's presentation form cannot say.
struct MalformedRecordData: Error {
  /// Whether only the presentation form lacks a way to write them exactly.
  var isUnprintable = false
}

/// Reads record data in wire form and writes it in presentation form, field by field.
struct RecordDataReader {
  private var octets: ArraySlice<UInt8>
  let escapes: EscapeForm
  /// What names are written relative to, where it is wanted.
  let origin: Name?

  init(_ octets: ArraySlice<UInt8>, relativeTo origin: Name? = nil, escapes: EscapeForm) {
    self.octets = octets
    self.origin = origin
    self.escapes = escapes
  }

  var isAtEnd: Bool { octets.isEmpty }
  var malformed: MalformedRecordData { MalformedRecordData() }
  var unprintable: MalformedRecordData { MalformedRecordData(isUnprintable: true) }
  /// Where the next octet stands in the storage of the data.
  var position: Int { octets.startIndex }

  mutating func octet() throws(MalformedRecordData) -> UInt8 {
    guard let octet = octets.popFirst() else { throw malformed }
    return octet
  }

  mutating func octets(_ count: Int) throws(MalformedRecordData) -> ArraySlice<UInt8> {
    guard octets.count >= count else { throw malformed }
    defer { octets = octets.dropFirst(count) }
    return octets.prefix(count)
  }

  mutating func rest() -> ArraySlice<UInt8> {
    defer { octets = octets.suffix(0) }
    return octets
  }

  /// A number of `count` octets in network order.
  mutating func number(_ count: Int) throws(MalformedRecordData) -> UInt64 {
    try octets(count).reduce(0) { $0 << 8 | UInt64($1) }
  }

  mutating func name() throws(MalformedRecordData) -> Name {
    guard let count = Name.extent(of: octets.span) else { throw malformed }
    return Name(unchecked: try octets(count))
  }

  mutating func appendName(to text: inout [UInt8]) throws(MalformedRecordData) {
    try name().appendPresentation(relativeTo: origin, escapes: escapes, to: &text)
  }

  mutating func appendString(to text: inout [UInt8]) throws(MalformedRecordData) {
    appendQuoted(try octets(Int(try octet())), to: &text)
  }

  /// Octets in quotes: printable ASCII as it is, the rest escaped.
  func appendQuoted(_ octets: ArraySlice<UInt8>, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    let span = octets.span
    var isPlain = true
    for index in span.indices {
      let octet = span[index]
      isPlain =
        isPlain && octet &- 0x20 < 0x5F && octet != UInt8(ascii: "\"")
        && octet != UInt8(ascii: "\\")
    }
    if isPlain {
      text.append(contentsOf: octets)
    } else {
      for octet in octets { appendInQuotes(octet, to: &text) }
    }
    text.append(UInt8(ascii: "\""))
  }

  private func appendInQuotes(_ octet: UInt8, to text: inout [UInt8]) {
    switch octet {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      text.append(UInt8(ascii: "\\"))
      text.append(octet)
    case 0x20...0x7E: text.append(octet)
    default: escapes.append(octet, to: &text)
    }
  }

  /// Appends one field in presentation form.
  mutating func append(
    _ form: RecordFieldForm, to text: inout [UInt8]
  ) throws(MalformedRecordData) {
    switch form {
    case .uint8, .algorithm, .scheme, .keyProtocol: text.append(decimal: UInt64(try octet()))
    case .uint16, .certificateType, .keyFlags: text.append(decimal: try number(2))
    case .uint32, .seconds: text.append(decimal: try number(4))
    case .dottedUInt64: text.append(decimal: try number(8))
    case .ipv4: IPAddress.append(ipv4: try octets(4), to: &text)
    case .ipv6: IPAddress.append(ipv6: try octets(16), to: &text)
    case .name: try appendName(to: &text)
    case .names:
      try appendSequence(to: &text) { reader, text throws(MalformedRecordData) in
        try reader.appendName(to: &text)
      }
    case .string: try appendString(to: &text)
    case .optionalString: if !isAtEnd { try appendString(to: &text) }
    case .strings:
      guard !isAtEnd else { throw malformed }
      try appendSequence(to: &text) { reader, text throws(MalformedRecordData) in
        try reader.appendString(to: &text)
      }
    case .text: appendQuoted(rest(), to: &text)
    case .tag:
      let tag = try octets(Int(try octet()))
      guard isTag(tag.span) else { throw malformed }
      text.append(contentsOf: tag)
    case .base64(let required):
      guard !required || !isAtEnd else { throw malformed }
      Encoding.appendBase64(rest(), to: &text)
    case .base64OrDash:
      if isAtEnd { text.append(UInt8(ascii: "-")) }
      Encoding.appendBase64(rest(), to: &text)
    case .hex(let required):
      guard !required || !isAtEnd else { throw malformed }
      Encoding.appendHex(rest(), to: &text)
    case .salt:
      let salt = try octets(Int(try octet()))
      if salt.isEmpty {
        text.append(UInt8(ascii: "-"))
      } else {
        Encoding.appendHex(salt, to: &text)
      }
    case .base32Hash:
      let hash = try octets(Int(try octet()))
      guard !hash.isEmpty else { throw malformed }
      Encoding.appendBase32Hex(hash, to: &text)
    case .recordType:
      text.append(text: RecordType(UInt16(try number(2))).description)
    case .typeBitmap: try appendTypeBitmap(to: &text)
    case .nxtBitmap: try appendNXTBitmap(to: &text)
    case .time: text.append(text: Timestamp.text(UInt32(try number(4))))
    case .eui48: appendJoined(try octets(6), to: &text)
    case .eui64: appendJoined(try octets(8), to: &text)
    case .nodeID:
      for group in 0..<4 {
        let digits = String(try number(2), radix: 16)
        text.append(text: (group > 0 ? ":" : "") + String(repeating: "0", count: 4 - digits.count))
        text.append(text: digits)
      }
    case .nsap: try appendNSAP(to: &text)
    case .atma: try appendATMA(to: &text)
    case .services: try appendServices(to: &text)
    case .location: try appendLocation(to: &text)
    case .addressPrefixes: try appendAddressPrefixes(to: &text)
    case .a6: try appendA6(to: &text)
    case .ipsecGateway: try appendIPSECGateway(to: &text)
    case .amtRelay: try appendAMTRelay(to: &text)
    case .hostIdentity: try appendHostIdentity(to: &text)
    case .serviceParameters: try appendServiceParameters(to: &text)
    }
  }

  private mutating func appendSequence(
    to text: inout [UInt8],
    _ item: (inout RecordDataReader, inout [UInt8]) throws(MalformedRecordData) -> Void
  ) throws(MalformedRecordData) {
    var isFirst = true
    while !isAtEnd {
      if !isFirst { text.append(UInt8(ascii: " ")) }
      isFirst = false
      try item(&self, &text)
    }
  }

  /// Pairs of hexadecimal digits in lower case, joined by hyphens.
  private func appendJoined(_ octets: ArraySlice<UInt8>, to text: inout [UInt8]) {
    for (index, octet) in octets.enumerated() {
      if index > 0 { text.append(UInt8(ascii: "-")) }
      text.append(text: String(octet >> 4, radix: 16) + String(octet & 15, radix: 16))
    }
  }

  /// Appends all fields, a space between; nothing for a field that is empty.
  mutating func append(
    _ fields: [RecordField], to text: inout [UInt8]
  ) throws(MalformedRecordData) {
    for (index, field) in fields.enumerated() {
      let start = text.count
      if index > 0 { text.append(UInt8(ascii: " ")) }
      let afterSpace = text.count
      try append(field.form, to: &text)
      if index > 0, text.count == afterSpace { text.removeSubrange(start...) }
    }
    guard isAtEnd else { throw malformed }
  }
}
