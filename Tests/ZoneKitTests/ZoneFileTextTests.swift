import Diagnostics
import TestSupport
import Testing

@testable import ZoneKit

/// Octets, strings, quotes, parentheses and lines.
extension ZoneFileSemanticsTests {
  // MARK: Names, strings and their octets

  @Test func rawHighOctetsAreKeptWithAWarning() {
    let reading = ZoneReading(
      octets: Array(head.utf8) + Array("m".utf8) + [0xC3, 0xBC] + Array(" TXT \"".utf8) + [0xFF]
        + Array("\"\n".utf8))
    #expect(reading.zone.last?.owner.labels.first == [0x6D, 0xC3, 0xBC])
    #expect(reading.zone.last?.data.octets == [1, 0xFF])
    #expect(reading.places == ["3:1 warning syn-raw-non-ascii"])
  }

  @Test func rawHighOctetsInCommentsAreNoMatter() {
    #expect(ZoneReading(head + "a A 192.0.2.1 ; für\n; naïve\n").places == [])
  }

  @Test(arguments: ["\\256", "\\25", "\\2", "\\25x", "a\\"])
  func badEscapesAreErrors(text: String) {
    #expect(ZoneReading(head + "\(text) A 192.0.2.1\n").places.count == 1)
    let reading = ZoneReading(head + "w TXT \"\(text == "a\\" ? "\\300" : text)\"\n")
    #expect(reading.places == ["3:8 error syn-bad-escape"])
  }

  @Test func stringOver255OctetsIsAnErrorWithASplitAsFix() throws {
    let long = String(repeating: "x", count: 254) + "\\120y" + "z"
    let reading = ZoneReading(head + "w TXT \"\(long)\"\n")
    #expect(reading.places == ["3:7 error syn-string-too-long"])
    let edit = try #require(reading.findings.last?.fix?.edits.first)
    let fixed = String(decoding: edit.replacement, as: UTF8.self)
    #expect(edit.location.range.count == long.utf8.count + 2)
    let data = try RecordData(parsing: fixed, type: .txt)
    #expect(data.octets.count == 1 + 255 + 1 + 2)
    #expect(
      fixed == "\"" + String(repeating: "x", count: 254) + "\\120\" \"yz\"", "escapes stay whole")
  }

  @Test func stringOf255OctetsIsRead() {
    let reading = ZoneReading(head + "w TXT \"\(String(repeating: "\\255", count: 255))\"\n")
    #expect(reading.places == [])
    #expect(reading.zone.last?.data.octets.count == 256)
  }

  @Test func labelsAndNamesHaveLimits() {
    let label = String(repeating: "a", count: 63)
    #expect(ZoneReading(head + "\(label) A 192.0.2.1\n").places == [])
    #expect(ZoneReading(head + "\(label)a A 192.0.2.1\n").places == ["3:1 error syn-name-too-long"])
    let name = "\(label).\(label).\(label)."
    #expect(ZoneReading(head + "w CNAME \(name)\(label.dropLast(2)).\n").places == [])
    #expect(
      ZoneReading(head + "w CNAME \(name)\(label.dropLast(1)).\n").places == [
        "3:9 error syn-name-too-long"
      ])
    #expect(ZoneReading(head + "a..b A 192.0.2.1\n.c A 192.0.2.1\n").places.count == 2)
  }

  // MARK: Quotes, parentheses, lines

  @Test func newlineInQuotesIsOneErrorAtTheOpeningQuote() {
    let reading = ZoneReading(head + "a TXT \"first\nthis is a second line\"\nb A 192.0.2.2\n")
    #expect(reading.places == ["3:7 error syn-newline-in-string"])
    #expect(reading.records.last == "b.example.com. 300 IN A 192.0.2.2")
    #expect(reading.zone.count == 2)
  }

  @Test func unclosedQuoteIsOneErrorAtTheOpeningOne() {
    let reading = ZoneReading(
      head + "a TXT \"one\" \"two\n  MX 10 mail\nb TXT \"three\"\nc TXT \"four\n")
    #expect(
      reading.places == ["3:13 error syn-newline-in-string", "6:7 error syn-newline-in-string"])
    #expect(reading.zone.count == 3)
    #expect(ZoneReading(head + "a TXT \"one").places == ["3:7 error syn-unterminated-quote"])
  }

  @Test func unclosedParenthesisIsOneErrorAtTheOpeningOne() {
    let reading = ZoneReading("$TTL 60\n@ SOA ns hm (\n  1 2 3\n  4 5\n@ NS ns\nns A 192.0.2.1\n")
    #expect(reading.places == ["2:13 error syn-unbalanced-paren"])
    #expect(
      reading.records == [
        "example.com. 60 IN NS ns.example.com.", "ns.example.com. 60 IN A 192.0.2.1",
      ])
  }

  @Test func unclosedParenthesisInStringsIsOneErrorAtTheOpeningOne() {
    let reading = ZoneReading(head + "a TXT ( \"x\"\n \"y\"\nb A 192.0.2.1\nc A 192.0.2.2\n")
    #expect(reading.places == ["3:7 error syn-unbalanced-paren"])
    #expect(reading.zone.count == 3)
  }

  @Test func closingParenthesisAloneIsAnError() {
    let reading = ZoneReading(head + "a A 192.0.2.1 )\nb A 192.0.2.2\n")
    #expect(reading.places == ["3:15 error syn-unbalanced-paren"])
    #expect(reading.records.last == "b.example.com. 300 IN A 192.0.2.2")
  }

  @Test func nestedParenthesesAreReadWithAWarning() {
    let reading = ZoneReading(head + "a MX ( 10 (\n mail ) )\n")
    #expect(reading.records.last == "a.example.com. 300 IN MX 10 mail.example.com.")
    #expect(reading.places == ["3:11 warning syn-nested-paren"])
  }

  @Test func parenthesesMayStandAnywhereBetweenWords() {
    let reading = ZoneReading(head + "a (300 IN\n;comment ( \" \nMX) 10 mail\n( b A 192.0.2.1 )\n")
    #expect(
      reading.records.dropFirst() == [
        "a.example.com. 300 IN MX 10 mail.example.com.", "b.example.com. 300 IN A 192.0.2.1",
      ])
  }

  @Test func lineEndsOfDOSAreRead() {
    let reading = ZoneReading("$TTL 60\r\n@ SOA ns hm (\r\n 1 2 3 4 5 )\r\nw TXT \"x\"\r\n")
    #expect(reading.zone.count == 2)
    #expect(reading.findings.map(\.place) == ["1:8 info syn-crlf"])
  }

  @Test func bareCarriageReturnIsOneError() {
    let reading = ZoneReading("$TTL 60\r@ SOA ns hm 1 2 3 4 5\rw A 192.0.2.1\r")
    #expect(reading.places == ["1:8 error syn-crlf"])
  }

  @Test func missingLastLineEndIsToldAsInformation() {
    let reading = ZoneReading(head + "w A 192.0.2.1")
    #expect(reading.zone.count == 2)
    #expect(reading.findings.map(\.place) == ["3:13 info syn-no-final-newline"])
  }

  @Test func byteOrderMarkIsSkippedWithAWarning() {
    let reading = ZoneReading(octets: [0xEF, 0xBB, 0xBF] + Array((head + "w A 192.0.2.1\n").utf8))
    #expect(reading.zone.count == 2)
    #expect(reading.places == ["1:1 warning syn-bom"])
  }

  @Test(arguments: [[0xFF, 0xFE, 0x24, 0x00], [0xFE, 0xFF, 0x00, 0x24]] as [[UInt8]])
  func utf16IsOneError(octets: [UInt8]) {
    let reading = ZoneReading(octets: octets)
    #expect(reading.places == ["1:1 error syn-bom"])
    #expect(reading.findings.first?.help?.contains("iconv") == true)
  }

  @Test func binaryIsOneError() {
    let reading = ZoneReading(octets: [0, 0, 0, 2, 0, 0, 0, 1] + Array("garbage\n\n\nmore".utf8))
    #expect(reading.places == ["1:1 error syn-not-text"])
  }

  @Test(arguments: ["# a comment here", "// a comment here", "#comment", "//x"])
  func commentsOfOtherLanguagesAreErrorsThatSaySo(comment: String) {
    let reading = ZoneReading(head + "\(comment)\nw A 192.0.2.1\n")
    #expect(reading.places == ["3:1 error syn-comment-char"])
    #expect(reading.zone.count == 2)
  }
}
