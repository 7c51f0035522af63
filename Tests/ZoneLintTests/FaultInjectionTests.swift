import Diagnostics
import Foundation
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// Each rule's fault, put below a name of its own into zones of other people: found at its line,
/// and nothing else is found that was not found before.
@Suite struct FaultInjectionTests {
  struct Fault {
    let rule: Rule
    let example: Example

    /// The text behind a zone file, with the mark.
    func text(apex: Name) -> String {
      "\n$ORIGIN zonecut-fault.\(apex)\n$TTL 300\n"
        + example.text.replacing("example.net", with: "zonecut-fault.invalid")
        .replacing("example.org", with: "zonecut-fault.test") + "\n"
    }
  }

  /// Examples that do not depend on where they stand: nothing at the apex, nothing left out.
  static let faults: [Fault] = Rule.all.flatMap { rule in
    rule.triggering.filter { example in
      example.omitted.isEmpty && example.webNames.isEmpty && example.phase == .normal
        && !example.text.contains("@ ") && !example.text.contains("example.com")
        && example.text.contains("↓") && !leansOnTheFaultlessZone.contains(example.text)
    }.map { Fault(rule: rule, example: $0) }
  }

  /// Examples that repeat a record of the faultless zone, or speak of names below its apex.
  static let leansOnTheFaultlessZone: Set<String> = [
    "↓_dmarc IN TXT \"v=DMARC1; p=quarantine\"", "↓_mta-sts IN TXT \"v=STSv1; id=2\"",
    "↓_smtp._tls IN TXT \"v=TLSRPTv1; rua=mailto:b@example.com\"",
    "ftp IN CNAME ↓files.provider.net", "↓www 3600 IN CNAME site.example.net.",
    "↓$GENERATE 1-2 host$ A 192.0.2.$",
  ]

  /// Rules that speak of the zone as a whole, or of names around the fault.
  static let ambient: Set<String> = [
    "private-ip", "wildcard-beside-ent", "r53-import-limit", "syn-no-final-newline",
    "ipv4-only-served",
  ]

  @Test func enoughRulesAreTried() {
    #expect(Set(Self.faults.map(\.rule.id)).count > 60)
  }

  @Test func faultsAreFoundInSamples() throws {
    let paths = files(below: zoneSamples, ending: [".zone"]).filter {
      !$0.contains("/broken/") && !$0.contains("/large/")
    }
    try check(try paths.map { try SourceFile.open(path: $0) }, atLeast: 3)
  }

  @Test(.needsSharedCorpus) func faultsAreFoundInTheCorpus() throws {
    let entries = try CorpusLintTests.entries {
      $0["mode"] == "zone" && ["valid", "none"].contains($0["expectation"])
    }
    let sources = entries.filter { !$0.reading.hasErrors && $0.reading.zone.hasSOA }
      .compactMap(\.reading.zone.sources.first)
    try check(sources, atLeast: 20)
  }

  private func check(_ sources: [SourceFile], atLeast minimum: Int) throws {
    var used = 0
    var failures: [String: [String]] = [:]
    for source in sources {
      let octets = source.octets(in: 0..<source.count)
      let before = read(octets, source)
      guard !before.hasErrors, before.zone.hasSOA, before.zone.sources.count == 1,
        !before.zone.contains(where: {
          $0.type.isZoneSigning || $0.type == .dname
            || $0.owner.isWildcard && $0.owner.parent == before.zone.apex
        }),
        !before.zone.apex.isReverse, !before.zone.apex.isRoot,
        before.zone.apex.isHostName, before.zone.recordClass == .in
      else { continue }
      used += 1
      if used > 25 { break }
      let known = Set(Linter.lint(before, configuration: Self.configuration).map(Key.init))
      for fault in Self.faults {
        let text = fault.text(apex: before.zone.apex)
        let after = read(octets + Array(text.replacing("↓", with: "").utf8), source)
        let mark = try #require(text.firstRange(of: "↓"))
        let place = octets.count + text.utf8.distance(from: text.startIndex, to: mark.lowerBound)
        let found = Linter.lint(after, configuration: Self.configuration)
          .filter { !known.contains(Key($0)) }
        let own = found.filter { $0.rule == fault.rule.id }
        let others = found.filter {
          $0.rule != fault.rule.id && !fault.example.companions.contains($0.rule)
            && !Self.ambient.contains($0.rule)
        }
        if own.map({ $0.location?.range.lowerBound }) == [place], others.isEmpty { continue }
        failures[
          "\(fault.rule.id): \(fault.example.text.debugDescription): found \(own.map(\.message)), "
            + "others \(others.map { "\($0.rule): \($0.message)" })", default: []
        ].append(source.name)
      }
    }
    for (failure, names) in failures.sorted(by: { $0.key < $1.key }).prefix(40) {
      Issue.record("\(failure) in \(names.count) zones, as in \(names[0])")
    }
    #expect(used >= minimum, "\(used) zones")
  }

  private static let configuration = LintConfiguration(sets: [.strict])

  private func read(_ octets: [UInt8], _ source: SourceFile) -> ZoneReading {
    let name = source.name.split(separator: "/").last.map(String.init) ?? ""
    let origin = name.hasSuffix(".zone") ? try? Name(parsing: name.dropLast(5) + ".") : nil
    return ZoneFileReader.read(
      SourceFile(name: source.name, octets: octets),
      options: ZoneFileOptions(origin: origin, presetTTL: TTL(3_600)))
  }

  /// What tells a finding from others when text is added behind it.
  private struct Key: Hashable {
    let rule: String
    let offset: Int?
    let message: String

    init(_ finding: Finding) {
      rule = finding.rule
      offset = finding.location?.range.lowerBound
      message = finding.message
    }
  }
}
