import Diagnostics
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

@Suite("Translation of a zone into record sets, and its ledger")
struct TranslationTests {
  static func zone(_ text: String) throws -> ZoneIndex {
    let reading = ZoneFileReader.read(
      SourceFile(name: "zone", text: "$TTL 3600\n" + text),
      options: ZoneFileOptions(origin: try Name(parsing: "example.com.")))
    let errors = reading.findings.filter { $0.severity == .error }.map(\.rule)
    #expect(errors.allSatisfy { $0 == "syn-class-mismatch" }, "\(errors)")
    return ZoneIndex(reading.zone)
  }

  static let head = """
    @ IN SOA ns1 admin 1 7200 900 1209600 300
    @ IN NS ns1.old.net.
    @ IN NS ns2.old.net.

    """

  /// The id of the reason, or what else became of the record.
  static func name(_ outcome: Ledger.Outcome) -> String {
    switch outcome {
    case .carried: "carried"
    case .merged: "merged"
    case .skipped(let reason): "skipped \(reason.id)"
    case .blocked(let reason): "blocked \(reason.id)"
    }
  }

  static func outcomes(_ text: String, _ options: Translation.Options = .init()) throws -> [String]
  {
    try Translation(of: zone(head + text), options: options).ledger.outcomes.dropFirst(3).map(name)
  }

  @Test("the apex keeps what Route 53 gave it: SOA and NS are skipped")
  func apex() throws {
    let translation = try Translation(of: Self.zone(Self.head))
    #expect(
      translation.ledger.outcomes.map(Self.name)
        == ["skipped r53-apex-soa", "skipped r53-apex-ns", "skipped r53-apex-ns"])
    #expect(translation.recordSets.isEmpty)
    #expect(!translation.ledger.isBlocked)
  }

  @Test(
    "what becomes of a record",
    arguments: [
      ("www A 192.0.2.1", ["carried"]),
      ("www A 192.0.2.1\nWWW A 192.0.2.1", ["carried", "merged"]),
      ("@ MX 10 Mail\n@ MX 10 mail", ["carried", "merged"]),
      ("* A 192.0.2.1", ["carried"]),
      ("a.*.b A 192.0.2.1", ["carried"]),
      ("sub NS ns.sub\nns.sub A 192.0.2.1", ["carried", "carried"]),
      ("*.sub NS ns.other.net.", ["blocked r53-wildcard-ns"]),
      ("@ CNAME www", ["blocked r53-apex-cname"]),
      ("a CNAME b\na CNAME c", ["blocked r53-several-cnames", "blocked r53-several-cnames"]),
      ("a CNAME b\na A 192.0.2.1", ["blocked r53-cname-and-other", "carried"]),
      ("a CNAME b\na NSEC b CNAME", ["carried", "skipped r53-zone-signing"]),
      ("host LOC 52 22 23 N 4 53 32 E -2m", ["blocked r53-unsupported-type"]),
      ("host TYPE65280 \\# 1 00", ["blocked r53-unsupported-type"]),
      ("sub DNAME example.net.", ["blocked r53-unsupported-type"]),
      ("a.example.net. A 192.0.2.1", ["blocked r53-out-of-zone"]),
      (
        "a.example.net. A 192.0.2.1\na.example.net. A 192.0.2.1",
        ["blocked r53-out-of-zone", "blocked r53-out-of-zone"]
      ),
      ("a CH TXT x", ["blocked r53-class"]),
      ("sub SOA a b 1 2 3 4 5", ["blocked r53-soa-below-apex"]),
      (
        "@ DNSKEY 257 3 13 AAAA\n@ CDS 1 13 2 00",
        ["skipped r53-zone-signing", "skipped r53-zone-signing"]
      ),
    ])
  func outcomes(text: String, expected: [String]) throws {
    #expect(try Self.outcomes(text) == expected)
  }

  @Test("a zone of another class is one finding, and its records are all in the ledger")
  func otherClass() throws {
    let ledger = try Translation(
      of: Self.zone("@ CH SOA a b 1 2 3 4 5\n@ CH NS ns\na CH TXT x\na CH TXT x\n")
    ).ledger
    #expect(ledger.outcomes.map(Self.name) == Array(repeating: "blocked r53-class", count: 4))
    #expect(
      ledger.findings.map(\.message)
        == ["example.com. SOA: Route 53 serves class IN only, found CH"])
  }

  @Test("unsupported types may be skipped, and the ledger says so")
  func skipUnsupported() throws {
    let options = Translation.Options(unsupported: .skip)
    #expect(
      try Self.outcomes("host HINFO a b\nhost A 192.0.2.1", options)
        == ["skipped r53-unsupported-type", "carried"])
  }

  @Test("a value of 4,000 characters is carried, one of 4,001 not; each octal escape counts four")
  func valueLength() throws {
    // Sixteen strings in quotes with a space between: 15 * 258 + count + 2 characters.
    func text(lastString count: Int) -> String {
      let whole = Array(repeating: "\"" + String(repeating: "x", count: 255) + "\"", count: 15)
      return "a TXT "
        + (whole + ["\"" + String(repeating: "x", count: count) + "\""]).joined(
          separator: " ")
    }
    #expect(try Self.outcomes(text(lastString: 128)) == ["carried"])
    #expect(try Self.outcomes(text(lastString: 129)) == ["blocked r53-value-too-long"])
    let escaped = String(repeating: "\\200", count: 250)
    #expect(
      try Self.outcomes("a TXT " + Array(repeating: escaped, count: 4).joined(separator: " "))
        == ["blocked r53-value-too-long"])
  }

  @Test("a set of 400 values is carried, one of 401 not")
  func valueCount() throws {
    func text(_ count: Int) -> String {
      (0..<count).map { "a A 10.0.\($0 / 250).\($0 % 250)" }.joined(separator: "\n")
    }
    #expect(try Self.outcomes(text(400)).allSatisfy { $0 == "carried" })
    #expect(try Self.outcomes(text(401)).allSatisfy { $0 == "blocked r53-too-many-values" })
  }

  @Test("a set whose values fill more than one request cannot be sent")
  func setLength() throws {
    let value = "\"" + String(repeating: "x", count: 250) + "\""
    let text = (0..<20).map { number in
      "a TXT " + (Array(repeating: value, count: 8) + ["\(number)"]).joined(separator: " ")
    }
    #expect(
      try Self.outcomes(text.prefix(15).joined(separator: "\n")).allSatisfy { $0 == "carried" })
    #expect(
      try Self.outcomes(text.joined(separator: "\n")).allSatisfy {
        $0 == "blocked r53-set-too-long"
      }
    )
  }

  @Test("TTLs that enter Route 53", arguments: TTLPolicy.allCases)
  func ttl(policy: TTLPolicy) throws {
    let text = """
      @ 3600 A 192.0.2.1
      www 3600 A 192.0.2.1
      mail 3600 A 192.0.2.1
      mail 600 A 192.0.2.2
      short 60 A 192.0.2.1
      shop 3600 A 192.0.2.1
      shop 3600 HTTPS 1 .
      static 3600 CNAME x.cdn77.org.
      zz 3600 CNAME x.example.net.
      """
    let translation = try Translation(
      of: Self.zone(Self.head + text), options: .init(ttl: policy))
    let ttls = translation.recordSets.map { $0.ttl?.rawValue }
    switch policy {
    // @, mail, shop A and HTTPS, short, static, www, zz
    case .lowered: #expect(ttls == [300, 300, 300, 300, 60, 300, 300, 300])
    case .keep: #expect(ttls == [3600, 3600, 3600, 3600, 60, 3600, 3600, 3600])
    case .steady: #expect(ttls == [300, 3600, 300, 300, 60, 300, 300, 3600])
    }
  }

  @Test("sets come in Route 53's order: reversed labels in ASCII order, then type")
  func order() throws {
    let text = """
      www A 192.0.2.1
      * A 192.0.2.1
      _x TXT a
      a-b A 192.0.2.1
      z.a A 192.0.2.1
      a AAAA ::1
      a A 192.0.2.1
      @ TXT x
      """
    let translation = try Translation(of: Self.zone(Self.head + text))
    #expect(
      translation.recordSets.map { "\($0.owner.route53) \($0.type)" } == [
        "example.com. TXT", "\\052.example.com. A", "_x.example.com. TXT", "a-b.example.com. A",
        "a.example.com. A", "a.example.com. AAAA", "z.a.example.com. A", "www.example.com. A",
      ])
  }

  static let mixed = """
    www A 192.0.2.1
    WWW A 192.0.2.1
    www 60 A 192.0.2.2
    host LOC 52 22 23 N 4 53 32 E -2m
    host2 LOC 52 22 23 N 4 53 32 E -2m
    a.example.net. A 192.0.2.1
    @ CNAME www
    @ DNSKEY 257 3 13 AAAA
    text TXT "\\001 tab	quote \\""

    """

  @Test("the ledger as text: the sums, and what is not carried, by reason")
  func text() throws {
    let ledger = try Translation(of: Self.zone(Self.head + Self.mixed)).ledger
    expectSnapshot(ledger.text(), named: "ledger.txt")
    #expect(ledger.text(limit: 1).contains("... and 1 more"))
  }

  @Test("the ledger as JSON: a line for each record")
  func json() throws {
    let ledger = try Translation(of: Self.zone(Self.head + Self.mixed)).ledger
    expectSnapshot(ledger.json.text(), named: "ledger.json")
  }

  @Test("a finding for each blocked RRset, at its first record")
  func findings() throws {
    let ledger = try Translation(of: Self.zone(Self.head + Self.mixed)).ledger
    #expect(
      ledger.findings.map { "\($0.location!.start.line) \($0.rule)" } == [
        "8 r53-unsupported-type", "9 r53-unsupported-type", "10 r53-out-of-zone",
        "11 r53-apex-cname",
      ])
    let skipping = try Translation(
      of: Self.zone(Self.head + "host HINFO a b\n"), options: .init(unsupported: .skip))
    #expect(skipping.ledger.findings.map(\.severity) == [.warning])
  }

  @Test(
    "every record of a random zone ends in the ledger once", arguments: SeededGenerator.seeds(30))
  func accounts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let owners = ["@", "a", "A", "*", "*.b", "b", "x.y.b", "other.net."]
    let data = [
      "A 192.0.2.1", "A 192.0.2.2", "CNAME a", "CNAME A", "NS ns", "MX 10 a", "MX 10 A", "TXT x",
      "LOC 1 N 1 E 0m", "DS 1 13 2 00", "RRSIG A 13 2 300 20300101000000 20200101000000 1 @ AAAA",
      "HINFO a b", "SOA a b 1 2 3 4 5", "CH TXT x", "DNAME c",
    ]
    var lines: [String] = []
    for _ in 0..<Int.random(in: 0..<60, using: &random) {
      let ttl = Int.random(in: 0..<3, using: &random) * 1000
      lines.append(
        "\(owners.randomElement(using: &random)!) \(ttl) \(data.randomElement(using: &random)!)")
    }
    let index = try Self.zone(Self.head + lines.joined(separator: "\n"))
    let ledger = try Translation(of: index).ledger
    #expect(ledger.counts.total == index.zone.count)
    #expect(ledger.outcomes.count == index.zone.count)
    #expect(ledger.counts.carried == ledger.recordSets.map(\.data.count).reduce(0, +))
    for set in ledger.recordSets {
      for (record, data) in zip(set.recordIndices, set.data) {
        #expect(index.zone[record].data == data)
        #expect(index.zone[record].owner == set.owner)
      }
      #expect(set.type.isRoute53)
    }
    #expect(Set(ledger.recordSets.map(\.key)).count == ledger.recordSets.count)
  }
}
