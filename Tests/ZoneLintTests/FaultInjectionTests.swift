import Diagnostics
import Foundation
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// Each rule's fault, put into the samples and into zones of other people: found at its place, and
/// nothing else is found that was not found before.
@Suite struct FaultInjectionTests {
  /// Rules whose fault does not go into just any zone, and why.
  static let notByText: [String: String] = [
    "syn-too-large": "takes 4 GB of data",
    "zone-class": "is a matter of the whole zone: see FaultSampleTests",
    "nsec3-name-length": "is a matter of the zone's own name, which a text cannot change",
    "reverse-ptr": "concerns zones of reverse mapping only: see reverseZones",
    "rrsig-missing": "needs a signed zone: see SignedFaultTests",
    "rrsig-expired": "needs a signed zone: see SignedFaultTests",
    "rrsig-bad": "needs a signed zone: see SignedFaultTests",
    "rrsig-bogus": "needs a signed zone: see SignedFaultTests",
    "nsec3-chain": "needs a signed zone: see SignedFaultTests",
    "r53-export-syntax": "is one of exports: see ExportFaultTests",
    "r53-export": "is one of exports: see ExportFaultTests",
    "r53-export-incomplete": "is one of exports: see ExportFaultTests",
    "r53-export-duplicate": "is one of exports: see ExportFaultTests",
    "r53-export-no-soa": "is one of exports: see ExportFaultTests",
    "r53-export-out-of-zone": "is one of exports: see ExportFaultTests",
    "r53-export-other-zone": "takes two files: see ExportReadingTests",
    "r53-export-stale": "takes two files: see ExportReadingTests",
    "r53-annotation": "is one of annotated zone files: see ZoneTextTests",
  ]

  /// Rules that look at domains with names of people's making: not in reverse zones, nor below a
  /// top-level domain.
  static let onlyInOrdinaryDomains: Set<String> = [
    "spf-missing", "dmarc-missing", "tls-rpt-missing", "mta-sts-missing", "no-mail-lockdown",
    "caa-missing", "web-ttl",
  ]

  /// The rules that find something without the network.
  static let working = Rule.all.filter { $0.leftOutReason == nil && $0.network != .only }

  @Test func everyRuleIsTriedOrExplained() {
    for rule in Self.working {
      let isTried = Self.fileFaults[rule.id] != nil || rule.triggering.contains(where: Self.fits)
      #expect(isTried != (Self.notByText[rule.id] != nil), "\(rule.id)")
    }
  }

  @Test func faultsAreFoundInSamples() throws {
    let hosts = try files(below: zoneSamples, ending: [".zone"]).filter {
      !$0.contains("/broken/")
    }.map { path in
      let file = path.split(separator: "/").last.map { $0.dropLast(".zone".count) } ?? ""
      return try #require(
        Host(try SourceFile.open(path: path), origin: try Name(parsing: file + ".")))
    }
    #expect(hosts.count >= 8)
    check(hosts, atLeast: hosts.count - 1)
  }

  @Test(.needsSharedCorpus) func faultsAreFoundInTheCorpus() throws {
    let entries = try CorpusLintTests.entries {
      $0["mode"] == "zone" && ["valid", "none"].contains($0["expectation"])
        && (Int($0["bytes"] ?? "") ?? 0) < 20_000
    }
    let hosts = entries.compactMap { entry in
      entry.reading.zone.sources.first.flatMap { Host($0, origin: entry.reading.zone.apex) }
    }
    let ordinary = hosts.filter { $0.apex.labelCount >= 2 && !$0.apex.isReverse }
    let others = hosts.filter { $0.apex.labelCount < 2 || $0.apex.isReverse }
    check(Array(ordinary.prefix(24) + others.prefix(6)), atLeast: 22)
  }

  /// Tries every fault in every zone that it can apply to, and every rule in so many zones.
  private func check(_ hosts: [Host], atLeast minimum: Int) {
    var failures: [String: [String]] = [:]
    var zoneCounts: [String: Int] = [:]
    for host in hosts {
      for rule in Self.working {
        if Self.onlyInOrdinaryDomains.contains(rule.id),
          host.apex.isReverse || host.apex.labelCount < 2
        {
          continue
        }
        // Slashes are at home in reverse zones.
        if rule.id == "name-slash", host.apex.isReverse { continue }
        var injections = rule.triggering.filter(Self.fits).map {
          (text: $0.text, injection: Injection(rule, $0, into: host))
        }
        if let fault = Self.fileFaults[rule.id] {
          injections.append((text: "a fault of the file", injection: fault(rule, host)))
        }
        guard injections.contains(where: { $0.injection != nil }) else { continue }
        zoneCounts[rule.id, default: 0] += 1
        for (text, injection) in injections {
          guard let failure = injection?.failure(named: host.name) else { continue }
          failures["\(rule.id): \(text.debugDescription)", default: []]
            .append("\(host.name): \(failure)")
        }
      }
    }
    for (failure, names) in failures.sorted(by: { $0.key < $1.key }).prefix(60) {
      Issue.record("\(failure) in \(names.count) zones, as in \(names[0])")
    }
    for rule in Self.working where Self.notByText[rule.id] == nil {
      let count = zoneCounts[rule.id, default: 0]
      var wanted = minimum
      if Self.onlyInOrdinaryDomains.contains(rule.id) || Injection.onceAZone.contains(rule.id) {
        wanted -= 2
      }
      #expect(count >= wanted, "\(rule.id) was tried in \(count) zones")
    }
  }

  /// Whether an example can be put into any zone: not where it is a whole file or zone itself.
  private static func fits(_ example: Example) -> Bool {
    !example.isWholeFile && example.answers == nil
      && example.omitted.count < Example.Part.allCases.count
  }

  /// Faults of a file as a whole.
  static let fileFaults: [String: @Sendable (Rule, Host) -> Injection?] = [
    "syn-unterminated-quote": {
      behind($0, $1, "zonecut-fault IN TXT ↓\"never closed", also: ["syn-no-final-newline"])
    },
    "syn-no-final-newline": { behind($0, $1, "zonecut-fault 300 IN TXT \"a↓\"") },
    "syn-include-ttl-leak": {
      behind(
        $0, $1, "$TTL 300\n↓$INCLUDE zonecut-fault.inc\n", also: ["r53-import-directive"])
    },
    "syn-include-elsewhere": { rule, host in
      var injection = behind(
        rule, host, "↓$INCLUDE zonecut-fault-folder/outer.inc\n", also: ["r53-import-directive"])
      // Behind the directive in the included file.
      injection?.place = "$INCLUDE ".utf8.count
      return injection
    },
    "syn-too-many-errors": { rule, host in
      var injection = behind(
        rule, host, String(repeating: "zonecut-fault IN A ↓y\n", count: 1_000), also: ["syn-rdata"])
      injection?.place = 0
      return injection
    },
    "syn-blank-owner-first": { before($0, $1, " ↓IN TXT \"nobody's\"\n") },
    "syn-bom": { before($0, $1, "↓\u{FEFF}") },
    // Nothing is read then.
    "syn-not-text": { before($0, $1, "↓\0", also: ["zone-soa-missing"]) },
    "syn-no-origin": { rule, host in
      injection(rule, host.lines(), before: "$TTL 300\n↓zonecut-fault IN A 192.0.2.1\n")
    },
    "syn-no-default-ttl": { rule, host in
      injection(
        rule, host.lines(), behind: "↓zonecut-fault.\(host.apex) IN TXT \"a\"\n",
        // It takes the TTL of the record before it, and is not signed.
        also: ["ttl-high", "ttl-low", "nsec-chain", "rrsig-missing"])
    },
  ]

  private static func behind(
    _ rule: Rule, _ host: Host, _ text: String, also companions: Set<String> = []
  ) -> Injection? {
    injection(
      rule, host.octets + Array("\n$ORIGIN \(host.apex)\n".utf8), behind: text, origin: host.apex,
      also: host.isSigned ? companions.union(["nsec-chain", "rrsig-missing"]) : companions)
  }

  private static func before(
    _ rule: Rule, _ host: Host, _ text: String, also companions: Set<String> = []
  ) -> Injection? {
    injection(rule, host.octets, before: text, origin: host.apex, also: companions)
  }

  private static func injection(
    _ rule: Rule, _ octets: [UInt8], before prefix: String = "", behind suffix: String = "",
    origin: Name? = nil, also companions: Set<String> = []
  ) -> Injection? {
    let mark = Array("↓".utf8)
    let head = Array(prefix.utf8)
    let marked = head + octets + Array(suffix.utf8)
    // No zone has the mark of its own.
    guard let place = marked.firstRange(of: mark)?.lowerBound else { return nil }
    var faulty = Injection.Text(octets: marked, origin: origin)
    faulty.octets.replace(mark, with: [])
    var injection = Injection(
      rule: rule, base: .init(octets: octets, origin: origin), faulty: faulty, place: place,
      // One counts the records, the other is a digest over them.
      companions: companions.union(["r53-import-limit", "zonemd"]))
    injection.configuration.now = 1_780_272_000  // 2026-06-01
    return injection
  }

  /// A PTR record at a name that spells no address.
  @Test func reverseZones() throws {
    let path = zoneSamples + "/reverse/2.0.192.in-addr.arpa.zone"
    let host = try #require(
      Host(try SourceFile.open(path: path), origin: try Name(parsing: "2.0.192.in-addr.arpa.")))
    let rule = try #require(Rule.find("reverse-ptr"))
    let injection = Self.behind(rule, host, "$TTL 300\n↓host IN PTR host.zonecut-fault.invalid.\n")
    #expect(injection?.failure(named: host.name) == nil)
  }
}
