import Diagnostics
import Foundation
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// Zone files of nine test suites: what they call valid gives no error, what they call wrong is
/// found.
@Suite(.needsSharedCorpus) struct CorpusLintTests {
  struct Entry {
    let path: String
    let expectation: String
    let layer: String
    let mode: String
    let note: String
    let reading: ZoneReading
  }

  static func entries(where isWanted: ([String: String]) -> Bool) throws -> [Entry] {
    let folder = try #require(SharedCorpus.root) + "/zones"
    let manifest = try String(contentsOfFile: folder + "/MANIFEST.tsv", encoding: .utf8)
    let lines = manifest.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    return try lines.dropFirst().compactMap { fields in
      let row = Dictionary(zip(lines[0], fields)) { first, _ in first }
      guard row["kind"] == "zone", isWanted(row), let path = row["path"] else { return nil }
      let origin = row["origin"].flatMap { $0.isEmpty ? nil : $0 }
      let options = ZoneFileOptions(
        origin: try origin.map { try Name(parsing: $0, origin: .root) }, presetTTL: TTL(3_600),
        includeRoot: folder)
      return Entry(
        path: path, expectation: row["expectation"] ?? "", layer: row["layer"] ?? "",
        mode: row["mode"] ?? "", note: row["note"] ?? "",
        reading: ZoneFileReader.read(
          try SourceFile.open(path: folder + "/" + path), options: options))
    }
  }

  /// Stated-valid zones that have an error here, each with what decides otherwise.
  static let errorsThoughValid: [String: String] = [
    "domain/test-data/zonefiles/example.com.txt":
      "RFC 6840 5.1: its NSEC records were signed with the next name in lower case, as of old; "
      + "ldns-verify-zone calls them bogus too",
    "domain/test-data/zonefiles/nsd-example.txt":
      "RFC 1034 4.2.2: the server some.other.ns.net.example.com. lacks its final dot and address",
    "dnspython/tests/test_zone/codec_text.zone":
      "RFC 1034 4.2.2: the servers ns1.example. and ns2.example. have no address",
    "dnspython/tests/test_zone/last_ttl_input.zone":
      "RFC 1034 4.2.2: the servers ns1.example. and ns2.example. have no address",
    "dnspython/tests/test_zone/origin_sets_input.zone":
      "RFC 1034 4.2.2: the servers ns1.example. and ns2.example. have no address",
    "ldns/test/25-ZONEMD.tpkg/A.2.Complex-EXAMPLE-Zone":
      "RFC 8976 A.2 holds data outside the zone on purpose",
    "ldns/test/25-ZONEMD.tpkg/A.4.The-URI.ARPA-Zone":
      "RFC 4035 2.2: the ZONEMD record of a signed zone is signed too",
    "validns/t/zones/example.sec.signed": "RFC 7344 4: its CDS and CDNSKEY are of different keys",
    "validns/t/issues/lots-of-rare-rrs/all.rr.org": "RFC 6376 3.6.1: no RSA key in p",
  ]

  /// Complete zones: those with SOA and NS at the apex that one of three name servers loads. The
  /// suites call many a text valid that none does.
  @Test func statedValidZonesGiveNoError() throws {
    var count = 0
    let entries = try Self.entries { row in
      row["mode"] == "zone" && row["expectation"] == "valid"
        && ["v_bind", "v_knot", "v_nsd"].contains { row[$0] == "ok" }
    }
    for entry in entries {
      let zone = entry.reading.zone
      guard zone.hasSOA, zone.contains(where: { $0.owner == zone.apex && $0.type == .ns }) else {
        continue
      }
      count += 1
      var configuration = LintConfiguration()
      // An hour after the zone was signed.
      configuration.now = zone.compactMap { RRSIG($0.data)?.inception }.max().map { $0 &+ 3_600 }
      let errors = Linter.lint(entry.reading, configuration: configuration).filter {
        $0.severity == .error
      }
      let isException = Self.errorsThoughValid[entry.path] != nil
      if errors.isEmpty == isException {
        Issue.record(
          "\(entry.path): \(errors.first.map { "\($0.rule): \($0.message)" } ?? "no error by now")")
      }
    }
    #expect(count > 45, "\(count) zones")
    #expect(Self.errorsThoughValid.count <= 10)
  }

  /// The rules that name each file's stated faults.
  static let faults: [String: Set<String>] = [
    "dnspython/tests/test_zone/example_cname_and_other_data.zone": ["cname-and-other"],
    "dnspython/tests/test_zone/no_ns_text.zone": ["zone-ns-missing"],
    "dnspython/tests/test_zone/no_soa_text.zone": ["zone-soa-missing"],
    "ldns/test/25-ZONEMD.tpkg/repeated-ZONEMD-scheme-and-algorithm": ["zonemd"],
    "validns/t/issues/29-slash/example.com": ["name-slash", "name-host-chars"],
    "validns/t/issues/nsec-chain/example.com.signed-without-first-nsec": ["nsec-chain"],
    "validns/t/issues/nsec-chain/example.com.signed-without-last-nsec": ["nsec-chain"],
    "validns/t/zones/dnskey-exponent.zone": ["dnskey-invalid"],
    "validns/t/zones/example.sec.signed.with-errors": ["nsec-chain", "rrsig-bad"],
    "validns/t/zones/mx-ns-alias": ["mx-target-cname", "ns-target-cname"],
    "validns/t/zones/rp-policy": ["rp-txt-missing"],
  ]

  @Test func statedFaultsAreFound() throws {
    var missed = Self.faults
    for entry in try Self.entries(where: { ["semantic", "dnssec"].contains($0["layer"]) }) {
      let rules = Set(
        Linter.lint(entry.reading, configuration: LintConfiguration(sets: [.strict])).map(\.rule))
      guard let wanted = missed.removeValue(forKey: entry.path) else {
        Issue.record("\(entry.path): no rule is stated for '\(entry.note)'")
        continue
      }
      #expect(rules.isSuperset(of: wanted), "\(entry.path): \(entry.note): found \(rules.sorted())")
    }
    #expect(missed.isEmpty)
  }

  /// No input, however odd, makes a rule trap, and findings point into the files.
  @Test func everyFileCanBeLinted() throws {
    for entry in try Self.entries(where: { _ in true }) {
      var configuration = LintConfiguration(sets: [.strict])
      configuration.now = 1_780_272_000
      for finding in Linter.lint(entry.reading, configuration: configuration) {
        #expect(Rule.find(finding.rule) != nil, "\(finding.rule)")
        guard let location = finding.location else { continue }
        #expect(
          location.range.upperBound <= location.source.count, "\(entry.path): \(finding.rule)")
      }
    }
  }
}
