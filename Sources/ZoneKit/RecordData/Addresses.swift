// IPv4 and IPv6 addresses, EUI-48, EUI-64 and ILNP identifiers.

/// IP addresses in presentation form.
enum IPAddress {
  /// The four octets of a dotted quad in network order; nil if the text is none. Each part is
  /// decimal without leading zeros, which some readers take for octal.
  static func ipv4(_ text: Span<UInt8>) -> UInt32? {
    var address: UInt32 = 0
    var part: UInt32 = 0
    var digits = 0
    var dots = 0
    for index in text.indices {
      let octet = text[index]
      if octet == UInt8(ascii: ".") {
        guard digits > 0, dots < 3 else { return nil }
        address = address << 8 | part
        (part, digits, dots) = (0, 0, dots + 1)
        continue
      }
      let digit = octet &- 48
      guard digit < 10, !(digits > 0 && part == 0) else { return nil }
      part = part * 10 + UInt32(digit)
      digits += 1
      guard part <= 255 else { return nil }
    }
    return dots == 3 && digits > 0 ? address << 8 | part : nil
  }

  /// The eight groups of an IPv6 address (RFC 4291 section 2.2); nil if the text is none.
  static func ipv6(_ text: Span<UInt8>) -> InlineArray<8, UInt16>? {
    var groups = InlineArray<8, UInt16>(repeating: 0)
    var count = 0
    var gap: Int?
    var index = 0
    if text.count >= 2, text[0] == UInt8(ascii: ":") {
      guard text[1] == UInt8(ascii: ":") else { return nil }
      gap = 0
      index = 2
    }
    while index < text.count {
      let start = index
      var value: UInt16 = 0
      while index < text.count, let digit = hexDigit(text[index]) {
        guard index - start < 4 else { return nil }
        value = value << 4 | UInt16(digit)
        index += 1
      }
      if index < text.count, text[index] == UInt8(ascii: "."), count <= 6,
        let quad = ipv4(text.extracting(start...))
      {
        groups[count] = UInt16(quad >> 16)
        groups[count + 1] = UInt16(truncatingIfNeeded: quad)
        count += 2
        index = text.count
        break
      }
      guard index > start, count < 8 else { return nil }
      groups[count] = value
      count += 1
      if index == text.count { break }
      guard text[index] == UInt8(ascii: ":"), index + 1 < text.count else { return nil }
      index += 1
      if text[index] == UInt8(ascii: ":") {
        guard gap == nil else { return nil }
        gap = count
        index += 1
      }
    }
    guard let gap else { return count == 8 ? groups : nil }
    guard count < 8 else { return nil }
    let tail = count - gap
    for offset in 0..<tail {
      groups[7 - offset] = groups[count - 1 - offset]
    }
    for index in gap..<(8 - tail) { groups[index] = 0 }
    return groups
  }

  /// The text of a dotted quad.
  static func text(ipv4 octets: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    append(ipv4: octets, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The text of an IPv6 address.
  static func text(ipv6 octets: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    append(ipv6: octets, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the text of a dotted quad.
  static func append(ipv4 octets: ArraySlice<UInt8>, to text: inout [UInt8]) {
    for index in octets.indices {
      if index > octets.startIndex { text.append(UInt8(ascii: ".")) }
      text.append(decimal: UInt64(octets[index]))
    }
  }

  /// Appends the text of an IPv6 address as RFC 5952 section 4 wants it, mapped IPv4 in dotted form.
  static func append(ipv6 octets: ArraySlice<UInt8>, to text: inout [UInt8]) {
    var groups = InlineArray<8, UInt16>(repeating: 0)
    for index in 0..<8 {
      let start = octets.startIndex + 2 * index
      groups[index] = UInt16(octets[start]) << 8 | UInt16(octets[start + 1])
    }
    let zeros = longestZeros(in: groups)
    if zeros == 0..<5, groups[5] == 0xFFFF {
      text.append(text: "::ffff:")
      return append(ipv4: octets.suffix(4), to: &text)
    }
    for index in 0..<8 {
      if zeros.contains(index) {
        if index == zeros.lowerBound { text.append(text: "::") }
        continue
      }
      if index > 0, index != zeros.upperBound { text.append(UInt8(ascii: ":")) }
      text.append(text: String(groups[index], radix: 16))
    }
  }

  /// The first of the longest runs of groups that are zero; empty unless there are two in a row.
  private static func longestZeros(in groups: InlineArray<8, UInt16>) -> Range<Int> {
    var best = 0..<0
    var start = 0
    for index in 0..<8 {
      if groups[index] != 0 {
        start = index + 1
      } else if index + 1 - start > max(best.count, 1) {
        best = start..<(index + 1)
      }
    }
    return best
  }
}

/// The value of a hexadecimal digit; nil if it is none.
@inline(__always)
func hexDigit(_ octet: UInt8) -> UInt8? {
  if octet &- 48 < 10 { return octet &- 48 }
  let letter = Name.lowercase(octet) &- UInt8(ascii: "a")
  return letter < 6 ? letter + 10 : nil
}

extension RecordDataScanner {
  mutating func scanIPv4(in text: Span<UInt8>) throws(ScanError) {
    let token = try word(in: text, "an IPv4 address")
    try appendIPv4(token, in: text)
  }

  mutating func appendIPv4(_ token: Token, in text: Span<UInt8>) throws(ScanError) {
    guard let address = IPAddress.ipv4(text.extracting(token.range)) else {
      throw failure(token, in: text, "an IPv4 address such as 192.0.2.1")
    }
    wire.append(big: address)
  }

  mutating func scanIPv6(in text: Span<UInt8>) throws(ScanError) {
    let token = try word(in: text, "an IPv6 address")
    try appendIPv6(token, in: text)
  }

  mutating func appendIPv6(_ token: Token, in text: Span<UInt8>) throws(ScanError) {
    guard let groups = IPAddress.ipv6(text.extracting(token.range)) else {
      throw failure(token, in: text, "an IPv6 address such as 2001:db8::1")
    }
    for index in groups.indices { wire.append(big: groups[index]) }
  }

  /// Pairs of hexadecimal digits joined by hyphens.
  mutating func scanEUI(groups: Int, in text: Span<UInt8>) throws(ScanError) {
    let expected = "\(groups) octets as hexadecimal pairs joined by hyphens"
    let token = try word(in: text, expected)
    let digits = text.extracting(token.range)
    guard digits.count == groups * 3 - 1 else { throw failure(token, in: text, expected) }
    for group in 0..<groups {
      guard let high = hexDigit(digits[group * 3]), let low = hexDigit(digits[group * 3 + 1]),
        group == groups - 1 || digits[group * 3 + 2] == UInt8(ascii: "-")
      else { throw failure(token, in: text, expected) }
      wire.append(high << 4 | low)
    }
  }

  /// Four groups of one to four hexadecimal digits, joined by colons.
  mutating func scanNodeID(in text: Span<UInt8>) throws(ScanError) {
    let expected = "four groups of hexadecimal digits joined by colons"
    let token = try word(in: text, expected)
    let digits = text.extracting(token.range)
    var groups = 0
    var index = 0
    while groups < 4 {
      let start = index
      var value: UInt16 = 0
      while index < digits.count, index - start < 4, let digit = hexDigit(digits[index]) {
        value = value << 4 | UInt16(digit)
        index += 1
      }
      guard index > start else { throw failure(token, in: text, expected) }
      wire.append(big: value)
      groups += 1
      if groups < 4 {
        guard index < digits.count, digits[index] == UInt8(ascii: ":") else {
          throw failure(token, in: text, expected)
        }
        index += 1
      }
    }
    guard index == digits.count else { throw failure(token, in: text, expected) }
  }
}
