import Diagnostics
import Foundation
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// Faults put into the exports of the samples.
@Suite struct ExportFaultTests {
  static let exports = files(below: zoneSamples, ending: ["route53.json"])

  /// A fault of the text: what is replaced first, and by what; the mark stands where it is told.
  static let faults: [(rule: String, text: String, replacement: String)] = [
    ("r53-export-syntax", "\"Type\": \"NS\"", "\"Type\": ↓NS"),
    ("r53-export", "\"TTL\": 172800,", "\"TTL\": 172800, ↓\"Colour\": \"blue\","),
    (
      "r53-export-incomplete", "\"ResourceRecordSets\"",
      "\"IsTruncated\": ↓true, \"ResourceRecordSets\""
    ),
    (
      "r53-export-out-of-zone", "\"ResourceRecordSets\": [",
      "\"ResourceRecordSets\": [↓{\"Name\": \"zonecut-fault.invalid.\", \"Type\": \"A\", \"TTL\": 300,"
        + " \"ResourceRecords\": [{\"Value\": \"192.0.2.1\"}]},"
    ),
    ("r53-export-no-soa", "\"Type\": \"SOA\"", "\"Type\": \"SOA\""),
    ("r53-export-duplicate", "\"ResourceRecordSets\": [", "\"ResourceRecordSets\": ["),
  ]

  @Test("faults of the file", arguments: exports) func file(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for fault in Self.faults {
      var marked = text
      let place = try #require(text.firstRange(of: fault.text), "\(fault.rule)")
      marked.replaceSubrange(place, with: fault.replacement)
      switch fault.rule {
      case "r53-export-no-soa": marked = try Self.withoutSOA(text)
      case "r53-export-duplicate": marked = try Self.withFirstSetTwice(text)
      default: break
      }
      let source = SourceFile(name: path, text: marked.replacing("↓", with: ""))
      let findings = ExportReading(source).findings
      #expect(findings.map(\.rule) == [fault.rule], "\(path): \(findings.map(\.message))")
      guard let mark = marked.firstRange(of: "↓") else { continue }
      let line = marked[..<mark.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
      #expect(findings.first?.location?.start.line == line.count, "\(fault.rule): \(path)")
    }
  }

  private static func withoutSOA(_ text: String) throws -> String {
    try edited(text) { $0.removeAll { ($0["Type"] as? String) == "SOA" } }
  }

  private static func withFirstSetTwice(_ text: String) throws -> String {
    try edited(text) { $0.insert($0[0], at: 1) }
  }

  private static func edited(
    _ text: String, _ edit: (inout [[String: Any]]) -> Void
  ) throws -> String {
    var document = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    var sets = try #require(document["ResourceRecordSets"] as? [[String: Any]])
    edit(&sets)
    document["ResourceRecordSets"] = sets
    return String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
  }

  /// Rules that look at the text of zone files, or at what a hosted zone cannot hold.
  static let notInHostedZones: Set<String> = [
    "zone-duplicate-record", "zone-ttl-rrset-mismatch", "zone-out-of-zone", "cname-multiple",
    "syn-suspect-missing-dot", "r53-txt", "r53-unsupported-type", "r53-import-directive",
    "syn-obsolete-type", "suppression-unused", "suppression-malformed", "cname-and-other",
    "zone-dnssec-equal-records",
  ]

  @Test("faults of the zone", arguments: exports) func zone(path: String) throws {
    let export = try #require(ExportReading(try SourceFile.open(path: path)).export)
    let apex = try #require(export.apex)
    var configuration = LintConfiguration(sets: [.strict])
    configuration.disabled = ["private-ip"]
    let known = Linter.lint(export.recordSets, apex: apex, configuration: configuration)
    var tried: Set<String> = []
    for rule in Rule.all where !rule.isDecidedByReader && !Self.notInHostedZones.contains(rule.id) {
      // Slashes are at home in reverse zones.
      if rule.id == "name-slash", apex.isReverse { continue }
      for example in rule.triggering
      where example.answers == nil && example.omitted.isEmpty && example.webNames.isEmpty
        && example.phase == .normal
        && !example.text.contains("@ ") && !Injection.leansOnTheApex.contains(example.text)
        && rule.id != "private-ip" && example.text.contains("↓")
      {
        let text = example.text.replacing("↓", with: "")
          .replacing("example.net", with: "\u{1}").replacing("example.org", with: "\u{2}")
          .replacing("example.com", with: "zonecut-fault.\(apex)".dropLast())
          .replacing("\u{1}", with: "zonecut-fault.invalid")
          .replacing("\u{2}", with: "zonecut-fault.test")
        let ground = "$ORIGIN zonecut-fault.\(apex)\n$TTL 300\n@ IN TXT \"ground\"\n"
        let reading = ZoneFileReader.read(
          SourceFile(name: "fault", text: ground + text + "\n"),
          options: ZoneFileOptions(origin: apex))
        guard reading.zone.allSatisfy({ $0.type.isRoute53 }) else { continue }
        tried.insert(rule.id)
        let sets = export.recordSets + ZoneIndex(reading.zone).recordSets
        var new = Linter.lint(sets, apex: apex, configuration: configuration).map(\.message)
        for finding in known {
          if let place = new.firstIndex(of: finding.message) { new.remove(at: place) }
        }
        let companions = Linter.lint(sets, apex: apex, configuration: configuration).filter {
          new.contains($0.message) && $0.rule != rule.id && !example.companions.contains($0.rule)
            && $0.rule != "r53-import-limit"
        }
        #expect(companions.isEmpty, "\(rule.id): \(example.text): \(companions.map(\.message))")
        let own = Linter.lint(sets, apex: apex, configuration: configuration).filter {
          new.contains($0.message) && $0.rule == rule.id
        }
        #expect(own.count == 1, "\(rule.id): \(example.text): \(own.map(\.message))")
      }
    }
    #expect(tried.count > 50, "\(tried.count) rules")
  }
}
