/// A list of `tag=value` with semicolons between, as DKIM, DMARC, MTA-STS, TLS-RPT and BIMI write
/// their records (RFC 6376 section 3.2).
struct TagList {
  /// One entry.
  struct Tag {
    var name: String
    /// Empty where there is no equals sign.
    var value: String
    /// Whether there was an equals sign.
    var isPair: Bool

    init(_ text: Substring.UTF8View) {
      let equals = text.firstIndex(of: UInt8(ascii: "="))
      name = Tag.trimmed(text[..<(equals ?? text.endIndex)])
      value = equals.map { Tag.trimmed(text[text.index(after: $0)...]) } ?? ""
      isPair = equals != nil
    }

    /// Text without the white space that tag lists allow around it.
    private static func trimmed(_ text: Substring.UTF8View) -> String {
      func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || (0x09...0x0D).contains(octet) }
      let head = text.drop(while: isSpace)
      guard let last = head.lastIndex(where: { !isSpace($0) }) else { return "" }
      return String(Substring(head[...last]))
    }
  }

  /// The entries in order, the empty one behind a final semicolon left out.
  let tags: [Tag]

  init(_ text: String) {
    tags = text.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .enumerated().compactMap { offset, part in
        let tag = Tag(part)
        return !tag.isPair && tag.name.isEmpty && offset > 0 ? nil : tag
      }
  }

  /// The value of the first entry of that name.
  subscript(name: String) -> String? {
    tags.first { $0.isPair && $0.name.lowercased() == name }?.value
  }
}
