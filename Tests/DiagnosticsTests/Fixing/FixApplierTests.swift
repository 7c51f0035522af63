import Diagnostics
import TestSupport
import Testing

@Suite("Applying fixes")
struct FixApplierTests {
  private let source = SourceFile(name: "a", text: "0123456789")

  private func finding(_ rule: String, _ edits: [(Range<Int>, String)]) -> Finding {
    let edits = edits.map { Edit(Location(source, $0.0), replacement: Array($0.1.utf8)) }
    let place = edits.first?.location ?? Location(source, 0..<0)
    return Finding(
      rule: rule, severity: .warning, message: "m", at: place, fix: Fix(title: "t", edits: edits))
  }

  private func outcome(_ findings: [Finding]) -> (text: String, skipped: [String]) {
    let result = FixApplier.apply(findings, to: source)
    #expect(result.applied.count + result.skipped.count == findings.count { $0.fix != nil })
    return (
      String(decoding: result.octets, as: UTF8.self),
      result.skipped.map { "\($0.finding.rule): \($0.reason.rawValue)" }
    )
  }

  @Test("fixes in any order; insertions, deletions, replacements, at both ends")
  func applies() {
    let result = outcome([
      finding("end", [(10..<10, "!")]), finding("two", [(2..<4, "AB"), (6..<7, "")]),
      finding("start", [(0..<0, ">")]),
    ])
    #expect(result.text == ">01AB45789!")
    #expect(result.skipped == [])
  }

  @Test("ranges that touch agree")
  func touching() {
    let result = outcome([
      finding("a", [(2..<4, "A")]), finding("b", [(4..<6, "B")]), finding("c", [(6..<6, "C")]),
    ])
    #expect(result.text == "01ABC6789")
    #expect(result.skipped == [])
  }

  @Test("of two that overlap the first wins, whole")
  func conflicts() {
    let result = outcome([
      finding("b", [(3..<5, "B"), (8..<9, "B")]), finding("a", [(2..<4, "A")]),
      finding("c", [(8..<9, "C")]),
    ])
    #expect(result.text == "01A4567C9")
    #expect(result.skipped == ["b: another fix changes the same text"])
  }

  @Test("two different insertions at one place conflict, an insertion inside a range too")
  func insertions() {
    let result = outcome([
      finding("a", [(5..<5, "A")]), finding("b", [(5..<5, "B")]), finding("c", [(7..<9, "C")]),
      finding("d", [(8..<8, "D")]),
    ])
    #expect(result.text == "01234A56C9")
    #expect(
      result.skipped == [
        "b: another fix changes the same text", "d: another fix changes the same text",
      ])
  }

  @Test("equal edits agree and are done once")
  func equalEdits() {
    let result = outcome([finding("a", [(5..<6, "x")]), finding("b", [(5..<6, "x")])])
    #expect(result.text == "01234x6789")
    #expect(result.skipped == [])
  }

  @Test("edits of other sources, outside, or over each other are not applied")
  func refused() {
    let other = Edit(Location(SourceFile(name: "b", text: "x"), 0..<1), replacement: [])
    var both = finding("both", [(1..<2, "")])
    both.fix?.edits.append(other)
    let result = outcome([
      both, finding("outside", [(9..<12, "")]), finding("over", [(3..<6, "a"), (4..<5, "b")]),
    ])
    #expect(result.text == "0123456789")
    #expect(
      result.skipped == [
        "both: it changes another source too",
        "over: its edits overlap or lie outside the source",
        "outside: its edits overlap or lie outside the source",
      ])
  }

  @Test("many fixes take no time to speak of")
  func manyFixes() {
    let source = SourceFile(name: "a", octets: [UInt8](repeating: 0x61, count: 40_000))
    let findings = (0..<20_000).map { index in
      let place = Location(source, index * 2..<index * 2 + 1)
      return Finding(
        rule: "r", severity: .info, message: "m", at: place,
        fix: Fix(title: "t", edits: [Edit(place, replacement: [0x62])]))
    }
    let clock = ContinuousClock()
    var result: FixResult?
    let time = clock.measure { result = FixApplier.apply(findings, to: source) }
    #expect(result?.octets.starts(with: Array("baba".utf8)) == true)
    // Copying the list for each fix took minutes.
    #expect(time < .seconds(30))
  }

  @Test("random fixes agree with applying them from the end", arguments: SeededGenerator.seeds(20))
  func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let findings = (0..<Int.random(in: 1...8, using: &random)).map { index in
        let start = Int.random(in: 0...10, using: &random)
        let end = Int.random(in: start...10, using: &random)
        return finding("r\(index)", [(start..<end, random.oneIn(2) ? "" : "<\(index)>")])
      }
      let result = FixApplier.apply(findings, to: source)
      var edits: [Edit] = []
      for edit in result.applied.flatMap({ $0.fix?.edits ?? [] }) where !edits.contains(edit) {
        edits.append(edit)
      }
      edits.sort {
        ($0.location.range.lowerBound, $0.location.range.upperBound)
          > ($1.location.range.lowerBound, $1.location.range.upperBound)
      }
      var expected = source.octets(in: 0..<10)
      for edit in edits { expected.replaceSubrange(edit.location.range, with: edit.replacement) }
      #expect(result.octets == expected)
      #expect(result.applied.count + result.skipped.count == findings.count)
    }
  }
}
