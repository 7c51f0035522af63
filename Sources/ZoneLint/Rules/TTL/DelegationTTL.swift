import Diagnostics
import ZoneKit

extension Rule {
  static let delegationTTL = Rule(
    "delegation-ttl", "TTL of the delegation is not what the time asks for", .warning,
    group: .ttl,
    rationale: """
      The TTL of the apex NS records decides how long resolvers stay with the old servers. In \
      normal times 24 h spares queries and rides out trouble; before a cutover 300 s, lowered five \
      of the old TTLs ahead, lets resolvers that trust the child follow within minutes.
      """,
    reference: "propagation planning rule; RFC 9199 3.6, RFC 1912 2.2",
    remedy: "set the TTL of the apex NS records: 86400 s in normal times, 300 s before a cutover",
    triggering: [
      Example(
        "↓@ 300 IN NS ns1.example.net.\n@ 300 IN NS ns2.example.net.", omitting: [.ns1, .ns2]),
      Example(
        "↓@ 604800 IN NS ns1.example.net.\n@ 604800 IN NS ns2.example.net.",
        omitting: [.ns1, .ns2]),
      Example(
        "↓@ 86400 IN NS ns1.example.net.\n@ 86400 IN NS ns2.example.net.",
        omitting: [.ns1, .ns2], phase: .cutover),
    ],
    nonTriggering: [
      "",
      Example(
        "@ 172800 IN NS ns1.example.net.\n@ 172800 IN NS ns2.example.net.", omitting: [.ns1, .ns2]),
      Example(
        "@ 300 IN NS ns1.example.net.\n@ 300 IN NS ns2.example.net.", omitting: [.ns1, .ns2],
        phase: .cutover),
    ],
    fix: .loweringTTL("lower the TTL") { context, rrset in
      switch context.configuration.phase {
      // Raising a low one would lock resolvers in where a cutover is being prepared.
      case .normal: rrset.ttl.rawValue < DelegationTTL.normal.lowerBound ? nil : 86_400
      case .cutover: DelegationTTL.cutover.upperBound
      }
    }
  ) { context, report in
    guard let ns = context.zone[context.apex, .ns], !context.isRoute53Default(ns) else { return }
    let wanted =
      switch context.configuration.phase {
      case .normal: DelegationTTL.normal
      case .cutover: DelegationTTL.cutover
      }
    guard !wanted.contains(ns.ttl.rawValue) else { return }
    let expected =
      switch context.configuration.phase {
      case .normal: "about 86400 s in normal times"
      case .cutover: "at most 300 s before a cutover"
      }
    report.add(
      "NS records of the apex have TTL \(ns.ttl) s, expected \(expected)", at: ns.location)
  }
}

/// TTLs of a delegation in seconds.
private enum DelegationTTL {
  /// Half a day to two days: about 24 h.
  static let normal: ClosedRange<UInt32> = 43_200...172_800
  static let cutover: ClosedRange<UInt32> = 0...300
}
