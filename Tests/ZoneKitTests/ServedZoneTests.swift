import Foundation
import Nameservers
import TestSupport
import Testing

@testable import ZoneKit

/// What Knot DNS puts on the wire for records of every type: its checker says only whether it loads
/// a zone.
@Suite("Portable zones as Knot sends them", .needsNameServers)
struct ServedZoneTests {
  /// The same data to the octet, but for letter case in names, and the same TTL, but for RRSIG: Knot
  /// gives it the TTL that was signed (RFC 4034 section 3).
  @Test func knotServesTheSameData() throws {
    for seed in SeededGenerator.seeds(3) {
      let zone = try PeerTests.zoneOfAllTypes(seed: seed, without: [])
      let served = Set(try records(of: zone).map(line))
      for record in zone where !served.contains(line(record)) {
        let there = served.first { $0.hasPrefix("\(record.owner) ") } ?? "nothing"
        Issue.record("seed \(seed): \(line(record))\nis there \(there)")
      }
      #expect(served.count == zone.count, "seed \(seed)")
    }
  }

  /// What Knot transfers that was given the portable form of a zone.
  private func records(of zone: Zone) throws -> [Record] {
    try withTemporaryDirectory { folder in
      let file = folder + "/zone"
      try Data(ZoneFileWriter(isPortable: true).write(zone)).write(to: URL(filePath: file))
      let server = try LoopbackServer(.knot, zones: [.init("\(zone.apex)", file: file)])
      defer { server.stop() }
      let address = try #require(ServerAddress(server.address))
      var all: [Record] = []
      _ = try ZoneTransfer(zone.apex, from: address).run { all += $0 }
      return all
    }
  }

  private func line(_ record: Record) -> String {
    // IPSECKEY, the one with a name that is none of the data's names.
    let hasNames = !record.data.names.isEmpty || record.type.rawValue == 45
    let octets = record.data.octets.map {
      hasNames && (0x41...0x5A).contains($0) ? $0 | 0x20 : $0
    }
    let ttl = record.type == .rrsig ? "" : "\(record.ttl)"
    return "\(record.owner) \(ttl) \(record.type) "
      + octets.map { String($0, radix: 16) }.joined(separator: " ")
  }
}
