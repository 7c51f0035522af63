import Diagnostics
import Foundation
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// That linting a zone eight times as large takes about eight times the work, whatever is in it.
///
/// Work is counted in instructions where that is possible: with ZONECUT_DEEP=1, by valgrind, over
/// whole runs of the command. Else it is the thread's own CPU time, with a bound that a busy
/// machine keeps, and that work growing with the square of the zone exceeds nearly three times.
@Suite("Growth of the work with the zone")
struct LintGrowthTests {
  /// How many records the smaller zone has. The larger one is still linted on one thread.
  private static let count = 1_000
  private static let factor = 8
  /// Eight times the records may take so many times the CPU time.
  private static let largestTimeRatio = 24.0
  /// Linear work grows by 2 here, n log n by 2.2, n² by 4.
  private static let largestInstructionRatio = 2.5

  private static let isCounted =
    ProcessInfo.processInfo.environment["ZONECUT_DEEP"] == "1" && InstructionCounter.isAvailable

  @Test(arguments: GrowingZone.all)
  func time(_ zone: GrowingZone) {
    let small = Self.time(zone, Self.count)
    let large = Self.time(zone, Self.count * Self.factor)
    #expect(large / small < Self.largestTimeRatio, "\(small * 1e3) ms, then \(large * 1e3) ms")
  }

  /// The least CPU time in seconds of a few runs: what other processes cost comes on top.
  private static func time(_ zone: GrowingZone, _ count: Int) -> Double {
    let text = Example(zone.text(count)).zoneFile
    let reading = ZoneFileReader.read(SourceFile(name: "growing.zone", text: text))
    // No limit, so that every finding is made.
    let configuration = LintConfiguration(
      sets: [.strict], now: 1_796_115_600, maximumFindings: .max)
    return (0..<3).map { _ in
      let start = threadSeconds()
      let findings = Linter.lint(reading, configuration: configuration)
      _ = FindingReport(findings).text()
      return threadSeconds() - start
    }.min() ?? 0
  }

  private static func threadSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// What a zone of 2n records takes more than one of n, beside what 4n take more than 2n: so the
  /// start of the process does not count.
  @Test(
    .enabled(if: isCounted, "needs ZONECUT_DEEP=1, valgrind and strip"), arguments: GrowingZone.all)
  func instructions(_ zone: GrowingZone) throws {
    try withTemporaryDirectory { folder in
      let counter = try InstructionCounter(folder)
      let counts = try [1, 2, 4].map { times in
        let path = folder + "/\(times).zone"
        try Data(Example(zone.text(500 * times)).zoneFile.utf8)
          .write(to: URL(fileURLWithPath: path))
        return try counter.count(["lint", "--rules", "strict", path])
      }
      let ratio = Double(counts[2] - counts[1]) / Double(counts[1] - counts[0])
      #expect(ratio < Self.largestInstructionRatio, "\(counts) instructions")
    }
  }
}
