import Diagnostics
import ZoneKit

extension Rule {
  static let cnameAndOther = Rule(
    "cname-and-other", "CNAME beside other data", .error, group: .structure,
    rationale: """
      A CNAME stands alone at its name. Resolvers ask for the CNAME or for the other data, \
      whichever their cache holds; servers refuse the zone, and Route 53 refuses the change.
      """,
    reference: "RFC 1034 3.6.2, RFC 2181 10.1",
    remedy: "keep either the CNAME or the other records",
    triggering: ["↓www IN CNAME example.net.\nwww IN A 192.0.2.1"],
    nonTriggering: [
      "www IN CNAME example.net.", "www IN CNAME example.net.\na.www IN A 192.0.2.1",
    ]
  ) { context, report in
    for cname in context.zone.rrsets(.cname) where cname.owner != context.apex {
      let others = cname.name.rrsets.filter { $0.type != .cname && !$0.type.isAllowedBesideCNAME }
      guard let other = others.first else { continue }
      let types = others.map(\.type.description).joined(separator: ", ")
      report.add(
        "\(cname.owner) has a CNAME and also \(types)", at: cname.location,
        notes: [Note("the \(other.type) record", at: other.location)])
    }
  }

  static let cnameApex = Rule(
    "cname-apex", "CNAME at the apex", .error, group: .structure,
    rationale: """
      The apex has an SOA and NS records, so that a CNAME cannot stand there. Route 53 offers an \
      alias instead, for targets in AWS or in the same zone; any other target has to become \
      addresses or a redirect.
      """,
    reference: "RFC 1034 3.6.2, RFC 1912 2.4",
    remedy: "write addresses, or plan an alias of Route 53 where the target lies in AWS",
    triggering: ["↓@ IN CNAME d111111abcdef8.cloudfront.net."],
    nonTriggering: ["@ IN A 192.0.2.1"]
  ) { context, report in
    guard let cname = context.zone[context.apex, .cname] else { return }
    report.add("CNAME at the apex \(context.apex)", at: cname.location)
  }

  static let cnameMultiple = Rule(
    "cname-multiple", "more than one CNAME at a name", .error, group: .structure,
    rationale: """
      A name has one canonical name. Servers refuse a second CNAME or answer with either; Route 53 \
      takes one value. Spreading load needs weighted sets or several addresses.
      """,
    reference: "RFC 2181 10.1", remedy: "keep one CNAME",
    triggering: ["www IN CNAME example.net.\n↓www IN CNAME example.org."],
    nonTriggering: ["www IN CNAME example.net.\nftp IN CNAME example.org."]
  ) { context, report in
    // Sets with a routing policy may each have their CNAME: Route 53 answers with one of them.
    guard !context.zone.isExport else { return }
    for cname in context.zone.rrsets(.cname) {
      for value in cname.values.dropFirst() {
        report.add(
          "second CNAME at \(cname.owner)", at: value.location,
          notes: [Note("the first one", at: cname.location)])
      }
    }
  }
}
