import Diagnostics
import ZoneKit

extension Rule {
  static let obsoleteType = Rule(
    "syn-obsolete-type", "obsolete record type", .warning, group: .syntax,
    rationale: """
      MD, MF, A6, NXT, WKS and their like were withdrawn; nobody asks for them any more, some \
      servers refuse to load them, and Route 53 does not take them.
      """,
    reference: "RFC 973, RFC 1123 2.2, RFC 3755, RFC 6563",
    remedy: "remove the record",
    triggering: [
      Example("↓old IN WKS 192.0.2.1 TCP 25", also: ["r53-unsupported-type"]),
      Example("↓old IN MD mail.example.net.", also: ["r53-unsupported-type"]),
    ],
    nonTriggering: ["new IN A 192.0.2.1"]
  ) { context, report in
    for type in context.zone.types where type.isObsolete && type != .spf {
      for rrset in context.zone.rrsets(type) {
        report.add("\(rrset.description): the type \(type) is obsolete", at: rrset.location)
      }
    }
  }
}
