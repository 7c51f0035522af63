// Service parameters printed (SVCB and HTTPS, RFC 9460).

extension RecordDataReader {
  mutating func appendServiceParameters(to text: inout [UInt8]) throws(MalformedRecordData) {
    var last = -1
    var mandatory: [UInt16] = []
    var present: Set<UInt16> = []
    while !isAtEnd {
      let number = UInt16(try self.number(2))
      let count = Int(try self.number(2))
      let value = try octets(count)
      guard Int(number) > last, number != .max else { throw malformed }
      if last >= 0 { text.append(UInt8(ascii: " ")) }
      last = Int(number)
      present.insert(number)
      if number == 0 { mandatory = try mandatoryKeys(value) }
      let start = text.count
      text.append(text: ServiceParameterKey.name(number))
      do {
        try appendServiceValue(number, value, to: &text)
      } catch {
        // Octets that are no value of the key are still data: key8="..." says them.
        text.removeSubrange(start...)
        text.append(text: "key\(number)=")
        appendQuoted(value, to: &text)
      }
    }
    guard present.isSuperset(of: mandatory), !present.contains(2) || present.contains(1) else {
      throw malformed
    }
  }

  /// The keys that the value of `mandatory` lists: ascending, at least one, not itself
  /// (RFC 9460 section 8).
  func mandatoryKeys(
    _ value: ArraySlice<UInt8>
  ) throws(MalformedRecordData) -> [UInt16] {
    var value = RecordDataReader(value, escapes: escapes)
    var keys: [UInt16] = []
    repeat {
      let key = UInt16(try value.number(2))
      guard key > keys.last ?? 0, key != .max else { throw malformed }
      keys.append(key)
    } while !value.isAtEnd
    return keys
  }

  private func appendServiceValue(
    _ number: UInt16, _ value: ArraySlice<UInt8>, to text: inout [UInt8]
  ) throws(MalformedRecordData) {
    var value = RecordDataReader(value, escapes: escapes)
    switch ServiceParameterKey.key(number)?.value {
    case .some(.none):
      guard value.isAtEnd else { throw malformed }
    case .keys:
      try value.appendList(to: &text) { reader, text throws(MalformedRecordData) in
        text.append(text: ServiceParameterKey.name(UInt16(try reader.number(2))))
      }
    case .port:
      text.append(text: "=\(try value.number(2))")
      guard value.isAtEnd else { throw malformed }
    case .groups:
      try value.appendList(to: &text) { reader, text throws(MalformedRecordData) in
        text.append(text: String(try reader.number(2)))
      }
    case .transports:
      try value.appendList(to: &text) { reader, text throws(MalformedRecordData) in
        let name = try reader.octets(Int(try reader.octet()))
        let share = try reader.octet()
        guard isTag(name.span), share <= 100 else { throw reader.malformed }
        text.append(contentsOf: name)
        text.append(text: ":\(share)")
      }
    case .ipv4:
      try value.appendList(to: &text) { reader, text throws(MalformedRecordData) in
        IPAddress.append(ipv4: try reader.octets(4), to: &text)
      }
    case .ipv6:
      try value.appendList(to: &text) { reader, text throws(MalformedRecordData) in
        IPAddress.append(ipv6: try reader.octets(16), to: &text)
      }
    case .identifiers(let allowsNone):
      if value.isAtEnd, allowsNone { return }
      var list: [UInt8] = []
      try value.appendIdentifiers(to: &list)
      text.append(UInt8(ascii: "="))
      appendQuoted(list[...], to: &text)
    case .base64:
      if value.isAtEnd { return }
      text.append(text: "=\"")
      Encoding.appendBase64(value.rest(), to: &text)
      text.append(UInt8(ascii: "\""))
    case .string, nil:
      if value.isAtEnd { return }
      text.append(UInt8(ascii: "="))
      appendQuoted(value.rest(), to: &text)
    }
  }

  /// `=` and items of equal form joined by commas, at least one.
  private mutating func appendList(
    to text: inout [UInt8],
    _ item: (inout RecordDataReader, inout [UInt8]) throws(MalformedRecordData) -> Void
  ) throws(MalformedRecordData) {
    guard !isAtEnd else { throw malformed }
    text.append(UInt8(ascii: "="))
    try item(&self, &text)
    while !isAtEnd {
      text.append(UInt8(ascii: ","))
      try item(&self, &text)
    }
  }

  /// Identifiers as a value list, commas and backslashes in them escaped once.
  private mutating func appendIdentifiers(to list: inout [UInt8]) throws(MalformedRecordData) {
    var isFirst = true
    repeat {
      if !isFirst { list.append(UInt8(ascii: ",")) }
      isFirst = false
      let count = Int(try octet())
      guard count > 0 else { throw malformed }
      for octet in try octets(count) {
        if octet == UInt8(ascii: ",") || octet == UInt8(ascii: "\\") {
          list.append(UInt8(ascii: "\\"))
        }
        list.append(octet)
      }
    } while !isAtEnd
  }
}
