import Diagnostics
import Route53
import ZoneKit

extension Rule {
  static let webTTL = Rule(
    "web-ttl", "web site or load balancer with a long TTL", .warning, group: .ttl,
    rationale: """
      Clients keep an address for as long as its TTL says, also while the site moves or a load \
      balancer replaces its addresses. At 300 s half of them follow within 5 minutes and 97 % \
      within 25; at a day it takes the better part of a week.
      """,
    reference: "propagation planning rule: at most 300 s for a web site or load balancer",
    remedy: "lower the TTL to 300 s, and wait five times the old TTL before a cutover",
    triggering: [
      "↓@ 3600 IN A 192.0.2.1", "↓www 3600 IN CNAME site.example.net.",
      "shop 300 IN HTTPS 1 .\n↓shop 3600 IN A 192.0.2.1",
      "↓static 1d IN CNAME d111111abcdef8.cloudfront.net.",
      Example("↓portal 3600 IN AAAA 2001:db8::1", webNames: ["portal.example.com."]),
    ],
    nonTriggering: [
      "@ 300 IN A 192.0.2.1", "www 60 IN CNAME site.example.net.", "printer 86400 IN A 192.0.2.1",
      "static 1d IN CNAME cloudfront.net.example.org.",
    ]
  ) { context, report in
    let limit = context.configuration.maximumWebTTL
    let web = context.webNames
    for type in [RecordType.a, .aaaa, .cname, .https] {
      for rrset in context.zone.rrsets(type) where rrset.ttl.rawValue > limit {
        let isWeb =
          type == .https || web.contains(rrset.owner)
          || type == .cname && rrset.values.contains { $0.isWebService }
        guard isWeb, !rrset.isAlias else { continue }
        report.add(
          "\(rrset.description): TTL \(rrset.ttl) s of a web name, expected at most \(limit) s",
          at: rrset.location)
      }
    }
  }
}

extension LintContext {
  /// Names that are known to be web sites: the apex, `www`, owners of HTTPS records, and those of
  /// the configuration.
  fileprivate var webNames: Set<Name> {
    var names = Set(configuration.webNames.map(\.lowercased))
    names.formUnion(zone.rrsets(.https).map(\.owner))
    if isOrdinaryDomain {
      names.insert(apex)
      if let www = below("www") { names.insert(www) }
    }
    return names
  }
}

extension LintValue {
  /// Whether a CNAME leads to a content delivery network or load balancer.
  fileprivate var isWebService: Bool {
    data.names.first.map(WebServices.serve) ?? false
  }
}
