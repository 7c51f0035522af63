import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ZoneKit

/// Zone files of nine test suites against what each suite states of them.
@Suite("Zone file corpus", .needsSharedCorpus)
struct CorpusTests {
  /// Stated-valid files that are refused here, each with what decides otherwise.
  static let refusedThoughValid: [String: String] = [
    "dnspython/tests/test_zone/example_unicode.zone": "$UNICODE is dnspython's own",
    "miekg/parse_test/TestAAAAParsing-01.zone": "RFC 3596 2.2: AAAA without an address",
    "miekg/parse_test/TestComment-01.zone": "RFC 4648 4: base 64 of nine characters",
    "miekg/parse_test/TestDigit-05.zone": "RFC 1035 5.1: \\256 is no octet",
    "miekg/parse_test/TestDigit-06.zone": "RFC 1035 5.1: \\257 is no octet",
    "miekg/parse_test/TestHIP-01.zone": "RFC 8005 6: no white space in the public key",
    "miekg/parse_test/TestParseRRSIGAlgNames-08.zone": "RFC 4034 3.2: - is no algorithm",
    "miekg/scan_test/TestParseKnownRRAsRFC3597-03.zone": "RFC 3597 5: A data of no octets",
    "miekg/scan_test/TestParseOpenEscape-02.zone": "RFC 1035 5.1: a backslash at the end",
    "ldns/test/20-sign-zone.tpkg/20-sign-zone.db": "RFC 7043 4: EUI64 of four octets",
    "miekg/scan_test/TestUnexpectedNewline-01.zone": "RFC 2163 4: PX without data",
    "miekg/svcb_test/TestCompareSVCB-01.zone": "no zone file but a message of the suite",
    "miekg/svcb_test/TestCompareSVCB-02.zone": "no zone file but a message of the suite",
    "miekg/svcb_test/TestSVCB-01.zone": "no zone file but a message of the suite",
    "simdzone/syntax/escaped_lf_text.zone": "a line feed ends a string, as in BIND",
    "simdzone/syntax/quoted_lf_text.zone": "a line feed ends a string, as in BIND",
    "simdzone/types/sink_text.zone": "SINK has three numbers, as in BIND",
  ]
  /// Stated-invalid files that are read here, each with what decides otherwise.
  static let acceptedThoughInvalid: [String: String] = [
    "miekg/parse_test/TestParseAPLErrors-05.zone": "RFC 3123 4 allows bits behind the prefix",
    "miekg/parse_test/TestParseTokenOverflow-01.zone": "a long token is data like any other",
    "simdzone/svcb/nsd_s05_https_text.zone": "RFC 9460 8: port in mandatory is a SHOULD NOT",
    "simdzone/syntax/relative_origin.zone": "a relative $ORIGIN is completed, as in BIND",
    "validns/t/issues/policy-permit-starting-hyphen/example.com":
      "a matter of host names, not syntax",
  ]
  /// Files whose wire output differs, each with what decides otherwise.
  static let otherWire: [String: String] = [
    "probes/include-ttl-leak.zone": "$TTL goes on behind an include, as in BIND",
    "probes/type-axfr.zone": "RFC 6895 3.1: AXFR is no data",
    "simdzone/ttl/ttl-3.zone": "$TTL goes on behind an include, as in BIND",
  ]

  @Test func statedValidFilesAreRead() throws {
    for entry in try CorpusEntry.zones() where entry.expectation == "valid" {
      let errors = entry.read().findings.filter { $0.severity == .error }
      let isException = Self.refusedThoughValid[entry.path] != nil
      if errors.isEmpty == isException {
        Issue.record("\(entry.path): \(errors.first.map(CorpusEntry.text) ?? "is read by now")")
      }
    }
  }

  @Test func statedInvalidFilesAreRefused() throws {
    for entry in try CorpusEntry.zones()
    where entry.expectation == "invalid" && ["syntax", "rdata"].contains(entry.layer) {
      let isRefused = entry.read().hasErrors
      let isException = Self.acceptedThoughInvalid[entry.path] != nil
      if isRefused == isException {
        Issue.record("\(entry.path): \(isRefused ? "is refused by now" : "is read: \(entry.note)")")
      }
    }
  }

  @Test func wireOutputIsEqual() throws {
    var count = 0
    for entry in try CorpusEntry.zones() where !entry.expectedWire.isEmpty {
      count += 1
      let isException = Self.otherWire[entry.path] != nil
      let reading = entry.read(asStated: false)
      let lines = reading.zone.map(CorpusEntry.wireLine)
      let expected = try String(
        contentsOfFile: entry.folder + "/" + entry.expectedWire, encoding: .utf8
      )
      .split(separator: "\n").map(String.init).filter { !$0.hasPrefix(";") }
      if (lines == expected) == isException {
        let difference = zip(lines, expected).first { $0 != $1 }
        let error = reading.findings.first { $0.severity == .error }
        Issue.record(
          """
          \(entry.path): \(lines.count) records, expected \(expected.count); first difference \
          \(difference.map { "\n  here     \($0.0.prefix(300))\n  expected \($0.1.prefix(300))" } ?? "none")
          \(error.map(CorpusEntry.text) ?? "")
          """)
      }
    }
    #expect(count > 800)
  }

  /// What is printed reads back to the same octets, and every finding lies inside its file.
  @Test func printedDataReadBack() throws {
    for entry in try CorpusEntry.zones() {
      let reading = entry.read()
      for record in reading.zone {
        let printed = record.data.presentation()
        let again = try? RecordData(parsing: printed, type: record.type)
        if again != record.data {
          Issue.record(
            "\(entry.path): \(record.type) \(printed) reads back as \(String(describing: again))")
        }
      }
      for finding in reading.findings {
        guard let location = finding.location else { continue }
        #expect(location.range.upperBound <= location.source.count, "\(entry.path): \(finding)")
      }
    }
  }
}

/// A line of the corpus manifest.
struct CorpusEntry {
  let folder: String
  let path: String
  let expectation: String
  let note: String
  let layer: String
  let mode: String
  let origin: String
  let cwd: String
  let expectedWire: String

  static func zones() throws -> [CorpusEntry] {
    let folder = try #require(SharedCorpus.root) + "/zones"
    let manifest = try String(contentsOfFile: folder + "/MANIFEST.tsv", encoding: .utf8)
    let lines = manifest.split(separator: "\n")
    let header = lines[0].split(separator: "\t", omittingEmptySubsequences: false)
    let column = Dictionary(uniqueKeysWithValues: header.enumerated().map { (String($1), $0) })
    return try lines.dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      func field(_ name: String) throws -> String {
        let index = try #require(column[name])
        return index < fields.count ? fields[index] : ""
      }
      guard try field("kind") == "zone" else { return nil }
      return try CorpusEntry(
        folder: folder, path: field("path"), expectation: field("expectation"),
        note: field("note"), layer: field("layer"), mode: field("mode"), origin: field("origin"),
        cwd: field("cwd"), expectedWire: field("expected_wire"))
    }
  }

  /// Reads the file as its suite reads it: with the TTL that the other readers have preset, and a
  /// fragment that begins with a blank owner behind an SOA record, as they were given it.
  ///
  /// - Parameter asStated: without an origin where the manifest says that the statement holds so.
  func read(asStated: Bool = true) -> ZoneReading {
    let reading = read(wrapped: false, asStated)
    let isFragment = mode == "fragment" && expectation != "invalid"
    guard isFragment, reading.findings.contains(where: { $0.rule == "syn-blank-owner-first" })
    else { return reading }
    return read(wrapped: true, asStated)
  }

  private func read(wrapped: Bool, _ asStated: Bool) -> ZoneReading {
    let hasOrigin = !origin.isEmpty && !(asStated && note.contains("EMPTY origin"))
    let isUnsettled = layer == "syntax" && note.contains("no TTL can be determined")
    let options = ZoneFileOptions(
      origin: hasOrigin ? try? Name(parsing: origin, origin: .root) : nil,
      presetTTL: asStated && isUnsettled ? nil : TTL(3600), includeRoot: folder)
    let file = folder + "/" + path
    guard let octets = FileManager.default.contents(atPath: file) else {
      return ZoneReading(
        zone: Zone(apex: .root, records: []),
        findings: [Finding(rule: "test", severity: .error, message: "\(file) cannot be opened")])
    }
    let soa = wrapped ? "@ IN SOA . . 1 2 3 4 5\n" : ""
    let source = SourceFile(name: file, octets: Array(soa.utf8) + Array(octets))
    let reading = ZoneFileReader.read(source, options: options)
    return ZoneReading(
      zone: Zone(apex: reading.zone.apex, records: reading.zone.dropFirst(wrapped ? 1 : 0)),
      findings: reading.findings)
  }

  /// `owner type class ttl data` with owner and data in hexadecimal.
  static func wireLine(_ record: Record) -> String {
    let hex = { (octets: ArraySlice<UInt8>) in
      octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    return "\(hex(record.owner.wire)) \(record.type.rawValue) \(record.recordClass.rawValue) "
      + "\(record.ttl) \(hex(record.data.octets))"
  }

  static func text(_ finding: Finding) -> String {
    let start = finding.location?.start
    return "\(start?.line ?? 0):\(start?.column ?? 0) \(finding.rule): \(finding.message)"
  }
}
