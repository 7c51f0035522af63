// Fields that only old types have: NSAP, ATMA, WKS, A6.

extension RecordDataScanner {
  /// `0x` and pairs of hexadecimal digits with dots anywhere between (RFC 1706 section 7).
  mutating func scanNSAP(in text: Span<UInt8>) throws(ScanError) {
    let expected = "0x and hexadecimal digits"
    let token = try word(in: text, expected)
    let digits = text.extracting(token.range)
    guard digits.count > 2, digits.extracting(..<2).equalsIgnoringCase("0x") else {
      throw failure(token, in: text, expected)
    }
    try appendHexDigits(digits.extracting(2...), of: token, in: text, expected)
  }

  /// Hexadecimal digits with dots between, which mean nothing.
  private mutating func appendHexDigits(
    _ digits: Span<UInt8>, of token: Token, in text: Span<UInt8>, _ expected: String
  ) throws(ScanError) {
    var high: UInt8?
    for index in digits.indices where digits[index] != UInt8(ascii: ".") {
      guard let digit = hexDigit(digits[index]) else { throw failure(token, in: text, expected) }
      if let upper = high {
        wire.append(upper << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    guard high == nil else { throw failure(token, in: text, expected) }
  }

  /// `+` and digits (E.164), or hexadecimal with dots (AESA).
  mutating func scanATMA(in text: Span<UInt8>) throws(ScanError) {
    let expected = "+ and digits, or hexadecimal digits"
    let token = try word(in: text, expected)
    let digits = text.extracting(token.range)
    guard digits.count > 0, digits[0] == UInt8(ascii: "+") else {
      wire.append(0)
      try appendHexDigits(digits, of: token, in: text, expected)
      return
    }
    wire.append(1)
    for index in digits.indices.dropFirst() where digits[index] != UInt8(ascii: ".") {
      guard digits[index] &- 48 < 10 else { throw failure(token, in: text, expected) }
      wire.append(digits[index])
    }
  }

  /// Protocol and ports, by number or by the few names that old zones use (RFC 1035
  /// section 3.4.2).
  mutating func scanServices(in text: Span<UInt8>) throws(ScanError) {
    within("protocol")
    let token = try word(in: text, "a protocol")
    let name = text.extracting(token.range)
    if let number = name.decimal(UInt8.self) {
      wire.append(number)
    } else if let number = Self.lookup(name, in: Self.protocols) {
      wire.append(UInt8(number))
    } else {
      throw failure(token, in: text, "a protocol: TCP, UDP, or a number")
    }
    within("port")
    var bits: [UInt8] = []
    while try !peek(in: text).isEnd {
      let token = try word(in: text, "a port")
      let name = text.extracting(token.range)
      guard let port = name.decimal(UInt16.self) ?? Self.lookup(name, in: Self.ports) else {
        throw failure(token, in: text, "a port number, or a service such as SMTP")
      }
      while bits.count <= Int(port) / 8 { bits.append(0) }
      bits[Int(port) / 8] |= 0x80 >> UInt8(port % 8)
    }
    wire.append(contentsOf: bits)
  }

  private static func lookup(
    _ name: Span<UInt8>, in known: [(StaticString, UInt16)]
  ) -> UInt16? {
    for entry in known where name.equalsIgnoringCase(entry.0) { return entry.1 }
    return nil
  }

  private static let protocols: [(StaticString, UInt16)] = [("icmp", 1), ("tcp", 6), ("udp", 17)]

  /// Services of the first 1024 ports by the names of IANA's registry that occur in WKS records.
  private static let ports: [(StaticString, UInt16)] = [
    ("tcpmux", 1), ("echo", 7), ("discard", 9), ("systat", 11), ("daytime", 13), ("netstat", 15),
    ("qotd", 17),
    ("chargen", 19), ("ftp-data", 20), ("ftp", 21), ("ssh", 22), ("telnet", 23), ("smtp", 25),
    ("time", 37), ("whois", 43), ("domain", 53), ("bootps", 67), ("tftp", 69), ("gopher", 70),
    ("finger", 79), ("http", 80), ("www", 80),
    ("kerberos", 88), ("hostname", 101), ("pop2", 109),
    ("pop3", 110), ("sunrpc", 111), ("auth", 113), ("nntp", 119), ("ntp", 123), ("imap2", 143),
    ("imap", 143), ("snmp", 161), ("irc", 194), ("ldap", 389), ("https", 443), ("imaps", 993),
    ("pop3s", 995),
  ]

  /// Prefix length, address suffix unless the length is 128, prefix name unless it is 0
  /// (RFC 2874 section 3.1).
  mutating func scanA6(in text: Span<UInt8>) throws(ScanError) {
    within("prefix length")
    let token = try peek(in: text)
    let length = try number(UInt8.self, in: text)
    guard length <= 128 else { throw failure(token, in: text, "0-128") }
    wire.append(length)
    if length < 128 {
      within("address suffix")
      let suffix = try word(in: text, "an IPv6 address")
      let start = wire.count
      try appendIPv6(suffix, in: text)
      wire.removeSubrange(start..<(start + Int(length) / 8))
      if length % 8 != 0 { wire[start] &= 0xFF >> (length % 8) }
    }
    if length > 0 {
      within("prefix name")
      try scanName(in: text)
    }
  }
}

extension RecordDataReader {
  mutating func appendNSAP(to text: inout [UInt8]) throws(MalformedRecordData) {
    let address = rest()
    guard !address.isEmpty else { throw malformed }
    text.append(text: "0x")
    Encoding.appendHex(address, to: &text)
  }

  mutating func appendATMA(to text: inout [UInt8]) throws(MalformedRecordData) {
    let format = try octet()
    let address = rest()
    guard !address.isEmpty, format <= 1 else { throw malformed }
    if format == 0 {
      Encoding.appendHex(address, to: &text)
    } else {
      guard address.allSatisfy({ $0 &- 48 < 10 }) else { throw malformed }
      text.append(UInt8(ascii: "+"))
      text.append(contentsOf: address)
    }
  }

  mutating func appendServices(to text: inout [UInt8]) throws(MalformedRecordData) {
    text.append(text: String(try octet()))
    let bits = rest()
    guard bits.count <= 8192 else { throw malformed }
    guard bits.last != 0 else { throw unprintable }
    for (offset, octet) in bits.enumerated() where octet != 0 {
      for bit in 0..<8 where octet & (0x80 >> UInt8(bit)) != 0 {
        text.append(text: " \(offset * 8 + bit)")
      }
    }
  }

  mutating func appendA6(to text: inout [UInt8]) throws(MalformedRecordData) {
    let length = try octet()
    guard length <= 128 else { throw malformed }
    text.append(text: String(length))
    if length < 128 {
      let suffix = try octets(16 - Int(length) / 8)
      guard length % 8 == 0 || suffix.first.map({ $0 <= 0xFF >> (length % 8) }) == true else {
        throw unprintable
      }
      text.append(UInt8(ascii: " "))
      let address = [UInt8](repeating: 0, count: 16 - suffix.count) + suffix
      IPAddress.append(ipv6: address[...], to: &text)
    }
    if length > 0 {
      text.append(UInt8(ascii: " "))
      try appendName(to: &text)
    }
  }
}
