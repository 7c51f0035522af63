// Where reading goes on behind a broken entry.

extension Lexer {
  /// Moves behind a broken entry: to the start of the next line that begins an entry of its own.
  ///
  /// Where a parenthesis is open, that is the line after the one that closes it; where none does
  /// before a line that begins in the first column like a record, that line.
  mutating func skipToNextEntry(in text: Span<UInt8>) {
    var depth = depth
    self.depth = 0
    nestedParenthesis = nil
    var inQuotes = false
    while position < text.count {
      let octet = text[position]
      position &+= 1
      switch octet {
      case UInt8(ascii: "\n"):
        inQuotes = false
        if depth <= 0 { return }
        if position >= text.count || beginsEntry(at: position, in: text) { return }
      case UInt8(ascii: "\\"):
        if position < text.count, text[position] != UInt8(ascii: "\n") { position &+= 1 }
      case UInt8(ascii: "\""):
        inQuotes.toggle()
      case UInt8(ascii: ";") where !inQuotes:
        skipLine(in: text)
      case UInt8(ascii: "(") where !inQuotes:
        depth += 1
      case UInt8(ascii: ")") where !inQuotes:
        depth -= 1
      default: break
      }
    }
  }

  /// After a string that was not closed on its line: moves behind the line that closes it, where
  /// one does before the next record. So a text over several lines is one error.
  mutating func skipRestOfString(in text: Span<UInt8>) {
    var line = position
    let end = min(text.count, position + Self.maximumStringSearch)
    while line < end {
      var index = line
      var closesString = false
      while index < text.count, text[index] != UInt8(ascii: "\n") {
        if text[index] == UInt8(ascii: "\"") { closesString.toggle() }
        index += text[index] == UInt8(ascii: "\\") ? 2 : 1
      }
      let next = min(index + 1, text.count)
      if closesString {
        // The quote may also be the first of the next record's own.
        if entryType(at: line, in: text)?.takesStrings != true { position = next }
        return
      }
      if text[line] == UInt8(ascii: "$") || entryType(at: line, in: text) != nil { return }
      line = next
    }
  }

  /// How far the end of a string is looked for, in octets.
  private static let maximumStringSearch = 1 << 16

  /// Whether the line looks like the start of a record or directive: a word in the first column,
  /// and a record type among the three behind it.
  private func beginsEntry(at line: Int, in text: Span<UInt8>) -> Bool {
    if text[line] == UInt8(ascii: "$") { return true }
    return !isDelimiter(text[line]) && entryType(at: line, in: text) != nil
  }

  /// The record type among the first words of a line, the owner not counted.
  private func entryType(at line: Int, in text: Span<UInt8>) -> RecordType? {
    var lexer = Lexer(at: line)
    if !isDelimiter(text[line]) {
      guard let owner = try? lexer.next(in: text), owner.kind == .word else { return nil }
    }
    for _ in 0..<3 {
      guard let token = try? lexer.next(in: text), token.kind == .word else { return nil }
      if let type = RecordSchema.type(mnemonic: text.extracting(token.range)) { return type }
    }
    return nil
  }
}

extension RecordType {
  /// Whether the data hold strings that are written in quotes.
  fileprivate var takesStrings: Bool {
    (schema?.fields ?? []).contains {
      [.string, .optionalString, .strings, .text, .serviceParameters].contains($0.form)
    }
  }
}
