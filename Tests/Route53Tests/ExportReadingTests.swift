import Diagnostics
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

@Suite("Reading exports of a hosted zone")
struct ExportReadingTests {
  static func reading(_ texts: String...) -> ExportReading {
    ExportReading(texts.map { SourceFile(name: "export", text: $0) })
  }

  static func set(_ name: String, _ rest: String = "") -> String {
    #"{"Name": "\#(name)", "Type": "A", "TTL": 300, "ResourceRecords": [{"Value": "192.0.2.1"}]\#(rest)}"#
  }

  static let soa =
    #"{"Name": "example.com.", "Type": "SOA", "TTL": 900, "ResourceRecords": [{"Value": "a. b. 1 2 3 4 5"}]}"#

  static func page(_ sets: String..., rest: String = "") -> String {
    #"{"ResourceRecordSets": [\#(sets.joined(separator: ","))]\#(rest)}"#
  }

  @Test("the text of a value that is written in its own way is kept")
  func writtenValues() throws {
    let text = Self.page(
      #"{"Name": "t.example.com.", "Type": "TXT", "TTL": 1, "ResourceRecords": [{"Value": "\"a\"\"b\""}, {"Value": "\"c\""}]}"#
    )
    let set = try #require(Self.reading(text).export).recordSets[0]
    #expect(set.data.map(\.route53) == [#""a" "b""#, #""c""#])
    #expect(set.writtenValues == [set.data[0]: #""a""b""#])
  }

  @Test("a set and its values know their places")
  func places() throws {
    let text = "{\"ResourceRecordSets\": [\n  " + Self.set("a.example.com.") + "]}"
    let export = try #require(Self.reading(text).export)
    #expect(export.recordSets[0].location?.start == Position(line: 2, column: 3))
    #expect(export.valueLocations[0].count == 1)
    #expect(export.valueLocations[0][0].start.line == 2)
  }

  @Test("a fault in a value is found at its place in the JSON text")
  func placeOfFault() throws {
    let text = """
      {"ResourceRecordSets": [
        {"Name": "a.example.com.", "Type": "MX", "TTL": 1, "ResourceRecords": [
          {"Value": "10 a.example.com."},
          {"Value": "ten b.example.com."}]}]}
      """
    let reading = Self.reading(text)
    let error = try #require(reading.findings.first { $0.severity == .error })
    #expect(error.message == "MX preference: expected 0-65535, found 'ten'")
    #expect(error.location?.start == Position(line: 4, column: 16))
    #expect(reading.export == nil)
  }

  @Test(
    "what is not whole or not understood is refused, with its reason",
    arguments: [
      (page(set("a.b."), rest: #", "IsTruncated": true"#), "r53-export-incomplete"),
      (page(set("a.b."), rest: #", "NextToken": "x""#), "r53-export-incomplete"),
      (page(set("a.b."), rest: #", "NextRecordName": "c.b.""#), "r53-export-incomplete"),
      (page(set("a.b."), rest: #", "Surprise": 1"#), "r53-export"),
      (page(set("a.b.", #", "Surprise": 1"#)), "r53-export"),
      (page(set("a.b.", #", "TTL": 1"#)), "r53-export"),
      (page(set("a.b."), set("A.B")), "r53-export-duplicate"),
      (page(soa, set("a.example.net.")), "r53-export-out-of-zone"),
      (page(set("a..b.")), "r53-export"),
      (page(set(#"a\\400.b."#)), "r53-export"),
      (page(set("a.b.", #", "Weight": 1"#)), "r53-export"),
      (page(set("a.b.", #", "SetIdentifier": "x""#)), "r53-export"),
      (page(set("a.b.", #", "SetIdentifier": "x", "Weight": 256"#)), "r53-export"),
      (page(set("a.b.", #", "SetIdentifier": "x", "Weight": 1, "Region": "r""#)), "r53-export"),
      (page(set("a.b.", #", "SetIdentifier": "x", "Failover": "THIRD""#)), "r53-export"),
      (page(#"{"Name": "a.b.", "Type": "A"}"#), "r53-export"),
      (page(#"{"Name": "a.b.", "Type": "QQ", "TTL": 1, "ResourceRecords": []}"#), "r53-export"),
      (page(#"{"Name": "a.b.", "Type": "A", "TTL": 1, "ResourceRecords": []}"#), "r53-export"),
      (
        page(
          #"{"Name": "a.b.", "Type": "A", "TTL": -1, "ResourceRecords": [{"Value": "192.0.2.1"}]}"#),
        "r53-export"
      ),
      (#"{"ResourceRecordSets": 3}"#, "r53-export"),
      (#"{"ResourceRecordSets": [3]}"#, "r53-export"),
      (#"{"Changes": []}"#, "r53-export"),
      (#"{"anything": []}"#, "r53-export"),
      ("3", "r53-export"),
      ("", "r53-export-syntax"),
      (#"{"ResourceRecordSets": ["#, "r53-export-syntax"),
      ("ResourceRecordSets:\n- Name: a.b.\n", "r53-export"),
      ("ResourceRecordSets:\n- Name: a.b.\n  Name: b.b.\n", "r53-export-syntax"),
      ("ResourceRecordSets: [[[\n", "r53-export-syntax"),
      ("ResourceRecordSets: []\nNextToken: abc\n", "r53-export-incomplete"),
      (#"{"Resources": {"a": {"Type": "AWS::S3::Bucket"}}}"#, "r53-template"),
    ])
  func refused(text: String, rule: String) throws {
    let reading = Self.reading(text)
    let error = try #require(reading.findings.first { $0.severity == .error })
    #expect(error.rule == rule, "\(error.message)")
    #expect(error.location != nil)
    #expect(reading.export == nil)
  }

  @Test("pages make a whole if each begins where the one before ends")
  func pages() throws {
    let first = Self.page(
      Self.soa,
      rest: #", "IsTruncated": true, "NextRecordName": "b.example.com.", "NextRecordType": "A""#
    )
    let second = Self.page(Self.set("b.example.com."), rest: #", "IsTruncated": false"#)
    #expect(try #require(Self.reading(first, second).export).recordSets.count == 2)
    #expect(try #require(Self.reading("[\(first), \(second)]").export).recordSets.count == 2)
    let other = Self.page(Self.set("c.example.com."), rest: #", "IsTruncated": false"#)
    for (texts, message) in [
      ([first], "the export is incomplete"), ([first, other], "page 2 does not begin where"),
      ([second, first], "page 1 says that it is the last"),
      ([first, second, second], "page 2 says that it is the last"),
    ] {
      let reading = ExportReading(texts.map { SourceFile(name: "page", text: $0) })
      #expect(reading.findings.contains { $0.message.hasPrefix(message) }, "\(message)")
      #expect(reading.export == nil)
    }
  }

  @Test("the description of the zone may come along, in the same document or another")
  func description() throws {
    let zone = """
      "HostedZone": {"Id": "/hostedzone/Z1", "Name": "example.com.", "ResourceRecordSetCount": 1},
      "DelegationSet": {"NameServers": ["ns-1.awsdns-1.com", "ns-2.awsdns-2.net"]}
      """
    let sets = Self.page(Self.soa)
    let both = #"{\#(zone), "ResourceRecordSets": [\#(Self.soa)]}"#
    for reading in [Self.reading(sets, "{\(zone)}"), Self.reading(both)] {
      let export = try #require(reading.export)
      #expect(export.description?.id == "Z1")
      #expect(
        export.description?.nameServers.map(\.description)
          == ["ns-1.awsdns-1.com.", "ns-2.awsdns-2.net."])
      #expect(export.apex?.description == "example.com.")
    }
    let alone = Self.reading("{\(zone)}")
    #expect(alone.export == nil)
    guard case .descriptions(let descriptions) = alone.document else {
      Issue.record("expected a description")
      return
    }
    #expect(descriptions.map(\.id) == ["Z1"])
  }

  @Test("a description of another zone, or of another moment, is an error")
  func staleOrOther() throws {
    func description(_ name: String, _ count: Int, _ server: String, _ id: String = "Z1") -> String
    {
      #"{"Id": "/hostedzone/\#(id)", "Name": "\#(name)", "ResourceRecordSetCount": \#(count)}"#
        + #", "DelegationSet": {"NameServers": ["\#(server)"]}"#
    }
    let servers =
      #"{"Name": "example.com.", "Type": "NS", "TTL": 1, "ResourceRecords": [{"Value": "ns-1.example.net."}, {"Value": "ns-2.example.net."}]}"#
    let sets = Self.page(Self.soa, servers, Self.set("a.example.com."))
    for (about, rule) in [
      (description("example.com", 3, "NS-2.example.net"), nil),
      (description("example.org", 3, "ns-1.example.net"), "r53-export-other-zone"),
      (description("example.com", 2, "ns-1.example.net"), "r53-export-stale"),
      (description("example.com", 4, "ns-1.example.net"), "r53-export-stale"),
      // The NS set of a zone with white labels names other servers.
      (description("example.com", 3, "ns-7.example.net"), nil),
    ] {
      let reading = Self.reading(sets, #"{"HostedZone": \#(about)}"#)
      let errors = reading.findings.filter { $0.severity == .error }
      #expect(errors.map(\.rule) == [rule].compactMap { $0 }, "\(about)")
      #expect((reading.export == nil) == (rule != nil))
    }
    // A list, as list-hosted-zones prints it, has the zone once, or it is not known which is meant.
    let zones = [("example.org", 9, "Z2"), ("example.com", 3, "Z1"), ("example.com", 3, "Z3")].map {
      #"{"Id": "\#($2)", "Name": "\#($0).", "ResourceRecordSetCount": \#($1)}"#
    }
    for (count, rule) in [
      (1, "r53-export-other-zone"), (2, nil), (3, "r53-export-other-zone"),
    ] {
      let list = zones.prefix(count).joined(separator: ", ")
      let reading = Self.reading(sets, #"{"HostedZones": [\#(list)]}"#)
      #expect(reading.findings.map(\.rule) == [rule].compactMap { $0 }, "\(count)")
    }
  }

  @Test("what SDKs write beside: metadata, and null for members that are not there")
  func dumps() throws {
    let set = Self.set("a.example.com.", #", "Weight": null, "AliasTarget": null"#)
    let export = Self.reading(
      Self.page(Self.soa, set, rest: #", "$metadata": {}, "NextRecordName": null"#)
    )
    .export
    #expect(export?.recordSets.map(\.routing) == [nil, nil])
  }

  @Test("a text without quotes, as a stand-in may list it, is read with a warning")
  func unquoted() throws {
    let set =
      #"{"Name": "example.com.", "Type": "TXT", "TTL": 1, "ResourceRecords": [{"Value": "v=spf1 -all"}]}"#
    let reading = Self.reading(Self.page(Self.soa, set))
    #expect(reading.findings.map(\.severity) == [.warning])
    #expect(reading.export?.recordSets[1].data[0].route53 == #""v=spf1" "-all""#)
  }

  @Test("an export without SOA loads with a warning")
  func noSOA() throws {
    let reading = Self.reading(Self.page(Self.set("a.example.com.")))
    #expect(reading.findings.map(\.rule) == ["r53-export-no-soa"])
    #expect(reading.export?.apex == nil)
  }

  @Test("an export is told from a zone file by its beginning")
  func isExport() {
    func isExport(_ octets: [UInt8]) -> Bool {
      ExportReading.isExport(SourceFile(name: "x", octets: octets))
    }
    #expect(isExport(Array("\n  {".utf8)))
    #expect(isExport([0xEF, 0xBB, 0xBF] + Array("[".utf8)))
    #expect(isExport([0xFF, 0xFE, 0x7B, 0]))
    #expect(isExport(Array("ResourceRecordSets:\n".utf8)))
    #expect(!isExport(Array("$ORIGIN example.com.\n".utf8)))
    #expect(!isExport(Array("; {\n".utf8)))
    #expect(!isExport([]))
  }

  static let yaml = """
    ResourceRecordSets:
    - Name: \\052.example.com.
      Type: TXT
      TTL: 300
      ResourceRecords:
      - Value: '"a" "b"'
    - Name: no.example.com.
      Type: A
      SetIdentifier: NO
      GeoLocation:
        CountryCode: NO
      TTL: 60
      ResourceRecords:
      - Value: 192.0.2.1
    - Name: no.example.com.
      Type: A
      SetIdentifier: '0777'
      GeoLocation:
        CountryCode: '*'
      AliasTarget:
        HostedZoneId: Z1
        DNSName: yes.example.com
        EvaluateTargetHealth: false

    """

  @Test(
    "YAML as the CLI writes it: plain scalars are what their keys say, never what they look like")
  func readsYAML() throws {
    let reading = Self.reading(Self.yaml)
    let sets = try #require(reading.export, "\(reading.findings.map(\.message))").recordSets
    #expect(sets[0].owner.isWildcard)
    #expect(sets[0].data[0].route53 == #""a" "b""#)
    #expect(
      sets[1].routing
        == Routing(setIdentifier: "NO", policy: .geolocation(GeoLocation(countryCode: "NO"))))
    #expect(sets[2].routing?.setIdentifier == "0777")
    #expect(sets[2].aliasTarget?.name.description == "yes.example.com.")
    #expect(sets[1].location?.start == Position(line: 7, column: 3))
    // The stream of pages that `--output yaml-stream` writes.
    let stream = Self.yaml.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    #expect(Self.reading("-" + stream.dropFirst() + "\n").export?.recordSets.count == 3)
  }

  @Test("YAML that is built to exhaust stack or memory is refused")
  func hostileYAML() {
    let deep = "ResourceRecordSets: " + String(repeating: "[", count: 900) + "\n"
    let wide = "ResourceRecordSets: " + String(repeating: "[", count: 100_000) + "\n"
    var laughs = "ResourceRecordSets: &a0 [x, x]\n"
    for level in 1..<40 { laughs += "k\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    let few = laughs.split(separator: "\n").prefix(10).joined(separator: "\n") + "\n"
    for text in [deep, deep + String(repeating: "]", count: 900), wide, laughs, few] {
      let reading = Self.reading(text)
      #expect(reading.hasErrors)
      #expect(reading.export == nil)
    }
  }

  @Test("the sets of a CloudFormation template, unless functions stand in the way")
  func template() throws {
    let plain = """
      Resources:
        one:
          Type: AWS::Route53::RecordSetGroup
          Properties:
            HostedZoneName: example.com.
            RecordSets:
            - Name: a.example.com.
              Type: A
              TTL: '900'
              Weight: 140
              SetIdentifier: x
              ResourceRecords: [192.0.2.1]
        two:
          Type: AWS::Route53::RecordSet
          Properties:
            Name: b.example.com.
            Type: A
            AliasTarget: {HostedZoneId: Z1, DNSName: c.example.com}

      """
    let reading = Self.reading(plain)
    let sets = try #require(reading.export, "\(reading.findings.map(\.message))").recordSets
    #expect(sets.map(\.key.description) == [#"a.example.com. A "x""#, "b.example.com. A"])
    #expect(sets[0].ttl == TTL(900) && sets[0].routing?.policy == .weighted(140))
    #expect(sets[1].aliasTarget?.evaluatesTargetHealth == false)
    let function = Self.reading(plain.replacing("c.example.com", with: "!GetAtt lb.Name"))
    #expect(function.findings.map(\.rule).contains("r53-template"))
    #expect(function.export == nil)
  }

  @Test("no octets make the reader trap, be it JSON or YAML", arguments: SeededGenerator.seeds(200))
  func mutated(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = Self.page(
      Self.soa, Self.set("a.example.com.", #", "SetIdentifier": "x", "Weight": 1"#),
      rest: #", "IsTruncated": false"#)
    for text in [text, Self.yaml] {
      let octets = random.mutated(Array(text.utf8), changes: 8)
      let reading = ExportReading(SourceFile(name: "x", octets: octets))
      #expect(reading.hasErrors || reading.document != nil)
    }
  }
}
