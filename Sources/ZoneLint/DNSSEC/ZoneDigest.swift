import ZoneKit

/// The digest of a whole zone that a ZONEMD record holds (RFC 8976 section 3).
enum ZoneDigest {
  /// The fields of a ZONEMD record (RFC 8976 section 2.2).
  struct Fields: Hashable {
    let serial: UInt32
    let scheme: UInt8
    let hash: UInt8
    let digest: ArraySlice<UInt8>

    init?(_ data: RecordData) {
      let octets = data.octets
      guard octets.count >= 6 else { return nil }
      serial = octets.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
      scheme = octets[octets.startIndex + 4]
      hash = octets[octets.startIndex + 5]
      digest = octets.dropFirst(6)
    }

    /// Whether the digest can be computed here: scheme SIMPLE with SHA-384 or SHA-512.
    var isKnown: Bool { scheme == 1 && (hash == 1 || hash == 2) }
  }

  /// The digest by the scheme SIMPLE (RFC 8976 section 3.3.1).
  ///
  /// - Parameter hash: 1 for SHA-384, 2 for SHA-512.
  static func simple(of zone: LintZone, hash: UInt8) -> [UInt8] {
    var digest = RunningDigest(isShort: hash == 1)
    var wire: [UInt8] = []
    for name in zone.names.filter({ !$0.isEmptyNonTerminal }).sorted(by: { $0.name < $1.name }) {
      let owner = name.name.lowercased.wire
      for rrset in name.rrsets {
        if name.isApex, rrset.type == .zonemd { continue }
        for (ttl, data) in canonicalData(of: rrset) {
          wire.removeAll(keepingCapacity: true)
          wire.append(contentsOf: owner)
          wire.append(big: rrset.type.rawValue)
          wire.append(big: zone.index.zone.recordClass.rawValue)
          wire.append(big: UInt16(truncatingIfNeeded: ttl >> 16))
          wire.append(big: UInt16(truncatingIfNeeded: ttl))
          wire.append(big: UInt16(data.count))
          wire.append(contentsOf: data)
          digest.update(wire)
        }
      }
    }
    return digest.finish()
  }

  /// TTLs and data in canonical form and order (RFC 4034 sections 6.2, 6.3), without the signatures of
  /// the digest itself.
  private static func canonicalData(
    of rrset: LintRRset
  ) -> [(ttl: UInt32, data: ArraySlice<UInt8>)] {
    let isApexSignature = rrset.type == .rrsig && rrset.name.isApex
    return rrset.values.filter { !isApexSignature || RRSIG($0.data)?.typeCovered != .zonemd }
      .map {
        // Signatures have the TTLs of what they cover, other records that of their set.
        let ttl = rrset.type == .rrsig ? $0.ttl : rrset.ttl
        return (ttl.rawValue, $0.data.canonical.octets)
      }
      .sorted { $0.1.lexicographicallyPrecedes($1.1) }
  }
}
