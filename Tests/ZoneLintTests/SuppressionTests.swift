import Diagnostics
import Testing
import ZoneKit

@testable import ZoneLint

@Suite struct SuppressionTests {
  private func rules(_ text: String, _ sets: Set<RuleSet> = [.standard]) -> [String] {
    let source = SourceFile(name: "example.zone", text: Example(text).zoneFile)
    let configuration = LintConfiguration(sets: sets, disabled: ["private-ip"])
    return Linter.lint(ZoneFileReader.read(source), configuration: configuration).map(\.rule)
  }

  @Test func commentBehindARecordSpeaksOfItsLine() {
    let comment = "; zonecut:disable=name-host-chars -- as the vendor wants it"
    #expect(rules("a_b IN A 192.0.2.1 \(comment)") == [])
    #expect(rules("a_b IN A 192.0.2.1 \(comment)\nc_d IN A 192.0.2.1") == ["name-host-chars"])
    #expect(rules("a_b IN ( A \n192.0.2.1 ) \(comment)") == [])
  }

  @Test func commentOnALineOfItsOwnSpeaksOfTheFile() {
    let comment = "; zonecut:disable=name-host-chars, ns-wildcard -- legacy"
    #expect(rules("\(comment)\na_b IN A 192.0.2.1\n*.x IN NS ns1.example.net.") == [])
  }

  @Test func commentWithinACommentSpeaksOfNothing() {
    let old = ";old_1 IN A 192.0.2.2 ; zonecut:disable=name-host-chars -- the vendor wanted it"
    #expect(rules("\(old)\na_b IN A 192.0.2.1") == ["name-host-chars"])
    #expect(rules(";; zonecut:disable=name-host-chars -- legacy\na_b IN A 192.0.2.1") == [])
  }

  /// What is switched off does not use up the findings that are kept of a rule.
  @Test func limitCountsWhatIsWanted() {
    let hosts = (0..<30).map {
      "a_\($0) IN A 192.0.2.1" + ($0 < 20 ? " ; zonecut:disable=name-host-chars -- legacy" : "")
    }
    let source = SourceFile(
      name: "example.zone", text: Example(hosts.joined(separator: "\n")).zoneFile)
    let reading = ZoneFileReader.read(source)
    for limit in [5, 10, 15] {
      let configuration = LintConfiguration(disabled: ["private-ip"], maximumFindings: limit)
      let findings = Linter.lint(reading, configuration: configuration)
      #expect(Set(findings.map(\.rule)) == ["name-host-chars"])
      #expect(findings.count == (limit < 10 ? limit + 1 : 10))
      #expect(findings.reduce(0) { $0 + $1.count } == 10)
    }
  }

  @Test func unusedAndMalformedCommentsAreFindings() {
    #expect(
      rules("a IN A 192.0.2.1 ; zonecut:disable=name-host-chars -- no longer")
        == ["suppression-unused"])
    #expect(
      rules("a_b IN A 192.0.2.1 ; zonecut:disable=name-host-chars") == ["suppression-malformed"])
    #expect(
      rules("a IN A 192.0.2.1 ; zonecut:disable=name-host-char -- x") == ["suppression-malformed"])
  }

  @Test func commentForARuleThatDoesNotRunIsNotUnused() {
    #expect(rules("a IN A 192.0.2.1 ; zonecut:disable=wildcard-risk -- strict only") == [])
  }

  /// It may speak of what only the network tells.
  @Test func commentForARuleThatTheNetworkLeftUndecidedIsNotUnused() {
    let text = "a IN CNAME x.example.net. ; zonecut:disable=cname-dangling -- until March"
    let source = SourceFile(name: "example.zone", text: Example(text).zoneFile)
    func rules(_ answers: String?) -> [String] {
      Linter.lint(
        ZoneFileReader.read(source), configuration: LintConfiguration(disabled: ["private-ip"]),
        inquiry: answers.map { ExampleAnswers($0).inquiry }
      ).map(\.rule)
    }
    #expect(rules(nil) == [])
    #expect(rules("x.example.net. SERVFAIL") == ["resolve-undecided"])
    #expect(rules("x.example.net. NXDOMAIN") == [])
    #expect(rules("") == ["suppression-unused"])
  }

  @Test func errorsOfTheReaderStay() {
    #expect(
      rules("; zonecut:disable=syn-rdata -- please\na IN A 192.0.2.256").contains("syn-rdata"))
  }

  @Test func textInAStringIsNoComment() {
    #expect(rules("a IN TXT \"zonecut:disable=name-host-chars -- x\"") == [])
  }

  @Test func baselineAcceptsWhatItHolds() {
    let known = Finding(rule: "a-b", severity: .warning, message: "x\ny")
    let other = Finding(rule: "a-b", severity: .warning, message: "z")
    let baseline = Baseline(parsing: Baseline([known]).text)
    #expect(baseline == Baseline([known]))
    #expect(baseline.newFindings(in: [known, other, known]) == [other, known])
  }
}
