import Diagnostics
import ZoneKit

extension Rule {
  static let zonemd = Rule(
    "zonemd", "ZONEMD that does not verify", .error, group: .dnssec,
    rationale: """
      Secondaries that check the digest refuse the zone. Digests of the scheme SIMPLE with SHA-384 \
      and SHA-512 are computed; others are not known.
      """,
    reference: "RFC 8976 2, 4", remedy: "make the ZONEMD record again, or remove it",
    triggering: [
      Example("↓@ IN ZONEMD 7 1 1 \(Example.longDigest)", also: ["signed-data-on-export"]),
      Example("↓@ IN ZONEMD 1 1 1 \(Example.longDigest)", also: ["signed-data-on-export"]),
      Example(
        "@ IN ZONEMD 1 1 1 \(Example.longDigest)\n↓@ IN ZONEMD 1 1 1 \(Example.otherLongDigest)",
        also: ["signed-data-on-export"]),
    ],
    nonTriggering: [
      Example("@ IN ZONEMD 1 1 1 \(Example.zoneDigest)", also: ["signed-data-on-export"]),
      Example("@ IN ZONEMD 1 240 1 \(Example.longDigest)", also: ["signed-data-on-export"]),
    ]
  ) { context, report in
    guard let rrset = context.zone[context.apex, .zonemd] else { return }
    let digests = rrset.values.compactMap { value in
      ZoneDigest.Fields(value.data).map { (value: value, fields: $0) }
    }
    let kinds = Dictionary(grouping: digests) { [$0.fields.scheme, $0.fields.hash] }
    for (value, fields) in digests {
      let alike = kinds[[fields.scheme, fields.hash]] ?? []
      if let soa = context.soa?.fields, soa.serial != fields.serial {
        report.add(
          "ZONEMD for serial \(fields.serial), the zone has \(soa.serial)", at: value.location)
      } else if alike.count > 1 {
        // None of them counts (RFC 8976 section 2.2).
        guard alike.first?.value.record != value.record else { continue }
        report.add("second ZONEMD of the same scheme and hash", at: value.location)
      } else if fields.isKnown,
        !fields.digest.elementsEqual(ZoneDigest.simple(of: context.zone, hash: fields.hash))
      {
        report.add("the digest of the ZONEMD record is not the zone's", at: value.location)
      }
    }
  }
}

extension Example {
  /// Digests of 48 octets.
  fileprivate static let longDigest = String(repeating: "5A", count: 48)
  fileprivate static let otherLongDigest = String(repeating: "A5", count: 48)
  /// The digest of the faultless zone, as ldns-signzone gives it.
  fileprivate static let zoneDigest =
    "89BA0A7D910C97839E86A629C54CB3B245FED2966288AA8A"
    + "E53B8B1B403F8023E7DD82C614089C324EFF7276A91023FD"
}
