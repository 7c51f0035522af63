/// Where the parts of a record stand in the text of a zone file: what an editor cuts along.
struct EntryAnatomy {
  /// The owner; nil where it is left out.
  var owner: Token?
  /// What stands before the type, the owner aside: TTL and class.
  var ttl: Token?
  var recordClass: Token?
  var type: Token
  /// The tokens of the data.
  var data: [Token]
  /// From the first octet of the data to the last, with every parenthesis that closes behind it
  /// but opens in it.
  var dataRange: Range<Int>
  /// The lines that the entry takes, terminator included.
  var lines: Range<Int>
  /// Whether it is a `$GENERATE` line rather than a record.
  var isGenerate: Bool

  /// The anatomy of the entry whose first token begins at `start`; nil if none can be read there.
  init?(at start: Int, in text: Span<UInt8>) {
    var lineStart = start
    while lineStart > 0, text[lineStart - 1] != UInt8(ascii: "\n") { lineStart -= 1 }
    var lexer = Lexer(at: start)
    var tokens: [(token: Token, depth: Int)] = []
    var end = start
    while true {
      guard let token = try? lexer.next(in: text) else { return nil }
      if token.isEnd {
        end = token.kind == .endOfLine ? lexer.position : token.end
        break
      }
      tokens.append((token, lexer.depth))
    }
    guard let first = tokens.first else { return nil }
    let isGenerate =
      first.token.start == lineStart
      && text.extracting(first.token.range).equalsIgnoringCase("$GENERATE")
    let headStart = isGenerate ? 3 : (start == lineStart ? 1 : 0)
    guard tokens.count > headStart else { return nil }
    owner = isGenerate ? tokens[2].token : (start == lineStart ? first.token : nil)

    var typeAt: Int?
    for index in headStart..<tokens.count {
      let token = tokens[index].token
      let word = text.extracting(token.range)
      if ttl == nil, text[token.start] &- 48 < 10, TTL.seconds(word) != nil {
        ttl = token
      } else if RecordSchema.type(mnemonic: word) != nil {
        typeAt = index
        break
      } else if recordClass == nil, RecordClass(mnemonic: word) != nil {
        recordClass = token
      } else {
        typeAt = index
        break
      }
    }
    guard let typeAt, typeAt + 1 < tokens.count || !isGenerate else { return nil }
    type = tokens[typeAt].token
    data = tokens[(typeAt + 1)...].map(\.token)
    self.isGenerate = isGenerate
    lines = lineStart..<end
    let dataStart = data.first?.outerRange.lowerBound ?? type.end
    let dataEnd = data.last?.outerRange.upperBound ?? type.end
    dataRange =
      dataStart..<Self.closing(
        from: dataStart, dataEnd, in: text)
  }

  /// Whether a comment stands in the entry's lines.
  ///
  /// - Parameter text: the octets of the lines.
  func hasComment(in text: [UInt8]) -> Bool {
    let tokens = ([owner, ttl, recordClass, type].compactMap { $0 } + data).map(\.outerRange)
      .sorted { $0.lowerBound < $1.lowerBound }
    var index = lines.lowerBound
    for token in tokens + [lines.upperBound..<lines.upperBound] {
      // Between tokens stand blanks, parentheses, ends of lines and comments alone.
      if index < token.lowerBound,
        text[(index - lines.lowerBound)..<(token.lowerBound - lines.lowerBound)]
          .contains(UInt8(ascii: ";"))
      {
        return true
      }
      index = max(index, token.upperBound)
    }
    return false
  }

  /// `end`, or just behind the parenthesis that closes the last one opened in `start..<end`.
  private static func closing(from start: Int, _ end: Int, in text: Span<UInt8>) -> Int {
    var lexer = Lexer(at: start)
    while lexer.position < end, let token = try? lexer.next(in: text), !token.isEnd {}
    guard lexer.depth > 0 else { return end }
    // The lexer reads on over the parentheses that close; it stops at the end of the entry, and
    // between there and `end` only white space, comments and parentheses stand.
    var depth = lexer.depth
    var index = end
    while index < text.count, depth > 0 {
      switch text[index] {
      case UInt8(ascii: ";"):
        while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
        continue
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      default: break
      }
      index += 1
    }
    return index
  }
}
