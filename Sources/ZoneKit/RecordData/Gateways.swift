// Addresses that may be IPv4, IPv6 or a name, and HIP's identity.

extension RecordDataScanner {
  /// Gateway type, algorithm and gateway (RFC 4025 section 2).
  mutating func scanIPSECGateway(in text: Span<UInt8>) throws(ScanError) {
    within("gateway type")
    let kindToken = try peek(in: text)
    let kind = try number(UInt8.self, in: text)
    guard kind <= 3 else { throw failure(kindToken, in: text, "a gateway type 0-3") }
    wire.append(kind)
    within("algorithm")
    wire.append(try number(UInt8.self, in: text))
    within("gateway")
    try scanGateway(kind, in: text)
  }

  /// Discovery bit, relay type and relay (RFC 8777 section 4).
  mutating func scanAMTRelay(in text: Span<UInt8>) throws(ScanError) {
    within("discovery bit")
    let bitToken = try peek(in: text)
    let discovery = try number(UInt8.self, in: text)
    guard discovery <= 1 else { throw failure(bitToken, in: text, "0 or 1") }
    within("relay type")
    let kindToken = try peek(in: text)
    let kind = try number(UInt8.self, in: text)
    guard kind <= 3 else { throw failure(kindToken, in: text, "a relay type 0-3") }
    wire.append(discovery << 7 | kind)
    within("relay")
    if kind == 0 {
      // RFC 8777 section 4.3.1: "." stands for no relay and may be left out by some writers.
      if try !peek(in: text).isEnd { try scanGateway(0, in: text) }
    } else {
      try scanGateway(kind, in: text)
    }
  }

  private mutating func scanGateway(_ kind: UInt8, in text: Span<UInt8>) throws(ScanError) {
    switch kind {
    case 1: try scanIPv4(in: text)
    case 2: try scanIPv6(in: text)
    case 3: try scanName(in: text)
    default:
      let token = try word(in: text, "\".\", for no gateway")
      guard token.end - token.start == 1, text[token.start] == UInt8(ascii: ".") else {
        throw failure(token, in: text, "\".\", for no gateway")
      }
    }
  }

  /// Algorithm, host identity tag and public key (RFC 8005 section 6).
  mutating func scanHostIdentity(in text: Span<UInt8>) throws(ScanError) {
    within("algorithm")
    let algorithm = try number(UInt8.self, in: text)
    let start = wire.count
    wire.append(0)
    wire.append(algorithm)
    wire.append(big: UInt16(0))
    within("host identity tag")
    let tag = try word(in: text, "hexadecimal digits")
    let digits = text.extracting(tag.range)
    guard digits.count % 2 == 0, digits.count <= 510 else {
      throw failure(tag, in: text, "an even number of hexadecimal digits, at most 510")
    }
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = hexDigit(digits[index]), let low = hexDigit(digits[index + 1]) else {
        throw failure(tag, in: text, "hexadecimal digits")
      }
      wire.append(high << 4 | low)
    }
    wire[start] = UInt8(digits.count / 2)
    within("public key")
    let keyStart = wire.count
    let key = try word(in: text, "base 64")
    try appendBase64(key, in: text)
    guard let count = UInt16(exactly: wire.count - keyStart) else {
      throw failure(key, in: text, "at most 65535 octets")
    }
    wire[start + 2] = UInt8(count >> 8)
    wire[start + 3] = UInt8(count & 0xFF)
    within("rendezvous server")
  }
}

extension RecordDataReader {
  mutating func appendIPSECGateway(to text: inout [UInt8]) throws(MalformedRecordData) {
    let kind = try octet()
    text.append(text: "\(kind) \(try octet()) ")
    try appendGateway(kind, to: &text)
  }

  mutating func appendAMTRelay(to text: inout [UInt8]) throws(MalformedRecordData) {
    let octet = try octet()
    text.append(text: "\(octet >> 7) \(octet & 0x7F) ")
    // RFC 8777 section 4.2.3: other relay types may come.
    guard octet & 0x7F <= 3 else { throw unprintable }
    try appendGateway(octet & 0x7F, to: &text)
  }

  private mutating func appendGateway(
    _ kind: UInt8, to text: inout [UInt8]
  ) throws(MalformedRecordData) {
    switch kind {
    case 0: text.append(UInt8(ascii: "."))
    case 1: IPAddress.append(ipv4: try octets(4), to: &text)
    case 2: IPAddress.append(ipv6: try octets(16), to: &text)
    case 3: try appendName(to: &text)
    default: throw malformed
    }
  }

  mutating func appendHostIdentity(to text: inout [UInt8]) throws(MalformedRecordData) {
    let tagCount = Int(try octet())
    text.append(text: "\(try octet()) ")
    let keyCount = Int(try number(2))
    guard tagCount > 0, keyCount > 0 else { throw malformed }
    Encoding.appendHex(try octets(tagCount), to: &text)
    text.append(UInt8(ascii: " "))
    Encoding.appendBase64(try octets(keyCount), to: &text)
  }
}
