/// The `key="text" key=3` lists that cli53 puts into comments.
///
/// A backslash in a text takes the next character as it is. A control character, which would end
/// the comment or act on a terminal, is written as a backslash and three decimal digits.
struct KeyValues {
  /// The pairs in their order.
  private(set) var pairs: [(key: String, value: String)] = []

  init() {}

  /// The value of the first pair with `key`.
  subscript(key: String) -> String? { pairs.first { $0.key == key }?.value }

  /// Appends a pair, unless there is no value.
  mutating func append(_ key: String, _ value: String?) {
    if let value { pairs.append((key, value)) }
  }

  // MARK: - Text

  /// The list; the values of `numbers` go without quotes.
  func text(numbers: Set<String> = []) -> String {
    pairs.map { key, value in
      "\(key)=" + (numbers.contains(key) ? value : KeyValues.quote(value))
    }.joined(separator: " ")
  }

  static func quote(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      if scalar.value < 0x20 || scalar.value == 0x7F {
        let digits = String(scalar.value)
        text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      } else {
        if scalar == "\"" || scalar == "\\" { text += "\\" }
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// Reads a list; nil if the text is none.
  init?(parsing text: some StringProtocol) {
    var rest = Substring(text).unicodeScalars
    while true {
      KeyValues.skipSpace(&rest)
      guard !rest.isEmpty else { return }
      let key = rest.prefix { $0.properties.isAlphabetic }
      rest = rest.dropFirst(key.count)
      guard !key.isEmpty, rest.popFirst() == "=",
        let value = KeyValues.word(&rest)
      else { return nil }
      pairs.append((String(Substring(key)), value))
    }
  }

  /// The words of a text, each plain or in quotes; nil if a quote stays open.
  static func words(_ text: some StringProtocol) -> [String]? {
    var rest = Substring(text).unicodeScalars
    var words: [String] = []
    while true {
      skipSpace(&rest)
      guard !rest.isEmpty else { return words }
      guard let word = word(&rest) else { return nil }
      words.append(word)
    }
  }

  private static func skipSpace(_ rest: inout Substring.UnicodeScalarView) {
    rest = rest.drop { $0 == " " || $0 == "\t" }
  }

  private static func word(_ rest: inout Substring.UnicodeScalarView) -> String? {
    guard rest.first == "\"" else {
      let word = rest.prefix { $0 != " " && $0 != "\t" }
      rest = rest.dropFirst(word.count)
      return String(Substring(word))
    }
    rest = rest.dropFirst()
    var value = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return String(value)
      case "\\":
        let digits = String(Substring(rest.prefix(3)))
        if digits.utf8.count == 3, let code = UInt8(digits), code < 0x20 || code == 0x7F {
          value.append(Unicode.Scalar(code))
          rest = rest.dropFirst(3)
        } else if let next = rest.popFirst() {
          value.append(next)
        } else {
          return nil
        }
      default: value.append(scalar)
      }
    }
    return nil
  }
}
