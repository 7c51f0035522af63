import Diagnostics
import Route53
import ZoneKit

extension Rule {
  static let route53UnsupportedType = Rule(
    "r53-unsupported-type", "type that Route 53 does not take", .warning, in: .route53,
    group: .route53,
    rationale: """
      Route 53 takes 17 types. Records of any other cannot be carried: whoever relies on them has \
      to know before the cutover. Other tools drop them in silence.
      """,
    reference: "Route 53 developer guide, Supported DNS record types",
    remedy: "find out who uses the record; drop it, or keep the name on servers that serve it",
    triggering: [
      "↓list IN APL 1:192.0.2.0/24", "↓odd IN TYPE65280 \\# 1 00",
    ],
    nonTriggering: ["www IN NAPTR 10 100 \"S\" \"SIP+D2U\" \"\" _sip._udp.example.net."]
  ) { context, report in
    guard !context.zone.isExport else { return }
    for type in context.zone.types where !type.isRoute53 && !type.isZoneSigning {
      for rrset in context.zone.rrsets(type) {
        report.add(
          "\(rrset.description): Route 53 does not take \(type) records", at: rrset.location)
      }
    }
  }
}
