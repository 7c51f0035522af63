// Address prefixes (APL, RFC 3123).

extension RecordDataScanner {
  /// `[!]afi:address/prefix` to the end of the entry, none or more (RFC 3123 section 5).
  mutating func scanAddressPrefixes(in text: Span<UInt8>) throws(ScanError) {
    while try !peek(in: text).isEnd {
      let token = try word(in: text, "an address prefix such as 1:192.0.2.0/24")
      guard let item = Self.addressPrefix(text.extracting(token.range)) else {
        throw failure(
          token, in: text, "an address prefix such as 1:192.0.2.0/24 or !2:2001:db8::/32")
      }
      wire.append(contentsOf: item)
    }
  }

  /// The wire form of one prefix; trailing zero octets of the address are left out
  /// (RFC 3123 section 4).
  private static func addressPrefix(_ text: Span<UInt8>) -> [UInt8]? {
    var start = 0
    let isNegated = text.count > 0 && text[0] == UInt8(ascii: "!")
    if isNegated { start = 1 }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":"), from: start),
      let slash = text.firstIndex(of: UInt8(ascii: "/"), from: colon),
      let family = text.extracting(start..<colon).decimal(UInt16.self),
      let prefix = text.extracting((slash + 1)...).decimal(UInt8.self)
    else { return nil }
    let addressText = text.extracting((colon + 1)..<slash)
    var address: [UInt8] = []
    switch family {
    case 1:
      guard prefix <= 32, let quad = IPAddress.ipv4(addressText) else { return nil }
      address.append(big: quad)
    case 2:
      guard prefix <= 128, let groups = IPAddress.ipv6(addressText) else { return nil }
      for index in groups.indices { address.append(big: groups[index]) }
    default:
      return nil
    }
    while address.last == 0 { address.removeLast() }
    var item: [UInt8] = []
    item.append(big: family)
    item.append(prefix)
    item.append(UInt8(address.count) | (isNegated ? 0x80 : 0))
    return item + address
  }
}

extension RecordDataReader {
  mutating func appendAddressPrefixes(to text: inout [UInt8]) throws(MalformedRecordData) {
    var isFirst = true
    while !isAtEnd {
      let family = try number(2)
      let prefix = try octet()
      let flags = try octet()
      let part = try octets(Int(flags & 0x7F))
      let count = family == 1 ? 4 : 16
      guard family == 1 || family == 2 else { throw unprintable }
      // RFC 3123 section 4: trailing zero octets are left out.
      guard part.count <= count, prefix <= count * 8, part.last != 0 else { throw malformed }
      if !isFirst { text.append(UInt8(ascii: " ")) }
      isFirst = false
      let address = (part + [UInt8](repeating: 0, count: count - part.count))[...]
      let printed = family == 1 ? IPAddress.text(ipv4: address) : IPAddress.text(ipv6: address)
      text.append(text: "\(flags & 0x80 != 0 ? "!" : "")\(family):\(printed)/\(prefix)")
    }
  }
}
