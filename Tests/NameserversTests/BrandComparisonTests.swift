import Diagnostics
import Foundation
import Nameservers
import TestSupport
import Testing
import ZoneKit

/// The same zone served by BIND, NSD and Knot compares clean.
@Suite("comparison across brands of servers", .needsNameServers)
struct BrandComparisonTests {
  @Test("the samples compare clean")
  func samples() async throws {
    try await onOwnThread {
      let paths = files(below: zoneSamples, ending: [".zone"]).filter { !$0.contains("/broken/") }
      for path in paths {
        try compare(path, origin: String(path.split(separator: "/").last?.dropLast(5) ?? ""))
      }
    }
  }

  /// Zones of the corpus that all three load, according to its manifest; of them one in twenty
  /// unless in a deep run.
  @Test("other people's zones compare clean", .needsSharedCorpus)
  func corpus() async throws {
    let folder = try #require(SharedCorpus.root) + "/zones/"
    let isDeep = ProcessInfo.processInfo.environment["ZONECUT_DEEP"] == "1"
    let lines = try String(contentsOfFile: folder + "MANIFEST.tsv", encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    func column(_ name: String) throws -> Int { try #require(lines[0].firstIndex { $0 == name }) }
    let (mode, origin) = (try column("mode"), try column("origin"))
    let (expectation, verdicts) = (
      try column("expectation"), [try column("v_bind"), try column("v_nsd"), try column("v_knot")]
    )
    let zones = lines.dropFirst().filter { line in
      line[mode] == "zone" && line[expectation] != "invalid"
        && verdicts.allSatisfy { line[$0] == "ok" }
    }.enumerated().filter { isDeep || $0.offset % 20 == 0 }.map(\.element)
    #expect(!zones.isEmpty)
    try await onOwnThread {
      for zone in zones { try compare(folder + zone[0], origin: String(zone[origin])) }
    }
  }

  private func compare(_ path: String, origin: String) throws {
    let reading = ZoneFileReader.read(
      try SourceFile.open(path: path),
      options: .init(
        origin: try? Name(parsing: origin, origin: .root), presetTTL: TTL(3_600),
        includeRoot: SharedCorpus.root ?? zoneSamples))
    // Types that one of them does not know by name are written as RFC 3597 has it.
    let text = String(decoding: ZoneFileWriter(isPortable: true).write(reading.zone), as: UTF8.self)
    try withTemporaryDirectory { (folder) throws in
      let zone = try ServedZones(folder: folder).zone(reading.zone.apex, text, side: "sample")
      let servers = try LoopbackServer.Brand.allCases.map { try LoopbackServer($0, zones: [zone]) }
      defer { for server in servers { server.stop() } }
      let report: ComparisonReport
      do {
        report = try LiveComparison.local(
          reading.zone.apex, old: [servers[0].address], new: servers[1...].map(\.address),
          oldContent: ZoneContent(ZoneIndex(reading.zone), label: path)
        ).run()
      } catch {
        Issue.record("\(path): \(error)")
        return
      }
      // The records of a set share one TTL (RFC 2181 section 5.2): where a file gives them
      // several, servers choose as they like.
      let mixed = Set(
        Dictionary(grouping: reading.zone) { Question($0.owner, $0.type) }
          .filter { Set($0.value.map(\.ttl)).count > 1 }.keys)
      let found = report.open.flatMap(\.findings).filter {
        $0.verdict != .ttlOnly || $0.question.map(mixed.contains) != true
      }
      #expect(found.isEmpty, "\(path): \(report.text())")
      #expect(report.counts[.match] ?? 0 > 0)
    }
  }
}
