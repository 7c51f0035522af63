import Diagnostics
import ZoneKit

extension Rule {
  static let ttlRRsetMismatch = Rule(
    "zone-ttl-rrset-mismatch", "TTLs differ within an RRset", .warning, group: .ttl,
    rationale: """
      The records of an RRset share one TTL. BIND serves the first, Knot the last, and Route 53 \
      keeps one for the set: the wait before a cutover must count with the one that was served.
      """,
    reference: "RFC 2181 5.2", remedy: "give all records of the RRset the same TTL",
    triggering: ["host 300 IN A 192.0.2.1\n↓host 200 IN A 192.0.2.2"],
    nonTriggering: ["host 300 IN A 192.0.2.1\nhost 300 IN A 192.0.2.2\nhost 200 IN TXT \"x\""],
    fix: .loweringTTL("give all records of the set its lowest TTL") { context, rrset in
      let lowest = rrset.values.map(\.ttl.rawValue).min() ?? 0
      // Where low TTLs are a fault of their own, the one that was served stays.
      let isDelicate = lowest < 60 || rrset.type == .ns && rrset.owner == context.apex
      return isDelicate ? rrset.ttl.rawValue : lowest
    }
  ) { context, report in
    guard !context.zone.isExport else { return }
    guard context.zone.ttlBounds.count > 1 else { return }
    for rrset in context.zone.rrsets
    where context.zone.index.recordCount(ofRRset: rrset.number) > 1 && rrset.type != .rrsig {
      let ttl = rrset.ttl
      for value in rrset.values where value.ttl != ttl {
        report.add(
          "\(rrset.description): TTL \(value.ttl) s, but the first record of the set has \(ttl) s",
          at: value.location, notes: [Note("the first record", at: rrset.location)])
      }
    }
  }
}
