import Diagnostics
import TestSupport
import Testing

@Suite("Findings as text, grouped by rule")
struct GroupedReportTests {
  /// A finding on each line of a source.
  private func findings(_ rule: String, _ severities: [Severity]) -> [Finding] {
    let source = SourceFile(
      name: "\(rule).zone", text: String(repeating: "x\n", count: severities.count))
    return severities.enumerated().map { line, severity in
      Finding(
        rule: rule, severity: severity, message: "m\(line + 1)",
        at: Location(source, (2 * line)..<(2 * line + 1)), help: "h", why: "w")
    }
  }

  private func text(_ findings: [Finding], showing count: Int = 5) -> String {
    FindingReport(findings).groupedText(showing: count, hint: "--all")
  }

  @Test("one in full, the others in a line, how many there are")
  func snapshot() {
    let many = findings("r", Array(repeating: .info, count: 12))
    expectSnapshot(text(Sample.findings + many), named: "report.grouped.txt")
    expectSnapshot(
      FindingReport(Sample.findings + many).groupedText(style: .colored, hint: "--all"),
      named: "report.grouped.color.txt")
    #expect(text([]) == "")
  }

  @Test("rules with the worst findings come first, and those of a rule likewise")
  func order() {
    let all = findings("a", [.info, .info]) + findings("b", [.info, .error, .warning, .error])
    let heads = text(all).split(separator: "\n").filter { $0.contains(".zone:") }
    #expect(
      heads == [
        "b.zone:2:1: error: m2 [b]", "b.zone:4:1: error: m4 [b]", "b.zone:3:1: warning: m3 [b]",
        "b.zone:1:1: info: m1 [b]", "a.zone:1:1: info: m1 [a]", "a.zone:2:1: info: m2 [a]",
      ])
  }

  @Test("all errors are shown; the others are counted to the last", arguments: 0..<9)
  func counts(errorCount: Int) {
    let severities = (0..<9).map { $0 < errorCount ? Severity.error : .warning }
    var all = findings("r", severities)
    var rest = Finding(rule: "r", severity: .warning, message: "more")
    rest.count = 100
    all.append(rest)
    let text = text(all, showing: 3)
    let shown = max(errorCount, 3)
    #expect(text.split(separator: "\n").count { $0.hasPrefix("r.zone:") } == shown)
    #expect(text.hasSuffix("  109 findings of r, \(109 - shown) not shown: --all shows all\n"))
    #expect(!text.contains("more"))
    let words = FindingReport(all).summary.split(separator: " ").compactMap { Int($0) }
    #expect(words.reduce(0, +) == 109)
  }

  @Test("hostile text stays text")
  func hostile() {
    #expect(Hostile.isHarmless(text(Hostile.findings + Hostile.findings)))
  }
}
