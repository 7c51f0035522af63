import Diagnostics
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// Faults of signed zones, put into zones that are really signed.
@Suite struct SignedFaultTests {
  /// What a change to signed data is besides: its signature no longer verifies, and neither does
  /// a digest over the zone.
  private static let companions: Set<String> = ["rrsig-bogus", "zonemd"]

  @Test func faultsAreFoundInSamples() throws {
    let path = zoneSamples + "/signed/signed.example.zone"
    let host = try #require(
      Host(try SourceFile.open(path: path), origin: try Name(parsing: "signed.example.")))
    #expect(try check(host) == 5)
  }

  @Test(.needsSharedCorpus) func faultsAreFoundInTheCorpus() throws {
    let entries = try CorpusLintTests.entries {
      $0["mode"] == "zone" && ["valid", "none"].contains($0["expectation"])
        && (Int($0["bytes"] ?? "") ?? 0) < 60_000
    }
    var count = 0
    for entry in entries {
      guard let source = entry.reading.zone.sources.first,
        let host = Host(source, origin: entry.reading.zone.apex), host.isSigned
      else { continue }
      count += try check(host)
    }
    #expect(count >= 20, "\(count) faults")
  }

  /// Tries each fault that the zone does not have already; how many those were.
  private func check(_ host: Host) throws -> Int {
    let zone = host.reading.zone
    func index(_ type: RecordType, covering covered: RecordType? = nil) -> Int? {
      zone.indices.first {
        zone[$0].owner == host.apex && zone[$0].type == type
          && (covered == nil || RRSIG(zone[$0].data)?.typeCovered == covered)
      }
    }
    guard let ns = index(.ns), let signature = index(.rrsig, covering: .ns) else { return 0 }
    let signatures = zone.indices.filter {
      zone[$0].owner == host.apex && RRSIG(zone[$0].data)?.typeCovered == .ns
    }
    var faults: [(rule: String, place: Int, lines: [Int: String?])] = [
      ("rrsig-missing", ns, Dictionary(uniqueKeysWithValues: signatures.map { ($0, nil) })),
      (
        "rrsig-expired", signature,
        [
          signature: changed(
            zone[signature], at: 8, to: Array(Array(zone[signature].data.octets)[12..<16]))
        ]
      ),
      ("rrsig-bad", signature, [signature: changed(zone[signature], at: 3, to: [99])]),
    ]
    let octets = Array(zone[signature].data.octets)
    // Signatures of unknown algorithms are passed over.
    if SigningAlgorithm.known[octets[2]] != nil, let last = octets.last {
      let line = changed(zone[signature], at: octets.count - 1, to: [last ^ 1])
      faults.append(("rrsig-bogus", signature, [signature: line]))
    }
    if let nsec3 = zone.indices.first(where: {
      zone[$0].type == .nsec3 && NSEC3(zone[$0].data)?.types.contains(.soa) ?? false
    }) {
      faults.append(("nsec3-chain", nsec3, [nsec3: "\(zone[nsec3]) TYPE65280"]))
    }
    if let nsec = index(.nsec) {
      faults.append(("nsec-chain", nsec, [nsec: "\(zone[nsec]) TYPE65280"]))
    }
    var tried = 0
    for fault in faults {
      var text = ""
      var place = 0
      for index in zone.indices {
        if index == fault.place { place = text.utf8.count }
        if let line = fault.lines[index, default: "\(zone[index])"] { text += line + "\n" }
      }
      let rule = try #require(Rule.find(fault.rule))
      var injection = Injection(
        rule: rule, base: .init(octets: host.lines(), origin: host.apex),
        faulty: .init(octets: Array(text.utf8), origin: host.apex), place: place,
        companions: Self.companions)
      injection.configuration.now = now(in: zone)
      if injection.isFoundBefore(named: host.name) { continue }
      tried += 1
      let failure = injection.failure(named: host.name)
      #expect(failure == nil, "\(fault.rule) in \(host.name)")
    }
    return tried
  }

  /// The record as a line, with other octets in its data.
  private func changed(_ record: Record, at offset: Int, to octets: [UInt8]) -> String {
    var data = Array(record.data.octets)
    data.replaceSubrange(offset..<(offset + octets.count), with: octets)
    var record = record
    record.data = RecordData(type: record.type, octets: data[...])
    return "\(record)"
  }

  /// An hour after the last signature was made.
  private func now(in zone: Zone) -> UInt32 {
    (zone.compactMap { RRSIG($0.data)?.inception }.max() ?? 0) &+ 3_600
  }
}
