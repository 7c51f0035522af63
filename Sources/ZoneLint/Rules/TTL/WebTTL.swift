import Diagnostics
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
    ],
    fix: .loweringTTL("lower the TTL") { context, _ in context.configuration.maximumWebTTL }
  ) { context, report in
    let limit = context.configuration.maximumWebTTL
    guard context.zone.ttlBounds.upperBound > limit else { return }
    let web = context.webNames
    let sites = context.recordsOfWebServices
    for type in [RecordType.a, .aaaa, .cname, .https] {
      for number in context.zone.rrsetNumbers(type) {
        let first = context.zone.firstRecord(ofRRset: number)
        guard context.zone.index.zone.ttl(ofRecord: first).rawValue > limit else { continue }
        let rrset = LintRRset(zone: context.zone, number: number)
        let isWeb =
          type == .https || web.contains(context.zone.nameNumber(ofRRset: number))
          || type == .cname && rrset.records.contains(where: sites.contains)
        guard isWeb, !rrset.isAlias else { continue }
        report.add(
          "\(rrset.description): TTL \(rrset.ttl) s of a web name, expected at most \(limit) s",
          at: rrset.location)
      }
    }
  }
}

extension LintContext {
  /// The numbers of names that are known to be web sites: the apex, `www`, owners of HTTPS records,
  /// and those of the configuration.
  fileprivate var webNames: Set<Int> {
    var numbers = Set(zone.rrsetNumbers(.https).map(zone.nameNumber))
    var names = configuration.webNames
    if isOrdinaryDomain { names += [apex, below("www")].compactMap { $0 } }
    numbers.formUnion(names.compactMap(zone.index.number))
    return numbers
  }

  /// CNAME records that lead to a content delivery network or load balancer.
  fileprivate var recordsOfWebServices: Set<UInt32> {
    Set(
      lastTargets(of: .cname, with: .web).filter { WebDomains.all.contains($0.name) }
        .map(\.target.record))
  }
}
