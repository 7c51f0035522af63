/// A word, a quoted string, or the end of an entry.
struct Token {
  enum Kind: UInt8 {
    /// Characters up to white space, a quote, a parenthesis or a comment.
    case word
    /// What stands between two quotes, which `start` and `end` leave out.
    case quoted
    /// The end of a line outside parentheses.
    case endOfLine
    /// The end of the text.
    case endOfText
  }

  var kind: Kind
  /// Whether a backslash occurs in it.
  var isEscaped: Bool
  var start: Int
  var end: Int

  var range: Range<Int> { start..<end }
  /// Whether it ends the entry.
  var isEnd: Bool { kind.rawValue >= Kind.endOfLine.rawValue }
  /// The range with the quotes of a quoted string.
  var outerRange: Range<Int> { kind == .quoted ? (start - 1)..<(end + 1) : range }
}

/// Cuts the text of a zone file into tokens (RFC 1035 section 5.1).
struct Lexer {
  /// Where reading goes on.
  var position: Int
  /// How many parentheses are open.
  var depth = 0
  /// Where the outermost open parenthesis stands.
  private(set) var openParenthesis = 0
  /// Where the first parenthesis inside another was opened in this entry, if one was.
  var nestedParenthesis: Int?
  /// Whether parentheses and comments mean nothing: the text is one value, not a file.
  let isValue: Bool
  /// The octets that end a word, a bit for each below 64.
  private let delimiters: UInt64

  /// The most octets of text that an entry in parentheses takes. Data of 65,535 octets take 131,070
  /// hexadecimal digits; the rest is room for layout and comments.
  static let maximumEntryCount = 1 << 20

  init(at position: Int = 0, isValue: Bool = false) {
    self.position = position
    self.isValue = isValue
    delimiters = isValue ? Lexer.valueDelimiters : Lexer.fileDelimiters
  }

  /// Whether an octet ends a word.
  @inline(__always)
  func isDelimiter(_ octet: UInt8) -> Bool {
    octet <= 0x3B && (delimiters >> octet) & 1 == 1
  }

  /// Whether an octet ends a word of a zone file.
  @inline(__always)
  static func isDelimiter(_ octet: UInt8) -> Bool {
    octet <= 0x3B && (fileDelimiters >> octet) & 1 == 1
  }

  private static let valueDelimiters: UInt64 =
    1 << 0x09 | 1 << 0x0A | 1 << 0x0D | 1 << 0x20 | 1 << 0x22
  private static let fileDelimiters: UInt64 = valueDelimiters | 1 << 0x28 | 1 << 0x29 | 1 << 0x3B

  /// The next token.
  ///
  /// - Throws: `ScanError` for a quote or parenthesis that does not match, and a bare carriage
  ///   return. Reading may go on after `skipToNextEntry`.
  mutating func next(in text: Span<UInt8>) throws(ScanError) -> Token {
    while position < text.count {
      let octet = text[position]
      switch octet {
      case 0x20, 0x09:
        position &+= 1
      case UInt8(ascii: "\n"):
        if depth > 0 {
          guard position - openParenthesis < Self.maximumEntryCount else {
            throw ScanError(
              "syn-unbalanced-paren",
              "parenthesis is not closed within \(Self.maximumEntryCount) octets",
              at: openParenthesis..<(openParenthesis + 1))
          }
          position &+= 1
        } else {
          defer { position &+= 1 }
          return Token(kind: .endOfLine, isEscaped: false, start: position, end: position)
        }
      case UInt8(ascii: "\r"):
        guard position + 1 < text.count, text[position + 1] == UInt8(ascii: "\n") else {
          throw ScanError(
            "syn-crlf", "bare carriage return, expected a line feed after it",
            at: position..<(position + 1), help: "convert the line ends of the file to LF")
        }
        position &+= 1
      case UInt8(ascii: "\""):
        return try quotedString(in: text)
      case UInt8(ascii: ";") where !isValue:
        skipLine(in: text)
      case UInt8(ascii: "(") where !isValue:
        if depth == 0 { openParenthesis = position } else { nestedParenthesis = position }
        depth += 1
        position &+= 1
      case UInt8(ascii: ")") where !isValue:
        guard depth > 0 else {
          throw ScanError(
            "syn-unbalanced-paren", "closing parenthesis without an opening one",
            at: position..<(position + 1))
        }
        depth -= 1
        position &+= 1
      default:
        return word(in: text)
      }
    }
    guard depth == 0 else {
      throw ScanError(
        "syn-unbalanced-paren", "parenthesis is never closed",
        at: openParenthesis..<(openParenthesis + 1))
    }
    return Token(kind: .endOfText, isEscaped: false, start: position, end: position)
  }

  private mutating func word(in text: Span<UInt8>) -> Token {
    let start = position
    var isEscaped = false
    while position < text.count {
      let octet = text[position]
      if isDelimiter(octet) { break }
      position &+= 1
      if octet == UInt8(ascii: "\\") {
        isEscaped = true
        // An escaped line end stays a line end: the escape itself is reported by whoever reads it.
        if position < text.count, text[position] != UInt8(ascii: "\n") { position &+= 1 }
      }
    }
    return Token(kind: .word, isEscaped: isEscaped, start: start, end: position)
  }

  private mutating func quotedString(in text: Span<UInt8>) throws(ScanError) -> Token {
    let start = position + 1
    var index = start
    var isEscaped = false
    while index < text.count {
      let octet = text[index]
      if octet == UInt8(ascii: "\"") {
        position = index + 1
        return Token(kind: .quoted, isEscaped: isEscaped, start: start, end: index)
      }
      if octet == UInt8(ascii: "\n") { break }
      if octet == UInt8(ascii: "\\") {
        isEscaped = true
        index &+= 1
        if index < text.count, text[index] == UInt8(ascii: "\n") { break }
      }
      index &+= 1
    }
    let opening = position..<(position + 1)
    position = min(index, text.count)
    throw ScanError(
      position < text.count ? "syn-newline-in-string" : "syn-unterminated-quote",
      "quoted string is not closed on its line", at: opening,
      help: "close the quote, or write a line feed inside the string as \\010")
  }

  /// Moves to the end of the line, which is left to be read.
  mutating func skipLine(in text: Span<UInt8>) {
    while position < text.count, text[position] != UInt8(ascii: "\n") { position &+= 1 }
  }

  /// Forgets the nesting seen in the entry just read.
  mutating func beginEntry() { nestedParenthesis = nil }
}
