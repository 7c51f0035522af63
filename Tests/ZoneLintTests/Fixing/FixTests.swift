import Diagnostics
import Testing
import ZoneKit

@testable import ZoneLint

/// What `lint --fix` does for each rule that has a fix.
@Suite struct FixTests {
  /// A zone whose text a fix changes. `apply` is given the records behind the faultless zone's.
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: String
    let before: String
    let after: String
    var phase = LintConfiguration.Phase.normal
    var omitted: [Example.Part] = []
    var testDescription: String { "\(rule): \(before.debugDescription)" }
  }

  static let cases: [Case] = [
    Case(
      rule: "zone-duplicate-record",
      before: "w A 192.0.2.1 ; one\n  A 192.0.2.1\n  A 192.0.2.2",
      after: "w A 192.0.2.1 ; one\n  A 192.0.2.2"),
    // A comment is not lost.
    Case(
      rule: "zone-duplicate-record",
      before: "w A 192.0.2.1 ; one\n  A 192.0.2.1 ; two\n  A 192.0.2.2",
      after: "w A 192.0.2.1 ; one\n;  A 192.0.2.1 ; two\n  A 192.0.2.2"),
    Case(
      rule: "zone-duplicate-record",
      before: "w TXT \"a;b\" \\;c\nw TXT ( \"a;b\" ; one\n\n \\;c )\nw TXT ( \"a;b\"\n \\;c )",
      after: "w TXT \"a;b\" \\;c\n;w TXT ( \"a;b\" ; one\n; \\;c )"),
    Case(
      rule: "zone-ttl-rrset-mismatch",
      before: "w 600 A 192.0.2.1\nw 500 A 192.0.2.2\nw  A 192.0.2.3",
      after: "w 300 A 192.0.2.1\nw 300 A 192.0.2.2\nw  A 192.0.2.3"),
    Case(
      rule: "zone-ttl-rrset-mismatch", before: "w 600 A 192.0.2.1\nw 5 A 192.0.2.2",
      after: "w 600 A 192.0.2.1\nw 600 A 192.0.2.2"),
    Case(rule: "web-ttl", before: "www 1h A 192.0.2.1", after: "www 300 A 192.0.2.1"),
    Case(
      rule: "delegation-ttl", before: "@ 86400 NS ns1.example.net.\n@ 86400 NS ns2.example.net.",
      after: "@ 300 NS ns1.example.net.\n@ 300 NS ns2.example.net.", phase: .cutover,
      omitted: [.ns1, .ns2]),
    Case(
      rule: "delegation-ttl", before: "@ 30d NS ns1.example.net.\n@ 30d NS ns2.example.net.",
      after: "@ 86400 NS ns1.example.net.\n@ 86400 NS ns2.example.net.", omitted: [.ns1, .ns2]),
    // Nobody is locked in again while a cutover is being prepared.
    Case(
      rule: "delegation-ttl", before: "@ 300 NS ns1.example.net.\n@ 300 NS ns2.example.net.",
      after: "@ 300 NS ns1.example.net.\n@ 300 NS ns2.example.net.", omitted: [.ns1, .ns2]),
    Case(rule: "ttl-high", before: "h 1w A 192.0.2.1", after: "h 86400 A 192.0.2.1"),
    Case(
      rule: "spf-type", before: "s TXT \"v=spf1 -all\"\ns SPF \"v=spf1 \" \"-all\"",
      after: "s TXT \"v=spf1 -all\""),
    Case(rule: "spf-type", before: "s SPF \"v=spf1 -all\"", after: "s SPF \"v=spf1 -all\""),
    Case(
      rule: "syn-suspect-missing-dot", before: "s MX 1 mail.example.com\nmail A 192.0.2.1",
      after: "s MX 1 mail.example.com.\nmail A 192.0.2.1"),
    // Whether the host is in another zone is a guess.
    Case(
      rule: "syn-suspect-missing-dot", before: "s MX 1 mail.provider.net",
      after: "s MX 1 mail.provider.net"),
    Case(
      rule: "suppression-unused",
      before: "a A 192.0.2.1 ; host ; zonecut:disable=name-host-chars -- no longer",
      after: "a A 192.0.2.1 ; host"),
    Case(
      rule: "suppression-unused",
      before: "; zonecut:disable=name-host-chars -- no longer\nb A 192.0.2.1",
      after: "b A 192.0.2.1"),
    Case(
      rule: "suppression-unused",
      before: "a_b A 192.0.2.1 ; zonecut:disable=name-slash, name-host-chars -- legacy",
      after: "a_b A 192.0.2.1 ; zonecut:disable=name-host-chars -- legacy"),
    Case(
      rule: "syn-quoted-name", before: "\"q\" NS ns1.example.net.", after: "q NS ns1.example.net."),
    Case(
      rule: "syn-rdata", before: "q NS \"ns1.example.net.\"", after: "q NS ns1.example.net."),
    Case(rule: "syn-comment-char", before: "# old\nh A 192.0.2.1", after: ";# old\nh A 192.0.2.1"),
    Case(
      rule: "syn-string-too-long",
      before: "t TXT \"\(String(repeating: "x", count: 300))\"",
      after:
        "t TXT \"\(String(repeating: "x", count: 255))\" \"\(String(repeating: "x", count: 45))\""),
  ]

  static func fix(
    _ text: String, phase: LintConfiguration.Phase = .normal, raisesSerial: Bool = true
  ) -> FixedZone {
    let source = SourceFile(name: "example.zone", text: text)
    let configuration = LintConfiguration(sets: [.strict], phase: phase)
    return ZoneFixer(configuration: configuration, raisesSerial: raisesSerial).fix(
      ZoneFileReader.read(source))
  }

  static func text(_ zone: FixedZone) -> String {
    zone.changes.last.map {
      String(decoding: $0.new.octets(in: 0..<$0.new.count), as: UTF8.self)
    }
      ?? zone.original.zone.sources.map {
        String(decoding: $0.octets(in: 0..<$0.count), as: UTF8.self)
      }.joined()
  }

  @Test(arguments: cases)
  func changesWhatTheRuleAsks(_ item: Case) throws {
    let fixed = Self.fix(
      Example(item.before, omitting: item.omitted).zoneFile, phase: item.phase, raisesSerial: false)
    let after = Example(item.after, omitting: item.omitted).zoneFile
    #expect(Self.text(fixed) == after, "\(fixed.notes)")
    guard item.before != item.after else { return }
    #expect(!fixed.findings.contains { $0.rule == item.rule }, "\(fixed.findings.map(\.message))")
    #expect(fixed.fixed.contains { $0.rule == item.rule })
  }

  /// Every rule that declares a fix is among the cases or has a test of its own.
  @Test func everyFixIsTested() {
    let tested = Set(Self.cases.map(\.rule)).union(["syn-bom", "syn-no-final-newline", "syn-crlf"])
    #expect(Set(Rule.all.filter { $0.fix != nil }.map(\.id)) == tested)
  }

  @Test func byteOrderMarkGoesAndTheLastLineIsEnded() {
    let fixed = Self.fix("\u{FEFF}" + Example("a A 192.0.2.1").zoneFile.dropLast())
    #expect(Self.text(fixed) == Example("a A 192.0.2.1").zoneFile)
  }

  @Test func lineEndsOfAnotherSystemGo() {
    let text = Example("a TXT ( \"x\" ; one\n \"y\" )").zoneFile
    let fixed = Self.fix(text.replacing("\n", with: "\r\n"))
    #expect(Self.text(fixed) == text)
    #expect(fixed.fixed.map(\.rule) == ["syn-crlf"])
  }

  @Test func serialIsRaisedOnceWhereRecordsChange() {
    let text = Example("www 1h A 192.0.2.1\nw A 192.0.2.1\nw A 192.0.2.1").zoneFile
    let raised = Self.text(Self.fix(text))
    #expect(raised.contains("hostmaster.example.com. 2 14400"))
    #expect(Self.text(Self.fix(text, raisesSerial: false)).contains("example.com. 1 14400"))
    // Comments are no records.
    let comment = Example("a A 192.0.2.1 ; zonecut:disable=name-slash -- no longer").zoneFile
    #expect(Self.text(Self.fix(comment)).contains("example.com. 1 14400"))
  }

  @Test func serialWrapsAround() {
    let text = Example("www 1h A 192.0.2.1").zoneFile
      .replacing("example.com. 1 14400", with: "example.com. 4294967295 14400")
    #expect(Self.text(Self.fix(text)).contains("example.com. 0 14400"))
  }

  @Test func signedZonesAndSuppressedFindingsAreLeftAlone() {
    let signed = Example.signed("www 1h IN A 192.0.2.1").zoneFile
    let fixed = Self.fix(signed)
    #expect(fixed.changes.isEmpty && fixed.notes.first?.contains("signed") == true)
    let accepted = Example("www 1h A 192.0.2.1 ; zonecut:disable=web-ttl -- a poster").zoneFile
    #expect(Self.fix(accepted).changes.isEmpty)
  }

  @Test func findingsOfTheBaselineAreLeftAlone() {
    let text = Example(
      "www 1h A 192.0.2.1\nshop.www 1h A 192.0.2.1\nw A 192.0.2.1\nw A 192.0.2.1\nq 1w A 192.0.2.1"
    ).zoneFile.dropLast()
    let reading = ZoneFileReader.read(SourceFile(name: "example.zone", text: String(text)))
    let configuration = LintConfiguration(sets: [.strict])
    let known = Linter.lint(reading, configuration: configuration)
    let all = ZoneFixer(configuration: configuration, baseline: Baseline(known)).fix(reading)
    #expect(all.changes.isEmpty && all.fixed.isEmpty)
    #expect(
      all.notes == [
        "left alone, as the baseline accepts them: 1 syn-no-final-newline, 1 ttl-high, 1 web-ttl, "
          + "1 zone-duplicate-record"
      ])
    #expect(all.findings == known)
    // What is not accepted is settled all the same.
    let baseline = Baseline(known.filter { $0.rule != "ttl-high" })
    let some = ZoneFixer(configuration: configuration, baseline: baseline).fix(reading)
    #expect(some.fixed.map(\.rule) == ["ttl-high"])
    #expect(Self.text(some).contains("q 86400 A") && Self.text(some).contains("www 1h A"))
  }

  @Test func recordsOfGenerateAreLeftAlone() {
    let fixed = Self.fix(Example("$GENERATE 1-2 www CNAME a.cloudfront.net.").zoneFile)
    #expect(fixed.changes.isEmpty)
  }
}
