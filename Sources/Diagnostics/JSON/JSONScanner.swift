/// Where a reading of JSON stands. The octets are lent to each call.
struct JSONScanner {
  let source: SourceFile
  /// The offset in the source of the first of the octets lent.
  let base: Int
  /// The next octet.
  var index = 0

  init(source: SourceFile, base: Int = 0) {
    self.source = source
    self.base = base
  }

  func location(_ range: Range<Int>) -> Location {
    Location(source, base + range.lowerBound..<base + range.upperBound)
  }

  mutating func skipWhitespace(in octets: borrowing Span<UInt8>) {
    while index < octets.count {
      switch octets[index] {
      case 0x20, 0x09, 0x0a, 0x0d: index += 1
      default: return
      }
    }
  }

  private func peek(in octets: borrowing Span<UInt8>) -> UInt8? {
    index < octets.count ? octets[index] : nil
  }

  /// A value with the white space before it; `depth` arrays and objects are open around it.
  mutating func value(
    in octets: borrowing Span<UInt8>, depth: Int
  ) throws(JSONError) -> JSONValue {
    skipWhitespace(in: octets)
    let start = index
    let kind: JSONValue.Kind
    switch peek(in: octets) {
    case UInt8(ascii: "{"):
      try checkDepth(depth)
      kind = .object(try members(in: octets, depth: depth + 1))
    case UInt8(ascii: "["):
      try checkDepth(depth)
      kind = .array(try elements(in: octets, depth: depth + 1))
    case UInt8(ascii: "\""): kind = .string(try string(in: octets))
    case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
      kind = .number(try number(in: octets))
    default: kind = try word(in: octets)
    }
    return JSONValue(kind, at: location(start..<index))
  }

  private func checkDepth(_ depth: Int) throws(JSONError) {
    guard depth >= JSONReader.maximumDepth else { return }
    throw JSONError(
      "arrays and objects nest deeper than \(JSONReader.maximumDepth) levels",
      at: location(index..<index + 1))
  }

  private mutating func members(
    in octets: borrowing Span<UInt8>, depth: Int
  ) throws(JSONError) -> [JSONMember] {
    var members: [JSONMember] = []
    index += 1
    skipWhitespace(in: octets)
    if peek(in: octets) == UInt8(ascii: "}") {
      index += 1
      return members
    }
    while true {
      skipWhitespace(in: octets)
      guard peek(in: octets) == UInt8(ascii: "\"") else {
        if members.isEmpty { throw error("expected a key in double quotes or '}'", in: octets) }
        throw error(
          "expected the next key in double quotes after ','", in: octets, help: trailingComma)
      }
      let start = index
      let key = try string(in: octets)
      let keyLocation = location(start..<index)
      skipWhitespace(in: octets)
      guard peek(in: octets) == UInt8(ascii: ":") else {
        throw error("expected ':' after the key", in: octets)
      }
      index += 1
      let value = try value(in: octets, depth: depth)
      members.append(JSONMember(key: key, keyLocation: keyLocation, value: value))
      skipWhitespace(in: octets)
      switch peek(in: octets) {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "}"):
        index += 1
        return members
      default: throw error("expected ',' or '}' after the member", in: octets)
      }
    }
  }

  private mutating func elements(
    in octets: borrowing Span<UInt8>, depth: Int
  ) throws(JSONError) -> [JSONValue] {
    var elements: [JSONValue] = []
    index += 1
    skipWhitespace(in: octets)
    if peek(in: octets) == UInt8(ascii: "]") {
      index += 1
      return elements
    }
    while true {
      skipWhitespace(in: octets)
      if peek(in: octets) == UInt8(ascii: "]") {
        throw error("expected the next element after ','", in: octets, help: trailingComma)
      }
      elements.append(try value(in: octets, depth: depth))
      skipWhitespace(in: octets)
      switch peek(in: octets) {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "]"):
        index += 1
        return elements
      default: throw error("expected ',' or ']' after the element", in: octets)
      }
    }
  }

  private var trailingComma: String { "remove the comma before the closing bracket" }

  /// `true`, `false` or `null`.
  private mutating func word(in octets: borrowing Span<UInt8>) throws(JSONError) -> JSONValue.Kind {
    let end = endOfWord(in: octets)
    let kind: JSONValue.Kind
    switch text(index..<end, in: octets) {
    case "true": kind = .bool(true)
    case "false": kind = .bool(false)
    case "null": kind = .null
    default: throw error("expected a JSON value", in: octets)
    }
    index = end
    return kind
  }

  /// A number (RFC 8259 section 6), as its text.
  private mutating func number(in octets: borrowing Span<UInt8>) throws(JSONError) -> String {
    let start = index
    if peek(in: octets) == UInt8(ascii: "-") { index += 1 }
    let whole = index
    try digits(in: octets, after: "'-'")
    if octets[whole] == UInt8(ascii: "0"), index > whole + 1 {
      throw JSONError(
        "a number has no leading zero in JSON: found \(text(start..<index, in: octets))",
        at: location(start..<index))
    }
    if peek(in: octets) == UInt8(ascii: ".") {
      index += 1
      try digits(in: octets, after: "the decimal point")
    }
    if let mark = peek(in: octets), mark | 0x20 == UInt8(ascii: "e") {
      index += 1
      if let sign = peek(in: octets), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        index += 1
      }
      try digits(in: octets, after: "the exponent's 'e'")
    }
    return text(start..<index, in: octets)
  }

  private mutating func digits(
    in octets: borrowing Span<UInt8>, after place: String
  ) throws(JSONError) {
    let start = index
    while let octet = peek(in: octets), UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet {
      index += 1
    }
    if index == start { throw error("expected a digit after \(place)", in: octets) }
  }

  /// The end of the run of letters, digits and joining marks here.
  private func endOfWord(in octets: borrowing Span<UInt8>) -> Int {
    var end = index
    while end < octets.count {
      switch octets[end] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        end += 1
      default: return end
      }
    }
    return end
  }

  private func text(_ range: Range<Int>, in octets: borrowing Span<UInt8>) -> String {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for index in range { copy.append(octets[index]) }
    return String(decoding: copy, as: UTF8.self)
  }

  /// `message`, and what is found here instead.
  func error(
    _ message: String, in octets: borrowing Span<UInt8>, help: String? = nil
  ) -> JSONError {
    guard index < octets.count else {
      return JSONError(
        "\(message), found the end of the text", at: location(octets.count..<octets.count),
        help: help)
    }
    let word = endOfWord(in: octets)
    let end = word > index ? word : endOfScalar(in: octets)
    // A long word says no more than its beginning.
    let shown = text(index..<min(end, index + 40), in: octets)
    let found =
      end == index + 1 && octets[index] >= 0x80
      ? "octet 0x\(hexadecimal(octets[index], digits: 2))" : "'\(visible(shown))'"
    return JSONError("\(message), found \(found)", at: location(index..<end), help: help)
  }

  private func endOfScalar(in octets: borrowing Span<UInt8>) -> Int {
    index + max(1, lengthOfScalar(at: index, in: octets))
  }
}
