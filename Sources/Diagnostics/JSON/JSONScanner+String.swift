/// Strings of JSON (RFC 8259 section 7).
extension JSONScanner {
  /// The string that begins here with its quote.
  mutating func string(in octets: borrowing Span<UInt8>) throws(JSONError) -> String {
    var none: [Int]? = nil
    return try string(in: octets, recording: &none)
  }

  /// The string that begins here with its quote. `starts` gets, for each octet of the decoded
  /// string, where the character or escape that gave it begins.
  mutating func string(
    in octets: borrowing Span<UInt8>, starts: inout [Int]
  ) throws(JSONError) -> String {
    var recorded: [Int]? = starts
    defer { starts = recorded ?? [] }
    return try string(in: octets, recording: &recorded)
  }

  private mutating func string(
    in octets: borrowing Span<UInt8>, recording starts: inout [Int]?
  ) throws(JSONError) -> String {
    let quote = index
    index += 1
    var decoded: [UInt8] = []
    while index < octets.count {
      let start = index
      let before = decoded.count
      switch octets[index] {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: decoded, as: UTF8.self)
      case UInt8(ascii: "\\"):
        let scalar = try escape(in: octets)
        decoded.append(contentsOf: UTF8.encode(scalar)!)
      case 0..<0x20:
        let code = hexadecimal(octets[index], digits: 4)
        throw JSONError(
          "a control character stands unescaped in a string: U+\(code)",
          at: location(index..<index + 1),
          help: index > quote && octets[index] == 0x0a ? "close the string with '\"'" : nil)
      case 0x20..<0x80:
        decoded.append(octets[index])
        index += 1
      default:
        let length = lengthOfScalar(at: index, in: octets)
        guard length > 0 else {
          throw JSONError(
            "the string holds octet 0x\(hexadecimal(octets[index], digits: 2)), which is no UTF-8",
            at: location(index..<index + 1), help: "save the file as UTF-8")
        }
        for _ in 0..<length {
          decoded.append(octets[index])
          index += 1
        }
      }
      starts?.append(contentsOf: repeatElement(start, count: decoded.count - before))
    }
    throw JSONError(
      "the string is not closed: expected '\"', found the end of the text",
      at: location(quote..<octets.count))
  }

  private mutating func escape(in octets: borrowing Span<UInt8>) throws(JSONError) -> Unicode.Scalar
  {
    let start = index
    index += 1
    guard index < octets.count else {
      throw JSONError(
        "the escape is cut off by the end of the text", at: location(start..<octets.count))
    }
    let letter = octets[index]
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(from: start, in: octets)
    default:
      index = start + 1
      let end = index + max(1, lengthOfScalar(at: index, in: octets))
      index = end
      throw JSONError(
        "no such escape in JSON: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u",
        at: location(start..<end), help: "a backslash itself is written \\\\")
    }
  }

  /// `\uXXXX`, or two of them that make a surrogate pair.
  private mutating func unicodeEscape(
    from start: Int, in octets: borrowing Span<UInt8>
  ) throws(JSONError) -> Unicode.Scalar {
    let first = try fourDigits(from: start, in: octets)
    if let scalar = Unicode.Scalar(first) { return scalar }
    if 0xd800...0xdbff ~= first, index + 1 < octets.count, octets[index] == UInt8(ascii: "\\"),
      octets[index + 1] == UInt8(ascii: "u")
    {
      let next = index
      index += 2
      let second = try fourDigits(from: next, in: octets)
      if let pair = surrogatePair(first, second), let scalar = Unicode.Scalar(pair) {
        return scalar
      }
    }
    throw JSONError(
      "half of a surrogate pair: \\u\(hexadecimal(first, digits: 4)) has no partner",
      at: location(start..<index))
  }

  private mutating func fourDigits(
    from start: Int, in octets: borrowing Span<UInt8>
  ) throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard index < octets.count, let digit = hexadecimalValue(of: octets[index]) else {
        throw JSONError(
          "expected four hexadecimal digits after \\u",
          at: location(start..<min(index + 1, octets.count)))
      }
      code = code << 4 | UInt32(digit)
      index += 1
    }
    return code
  }
}
