/// Reads JSON texts (RFC 8259) strictly, keeping the place of every value and key.
public enum JSONReader {
  /// How deep arrays and objects may nest: an export needs eight levels, and each costs stack.
  public static let maximumDepth = 64

  /// Reads the one value of `source`.
  ///
  /// The text is UTF-8, with or without a byte order mark, or UTF-16 with one, as PowerShell's `>`
  /// writes it. A UTF-16 text is read through a copy in UTF-8: the places then lie in a source of
  /// the same name with the same lines and columns, whose octets are the copy's.
  ///
  /// - Throws: `JSONError` at the first place where the text is no JSON, or nests deeper than
  ///   `maximumDepth`.
  public static func read(_ source: SourceFile) throws(JSONError) -> JSONValue {
    let mark = source.octets(in: 0..<3)
    if mark.starts(with: [0xff, 0xfe]) || mark.starts(with: [0xfe, 0xff]) {
      return try readUTF8(transcodedFromUTF16(source, bigEndian: mark[0] == 0xfe), from: 0)
    }
    return try readUTF8(source, from: mark == [0xef, 0xbb, 0xbf] ? 3 : 0)
  }

  private static func readUTF8(
    _ source: SourceFile, from start: Int
  ) throws(JSONError) -> JSONValue {
    try source.withOctets { octets throws(JSONError) in
      var scanner = JSONScanner(source: source)
      scanner.index = start
      let value = try scanner.value(in: octets, depth: 0)
      scanner.skipWhitespace(in: octets)
      guard scanner.index == octets.count else {
        throw scanner.error("expected the end of the text after the JSON value", in: octets)
      }
      return value
    }
  }

  private static func transcodedFromUTF16(
    _ source: SourceFile, bigEndian: Bool
  ) throws(JSONError) -> SourceFile {
    var text: [UInt8] = []
    var broken: Range<Int>?
    source.withOctets { octets in
      text.reserveCapacity(octets.count / 2)
      func unit(at index: Int) -> UInt32? {
        guard index + 1 < octets.count else { return nil }
        let first = UInt32(octets[index])
        let second = UInt32(octets[index + 1])
        return bigEndian ? first << 8 | second : second << 8 | first
      }
      var index = 2
      while index < octets.count {
        var code = unit(at: index)
        index += 2
        if let high = code, let low = unit(at: index), let pair = surrogatePair(high, low) {
          code = pair
          index += 2
        }
        let start = text.count
        let scalar = code.flatMap(Unicode.Scalar.init)
        text.append(contentsOf: UTF8.encode(scalar ?? "\u{fffd}")!)
        if scalar == nil, broken == nil { broken = start..<text.count }
      }
    }
    let transcoded = SourceFile(name: source.name, octets: text, includedFrom: source.includedFrom)
    guard let broken else { return transcoded }
    throw JSONError(
      "the text begins as UTF-16 but holds octets that are not", at: Location(transcoded, broken),
      help: "save the file as UTF-8")
  }
}

/// The code point that two UTF-16 units make as a surrogate pair; nil if they make none.
func surrogatePair(_ high: UInt32, _ low: UInt32) -> UInt32? {
  guard 0xd800...0xdbff ~= high, 0xdc00...0xdfff ~= low else { return nil }
  return 0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)
}
