import Diagnostics
import ZoneKit

extension Rule {
  static let updaterFound = Rule(
    "updater-found", "record that a machine keeps up to date", .info, in: .migration,
    group: .migration,
    rationale: """
      ACME clients, DHCP servers and dynamic-DNS clients write into this zone. After the cutover \
      they write to a server that nobody asks: certificates lapse weeks later. Each has to be \
      reconnected to Route 53.
      """,
    reference: "RFC 8555 8.4, RFC 4701, RFC 2136",
    remedy: "find the client that writes it, and give it access to Route 53 before the cutover",
    triggering: [
      "↓_acme-challenge IN TXT \"gfj9Xq...Rg85nM\"",
      "↓_acme-challenge.shop IN CNAME shop.acme.example.net.",
      "↓_acme-challenge.www IN NS ns.acme.example.net.",
      Example(
        "↓pc17 IN DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=",
        also: ["r53-unsupported-type"]),
    ],
    nonTriggering: ["acme-challenge IN TXT \"x\""]
  ) { context, report in
    for name in context.names(with: .acmeChallenge) {
      for type in [RecordType.txt, .cname, .ns] {
        guard let rrset = name[type] else { continue }
        report.add(
          "\(rrset.description): an ACME client proves its control here", at: rrset.location)
      }
    }
    for rrset in context.zone.rrsets(.dhcid) {
      report.add("\(rrset.description): a DHCP server updates this name", at: rrset.location)
    }
  }
}
