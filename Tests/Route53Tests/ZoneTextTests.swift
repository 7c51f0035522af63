import Diagnostics
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

@Suite("Zone files with cli53's forms: AWS ALIAS, ; AWS routing=")
struct ZoneTextTests {
  static func read(_ text: String, id: String? = "ZSELF") throws -> AnnotatedZone {
    AnnotatedZone(
      SourceFile(name: "zone", text: text),
      options: ZoneFileOptions(origin: try Name(parsing: "example.com.")), hostedZoneID: id)
  }

  static func set(_ text: String) throws -> RecordSet {
    let zone = try read("$TTL 300\n" + text + "\n")
    #expect(zone.hasErrors == false, "\(zone.findings.map(\.message))")
    return try #require(zone.recordSets.first)
  }

  @Test(
    "comments of cli53",
    arguments: [
      (#"routing="WEIGHTED" weight=1 identifier="One""#, "weighted 1"),
      (#"routing="LATENCY" region="us-west-1" identifier="One""#, #"latency "us-west-1""#),
      (
        #"routing="GEOLOCATION" countryCode="US" subdivisionCode="WA" identifier="One""#,
        #"geolocation country "US" subdivision "WA""#
      ),
      // The key that cli53 reads is not the one that it writes.
      (
        #"routing="GEOLOCATION" countryCode="US" subdivisonCode="WA" identifier="One""#,
        #"geolocation country "US" subdivision "WA""#
      ),
      (#"routing="FAILOVER" failover="PRIMARY" identifier="One""#, "failover PRIMARY"),
      (#"routing="MULTIVALUE" identifier="One""#, "multivalue"),
    ])
  func comments(text: String, policy: String) throws {
    let set = try Self.set("a IN A 192.0.2.1 ; AWS \(text)")
    #expect(set.routing?.policy.description == policy)
    #expect(set.routing?.setIdentifier == "One")
    #expect(set.key.owner.description == "a.example.com.")
  }

  @Test("an alias of cli53: $self is the zone, other targets are absolute")
  func aliases() throws {
    let own = try Self.set("alias 86400 AWS ALIAS A www $self false")
    #expect(own.aliasTarget?.name.description == "www.example.com.")
    #expect(own.aliasTarget?.hostedZoneID == "ZSELF")
    #expect(own.ttl == nil)
    let other = try Self.set(
      #"alias AWS ALIAS AAAA d1.cloudfront.net Z2 true ; AWS routing="WEIGHTED" weight=2 identifier="x; y""#
    )
    #expect(other.type == .aaaa)
    #expect(other.aliasTarget?.name.description == "d1.cloudfront.net.")
    #expect(other.aliasTarget?.evaluatesTargetHealth == true)
    #expect(other.routing == Routing(setIdentifier: "x; y", policy: .weighted(2)))
    let odd = try Self.set(#"a\;b 60 AWS ALIAS A c\;d.net Z2 true"#)
    #expect(odd.owner.description == #"a\;b.example.com."#)
    #expect(odd.aliasTarget?.name.description == #"c\;d.net."#)
  }

  @Test(
    "what is not understood is an error at its place, never dropped",
    arguments: [
      "a A 192.0.2.1 ; AWS routing=\"ORACLE\" identifier=\"x\"", "a A 192.0.2.1 ; AWS routing",
      "a A 192.0.2.1 ; AWS routing=\"WEIGHTED\" weight=256 identifier=\"x\"",
      "a A 192.0.2.1 ; AWS routing=\"WEIGHTED\" weight=1", "a AWS ALIAS A www $self",
      "a AWS ALIAS A www $self maybe", "a AWS ALIAS QQ www $self true",
      "a AWS ALIAS A a..b $self true", "a AWS TRAFFICPOLICY A x id", "a AWS TRAFFICPOLICY A 60",
      "a AWS OTHER A",
    ])
  func errors(line: String) throws {
    let zone = try Self.read("$TTL 300\n@ SOA a b 1 2 3 4 5\n" + line + "\n")
    let error = try #require(zone.findings.first { $0.severity == .error })
    #expect(error.location?.start.line == 3)
  }

  @Test("$self without the zone's id is an error")
  func selfWithoutID() throws {
    #expect(try Self.read("a 1 AWS ALIAS A www $self false\n", id: nil).hasErrors)
  }

  @Test("words that only look like the forms are left alone")
  func lookAlikes() throws {
    let zone = try Self.read(
      """
      $TTL 300
      a TXT "; AWS routing=x" ; AWSOME
      b TXT "AWS ALIAS A b c true" AWS ALIAS
      aws A 192.0.2.1 ; AWS
      """ + "\n")
    #expect(!zone.hasErrors)
    #expect(zone.annotations.isEmpty)
    #expect(zone.recordSets.count == 3)
  }

  @Test("the ledger counts annotated records, and blocks those that contradict each other")
  func ledger() throws {
    let text = """
      $TTL 300
      @ SOA a b 1 2 3 4 5
      w A 192.0.2.1 ; AWS routing="WEIGHTED" weight=1 identifier="One"
      w A 192.0.2.1 ; AWS routing="WEIGHTED" weight=0 identifier="Zero"
      w A 192.0.2.1 ; AWS routing="WEIGHTED" weight=1 identifier="One"
      alias AWS ALIAS A w $self false
      alias AWS ALIAS A www $self false
      w A 192.0.2.1
      """
    let ledger = try Translation(of: Self.read(text + "\n")).ledger
    #expect(
      ledger.outcomes.map(TranslationTests.name) == [
        "skipped r53-apex-soa", "carried", "carried", "merged", "carried",
        "blocked r53-conflicting-annotation", "blocked r53-conflicting-annotation",
      ])
    #expect(ledger.recordSets.map(\.key.description).count == 3)
  }

  @Test(
    "record sets -> zone text -> record sets, nothing lost", arguments: SeededGenerator.seeds(40))
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let apex = try Name(parsing: "example.com.")
    let sets = try random.recordSets(apex: apex, count: 12)
    for id in ["ZSELF", nil] {
      let text = sets.zoneText(apex: apex, hostedZoneID: id)
      let zone = try Self.read(text)
      #expect(zone.hasErrors == false, "\(zone.findings.map(\.message))\n\(text)")
      let diff = Diff(from: sets, to: zone.recordSets)
      #expect(diff.isEmpty, "\(diff.text)")
      #expect(zone.recordSets.zoneText(apex: apex, hostedZoneID: id) == text)
    }
  }

  @Test(
    "no octets make the reader trap, and the ledger stays whole",
    arguments: SeededGenerator.seeds(60))
  func mutated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let apex = try Name(parsing: "example.com.")
    let text = try random.recordSets(apex: apex, count: 8).zoneText(
      apex: apex, hostedZoneID: "ZSELF")
    let octets = random.mutated(Array(text.utf8), changes: 10)
    let zone = AnnotatedZone(SourceFile(name: "zone", octets: octets), hostedZoneID: "ZSELF")
    let ledger = try Translation(of: zone).ledger
    #expect(ledger.counts.total == zone.index.zone.count)
    #expect(zone.recordSets.allSatisfy { !$0.recordIndices.isEmpty })
  }

  @Test("record sets -> export -> record sets, nothing lost", arguments: SeededGenerator.seeds(40))
  func exportRoundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sets = try random.recordSets(apex: try Name(parsing: "example.com."), count: 12)
    let reading = ExportReading(SourceFile(name: "export", text: sets.exportJSON.text()))
    let export = try #require(reading.export, "\(reading.findings.map(\.message))")
    #expect(Diff(from: sets, to: export.recordSets).isEmpty)
  }
}

@Suite("The corpus as zone text", .needsSharedCorpus)
struct ZoneTextCorpusTests {
  @Test("export -> zone text -> the same sets", arguments: ExportCorpusTests.files)
  func exports(path: String) throws {
    guard let export = ExportReading(try SourceFile.open(path: path)).export else { return }
    let apex = try export.apex ?? Name(parsing: "unit.tests.")
    let text = export.recordSets.zoneText(apex: apex)
    let zone = AnnotatedZone(SourceFile(name: "zone", text: text))
    #expect(zone.hasErrors == false, "\(zone.findings.map(\.message))")
    #expect(Diff(from: export.recordSets, to: zone.recordSets).isEmpty)
  }

  @Test(
    "cli53's own test zones are understood",
    arguments: SharedCorpus.files(below: "route53", ending: [".zone"]))
  func cli53(path: String) throws {
    let apex = try Name(parsing: path.contains("arpa") ? "0.1.10.in-addr.arpa." : "example.com.")
    let zone = AnnotatedZone(
      try SourceFile.open(path: path), options: ZoneFileOptions(origin: apex), hostedZoneID: "Z1")
    #expect(zone.hasErrors == false, "\(zone.findings.map(\.message))")
    #expect(zone.recordSets.isEmpty == false)
    let routed = zone.recordSets.filter { $0.routing != nil || $0.aliasTarget != nil }
    let names = ["alias", "failover", "geo", "latency", "multivalue", "weighted", "replace1"]
    #expect(routed.isEmpty != names.contains { path.contains("cli53-\($0)") })
    let ledger = try Translation(of: zone).ledger
    #expect(ledger.counts.total == zone.index.zone.count)
  }
}
