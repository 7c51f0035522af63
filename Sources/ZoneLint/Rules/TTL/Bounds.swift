import Diagnostics
import ZoneKit

extension Rule {
  static let ttlLow = Rule(
    "ttl-low", "very short TTL", .info, in: .strict, group: .ttl,
    rationale: """
      Under a minute nearly every query reaches the servers, and many caches keep answers longer \
      all the same. Route 53 bills by the query.
      """,
    reference: "RFC 9199 3.6", remedy: "set the TTL to at least 60 s",
    triggering: ["↓www 5 IN A 192.0.2.1"], nonTriggering: ["www 60 IN A 192.0.2.1"]
  ) { context, report in
    guard context.zone.ttlBounds.lowerBound < 60 else { return }
    for rrset in context.zone.rrsets where rrset.ttl.rawValue < 60 && !rrset.isAlias {
      report.add(
        "\(rrset.description): TTL \(rrset.ttl) s, expected at least 60 s", at: rrset.location)
    }
  }

  static let ttlHigh = Rule(
    "ttl-high", "very long TTL", .info, in: .migration, group: .ttl,
    rationale: """
      A record cached for longer than a day cannot be corrected sooner. If its data change in the \
      move, the wait before the cutover is five times this TTL.
      """,
    reference: "propagation planning rule; RFC 1912 2.2",
    remedy: "lower the TTL to a day or less where the record may change in the move",
    triggering: ["↓host 172801 IN A 192.0.2.1"],
    nonTriggering: ["host 86400 IN A 192.0.2.1", "child 172800 IN NS ns1.example.net."],
    fix: .loweringTTL("lower the TTL to a day") { _, _ in 86_400 }
  ) { context, report in
    guard context.zone.ttlBounds.upperBound > 172_800 else { return }
    for rrset in context.zone.rrsets
    where rrset.ttl.rawValue > 172_800 && rrset.type != .soa && !rrset.type.isZoneSigning
      && !(rrset.type == .ns && rrset.owner == context.apex)
    {
      report.add(
        "\(rrset.description): TTL \(rrset.ttl) s, more than two days", at: rrset.location)
    }
  }
}
