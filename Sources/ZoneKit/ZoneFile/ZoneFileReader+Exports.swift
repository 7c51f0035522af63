import Diagnostics

/// Habits of the services and tools that export zone files, as far as reading depends on them.
struct ExportHabits: OptionSet {
  let rawValue: UInt8
  /// Cloudflare: TTL 1 stands for "automatic", the SOA's names lack the final dot, comments hold
  /// `cf_tags` (Cloudflare, "Import and export records").
  static let cloudflare = ExportHabits(rawValue: 1)
  /// cli53: `; AWS routing=` comments hold what a zone file cannot say (its README, "Caveats").
  static let cli53 = ExportHabits(rawValue: 2)

  /// What Cloudflare serves where the TTL is automatic, in seconds (its "Time to Live (TTL)").
  static let cloudflareAutomaticTTL: UInt32 = 300
}

extension ZoneFileReader {
  /// Looks for the marks of an exporter in the top file, and says what is taken in another way.
  mutating func recognizeExport(of text: Span<UInt8>, in source: SourceFile) {
    if let domain = Self.cloudflareDomain(in: text) {
      exportHabits.insert(.cloudflare)
      remark(
        "syn-provider-export",
        "export of Cloudflare: a TTL of 1 means automatic and is read as "
          + "\(ExportHabits.cloudflareAutomaticTTL), the names of its SOA are absolute",
        at: Location(source, domain), severity: .info)
      if origin == nil,
        let name = try? Name(
          parsing: String(decoding: text.extracting(domain).array, as: UTF8.self), origin: .root)
      {
        origin = name.wire
      }
    }
    if text.count <= Self.maximumExportProbeCount, text.contains("; AWS routing=") {
      exportHabits.insert(.cli53)
    }
  }

  /// The largest file that is searched for the marks of cli53, in octets.
  private static let maximumExportProbeCount = 1 << 22

  /// Where the comments at the top of a Cloudflare export name the zone: `;; Domain:` and
  /// `;; Exported:` stand on lines of their own; nil for other files.
  private static func cloudflareDomain(in text: Span<UInt8>) -> Range<Int>? {
    var index = 0
    var domain: Range<Int>?
    while index < text.count, text[index] == UInt8(ascii: ";") {
      let end = text.firstIndex(of: UInt8(ascii: "\n"), from: index) ?? text.count
      let line = text.extracting(index..<end)
      if line.starts(with: Array(";; Domain:".utf8)) {
        var lexer = Lexer(at: index + 10)
        if let name = try? lexer.next(in: text), name.kind == .word, name.end <= end {
          domain = name.range
        }
      } else if line.starts(with: Array(";; Exported:".utf8)) {
        return domain
      }
      index = end + 1
    }
    return nil
  }

  /// Says what the comment behind a record of an export means.
  mutating func remarkExportComment(
    in range: Range<Int>, of text: Span<UInt8>, _ source: SourceFile
  ) {
    var lexer = Lexer(at: range.lowerBound)
    var end = range.lowerBound
    while let token = try? lexer.next(in: text), !token.isEnd { end = token.outerRange.upperBound }
    guard end < range.upperBound,
      let start = text.firstIndex(of: UInt8(ascii: ";"), from: end), start < range.upperBound
    else { return }
    let lineEnd = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
    let comment = text.extracting(start..<lineEnd)
    if exportHabits.contains(.cloudflare), comment.contains("cf-proxied:true") {
      remark(
        "syn-provider-export",
        "the record is proxied: Cloudflare answers with its own addresses, not with these data",
        at: Location(source, start..<lineEnd),
        help: "make sure that clients may reach the origin directly before the zone moves")
    }
    if exportHabits.contains(.cli53), comment.starts(with: Array("; AWS routing=".utf8)) {
      remark(
        "syn-provider-export",
        "cli53's comment holds a routing policy, which no zone file can say: the record is read "
          + "as a simple one", at: Location(source, start..<lineEnd), severity: .error,
        help: "read the hosted zone's own export (aws route53 list-resource-record-sets)")
    }
  }

  /// What stands where a type is expected, if it is another program's own: what it is, and what
  /// to do.
  func foreignType(
    _ token: Token, in text: Span<UInt8>
  ) -> (message: String, help: String)? {
    let word = text.extracting(token.range)
    if word.equalsIgnoringCase("AWS") {
      return (
        "AWS ALIAS is cli53's pseudo record for an alias of Route 53, no record of DNS",
        "read the hosted zone's own export (aws route53 list-resource-record-sets)"
      )
    }
    if word.equalsIgnoringCase("ALIAS") || word.equalsIgnoringCase("ANAME") {
      return (
        "\(quoted(word)) is a provider's own pseudo record, no record of DNS",
        "write a CNAME, the addresses themselves, or make an alias in Route 53"
      )
    }
    if word.equalsIgnoringCase("WINS") || word.equalsIgnoringCase("WINS-R")
      || word.equalsIgnoringCase("WINSR")
    {
      return (
        "\(quoted(word)) is Microsoft's own forwarding to WINS, no record of DNS",
        "remove the line: no other server knows it"
      )
    }
    return nil
  }

  /// Whether the word is a stamp `[AGE:n]` that Microsoft's exports put behind the owner: when
  /// the record was last refreshed, which is no part of it.
  func isAgeStamp(_ word: Span<UInt8>) -> Bool {
    guard word.count > 6, word[word.count - 1] == UInt8(ascii: "]"),
      word.extracting(..<5).equalsIgnoringCase("[AGE:")
    else { return false }
    return word.extracting(5..<(word.count - 1)).decimal(UInt32.self) != nil
  }
}

extension Span<UInt8> {
  /// Whether `text` occurs in the octets.
  fileprivate func contains(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first else { return true }
    var index = 0
    while let place = firstIndex(of: first, from: index) {
      if extracting(place...).starts(with: wanted) { return true }
      index = place + 1
    }
    return false
  }
}
