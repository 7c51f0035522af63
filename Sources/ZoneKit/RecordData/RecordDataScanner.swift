/// Reads record data in presentation form into wire octets, one type's fields after another.
///
/// The text is that of a zone file, where the data run to the end of the entry, or a single value
/// of Route 53. The scanner holds no reference to the text: each call is lent it again.
struct RecordDataScanner {
  var lexer: Lexer
  /// What relative names are completed with; nil where none is known.
  var origin: ArraySlice<UInt8>?
  let escapes: EscapeForm
  /// The octets written so far.
  var wire: [UInt8] = []
  /// Token read ahead.
  private var ahead: Token?
  /// What is being read, for messages.
  private(set) var type = RecordType(0)
  private(set) var label: StaticString = ""

  /// The most octets that record data have (the length field has 16 bits).
  static let maximumCount = 65_535

  init(lexer: Lexer, origin: ArraySlice<UInt8>?, escapes: EscapeForm) {
    self.lexer = lexer
    self.origin = origin
    self.escapes = escapes
  }

  // MARK: Tokens

  mutating func next(in text: Span<UInt8>) throws(ScanError) -> Token {
    if let token = ahead {
      ahead = nil
      return token
    }
    return try lexer.next(in: text)
  }

  mutating func peek(in text: Span<UInt8>) throws(ScanError) -> Token {
    if let ahead { return ahead }
    let token = try lexer.next(in: text)
    ahead = token
    return token
  }

  /// Drops a token read ahead, as after an error.
  mutating func forgetLookahead() { ahead = nil }

  /// The next token, which has to be a word or a quoted string.
  mutating func datum(
    in text: Span<UInt8>, _ expected: @autoclosure () -> String
  ) throws(ScanError) -> Token {
    let token = try next(in: text)
    if token.isEnd {
      ahead = token
      throw failure(token, in: text, expected())
    }
    return token
  }

  /// The next token, which has to be a word without quotes.
  mutating func word(
    in text: Span<UInt8>, _ expected: @autoclosure () -> String
  ) throws(ScanError) -> Token {
    let token = try datum(in: text, expected())
    guard token.kind == .word else {
      throw ScanError(
        "syn-rdata", "\(type) \(label): expected \(expected()) without quotes",
        at: token.outerRange,
        fix: ("remove the quotes", text.extracting(token.range).array))
    }
    return token
  }

  /// An error about a token: `MX preference: expected 0-65535, found 'ten'`.
  func failure(
    _ token: Token, in text: Span<UInt8>, _ expected: String, rule: String = "syn-rdata"
  ) -> ScanError {
    let found = token.isEnd ? "end of line" : quoted(text.extracting(token.range))
    return ScanError(
      rule, "\(type) \(label): expected \(expected), found \(found)", at: token.outerRange)
  }

  // MARK: Record data

  /// Reads the data of a record of `type` up to and with the end of the entry; the octets are
  /// appended to `wire`.
  ///
  /// - Throws: `ScanError` at the token that is wrong.
  mutating func scan(_ type: RecordType, in text: Span<UInt8>) throws(ScanError) {
    self.type = type
    label = "data"
    let start = wire.count
    if try isGeneric(in: text) {
      try scanGeneric(in: text)
    } else if let fields = RecordSchema.fields(of: type) {
      for field in fields {
        label = field.name
        try scan(field.form, in: text)
      }
    } else {
      throw failure(
        try peek(in: text), in: text, "\\# and hexadecimal (RFC 3597): \(type) has no other form")
    }
    let token = try next(in: text)
    guard token.isEnd else {
      ahead = token
      label = "data"
      throw failure(token, in: text, "end of record", rule: "syn-extra-rdata")
    }
    guard wire.count - start <= Self.maximumCount else { throw tooLong(token) }
  }

  /// The error for data that grow past what their length field can say.
  func tooLong(_ token: Token) -> ScanError {
    ScanError(
      "syn-rdata", "\(type): data of more than \(Self.maximumCount) octets", at: token.range)
  }

  private mutating func isGeneric(in text: Span<UInt8>) throws(ScanError) -> Bool {
    let token = try peek(in: text)
    return token.kind == .word && token.end - token.start == 2
      && text[token.start] == UInt8(ascii: "\\") && text[token.start + 1] == UInt8(ascii: "#")
  }

  /// `\# length hex` (RFC 3597 section 5).
  private mutating func scanGeneric(in text: Span<UInt8>) throws(ScanError) {
    let mark = try next(in: text)
    label = "length"
    let token = try word(in: text, "0-65535")
    guard let count = text.extracting(token.range).decimal(UInt16.self) else {
      throw failure(token, in: text, "0-65535", rule: "syn-rfc3597-length")
    }
    let start = wire.count
    label = "hexadecimal data"
    try scan(.hex(required: false), in: text)
    guard wire.count - start == Int(count) else {
      throw ScanError(
        "syn-rfc3597-length",
        "\(type): expected \(count) octets after \\#, found \(wire.count - start)",
        at: token.range)
    }
    let data = RecordData(type: type, octets: wire[start...])
    guard data.isWellFormed else {
      throw ScanError(
        "syn-rfc3597-length", "\(type): the octets after \\# are no \(type) data",
        at: mark.start..<(try peek(in: text)).start)
    }
  }

  /// Reads one field.
  mutating func scan(_ form: RecordFieldForm, in text: Span<UInt8>) throws(ScanError) {
    switch form {
    case .uint8: wire.append(try number(UInt8.self, in: text))
    case .uint16: wire.append(big: try number(UInt16.self, in: text))
    case .uint32: wire.append(big: try number(UInt32.self, in: text))
    case .dottedUInt64: try scanDottedNumber(in: text)
    case .seconds: try scanSeconds(in: text)
    case .ipv4: try scanIPv4(in: text)
    case .ipv6: try scanIPv6(in: text)
    case .name: try scanName(in: text)
    case .names: while try !peek(in: text).isEnd { try scanName(in: text) }
    case .string: try scanString(in: text)
    case .optionalString: if try !peek(in: text).isEnd { try scanString(in: text) }
    case .strings: try scanStrings(in: text)
    case .text: try scanText(in: text)
    case .tag: try scanTag(in: text)
    case .base64(let required): try scanBase64(required: required, in: text)
    case .base64OrDash: try scanBase64OrDash(in: text)
    case .hex(let required): try scanHex(required: required, in: text)
    case .salt: try scanSalt(in: text)
    case .base32Hash: try scanBase32Hash(in: text)
    case .recordType: try scanRecordType(in: text)
    case .typeBitmap: try scanTypeBitmap(in: text)
    case .nxtBitmap: try scanNXTBitmap(in: text)
    case .algorithm: try scanAlgorithm(in: text)
    case .scheme: try scanScheme(in: text)
    case .keyFlags: try scanKeyFlags(in: text)
    case .keyProtocol: try scanKeyProtocol(in: text)
    case .certificateType: try scanCertificateType(in: text)
    case .time: try scanTime(in: text)
    case .eui48: try scanEUI(groups: 6, in: text)
    case .eui64: try scanEUI(groups: 8, in: text)
    case .nodeID: try scanNodeID(in: text)
    case .nsap: try scanNSAP(in: text)
    case .atma: try scanATMA(in: text)
    case .services: try scanServices(in: text)
    case .location: try scanLocation(in: text)
    case .addressPrefixes: try scanAddressPrefixes(in: text)
    case .a6: try scanA6(in: text)
    case .ipsecGateway: try scanIPSECGateway(in: text)
    case .amtRelay: try scanAMTRelay(in: text)
    case .hostIdentity: try scanHostIdentity(in: text)
    case .serviceParameters: try scanServiceParameters(in: text)
    }
  }

  /// Renames the field that messages speak of, inside a field of several parts.
  mutating func within(_ label: StaticString) { self.label = label }
}
