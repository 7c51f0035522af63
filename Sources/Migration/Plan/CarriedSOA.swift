import RecordSets
import ZoneKit

/// What becomes of the SOA record of the hosted zone.
public enum SOAPolicy: String, Sendable, Hashable, CaseIterable {
  /// It stays as Route 53 made it.
  case keep
  /// It gets the responsible person and the negative TTL of the old zone.
  case carry
}

extension RecordSet {
  /// The SOA set of a hosted zone with the responsible person (RNAME) and the negative TTL (RFC
  /// 2308 section 5) of the old zone; server, serial and the secondaries' times stay those of
  /// Route 53. Nil if either is no SOA.
  init?(carrying old: RRset, into hosted: RecordSet) {
    guard let oldData = old.data.first, let data = hosted.data.first,
      let minimum = old.negativeTTL, old.type == .soa, hosted.type == .soa
    else { return nil }
    let (names, oldNames) = (data.names, oldData.names)
    guard names.count == 2, oldNames.count == 2, data.octets.count >= 20 else { return nil }
    let ttl = TTL(span: minimum)
    let octets =
      Array(names[0].wire) + Array(oldNames[1].wire) + Array(data.octets.suffix(20).prefix(16))
      + (0..<4).map { UInt8(truncatingIfNeeded: ttl.rawValue >> (24 - 8 * UInt32($0))) }
    self.init(
      owner: hosted.owner, type: .soa,
      content: .records(ttl: ttl, data: [RecordData(type: .soa, octets: octets[...])]))
  }
}
