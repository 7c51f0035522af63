// Names, character-strings and tags.

extension RecordDataScanner {
  mutating func scanName(in text: Span<UInt8>) throws(ScanError) {
    try appendName(try word(in: text, "a domain name"), in: text)
  }

  /// Appends the name that a word spells.
  mutating func appendName(_ token: Token, in text: Span<UInt8>) throws(ScanError) {
    do throws(NameError) {
      try Name.append(text.extracting(token.range), origin: origin, escapes: escapes, to: &wire)
    } catch {
      throw ScanError(error, "\(type) \(label)", token, in: text)
    }
  }

  mutating func scanString(in text: Span<UInt8>) throws(ScanError) {
    try appendString(try datum(in: text, "a string"), in: text)
  }

  mutating func scanStrings(in text: Span<UInt8>) throws(ScanError) {
    let start = wire.count
    try scanString(in: text)
    while case let token = try peek(in: text), !token.isEnd {
      // Not only at the end: a parenthesis may be open to the end of a large file.
      guard wire.count - start <= Self.maximumCount else { throw tooLong(token) }
      try scanString(in: text)
    }
  }

  /// Appends a length octet and the octets of a token.
  mutating func appendString(_ token: Token, in text: Span<UInt8>) throws(ScanError) {
    let lengthAt = wire.count
    wire.append(0)
    try appendOctets(of: token, in: text)
    let count = wire.count - lengthAt - 1
    guard count <= 255 else {
      throw ScanError(
        "syn-string-too-long", "\(type) \(label): string of \(count) octets, at most 255 fit",
        at: token.outerRange, help: "split it into several strings, each in quotes",
        fix: count <= Self.maximumCount ? ("split the string", Self.split(token, in: text)) : nil)
    }
    wire[lengthAt] = UInt8(count)
  }

  /// The token's text as several quoted strings of at most 255 octets each; escapes stay whole.
  private static func split(_ token: Token, in text: Span<UInt8>) -> [UInt8] {
    var parts: [UInt8] = [UInt8(ascii: "\"")]
    var count = 0
    var index = token.start
    while index < token.end {
      var width = 1
      if text[index] == UInt8(ascii: "\\"), index + 1 < token.end {
        width = text[index + 1] &- 48 < 10 ? 4 : 2
      }
      if count == 255 {
        parts.append(text: "\" \"")
        count = 0
      }
      for offset in index..<min(index + width, token.end) { parts.append(text[offset]) }
      count += 1
      index += width
    }
    return parts + [UInt8(ascii: "\"")]
  }

  /// Appends the octets that a token spells, escapes resolved.
  mutating func appendOctets(of token: Token, in text: Span<UInt8>) throws(ScanError) {
    guard token.isEscaped else {
      for index in token.range { wire.append(text[index]) }
      return
    }
    var index = token.start
    while index < token.end {
      let octet = text[index]
      index += 1
      guard octet == UInt8(ascii: "\\") else {
        wire.append(octet)
        continue
      }
      let escape = index - 1
      guard index < token.end else { throw badEscape(escape..<token.end, in: text) }
      if text[index] &- 48 >= 10 {
        wire.append(text[index])
        index += 1
        continue
      }
      guard index + 3 <= token.end,
        let value = escapes.octet(text[index], text[index + 1], text[index + 2])
      else { throw badEscape(escape..<min(index + 3, token.end), in: text) }
      wire.append(value)
      index += 3
    }
  }

  private func badEscape(_ range: Range<Int>, in text: Span<UInt8>) -> ScanError {
    let largest = escapes == .decimal ? "\\255" : "\\377"
    return ScanError(
      "syn-bad-escape",
      "\(type) \(label): expected a backslash and three digits up to \(largest), or a backslash and "
        + "a character, found \(quoted(text.extracting(range)))", at: range)
  }

  mutating func scanText(in text: Span<UInt8>) throws(ScanError) {
    try appendOctets(of: try datum(in: text, "a string"), in: text)
  }

  /// A CAA tag: letters and digits, at least one (RFC 8659 section 4.1).
  mutating func scanTag(in text: Span<UInt8>) throws(ScanError) {
    let expected = "a tag of letters and digits"
    let token = try word(in: text, expected)
    let tag = text.extracting(token.range)
    guard tag.count <= 255, isTag(tag) else { throw failure(token, in: text, expected) }
    wire.append(UInt8(tag.count))
    for index in tag.indices { wire.append(tag[index]) }
  }
}

/// Whether the octets are letters and digits, at least one.
func isTag(_ tag: Span<UInt8>) -> Bool {
  for index in tag.indices {
    let letter = Name.lowercase(tag[index])
    guard letter &- 48 < 10 || letter &- UInt8(ascii: "a") < 26 else { return false }
  }
  return tag.count > 0
}
