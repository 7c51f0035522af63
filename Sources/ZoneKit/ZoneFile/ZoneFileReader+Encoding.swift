import Diagnostics

extension ZoneFileReader {
  /// Checks that the octets are text of a kind that zone files are written in, and says what is
  /// odd. The offset where reading starts; nil if the octets are no such text.
  mutating func checkEncoding(of text: Span<UInt8>, in source: SourceFile) -> Int? {
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      report(
        ScanError(
          "syn-bom", "the file is UTF-16, expected ASCII or UTF-8", at: 0..<2,
          help: "convert it: iconv -f UTF-16 -t UTF-8"), in: source)
      return nil
    }
    if let null = text.extracting(..<min(text.count, Self.binaryProbeCount)).firstIndex(
      of: 0, from: 0)
    {
      report(
        ScanError(
          "syn-not-text", "the file is not text: octet \(null) is zero", at: null..<(null + 1),
          help: "is this a zone in BIND's raw format? named-compilezone -f raw -F text converts it"),
        in: source)
      return nil
    }
    var start = 0
    if text.starts(with: [0xEF, 0xBB, 0xBF]) {
      remark(
        "syn-bom", "the file starts with a byte order mark, which other readers take for a name",
        at: Location(source, 0..<3), help: "save the file without it")
      start = 3
    }
    if let end = text.firstIndex(of: UInt8(ascii: "\n"), from: 0), end > 0,
      text[end - 1] == UInt8(ascii: "\r")
    {
      remark(
        "syn-crlf", "lines end with CR LF, which Knot refuses",
        at: Location(source, (end - 1)..<end),
        severity: .info)
    }
    if text.count > start, text[text.count - 1] != UInt8(ascii: "\n") {
      remark(
        "syn-no-final-newline", "the last line has no line feed",
        at: Location(source, (text.count - 1)..<text.count), severity: .info)
    }
    return start
  }

  /// How far a file is searched for zero octets, the sign of a binary.
  private static let binaryProbeCount = 4_096

  /// A warning for the first octet over 0x7F in a record, comments aside.
  mutating func remarkHighOctets(in range: Range<Int>, of text: Span<UInt8>, _ source: SourceFile) {
    var lexer = Lexer(at: range.lowerBound)
    while lexer.position < range.upperBound, let token = try? lexer.next(in: text), !token.isEnd {
      for index in token.range where text[index] >= 0x80 {
        return remark(
          "syn-raw-non-ascii", "octets over 127 are kept as they are; Knot and validns refuse them",
          at: Location(source, token.outerRange),
          help: "write a name in Punycode (xn--), other data as \\DDD")
      }
    }
  }
}

extension Span<UInt8> {
  /// Whether any octet is over 0x7F.
  var hasHighOctets: Bool {
    var all: UInt8 = 0
    for index in indices { all |= self[index] }
    return all >= 0x80
  }

  func starts(with prefix: [UInt8]) -> Bool {
    guard count >= prefix.count else { return false }
    for index in prefix.indices where self[index] != prefix[index] { return false }
    return true
  }

  /// Whether what begins here is a comment in other languages: `#` or `//`.
  func isComment(at index: Int) -> Bool {
    self[index] == UInt8(ascii: "#")
      || self[index] == UInt8(ascii: "/") && index + 1 < count
        && self[index + 1] == UInt8(ascii: "/")
  }
}
