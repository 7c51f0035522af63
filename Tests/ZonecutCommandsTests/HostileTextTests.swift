import Foundation
import TestSupport
import Testing
import ZonecutCommands

/// Names, data, comments and file names that would like to be more than text: none of them gets
/// out of the place it has in any form of the findings.
@Suite("hostile text in zones and exports")
struct HostileTextTests {
  /// What terminals, GitHub, Markdown, HTML, XML and readers of right-to-left scripts obey.
  static let hostile = [
    "\u{1B}[31mred\u{1B}[0m", "\u{1B}]0;title\u{7}", "line\nbreak", "\r::error::return",
    "\n::error file=x::pwned", "%0A::error::pwned", "::set-output name=x::y", "##[error]x",
    "]]>", "<script>alert(1)</script>", "<!--", "&lt;", "\u{202E}gpj.exe", "\u{2066}isolate",
    "\u{200F}mark", "\u{2028}separator", "\u{85}next", "\u{9B}31m", "\u{FEFF}", "|cell|",
    "`code`", "[link](https://example.net)", "![image](x)", "@everyone", "${{ github.token }}",
    "{0}", "\\", "\"", "'", "\0", "\u{8}\u{8}", "*bold* _under_", "$(id)", "\u{E9}", "\u{1F600}",
  ]

  /// A name or string of a zone file that holds the octets as decimal escapes.
  private static func escaped(_ text: String) -> String {
    text.utf8.map { octet in
      let isPlain = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet)
      let digits = String(octet)
      return isPlain
        ? String(UnicodeScalar(octet))
        : "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined()
  }

  /// A zone that has each text wherever findings quote one; raw where a line can hold it.
  private static let zone: String = {
    var lines = [
      "$ORIGIN hostile.example.", "$TTL 300",
      "@ IN SOA ns1.example.net. hostmaster.example.net. 1 14400 3600 1209600 900",
      "@ IN NS ns1.example.net.",
    ]
    for (index, text) in hostile.enumerated() {
      let name = escaped(text)
      lines += [
        "\(name) IN A 10.0.0.1", "c\(index) IN CNAME \(name).gone", "m\(index) IN MX 10 \(name)",
        "\(name).d IN CNAME x", "\(name).d IN A 10.0.0.2",
        "t\(index) IN TXT \"v=spf1 \(name) -all\"",
        "_dmarc.t\(index) IN TXT \"v=DMARC1; p=\(name); \(name)=1; rua=\(name)\"",
        "k\(index)._domainkey IN TXT \"v=DKIM1; k=\(name); p=\(name)\"",
        "a\(index) IN CAA 0 issue \"\(name)\"", "a\(index) IN CAA 128 x\(index) \"\(name)\"",
        "_mta-sts.t\(index) IN TXT \"v=STSv1; id=\(name)\"",
        "_smtp._tls.t\(index) IN TXT \"v=TLSRPTv1; rua=\(name)\"",
      ]
      let raw = text.filter { !$0.isNewline && $0 != "\0" }
      lines += [
        "r\(index) IN A \(raw)", "r\(index) IN \(raw) x", "$\(raw) x", "r\(index) IN TXT \"\(raw)",
        "r\(index) IN A 10.0.0.3 ; zonecut:disable=\(raw) -- \(raw)", "$INCLUDE \(raw)",
        "$TTL \(raw)", "\(raw)..x IN A 10.0.0.4", "$TTL 300",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  /// An export with each text as a name, an identifier, a value and a member.
  private static func export() throws -> String {
    var sets: [[String: Any]] = []
    for (index, text) in hostile.enumerated() {
      let octal = text.utf8.map { octet in
        "\\" + String(octet, radix: 8).leftPadded(to: 3)
      }.joined()
      sets.append([
        "Name": octal + ".hostile.example.", "Type": "A", "TTL": 300, "Weight": 1,
        "SetIdentifier": text, "ResourceRecords": [["Value": "10.0.0.1"]],
      ])
      sets.append([
        "Name": "b\(index).hostile.example.", "Type": "A", "TTL": 300, text: text,
        "ResourceRecords": [["Value": text]],
      ])
    }
    let data = try JSONSerialization.data(withJSONObject: ["ResourceRecordSets": sets])
    return String(decoding: data, as: UTF8.self)
  }

  /// Scalars that a terminal or a reader takes for more than a sign.
  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x20...0x7E: true
    case 0x00...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: false
    default: true
    }
  }

  /// Lints the hostile zone and export from a file with a hostile name.
  private static func lint(_ format: String) throws -> (output: String, messages: String) {
    try withTemporaryDirectory { folder in
      let name = "bad\n::error::\u{1B}[31m\u{202E}|<b>%0A,:.zone"
      let zone = try write(zone, to: name, in: folder)
      let export = try write(try export(), to: "export.json", in: folder)
      let result = zonecut(
        "lint", zone, export, "--rules", "strict", "--rules", "migration", "--format", format)
      #expect(result.status != .internalFault)
      return (result.output, result.messages)
    }
  }

  private static func count() throws -> Int {
    let output = try lint("json").output
    let document = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    return (document?["findings"] as? [Any])?.count ?? 0
  }

  @Test(
    "no form has a character that a terminal or reader obeys",
    arguments: ["text", "json", "sarif", "github", "markdown", "baseline"])
  func characters(format: String) throws {
    let result = try Self.lint(format)
    for scalar in (result.output + result.messages).unicodeScalars
    where !Self.isHarmless(scalar) && !(format == "baseline" && scalar == "\t") {
      Issue.record("\(format): U+\(String(scalar.value, radix: 16))")
      return
    }
    #expect(result.output.utf8.count > 10_000)
  }

  @Test("GitHub: a line each finding, each a command of ours") func github() throws {
    let lines = try Self.lint("github").output.split(separator: "\n")
    #expect(lines.count == (try Self.count()))
    for line in lines {
      #expect(line.wholeMatch(of: /::(error|warning|notice) [^:]*::.*/) != nil, "\(line)")
    }
  }

  @Test("Markdown: a row each finding with four cells, and no markup of theirs")
  func markdown() throws {
    let output = try Self.lint("markdown").output
    let rows = output.split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.count == (try Self.count()) + 1)
    for row in rows.dropFirst() {
      let bars = zip(row, " " + row).count { $0 == "|" && $1 != "\\" }
      #expect(bars == 5, "\(row)")
    }
    for markup in ["<script", "<!--", "@everyone", "<b>"] {
      #expect(!output.contains(markup), "\(markup)")
    }
    #expect(!output.contains(/[^\\]\]\(/))
  }

  @Test("SARIF and JSON are documents with all findings") func documents() throws {
    let output = try Self.lint("sarif").output
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    #expect((run["results"] as? [Any])?.count == (try Self.count()))
  }

  @Test("text: no line begins a command of a continuous-integration service") func text() throws {
    for line in try Self.lint("text").output.split(separator: "\n") {
      #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
    }
  }
}

extension String {
  fileprivate func leftPadded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}
