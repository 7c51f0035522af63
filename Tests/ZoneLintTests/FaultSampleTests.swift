import Diagnostics
import Foundation
import Route53
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// The samples with one of each fault: what their comments say is found where they say it.
@Suite struct FaultSampleTests {
  static let folder = zoneSamples + "/broken"
  static let zones = files(below: folder, ending: [".zone"])

  /// Rules without a sample, and why.
  static let withoutSample: [String: String] = [
    "syn-too-large": "takes 4 GB of data",
    "syn-too-many-errors": "takes 1,000 errors",
    "syn-not-text": "takes a file that is no text",
    "r53-import-limit": "takes 1,001 records: see the sample 'large'",
    "r53-export-other-zone": "takes two files: see ExportReadingTests",
    "r53-export-stale": "takes two files: see ExportReadingTests",
    "r53-annotation": "is one of annotated zone files, which 'convert' reads",
  ]

  private static func findings(_ path: String) throws -> [Finding] {
    let source = try SourceFile.open(path: path)
    var configuration = LintConfiguration(sets: [.strict, .migration], phase: .normal)
    configuration.now = 1_796_115_600  // 2026-12-01
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    // A fragment has no origin: that is its fault.
    let origin = name == "fragment.zone" ? nil : try? Name(parsing: name.dropLast(5) + ".")
    return Linter.lint(
      ZoneFileReader.read(source, options: ZoneFileOptions(origin: origin)),
      configuration: configuration)
  }

  @Test("each comment names what is found on the line below it", arguments: zones)
  func comments(path: String) throws {
    let lines = try String(contentsOfFile: path, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let found = try Self.findings(path)
    for (index, line) in lines.enumerated() {
      guard let match = line.firstMatch(of: /^; \[([a-z0-9, -]+)\]/) else { continue }
      guard let below = lines[(index + 1)...].firstIndex(where: { $0.first != ";" }) else {
        Issue.record("\(path):\(index + 1): nothing stands below the comment")
        continue
      }
      for rule in match.1.split(separator: ",").map({ $0.filter { $0 != " " } }) {
        #expect(
          found.contains {
            $0.rule == rule && ($0.location?.start.line ?? 0) == below + 1
          }, "\(path):\(below + 1): \(rule)")
      }
    }
  }

  @Test func everyRuleHasASample() throws {
    var found = Set(try Self.zones.flatMap(Self.findings).map(\.rule))
    for path in files(below: Self.folder + "/faults", ending: [".json"]) {
      found.formUnion(ExportReading(try SourceFile.open(path: path)).findings.map(\.rule))
    }
    // Files ask no network.
    for rule in Rule.all where rule.leftOutReason == nil && rule.network != .only {
      #expect(
        found.contains(rule.id) != (Self.withoutSample[rule.id] != nil), "\(rule.id)")
    }
  }
}
