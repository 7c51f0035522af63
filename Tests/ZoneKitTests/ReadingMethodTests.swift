import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ZoneKit

/// The fast path of the reader, in one go and in chunks, against the reference path: the same
/// records to the octet, the same places, the same findings.
@Suite("Ways to read a zone file")
struct ReadingMethodTests {
  /// Every way but the reference.
  private static let methods: [ReadingMethod] =
    [.standard]
    + [1, 2, 3, 7].flatMap { threads in
      [1, 40, 333, 5_000].map { .chunks(of: $0, threads: threads) }
    }

  private static let isDeep = ProcessInfo.processInfo.environment["ZONECUT_DEEP"] == "1"
  /// How often each part mutates: 4,000 times in all, 200,000 with `ZONECUT_DEEP=1`.
  private static let rounds = isDeep ? 10_000 : 200

  /// Includes are opened where they are: relative to nothing that exists.
  private static func options(_ origin: String?) -> ZoneFileOptions {
    ZoneFileOptions(
      origin: origin.flatMap { try? Name(parsing: $0, origin: .root) },
      open: { path, place throws(SourceFileError) in
        if path.hasSuffix("included") {
          return SourceFile(
            name: path, octets: Array("$ORIGIN in\na A 192.0.2.1\n\n  NS b\n".utf8),
            includedFrom: place)
        }
        return try SourceFile.open(path: "/nonexistent/" + path, includedFrom: place)
      })
  }

  /// Reads the octets in one way, as text to compare.
  private static func lines(
    _ octets: [UInt8], _ method: ReadingMethod, origin: String? = "example.com."
  ) -> [String] {
    let reading = ZoneFileReader.read(
      SourceFile(name: "zone", octets: octets), options: options(origin), method: method)
    let zone = reading.zone
    let records = zone.indices.map { index in
      let entry = zone.entries[index]
      let record = zone[index]
      return "\(Array(record.owner.wire)) \(record.ttl) \(record.recordClass.rawValue) "
        + "\(record.type.rawValue) \(Array(record.data.octets)) at \(entry.position) of "
        + "\(entry.source) \(entry.flags.rawValue)"
    }
    let findings = reading.findings.map { finding in
      "\(finding.severity) \(finding.rule) \(finding.message) \(String(describing: finding.help)) "
        + "\(String(describing: finding.location?.range)) "
        + "\(String(describing: finding.location?.source.name)) "
        + "\(finding.fix.map { [UInt8]($0.edits.flatMap(\.replacement)) } ?? [])"
    }
    return records + findings + ["\(zone.apex) \(zone.hasSOA) \(zone.recordClass)"]
  }

  /// Compares every way with the reference.
  private static func check(
    _ octets: [UInt8], _ what: String, methods: [ReadingMethod] = methods,
    origin: String? = "example.com."
  ) {
    let expected = lines(octets, .reference, origin: origin)
    for method in methods {
      let found = lines(octets, method, origin: origin)
      guard found != expected else { continue }
      let difference = zip(found, expected).first { $0 != $1 }
      Issue.record(
        """
        \(what), \(method): \(found.count) lines, expected \(expected.count)
        \(difference.map { "  here     \($0.0)\n  expected \($0.1)" } ?? "")
        \(octets.count < 4_000 ? String(decoding: octets, as: UTF8.self) : "")
        """)
      return
    }
  }

  @Test func sampleZonesAndCorpus() throws {
    let paths =
      files(below: zoneSamples, ending: [".zone", ".db"])
      + SharedCorpus.files(below: "zones", ending: [".zone", ".db", ".com", ".txt"])
    for path in paths {
      let octets = Array(try #require(FileManager.default.contents(atPath: path)))
      guard octets.count < 1 << 20 else { continue }
      let methods: [ReadingMethod] =
        Self.isDeep
        ? Self.methods
        : [.standard, .chunks(of: 40, threads: 2), .chunks(of: 333, threads: 3)]
      for origin in [nil, "example.com."] {
        Self.check(octets, path, methods: methods, origin: origin)
      }
    }
  }

  /// A record without a class has that of the one before it, also of one in another chunk.
  @Test func classesCrossChunks() {
    let text = """
      a 3600 IN A 192.0.2.1
      b 3600 CH TXT x
      c 3600 A 192.0.2.2
      d 3600 A 192.0.2.3
      e 3600 IN A 192.0.2.4
      f 3600 A 192.0.2.5

      """
    Self.check(Array(text.utf8), "classes")
  }

  @Test(arguments: 0..<20)
  func mutatedFiles(part: Int) {
    var random = SeededGenerator(seed: UInt64(7_000 + part))
    for round in 0..<Self.rounds {
      let octets = MutationTests.mutate(&random)
      let method = Self.methods[Int.random(in: 0..<Self.methods.count, using: &random)]
      Self.check(octets, "part \(part), round \(round)", methods: [.standard, method])
    }
  }

  /// Records of every type, spelt in every way, under owners and directives of every kind.
  @Test(arguments: SeededGenerator.seeds(40))
  func generatedFiles(seed: UInt64) {
    let octets = Self.generatedFile(seed: seed)
    Self.check(octets, "seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 0..<5 {
      Self.check(
        random.mutated(octets), "seed \(seed), mutated",
        methods: [
          .standard, .chunks(of: 100, threads: 2),
        ])
    }
  }

  private static func generatedFile(seed: UInt64) -> [UInt8] {
    var generator = RecordDataGenerator(seed: seed)
    let hasTTL = !generator.oneIn(4)
    var text = hasTTL ? "$TTL 300\n" : ""
    text += "@ IN SOA ns hostmaster 2026010101 3600 600 604800 60\n"
    for _ in 0..<100 {
      switch generator.number(0...40) {
      case 0: text += generator.pick(["; a comment\n", "\n", "  \n", " ; x\n", "\r\n", "( )\n"])
      case 1:
        text += generator.pick([
          "$ORIGIN sub\n", "$ORIGIN example.com.\n", "$ORIGIN \(generator.nameText())\n",
          "$TTL 60\n", "$TTL 1h\n", "$INCLUDE included\n", "$INCLUDE missing\n",
          "$GENERATE 1-3 g$ A 192.0.2.$\n", "$FOO\n", "# comment\n",
        ])
      default:
        var schema = generator.pick(RecordSchema.all)
        if generator.oneIn(2) {
          let common = RecordSchema.all.filter {
            [1, 2, 5, 15, 16, 28, 43].contains($0.type.rawValue)
          }
          schema = generator.pick(common)
        }
        let owner = generator.pick([
          "www", "www", "WWW", "@", "*.wild", "a.b.c", "\"\"", "\\097b", "x!y",
          "host-1.example.com.",
          "", "", "", generator.nameText(),
        ])
        let ttl = generator.pick(
          hasTTL
            ? ["", "", "300 ", "1h ", "0 ", "99999999 ", "4294967295 "] : ["300 ", "60 ", "0 "])
        let recordClass = generator.pick([
          "", "IN ", "in ", "IN\t", generator.oneIn(30) ? "CH " : "",
        ])
        let head = generator.oneIn(2) ? ttl + recordClass : recordClass + ttl
        let mnemonic = generator.oneIn(4) ? schema.mnemonic.lowercased() : schema.mnemonic
        var data = generator.text(schema)
        switch generator.number(0...9) {
        case 0: data = "( \(data) )"
        case 1: data = "(\n \(data)\n ) ; comment"
        case 2: data += " ; comment \u{FC}"
        case 3: data += generator.pick([" ", "\t", "\r", " extra", " (\n)", ";x", "\\", "(())"])
        default: break
        }
        text += "\(owner) \(head)\(mnemonic) \(data)\n"
      }
    }
    return Array(text.utf8)
  }

  /// Where origin, TTL and owner change all the time, chunks are read with the right ones.
  @Test func directivesInTheMiddle() {
    var text = "$TTL 300\n@ SOA ns host 1 2 3 4 5\n"
    for number in 0..<400 {
      text += "$ORIGIN zone\(number % 7).example.com.\n"
      if number % 5 == 0 { text += "$TTL \(number)\n" }
      text += "host\(number) A 192.0.2.\(number % 256)\n  TXT \"a\" \"b\"\n"
      text += "other NS (\n ns1.example.net. )\n"
    }
    Self.check(Array(text.utf8), "directives")
  }

  /// Records without a class have that of the zone, which no chunk knows.
  @Test func otherClasses() {
    let records = String(repeating: "a 60 A 192.0.2.1\nb 60 TXT \"x\"\n", count: 60)
    for recordClass in ["CH", "HS", "NONE"] {
      let text = "$TTL 300\n@ \(recordClass) SOA ns host 1 2 3 4 5\n" + records
      Self.check(Array(text.utf8), recordClass)
      Self.check(Array((text + "c IN A 192.0.2.1\n" + records).utf8), "\(recordClass), then IN")
    }
  }

  /// A text that looks like records inside strings and parentheses.
  @Test func bordersThatAreNone() {
    let block =
      "a TXT ( \"one\"\nb\nIN\nA\n192.0.2.1\n ) ; x\nc A 192.0.2.1\nd TXT \"x\ne A 1.2.3.4\n"
    let text = "$TTL 300\n@ SOA ns host 1 2 3 4 5\n" + String(repeating: block, count: 30)
    Self.check(Array(text.utf8), "borders")
  }

  /// Chunks without a record hand on the owner before them.
  @Test func chunksOfComments() {
    let comments = String(repeating: "; nothing but comments\n", count: 40)
    let ends = [
      "// not a comment\n A 192.0.2.2\n", "\\256 A 192.0.2.1\n A 192.0.2.2\n", " A 192.0.2.2\n",
    ]
    for end in ends {
      for middle in ["", "$ORIGIN example.net.\n", "$TTL 60\n"] {
        let text =
          "$TTL 300\n@ SOA ns host 1 2 3 4 5\nx A 192.0.2.1\n" + comments + middle + comments + end
        Self.check(Array((text + comments + "y A 192.0.2.3\n").utf8), "comments before \(end)")
      }
    }
  }

  /// Lines that a run reads by itself: else this suite would compare the reference path with
  /// itself.
  static let plainLines = [
    "www A 192.0.2.1", "www 300 IN A 192.0.2.255", "\tA 0.0.0.0", "  IN 60 A 10.20.30.40",
    "a.b.c.example.net. IN AAAA 2001:db8::1", "x AAAA ::", "x AAAA ::1", "x AAAA fe80::",
    "x AAAA 1:2:3:4:5:6:7:8", "@ NS ns1", "@ IN NS ns.example.net.", "x CNAME @", "x PTR .",
    "x MX 10 mail", "x mx ( 10 mail ) ; comment", "x SRV 0 0 65535 target.example.net.",
    "x TXT \"one\" \"\" \"three; (four)\"", "x TXT word", "x TXT (\n \"a\"\n \"b\"\n )",
    "x CAA 0 issue \"ca.example\"", "x NAPTR 1 2 \"u\" \"E2U+sip\" \"!^.*$!sip:x@y.z!\" .",
    "x HINFO \"CPU\" \"OS\"", "x DS 12345 13 2 00112233445566778899AABBCCDDEEFF00112233",
    "x SSHFP 4 2 (0011 2233)", "x TLSA 3 1 1 00112233", "x DNSKEY 257 3 13 AAECAwQFBgcICQ==",
    "x DNSKEY 256 3 8 ( AAEC AwQF\n Bg== )",
    "x RRSIG A 13 3 300 20260101000000 20251201000000 12345 example.com. AAECAwQFBgcI",
    "x RRSIG NS 8 2 86400 1767225600 1764547200 1 @ AAE=", "x NSEC y.example.com. A MX RRSIG NSEC",
    "q NSEC3 1 0 0 - 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A RRSIG",
    "q NSEC3 1 1 12 AABBCCDD 2t7b4g4vsa5smi47k61mv5bv1a22bojr A",
    "x URI 10 1 \"https://x.example/\"",
    "x DNAME y.example.net.\r", "x LP 10 l64.example.com.", "x RP . .", "x SPF \"v=spf1 -all\"",
  ]

  @Test(arguments: plainLines)
  func plainRecordsAreReadInRuns(line: String) throws {
    let text = Array("first A 192.0.2.1\n\(line)\n; \(String(repeating: "-", count: 64))\n".utf8)
    let origin = try Name(parsing: "example.com.")
    let limit = ZoneFileReader.runLimit(in: text.span)
    var run = RecordRun(
      from: 0, limit: try #require(limit), source: 0,
      defaultTTL: 300, base: 0, lastOwner: nil, previousOwner: nil, lastTTL: nil, mayInherit: false)
    let padded = ZoneFileReader.padded(origin.wire)
    var octets: [UInt8] = []
    var entries: [Zone.Entry] = []
    octets.fillSpareRoom(atLeast: 1 << 16) { room in
      entries.append(addingCapacity: 8) { output in
        run.read(
          text.span, until: text.count, origin: padded.span, originCount: origin.wire.count,
          to: &room, &output)
      }
      return run.end
    }
    #expect(entries.count == 2, "the run ended before \(line)")
    #expect(octets.count == run.end)
  }
}
