import Diagnostics
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// Zones with faults of many kinds: what a fix promises holds whatever stands beside them.
@Suite struct FixPropertyTests {
  /// Entries with something to fix.
  private static let faulty = [
    "dup A 192.0.2.1 ; first\ndup A 192.0.2.1 ; again", "mix 600 A 192.0.2.1\nmix 500 A 192.0.2.2",
    "www 1h A 192.0.2.7", "shop 1d CNAME x.cloudfront.net.", "long 30d TXT \"a;b\" ; note",
    "spf1 TXT \"v=spf1 -all\"\nspf1 SPF \"v=spf1 -all\"",
    "dot MX 5 h1.example.com\nh1 A 192.0.2.3", "c A 192.0.2.9 ; zonecut:disable=name-slash -- gone",
    "; zonecut:disable=ns-wildcard -- gone", "\"quote\" NS ns1.example.net.",
    "# a stranger's comment", "two A 192.0.2.1\n    A 192.0.2.1\n    A 192.0.2.2\n    TXT \"x\"",
  ]

  /// Entries that no fix concerns.
  private static let faultless = [
    "fine A 192.0.2.4 ; kept", "multi TXT (\n  \"one\" ; first\n  \"two\" )", "other MX 40 host",
    "host A 192.0.2.5", "*.wild A 192.0.2.6", "sub NS ns.sub\nns.sub 1d A 192.0.2.8",
    "inherit 400 A 192.0.2.10\n        TXT \"inherits\"", "$TTL 200", "$TTL 86401", "; a note",
    "a_b A 192.0.2.5 ; zonecut:disable=name-host-chars -- legacy",
  ]

  @Test(arguments: SeededGenerator.seeds(60))
  func onlyWhatIsNamedChanges(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let faulty = Self.faulty.shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random))
    let chosen = (faulty + Self.faultless.shuffled(using: &random).prefix(6))
      .shuffled(using: &random)
    var text = Example(chosen.joined(separator: "\n")).zoneFile
    if Int.random(in: 0...3, using: &random) == 0 { text.removeLast() }
    let phase = [LintConfiguration.Phase.normal, .cutover].randomElement(using: &random) ?? .normal
    let fixed = FixTests.fix(text, phase: phase)
    let result = FixTests.text(fixed)

    let before = Linter.lint(
      fixed.original, configuration: LintConfiguration(sets: [.strict], phase: phase))
    let settled = Set(fixed.fixed.map(\.rule))
    // What was fixed is gone, and nothing new is found but what the repaired records themselves say.
    for finding in fixed.findings {
      #expect(
        !settled.contains(finding.rule) || Self.mayStay(finding), "\(finding.message)\n\(text)")
    }
    if fixed.original.hasErrors == false {
      let known = Set(before.map { $0.rule + $0.message })
      let new = fixed.findings.filter { !known.contains($0.rule + $0.message) }
      #expect(new.isEmpty, "\(new.map(\.message))\n\(text)\n\(result)")
    }

    // Lines that no fix concerns are there, in the same order.
    let concerned = Set(Self.faulty.flatMap { $0.split(separator: "\n") })
    var kept = text.split(separator: "\n").filter {
      !concerned.contains($0) && !$0.contains("IN SOA") && !$0.contains("86400 IN NS")
    }[...]
    for line in result.split(separator: "\n") where line == kept.first { kept.removeFirst() }
    #expect(kept.isEmpty, "\(kept.first ?? "") is gone\n\(text)\n\(result)")
    // Of the records only TTLs and copies changed, and what an error had hidden came in.
    let left = fixed.reading.zone.map(Self.identity)
    for record in fixed.original.zone where record.type != .spf && record.type != .mx {
      #expect(left.contains(Self.identity(record)), "\(record) is gone")
    }

    // A second run finds nothing to do.
    #expect(FixTests.fix(result, phase: phase).changes.isEmpty, "\(result)")
  }

  /// Findings of a rule with a fix that only a person can settle.
  private static func mayStay(_ finding: Finding) -> Bool {
    finding.rule == "syn-suspect-missing-dot" || finding.rule == "delegation-ttl"
      || finding.rule == "spf-type"
  }

  /// What of a record no fix changes but that of a missing dot.
  private static func identity(_ record: Record) -> String {
    record.type == .soa
      ? "SOA" : "\(record.owner) \(record.type) \(record.data)"
  }
}
