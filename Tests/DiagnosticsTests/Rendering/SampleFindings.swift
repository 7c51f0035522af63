import Diagnostics

/// A zone with an included file, findings with all their parts, and one without a place.
enum Sample {
  static let zone = SourceFile(
    name: "example.com.zone",
    text: """
      $TTL 3600
      @\tIN\tSOA\tns1 hostmaster 1 7200 900 1209600 300
      www\tIN\tCNAME\tweb
      www\tIN\tA\t192.0.2.1
      $INCLUDE mail.inc

      """)
  static let mail = SourceFile(
    name: "mail.inc", octets: Array("mail IN MX ten größe.例え.example\n".utf8),
    includedFrom: place(zone, of: "$INCLUDE mail.inc"))

  static func place(_ source: SourceFile, of text: String) -> Location {
    let whole = source.octets(in: 0..<source.count)
    let wanted = Array(text.utf8)
    let start = whole.indices.first { whole[$0...].starts(with: wanted) } ?? 0
    return Location(source, start..<start + wanted.count)
  }

  static let findings = [
    Finding(
      rule: "mx-preference", severity: .error,
      message: "MX preference: expected 0-65535, found 'ten'", at: place(mail, of: "ten"),
      help: "write a number"),
    Finding(
      rule: "cname-and-other", severity: .error, message: "CNAME and other data at www",
      at: place(zone, of: "www\tIN\tCNAME\tweb"),
      notes: [Note("the address is here", at: place(zone, of: "A\t192.0.2.1"))],
      help: "keep the address or the alias",
      fix: Fix(
        title: "remove the alias",
        edits: [Edit(place(zone, of: "www\tIN\tCNAME\tweb\n"), replacement: [])])),
    Finding(
      rule: "idn-raw", severity: .warning, message: "a label in raw UTF-8",
      at: place(mail, of: "例え"), notes: [Note("IDNA wants A-labels")]),
    Finding(
      rule: "soa-serial-small", severity: .info, message: "serial 1",
      at: place(zone, of: "1 7200")),
    Finding(rule: "no-ns", severity: .warning, message: "the zone has no NS records"),
  ]
}

/// Text that tries to act on whoever shows it.
enum Hostile {
  static let text =
    "\u{1b}[31mred\u{1b}]0;title\u{7} \u{202e}evil\u{2066} \r\n::error file=x::y ]]> <b>|`x`|</b>"
    + " @user [a](http://example.com) {0} \u{9b}2J\u{0}\u{2028}\u{feff}"

  static let findings: [Finding] = {
    let source = SourceFile(name: "a\n::error::\u{1b}[2J.zone", octets: Array(text.utf8) + [0xff])
    let whole = Location(source, 0..<source.count)
    return [
      Finding(
        rule: "rule\n" + text, severity: .error, message: text, at: whole,
        notes: [Note(text, at: whole)], help: text,
        fix: Fix(title: text, edits: [Edit(whole, replacement: Array(text.utf8))]))
    ]
  }()

  /// True if no scalar in `text` but line ends acts on a terminal.
  static func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n"
        || ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
          scalar.properties.generalCategory)
    }
  }
}
