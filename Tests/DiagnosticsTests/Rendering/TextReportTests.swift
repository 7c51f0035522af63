import Diagnostics
import TestSupport
import Testing

@Suite("Findings as text")
struct TextReportTests {
  /// The text of a finding over `range` of `text`, without its first line.
  private func excerpt(_ octets: [UInt8], _ range: Range<Int>) -> [String] {
    let source = SourceFile(name: "a", octets: octets)
    let finding = Finding(rule: "r", severity: .error, message: "m", at: Location(source, range))
    let lines = FindingReport([finding]).text().split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.dropFirst().dropLast().map(String.init)
  }

  private func excerpt(_ text: String, _ range: Range<Int>) -> [String] {
    excerpt(Array(text.utf8), range)
  }

  @Test("place, message, rule, line, underline, notes, help, inclusion")
  func snapshot() {
    expectSnapshot(FindingReport(Sample.findings).text(), named: "report.txt")
    expectSnapshot(FindingReport(Sample.findings).text(style: .colored), named: "report.color.txt")
  }

  @Test("no place first, then by name and position; equal ones as given")
  func order() {
    let report = FindingReport(Sample.findings.reversed())
    #expect(
      report.findings.map(\.rule)
        == ["no-ns", "soa-serial-small", "cname-and-other", "mx-preference", "idn-raw"])
    let place = Location(Sample.zone, 0..<1)
    let equal = ["b", "a", "c"].map {
      Finding(rule: $0, severity: .info, message: "", at: place)
    }
    #expect(FindingReport(equal).findings.map(\.rule) == ["b", "a", "c"])
  }

  @Test("the summary counts by severity")
  func summary() {
    #expect(FindingReport(Sample.findings).summary == "2 errors, 2 warnings, 1 info")
    #expect(FindingReport([Sample.findings[0]]).summary == "1 error")
    #expect(FindingReport([]).summary == "no findings")
    #expect(FindingReport([]).text() == "")
    #expect(FindingReport(Sample.findings).worst == .error)
  }

  @Test("tabs are widened, so that the underline stands right wherever they fall")
  func tabs() {
    #expect(excerpt("a\tbc\td", 2..<4) == ["    1 | a       bc      d", "      |         ^~"])
    #expect(excerpt("a\tbc", 1..<4) == ["    1 | a       bc", "      |  ^~~~~~~~~"])
  }

  @Test("wide characters take two columns, combining marks none")
  func widths() {
    #expect(excerpt("例x", 3..<4) == ["    1 | 例x", "      |   ^"])
    #expect(excerpt("e\u{301}x", 3..<4) == ["    1 | e\u{301}x", "      |  ^"])
  }

  @Test("a point, an empty line, the end of the text, ends of all kinds")
  func points() {
    #expect(excerpt("ab", 1..<1) == ["    1 | ab", "      |  ^"])
    #expect(excerpt("ab\n\ncd", 3..<3) == ["    2 |", "      | ^"])
    #expect(excerpt("ab\n", 3..<3) == ["    2 |", "      | ^"])
    #expect(excerpt("", 0..<0) == ["    1 |", "      | ^"])
    #expect(excerpt("ab\r\ncd", 2..<4) == ["    1 | ab", "      |   ^"])
    #expect(excerpt("ab\rcd", 3..<5) == ["    2 | cd", "      | ^~"])
    #expect(excerpt("ab", 7..<9) == ["    1 | ab", "      |   ^"])
  }

  @Test("a range over several lines is underlined to the end of the first")
  func severalLines() {
    #expect(excerpt("a (b\nc) d", 2..<7) == ["    1 | a (b", "      |   ^~"])
  }

  @Test("a long line is cut around the place")
  func longLines() {
    let line = String(repeating: "0123456789", count: 50)
    let start = excerpt(line, 0..<3)
    #expect(start[0] == "    1 | " + String(repeating: "0123456789", count: 10) + "...")
    #expect(start[1] == "      | ^~~")
    let middle = excerpt(line, 250..<253)
    #expect(middle[0].hasPrefix("    1 | ...0123456789"))
    #expect(middle[0].hasSuffix("..."))
    #expect(middle[1] == "      | " + String(repeating: " ", count: 33) + "^~~")
    let end = excerpt(line, 500..<500)
    #expect(end[0] == "    1 | ..." + String(repeating: "0123456789", count: 3))
    #expect(end[1] == "      | " + String(repeating: " ", count: 33) + "^")
  }

  @Test("octets that are no UTF-8 and unseen characters are named")
  func unseen() {
    #expect(excerpt([0x61, 0xff, 0x62], 2..<3) == ["    1 | a<0xFF>b", "      |        ^"])
    #expect(
      excerpt("a\u{202e}b\u{1b}", 4..<5)
        == ["    1 | a<U+202E>b<U+001B>", "      |          ^"])
  }

  @Test("hostile text stays text")
  func hostile() {
    let text = FindingReport(Hostile.findings).text()
    #expect(Hostile.isHarmless(text))
    // Finding, line, underline; the same for the note; help. No input makes a line of its own.
    #expect(text.split(separator: "\n").count == 7)
  }

  @Test("any octets at any place", arguments: SeededGenerator.seeds(20))
  func anything(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let count = Int.random(in: 0...600, using: &random)
      let octets = random.octets(count).map { random.oneIn(3) ? $0 & 0x7f : $0 }
      let start = Int.random(in: 0...count + 3, using: &random)
      let lines = excerpt(octets, start..<start + Int.random(in: 0...40, using: &random))
      #expect(lines.count == 2)
      #expect(lines.allSatisfy { Hostile.isHarmless($0) })
      #expect(lines.last?.contains("^") == true)
    }
  }
}
