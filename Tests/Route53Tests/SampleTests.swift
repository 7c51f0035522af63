import Diagnostics
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

@Suite("The zone samples, translated and beside their exports")
struct SampleTests {
  static let exports = files(below: zoneSamples, ending: ["route53.json"])
  static let zones = files(below: zoneSamples, ending: [".zone"]).filter {
    !$0.contains("/broken/")
  }

  static func index(_ path: String) throws -> ZoneIndex {
    let file = path.split(separator: "/").last!.dropLast(".zone".count)
    let reading = ZoneFileReader.read(
      try SourceFile.open(path: path),
      options: ZoneFileOptions(origin: try Name(parsing: file + ".")))
    #expect(!reading.hasErrors)
    return ZoneIndex(reading.zone)
  }

  @Test("every export loads together with the description of its zone", arguments: exports)
  func loads(path: String) throws {
    let described = String(path.dropLast("route53.json".count)) + "hosted-zone.json"
    let sources = [try SourceFile.open(path: path), try SourceFile.open(path: described)]
    let reading = ExportReading(sources)
    let export = try #require(reading.export, "\(reading.findings.map(\.message))")
    #expect(export.description?.nameServers.count == 4)
    #expect(export.description?.recordSetCount == export.recordSets.count)
    #expect(export.description?.name == export.apex)
  }

  @Test("every record of every zone ends in the ledger", arguments: zones, TTLPolicy.allCases)
  func ledger(path: String, ttl: TTLPolicy) throws {
    let index = try Self.index(path)
    let translation = try Translation(of: index, options: .init(ttl: ttl))
    #expect(translation.ledger.counts.total == index.zone.count)
    #expect(translation.ledger.isBlocked == path.contains("every-type"))
  }

  @Test("what is translated survives being written and read as an export", arguments: zones)
  func roundTrip(path: String) throws {
    let sets = try Translation(of: Self.index(path)).recordSets
    let text = sets.exportJSON.text()
    let reading = ExportReading(SourceFile(name: "export", text: text))
    let export = try #require(reading.export)
    #expect(Diff(from: sets, to: export.recordSets).isEmpty)
    #expect(export.recordSets.allSatisfy { $0.writtenValues.isEmpty })
  }

  @Test("a zone compares with itself as record sets of every type", arguments: zones)
  func everyType(path: String) throws {
    let index = try Self.index(path)
    #expect(index.recordSets.count == index.rrsets.count)
    let diff = Diff(from: index.recordSets, to: index.recordSets.reversed())
    #expect(diff.isEmpty && diff.unchangedCount == index.rrsets.count)
  }
}
