import Diagnostics
import TestSupport
import Testing

@Suite("Findings as JSON, GitHub annotations and Markdown")
struct MachineReportTests {
  @Test("JSON: schema, summary, findings with place, notes, help and fix")
  func json() {
    expectSnapshot(FindingReport(Sample.findings).json().text(), named: "report.json")
  }

  @Test("JSON: hostile text is escaped; a replacement that is no UTF-8 is hexadecimal")
  func hostileJSON() throws {
    let text = FindingReport(Hostile.findings).json().text(pretty: false)
    #expect(Hostile.isHarmless(text))
    let value = try JSONReader.read(SourceFile(name: "out", text: text))
    #expect(try value["findings"]?.elements.first?["message"]?.string("x") == Hostile.text)
    var finding = Sample.findings[1]
    finding.fix?.edits[0].replacement = [0xff, 0x0a]
    let hex = FindingReport([finding]).json().text(pretty: false)
    #expect(hex.contains(#""replacementHex":"ff0a""#))
  }

  @Test("GitHub: a command a finding, properties and data escaped")
  func github() {
    expectSnapshot(FindingReport(Sample.findings).githubAnnotations(), named: "report.github.txt")
    let source = SourceFile(name: "a,b:c%.zone", text: "x\ny\n")
    let finding = Finding(
      rule: "r", severity: .info, message: "50 %: a, b", at: Location(source, 0..<3))
    #expect(
      FindingReport([finding]).githubAnnotations()
        == "::notice file=a%2Cb%3Ac%25.zone,line=1,endLine=2,title=r::50 %25: a, b\n")
  }

  @Test("GitHub: no input begins a command of its own")
  func hostileGitHub() {
    let text = FindingReport(Hostile.findings).githubAnnotations()
    #expect(Hostile.isHarmless(text))
    #expect(text.split(separator: "\n").count == 1)
    #expect(text.hasPrefix("::error file="))
  }

  @Test("Markdown: a table and the summary")
  func markdown() {
    expectSnapshot(FindingReport(Sample.findings).markdown(), named: "report.md")
    #expect(FindingReport([]).markdown() == "No findings.\n")
  }

  @Test("Markdown: hostile text makes no markup, no mention and no cell")
  func hostileMarkdown() {
    let text = FindingReport(Hostile.findings).markdown()
    #expect(Hostile.isHarmless(text))
    let rows = text.split(separator: "\n")
    #expect(rows.count == 4)
    #expect(!text.contains("<b>"))
    #expect(!text.contains("@user"))
    #expect(!text.contains("[a]("))
    // Pipes that are not escaped: the five of a row with four cells.
    let row = Array(rows[2])
    #expect(row.indices.count { row[$0] == "|" && ($0 == 0 || row[$0 - 1] != "\\") } == 5)
  }
}
