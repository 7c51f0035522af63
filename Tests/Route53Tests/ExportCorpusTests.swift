import Diagnostics
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

@Suite("Exports collected from public projects", .needsSharedCorpus)
struct ExportCorpusTests {
  /// What a file of the corpus should give, by the end or a part of its name; first match counts.
  static let expectations: [(name: String, expected: String)] = [
    (".batch.json", "refused r53-export: this is a change batch"),
    (".cli-input.json", "refused r53-export: this is a change batch"),
    ("cfn-quickref-route53-01", "1 sets"),
    ("cfn-quickref-route53-02", "1 sets"),
    ("cfn-quickref-route53-03", "1 sets"),
    ("cfn-quickref-route53-04", "1 sets"),
    ("cfn-quickref-route53-05", "2 sets"),
    ("cfn-quickref-route53-06", "2 sets"),
    ("cfn-", "refused r53-template"),
    ("get-hosted-zone", "descriptions 1"),
    ("delete-zones", "descriptions 1"),
    ("p1-1992", "refused r53-export-incomplete"),
    ("page-truncated", "refused r53-export-incomplete"),
    ("nexttoken", "refused r53-export-incomplete"),
    // Written by hand for a test of octoDNS: no live set has a GeoLocation without SetIdentifier.
    ("resp-2366", "refused r53-export: a routing policy without SetIdentifier"),
    ("resp-4226", "refused r53-export: a routing policy without SetIdentifier"),
    ("all-types-and-policies", "26 sets"),
    ("cli-v2-output.yaml", "10 sets"),
    ("bare-array", "6 sets"),
    ("boto3-pages", "6 sets"),
    ("powershell-utf16le", "2 sets"),
    ("broken-bom", "2 sets"),
  ]

  static let files = SharedCorpus.files(below: "route53", ending: [".json", ".yaml"])

  @Test("each loads, or is refused for the right reason", arguments: files)
  func loads(path: String) throws {
    let reading = ExportReading(try SourceFile.open(path: path))
    let found: String
    switch reading.document {
    case _ where reading.hasErrors:
      let error = reading.findings.first { $0.severity == .error }!
      found = "refused \(error.rule): \(error.message)"
      #expect(error.location != nil)
    case .export(let export)?: found = "\(export.recordSets.count) sets"
    case .descriptions(let descriptions)?: found = "descriptions \(descriptions.count)"
    case nil: found = "nothing"
    }
    if let expectation = Self.expectations.first(where: { path.contains($0.name) }) {
      #expect(found.hasPrefix(expectation.expected))
    } else {
      #expect(found.hasSuffix(" sets") && found != "0 sets", "\(reading.findings.map(\.message))")
    }
  }

  @Test("export -> record sets -> export means the same", arguments: files)
  func roundTrip(path: String) throws {
    guard let export = ExportReading(try SourceFile.open(path: path)).export else { return }
    let text = export.recordSets.exportJSON.text()
    let again = ExportReading(SourceFile(name: "written", text: text))
    let sets = try #require(again.export).recordSets
    #expect(!again.hasErrors)
    #expect(Diff(from: export.recordSets, to: sets).isEmpty)
    #expect(sets.count == export.recordSets.count)
    // Also the text of each value stays, for a DELETE must repeat it.
    #expect(
      Dictionary(grouping: sets, by: \.key).mapValues { $0.map(\.writtenValues) }
        == Dictionary(grouping: export.recordSets, by: \.key).mapValues { $0.map(\.writtenValues) })
    #expect(sets.exportJSON.text() == text)
  }

  @Test("shapes of one listing give the same sets")
  func shapes() throws {
    func sets(_ name: String) throws -> [RecordSet] {
      let path = "\(SharedCorpus.root!)/route53/\(name)"
      return try #require(ExportReading(SourceFile.open(path: path)).export).recordSets
    }
    let pairs = [
      ("synthetic-query-bare-array.json", "synthetic-boto3-pages.json"),
      ("synthetic-broken-bom.json", "synthetic-powershell-utf16le.json"),
      (
        "custodian-test_route53_hostedzone_delete.cli.json",
        "custodian-test_route53_hostedzone_delete.placebo.json"
      ),
    ]
    for (one, other) in pairs {
      #expect(Diff(from: try sets(one), to: try sets(other)).isEmpty, "\(one), \(other)")
    }
    // The YAML sample is the beginning of the JSON one.
    let yaml = try sets("synthetic-cli-v2-output.yaml")
    let json = try sets("synthetic-all-types-and-policies.cli.json").prefix(yaml.count)
    #expect(Diff(from: json, to: yaml).isEmpty)
  }

  @Test(
    "recordings of the live service are in Route 53's order",
    arguments: files.filter { $0.contains("custodian") })
  func order(path: String) throws {
    guard let export = ExportReading(try SourceFile.open(path: path)).export else { return }
    #expect(export.recordSets.inRoute53Order == export.recordSets)
  }
}
