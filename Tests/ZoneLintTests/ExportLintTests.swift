import Diagnostics
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

@Suite struct ExportLintTests {
  private static let apex = "example.com."

  private static func sets(_ records: [(String, RecordType, UInt32, [String])]) throws
    -> [RecordSet]
  {
    try records.map { owner, type, ttl, values in
      RecordSet(
        owner: try Name(parsing: owner), type: type,
        content: .records(
          ttl: TTL(ttl), data: try values.map { try RecordData(parsing: $0, type: type) }))
    }
  }

  /// What a new hosted zone holds (Route 53 developer guide, NS and SOA records).
  private static let defaults: [(String, RecordType, UInt32, [String])] = [
    (
      apex, .ns, 172_800,
      [
        "ns-1.awsdns-00.com.", "ns-2.awsdns-01.net.", "ns-3.awsdns-02.org.",
        "ns-4.awsdns-03.co.uk.",
      ]
    ),
    (
      apex, .soa, 900,
      ["ns-1.awsdns-00.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"]
    ),
  ]

  private static func lint(
    _ sets: [RecordSet], _ configuration: LintConfiguration = .init(sets: [.strict])
  ) throws -> [Finding] {
    Linter.lint(sets, apex: try Name(parsing: apex), configuration: configuration)
  }

  /// The faultless zone of the examples, as record sets, with Route 53's own SOA and NS.
  private static func faultless() throws -> [RecordSet] {
    let source = SourceFile(name: "example.zone", text: Example("").zoneFile)
    let index = ZoneIndex(ZoneFileReader.read(source).zone)
    let own = index.rrsets.filter {
      $0.type != .soa && !($0.type == .ns && $0.owner == index.zone.apex)
    }
    .map {
      RecordSet(owner: $0.owner, type: $0.type, content: .records(ttl: $0.ttl, data: $0.data))
    }
    return try sets(defaults) + own
  }

  @Test func aliasesToWhatDoesNotExistAreFound() throws {
    func alias(_ owner: String, _ target: String) throws -> RecordSet {
      RecordSet(
        owner: try Name(parsing: owner), type: .a,
        content: .alias(
          AliasTarget(
            hostedZoneID: "Z2FDTNDATAQYW2", name: try Name(parsing: target),
            evaluatesTargetHealth: false)))
    }
    let sets =
      try Self.faultless() + [
        alias("www.example.com.", "d1.cloudfront.net."),
        alias("old.example.com.", "d2.cloudfront.net."),
        alias("own.example.com.", "mta-sts.example.com."),
      ]
    let findings = Linter.lint(
      sets, apex: try Name(parsing: Self.apex),
      inquiry: ExampleAnswers("d2.cloudfront.net. NXDOMAIN").inquiry)
    #expect(
      findings.filter { $0.rule == "cname-dangling" }.map(\.message)
        == ["alias target d2.cloudfront.net. of old.example.com. A does not exist"])
    #expect(!findings.contains { $0.rule == "resolve-undecided" })
  }

  @Test func defaultsRaiseNothing() throws {
    let findings = try Self.lint(
      Self.faultless(), LintConfiguration(sets: [.strict], disabled: ["private-ip"]))
    #expect(findings.isEmpty, "\(findings.map { "\($0.rule): \($0.message)" })")
  }

  @Test func aliasIsThereButHasNoTTL() throws {
    let alias = RecordSet(
      owner: try Name(parsing: "mail.example.com."), type: .a,
      content: .alias(
        AliasTarget(
          hostedZoneID: "Z1", name: try Name(parsing: "lb.example.net."),
          evaluatesTargetHealth: false)))
    let mx = try Self.sets([
      ("sub.example.com.", .mx, 300, ["10 mail.example.com.", "20 mx2.example.net."]),
      ("sub.example.com.", .txt, 300, ["\"v=spf1 mx -all\""]),
    ])
    let findings = try Self.lint(
      Self.faultless() + mx + [alias], LintConfiguration(sets: [.strict], disabled: ["private-ip"]))
    #expect(findings.isEmpty, "\(findings.map { "\($0.rule): \($0.message)" })")
  }

  @Test func zoneFileRulesApply() throws {
    let more = try Self.sets([
      ("www.example.com.", .cname, 3_600, ["d111111abcdef8.cloudfront.net."]),
      ("sub.example.com.", .mx, 300, ["10 www.example.com."]),
    ])
    let rules = Set(try Self.lint(Self.faultless() + more).map(\.rule))
    #expect(rules.isSuperset(of: ["web-ttl", "mx-target-cname"]))
  }

  /// Whatever stands in an export that loads is legal by definition.
  @Test(.needsSharedCorpus) func corpusExportsGiveNoError() throws {
    var count = 0
    for path in SharedCorpus.files(below: "route53", ending: [".json"]) {
      let reading = ExportReading(try SourceFile.open(path: path))
      guard let export = reading.export, let apex = export.apex else { continue }
      count += 1
      let configuration = LintConfiguration(sets: [.migration])
      let findings = Linter.lint(
        export.recordSets, apex: apex, configuration: configuration)
      for finding in findings where finding.severity == .error {
        let isAboutMeaning =
          Rule.find(finding.rule).map { [.mail, .dnssec, .structure].contains($0.group) } ?? false
        #expect(isAboutMeaning, "\(path): \(finding.rule): \(finding.message)")
      }
    }
    #expect(count > 0)
  }
}
