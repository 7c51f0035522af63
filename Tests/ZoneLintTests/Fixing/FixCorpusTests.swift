import Diagnostics
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// Fixes over the zone files of nine test suites, whatever their faults.
@Suite(.needsSharedCorpus) struct FixCorpusTests {
  @Test func everyFileCanBeFixedAndKeepsItsRecords() throws {
    var changed = 0
    for entry in try CorpusLintTests.entries(where: { _ in true }) {
      // The few large files would take most of the time and show nothing else.
      guard let top = entry.reading.zone.sources.first, top.count < 100_000 else { continue }
      let options = ZoneFileOptions(
        origin: entry.reading.zone.apex, presetTTL: TTL(3_600),
        includeRoot: SharedCorpus.root)
      let fixer = ZoneFixer(options: options, configuration: LintConfiguration(sets: [.strict]))
      let fixed = fixer.fix(ZoneFileReader.read(top, options: options))
      if fixed.changes.isEmpty { continue }
      changed += 1
      // Every name and type is there still.
      let left = Set(fixed.reading.zone.map(Self.place))
      let gone = fixed.original.zone.first { $0.type != .spf && !left.contains(Self.place($0)) }
      #expect(gone == nil, "\(entry.path)")
      let count = fixed.reading.zone.count + Self.copies(in: fixed.original.zone)
      #expect(count >= fixed.original.zone.count, "\(entry.path)")
      // A second run finds nothing to do.
      let again = fixer.fix(fixed.reading)
      #expect(again.changes.isEmpty, "\(entry.path): \(again.fixed.map(\.rule))")
    }
    #expect(changed > 100)
  }

  private static func place(_ record: Record) -> String {
    "\(record.owner.lowercased) \(record.type)"
  }

  /// How many records a fix may take out.
  private static func copies(in zone: Zone) -> Int {
    ZoneIndex(zone).repeatedRecords.count + zone.count { $0.type == .spf }
  }
}
