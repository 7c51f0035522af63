import Diagnostics
import TestSupport
import Testing

@testable import ZoneKit

/// `$GENERATE` as in BIND's reference manual.
@Suite("$GENERATE")
struct GenerateTests {
  private static let start = head + "@ NS ns\nns A 192.0.2.53\n"

  /// Lines that BIND reads too, with the first and last record that they make.
  static let lines: [(line: String, count: Int, first: String, last: String)] = [
    ("1-3 a$ A 192.0.2.$", 3, "a1 300 IN A 192.0.2.1", "a3 300 IN A 192.0.2.3"),
    ("0-10/5 b${0,3} 60 A 192.0.2.$", 3, "b000 60 IN A 192.0.2.0", "b010 60 IN A 192.0.2.10"),
    ("0-9/4 b$ A 192.0.2.$", 3, "b0 300 IN A 192.0.2.0", "b8 300 IN A 192.0.2.8"),
    (
      "1-2 c$ IN CNAME d$$$.e", 2, "c1 300 IN CNAME d\\$1.e.example.com.",
      "c2 300 IN CNAME d\\$2.e.example.com."
    ),
    ("10-12 f${-10,2,x} 77 IN A 10.0.0.${-9}", 3, "f00 77 IN A 10.0.0.1", "f02 77 IN A 10.0.0.3"),
    ("1-1 a$ IN 60 A 10.0.0.$", 1, "a1 60 IN A 10.0.0.1", "a1 60 IN A 10.0.0.1"),
    ("254-255 g${1,4,X} A 10.0.0.1", 2, "g00FF 300 IN A 10.0.0.1", "g0100 300 IN A 10.0.0.1"),
    ("8-9 h${0,3,o} A 10.0.0.1", 2, "h010 300 IN A 10.0.0.1", "h011 300 IN A 10.0.0.1"),
    (
      "254-257 r${0,7,n} A 10.0.0.1", 4, "re.f.0.0 300 IN A 10.0.0.1",
      "r1.0.1.0 300 IN A 10.0.0.1"
    ),
    ("254-257 ${0,3,N} A 10.0.0.1", 4, "E.F 300 IN A 10.0.0.1", "1.0.1 300 IN A 10.0.0.1"),
    ("300-301 a${0,1,n} A 10.0.0.1", 2, "ac.2.1 300 IN A 10.0.0.1", "ad.2.1 300 IN A 10.0.0.1"),
    ("18-18 ${0,4,n}x A 10.0.0.1", 1, "2.1.x 300 IN A 10.0.0.1", "2.1.x 300 IN A 10.0.0.1"),
    (
      "1-2 i$ TXT \"text $ here\"", 2, "i1 300 IN TXT \"text\" \"1\" \"here\"",
      "i2 300 IN TXT \"text\" \"2\" \"here\""
    ),
    (
      "1-2 j$ MX \"10 m$\"", 2, "j1 300 IN MX 10 m1.example.com.", "j2 300 IN MX 10 m2.example.com."
    ),
    (
      "1-2 k$ SRV \"0 5 5060 \\$x$\"", 2, "k1 300 IN SRV 0 5 5060 \\$x1.example.com.",
      "k2 300 IN SRV 0 5 5060 \\$x2.example.com."
    ),
    ("1-1 l\\$$ A 10.0.0.$", 1, "l\\$1 300 IN A 10.0.0.1", "l\\$1 300 IN A 10.0.0.1"),
    ("1-2 ${1}-${2} A 10.0.0.1", 2, "2-3 300 IN A 10.0.0.1", "3-4 300 IN A 10.0.0.1"),
    ("1-2 a${+5} A 10.0.0.1", 2, "a6 300 IN A 10.0.0.1", "a7 300 IN A 10.0.0.1"),
    (
      "1-1 $$INCLUDE A 10.0.0.1", 1, "\\$INCLUDE 300 IN A 10.0.0.1",
      "\\$INCLUDE 300 IN A 10.0.0.1"
    ),
    ("1-1 a$ TXT \"\\\\$\"", 1, "a1 300 IN TXT \"\\\\1\"", "a1 300 IN TXT \"\\\\1\""),
    (
      "0-3/2 a$ CNAME b\\;$", 2, "a0 300 IN CNAME b\\;0.example.com.",
      "a2 300 IN CNAME b\\;2.example.com."
    ),
    ("1-2 a$ A 10.0.0.$ ; comment $", 2, "a1 300 IN A 10.0.0.1", "a2 300 IN A 10.0.0.2"),
    ("7-7 @ TXT v$", 1, "@ 300 IN TXT \"v7\"", "@ 300 IN TXT \"v7\""),
  ]

  private static func absolute(_ line: String) -> String {
    let space = line.firstIndex(of: " ") ?? line.endIndex
    return (line[..<space] == "@" ? "" : line[..<space] + ".") + "example.com." + line[space...]
  }

  @Test(arguments: lines.indices)
  func recordsAreMade(index: Int) {
    let line = Self.lines[index]
    let reading = ZoneReading(Self.start + "$GENERATE \(line.line)\n")
    #expect(reading.places == [])
    let records = reading.records.dropFirst(3)
    #expect(records.count == line.count)
    #expect(records.first == Self.absolute(line.first))
    #expect(records.last == Self.absolute(line.last))
  }

  @Test(.needs(.bind), arguments: lines.indices)
  func recordsAreThoseOfBIND(index: Int) throws {
    let text = Self.start + "$GENERATE \(Self.lines[index].line)\n"
    let bind = try #require(try Peer.bind.run(text))
    #expect(bind.status == 0, "\(bind.errors)")
    let theirs = ZoneReading(bind.output).records
    #expect(Set(ZoneReading(text).records) == Set(theirs))
  }

  @Test func positionsAreThoseOfTheDirective() {
    let reading = ZoneReading(Self.start + "$GENERATE 1-2 a$ A 10.0.0.$\nb A 10.0.0.3\n")
    #expect(reading.zone.location(ofRecord: 3)?.start.line == 5)
    #expect(reading.zone.location(ofRecord: 4)?.start.line == 5)
    #expect(reading.zone.location(ofRecord: 5)?.start.line == 6)
    #expect(reading.findings.map(\.place) == ["5:1 info syn-generate"])
  }

  @Test(arguments: [
    ("2-1 a$ A 10.0.0.$", "11"), ("1-2/0 a$ A 10.0.0.$", "11"), ("1 a$ A 10.0.0.$", "11"),
    ("-1-2 a$ A 10.0.0.$", "11"), ("1-2 a$ A", "15"), ("1-2", "14"), ("", "11"),
    ("1-2 a${0,3,z} A 10.0.0.$", "1"), ("1-2 a${} A 10.0.0.$", "1"), ("1-2 a${1 A 10.0.0.$", "1"),
    ("1-2 a${0,300} A 10.0.0.$", "1"), ("1-2 a${-9,0,x} A 10.0.0.1", "1"),
    ("1-2 a${-5} A 10.0.0.1", "1"),
    ("1-9999999999 a$ A 10.0.0.1", "11"), ("0-65536 a$ A 10.0.0.1", "11"),
    ("1-300 a$ A 10.0.0.$", "1"), ("1-2 a..$ A 10.0.0.$", "1"), ("1-2 a$ FOO x", "1"),
    ("1-2 a$ AXFR x", "1"), ("1-2 ${0,8,n}.x A 10.0.0.1", "1"),
  ])
  func faultsAreOneErrorEach(line: String, column: String) {
    let reading = ZoneReading(Self.start + "$GENERATE \(line)\nz A 10.0.0.1\n")
    #expect(reading.places.count == 1)
    #expect(reading.places.first?.hasPrefix("5:\(column) error") == true, "\(reading.places)")
    #expect(reading.records.last == "z.example.com. 300 IN A 10.0.0.1")
  }

  @Test func rangesAreLimitedUnlessAllowed() {
    let text = Self.start + "$GENERATE 0-65536 a$ A 10.0.0.1\n"
    #expect(ZoneReading(text).zone.count == 3)
    #expect(ZoneReading(text).findings.last?.help == "allow more with --allow-large-generate")
    let allowed = ZoneReading(text, options: ZoneFileOptions(allowsLargeGenerate: true))
    #expect(allowed.zone.count == 3 + 65_537)
    #expect(ZoneReading(Self.start + "$GENERATE 1-65536 a$ A 10.0.0.1\n").zone.count == 3 + 65_536)
  }

  @Test func allRangesTogetherAreLimited() {
    let line = "$GENERATE 1-65536 $ CLASS1 TYPE65280 \\# 0\n"
    let reading = ZoneReading(Self.start + String(repeating: line, count: 1_000) + "z A 10.0.0.1\n")
    #expect(reading.zone.count == 3 + ZoneFileReader.maximumGenerateTotal)
    #expect(reading.places.count == 1, "a limit is told once, and reading stops")
    #expect(reading.places.first?.hasPrefix("21:11 error syn-generate-range") == true)
  }

  @Test func octetsOfAllRangesTogetherAreLimited() {
    let strings = String(repeating: "\"\(String(repeating: "x", count: 255))\" ", count: 200)
    let reading = ZoneReading(Self.start + "$GENERATE 1-65536 $ TXT \(strings)y\n")
    #expect(reading.places.count == 1)
    #expect(reading.zone.count < 3 + ZoneFileReader.maximumGenerateOctetCount / (200 * 256) + 2)
  }
}
