import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ZoneKit

/// Broken input never traps, never hangs, and what is found lies inside the text.
@Suite("Broken zone files")
struct MutationTests {
  /// The texts that are mutated: the sample zones, and the corpus where it is at hand.
  static let texts: [[UInt8]] = {
    let paths =
      files(below: zoneSamples, ending: [".zone", ".db"])
      + SharedCorpus.files(below: "zones", ending: [".zone", ".db", ".com", ".txt"])
    return paths.compactMap { FileManager.default.contents(atPath: $0).map { Array($0) } }
      .filter { (1...20_000).contains($0.count) }
  }()

  /// 4,000 mutations; 200,000 with `ZONECUT_DEEP=1`.
  private static let rounds =
    ProcessInfo.processInfo.environment["ZONECUT_DEEP"] == "1" ? 10_000 : 200

  /// A measure of how much is tried: unoptimised code is some twenty times slower.
  #if DEBUG
    private static let scale = 1
  #else
    private static let scale = 4
  #endif

  @Test(arguments: 0..<20)
  func mutatedFilesAreRead(part: Int) throws {
    var random = SeededGenerator(seed: UInt64(1_000 + part))
    try #require(!Self.texts.isEmpty)
    for round in 0..<Self.rounds {
      let octets = Self.mutate(&random)
      let reading = ZoneReading(octets: octets, options: Self.closed)
      check(reading, octets, "part \(part), round \(round)")
    }
  }

  /// Nothing is opened: what a mutated `$INCLUDE` names could be anything.
  private static let closed = ZoneFileOptions(
    open: { path, place throws(SourceFileError) in
      try SourceFile.open(path: "/nonexistent/" + path, includedFrom: place)
    })

  static func mutate(_ random: inout SeededGenerator) -> [UInt8] {
    let pick = { (random: inout SeededGenerator) in
      texts[Int.random(in: 0..<texts.count, using: &random)]
    }
    var octets = pick(&random)
    let place = Int.random(in: 0...octets.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: octets.removeSubrange(place...)
    case 1: octets = Array(octets[..<place] + pick(&random).suffix(2_000))
    case 2:
      let end = Int.random(in: place...min(octets.count, place + 200), using: &random)
      let part = octets[place..<end]
      for _ in 0..<Int.random(in: 1...50, using: &random) {
        octets.insert(contentsOf: part, at: place)
      }
    case 3:
      for _ in 0..<Int.random(in: 1...10, using: &random) {
        let special = Array("()\"\\;$@\n\r\t \0#\u{FF}.0".utf8)
        octets.insert(
          special[Int.random(in: 0..<special.count, using: &random)],
          at: Int.random(in: 0...octets.count, using: &random))
      }
    default: break
    }
    return octets.isEmpty ? [0x20] : random.mutated(octets, changes: 8)
  }

  private func check(_ reading: ZoneReading, _ octets: [UInt8], _ what: String) {
    for finding in reading.findings {
      guard let location = finding.location else { continue }
      let range = location.range
      let edits = finding.fix?.edits.map(\.location.range) ?? []
      if range.upperBound > location.source.count
        || edits.contains(where: { $0.upperBound > location.source.count })
      {
        Issue.record("\(what): \(finding.rule) at \(range) of \(octets.count) octets")
      }
      if finding.message.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
        Issue.record("\(what): control octets in the message of \(finding.rule)")
      }
    }
    for index in reading.zone.indices {
      let record = reading.zone[index]
      let data = record.data
      let text = data.presentation()
      guard (try? RecordData(parsing: text, type: data.type)) == data else {
        Issue.record("\(what): \(data.type) \(text) does not read back")
        return
      }
      guard let place = reading.zone.location(ofRecord: index), !place.range.isEmpty,
        place.range.upperBound <= place.source.count
      else {
        Issue.record("\(what): record \(index) has no place in the text")
        return
      }
    }
    // The index takes what the reader gives, broken or not.
    #expect(ZoneIndex(reading.zone).rrsetCount <= reading.zone.count)
  }

  // MARK: Time grows with the text

  /// How long reading takes, in seconds.
  private func seconds(_ octets: [UInt8]) -> (Double, ZoneReading) {
    let clock = ContinuousClock()
    var reading: ZoneReading?
    let time = clock.measure { reading = ZoneReading(octets: octets) }
    return (
      Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18,
      reading ?? ZoneReading("")
    )
  }

  /// Texts that would be slow where each error made all the rest be read again.
  static let patterns: [(name: String, unit: String)] = [
    ("unclosed parentheses in strings", "a TXT ( x\n"),
    ("unclosed parentheses", "a MX (\n"),
    ("unclosed parentheses before unknown types", "a FOO (\n"),
    ("unclosed quotes", "a TXT \"x\n"),
    ("closing parentheses", ")\n"),
    ("opening parentheses", "("),
    ("blank owners", " A 192.0.2.1\n"),
    ("bad types", "a FOO\n"),
    ("bare carriage returns", "a\r"),
    ("nested parentheses", "a ((((((((TXT x))))))))\n"),
    ("backslashes", "\\"),
    ("quotes", "\"\" "),
    ("words", "a "),
    ("types of a bit map", "A NS "),
    ("high octets", "a TXT \u{FC}\n"),
    ("directives", "$ORIGIN a\n"),
    ("comments", "# x\n"),
    ("includes", "$INCLUDE none\n"),
    ("other classes", "a CH TXT x\n"),
    ("age stamps", "a [AGE:1] 60 A 192.0.2.1\n"),
    ("strings over a line", "a TXT \"x\ny\n"),
    ("service parameters", "key1=\"\" key2=x "),
  ]

  @Test(arguments: patterns.indices, ["", "a NSEC ( ", "a SVCB 1 . "])
  func timeGrowsLinearly(index: Int, start: String) {
    let unit = Self.patterns[index].unit
    let count = Self.scale * 100_000 / unit.utf8.count
    let small = Array((start + String(repeating: unit, count: count)).utf8)
    let large = Array((start + String(repeating: unit, count: count * 8)).utf8)
    let (one, _) = seconds(small)
    let (eight, reading) = seconds(large)
    // Eight times the text: linear time is 8 times as long, quadratic 64 times. The constant lets
    // the machine be busy for a moment.
    #expect(eight < one * 24 + 0.5, "\(Self.patterns[index].name): \(one) s, \(eight) s")
    let errors = reading.findings.count { $0.severity == .error }
    #expect(errors <= ZoneFileReader.maximumErrorCount + 1)
    #expect(reading.findings.count <= 4 * ZoneFileReader.maximumErrorCount)
  }

  @Test(arguments: [
    "a TXT \"", "a TXT ", "a CNAME ", "", "a TXT (", "a NSEC . (", ";", "\"", "a A ",
  ])
  func hugeLineIsOneClearError(start: String) {
    let isDeep = ProcessInfo.processInfo.environment["ZONECUT_DEEP"] == "1"
    let count = isDeep ? 64 << 20 : Self.scale << 20
    var octets = Array((head + start).utf8)
    octets += [UInt8](repeating: UInt8(ascii: "x"), count: count)
    let (time, reading) = seconds(octets)
    #expect(reading.places.count <= 1)
    #expect(start == ";" || reading.hasErrors)
    #expect(time < Double(count) / 1e6, "\(time) s for \(count) octets")
    #expect(reading.findings.allSatisfy { $0.message.utf8.count < 300 })
    let fixes = reading.findings.compactMap(\.fix).flatMap(\.edits).map(\.replacement.count)
    #expect(fixes.allSatisfy { $0 <= 1 << 20 }, "a fix keeps to a readable size")
  }

  @Test func manyErrorsEndReading() {
    let reading = ZoneReading(
      head + String(repeating: "a FOO x\n", count: 5_000) + "b A 192.0.2.1\n")
    #expect(reading.findings.last?.place == "1:1 error syn-too-many-errors")
    #expect(reading.places.count == ZoneFileReader.maximumErrorCount + 1)
  }

  @Test func manyRemarksDoNotEndReading() {
    let count = 5_000
    let lines = (0..<count).map { "w\($0) MX ( 10 ( mail ) )\n" }.joined()
    let reading = ZoneReading(head + lines)
    #expect(reading.zone.count == 1 + count, "no record is lost")
    #expect(!reading.hasErrors)
    #expect(reading.places.count == ZoneFileReader.maximumRemarkCount)
    #expect(
      reading.findings.last?.message
        == "\(count - ZoneFileReader.maximumRemarkCount) more findings of this kind are not listed")
  }
}
