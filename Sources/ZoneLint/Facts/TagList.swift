/// A list of `tag=value` with semicolons between, as DKIM, DMARC, MTA-STS, TLS-RPT and BIMI write
/// their records (RFC 6376 section 3.2).
struct TagList {
  /// One entry; `value` is nil in `Tag` terms where there is no equals sign: then `isPair` is false.
  struct Tag {
    var name: String
    var value: String
    /// Whether there was an equals sign.
    var isPair: Bool
  }

  /// The entries in order, the empty one behind a final semicolon left out.
  let tags: [Tag]

  init(_ text: String) {
    tags = text.split(separator: ";", omittingEmptySubsequences: false).enumerated()
      .compactMap { offset, part in
        let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = TagList.trimmed(pair[0])
        if pair.count == 1, name.isEmpty, offset > 0 { return nil }
        return Tag(
          name: name, value: pair.count > 1 ? TagList.trimmed(pair[1]) : "",
          isPair: pair.count > 1)
      }
  }

  /// The value of the first entry of that name.
  subscript(name: String) -> String? {
    tags.first { $0.name.lowercased() == name && $0.isPair }?.value
  }

  /// Text without the white space that tag lists allow around it.
  private static func trimmed(_ text: Substring) -> String {
    func isSpace(_ character: Character) -> Bool { character.isWhitespace }
    let head = text.drop(while: isSpace)
    guard let last = head.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(head[...last])
  }
}
