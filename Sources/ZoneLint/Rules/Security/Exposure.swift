import Diagnostics
import ZoneKit

extension Rule {
  static let takeoverCNAME = Rule(
    "takeover-cname", "name that leads to a service where others may claim it", .warning,
    group: .security,
    rationale: """
      The service gives endpoint names to whoever asks for them. If yours was given up there, \
      somebody else can claim it and answer in your name, with a valid certificate. A move copies \
      such records faithfully.
      """,
    reference: "OWASP WSTG-CONF-10; the services' own documentation",
    remedy: "make sure that the endpoint still exists and is yours, or remove the record",
    triggering: [
      "old IN CNAME ↓gone.s3-website-us-east-1.amazonaws.com.",
      Example("old IN CNAME ↓gone.azurewebsites.net.", answers: "gone.azurewebsites.net. NXDOMAIN"),
      Example("old IN CNAME ↓www.gone.net.", answers: "gone.net. NXDOMAIN"),
      Example(
        "old IN CNAME ↓site.example.net.",
        answers: "site.example.net. 60 IN CNAME gone.herokuapp.com.\ngone.herokuapp.com. NXDOMAIN"),
    ],
    nonTriggering: [
      "old IN CNAME host.example.net.", Example("old IN CNAME host.example.net.", answers: ""),
      Example(
        "old IN CNAME www.gone.net.", also: ["resolve-undecided"], answers: "www.gone.net. SERVFAIL"
      ),
    ],
    network: .more,
    check: { findClaimable([.cname, .dname], $0, &$1) })

  static let takeoverMX = Rule(
    "takeover-mx", "mail or service record that leads where others may claim it", .warning,
    group: .security,
    rationale: """
      A forgotten MX or SRV target at a claimable endpoint hands mail or clients to whoever claims \
      it.
      """,
    reference: "OWASP WSTG-CONF-10; the services' own documentation",
    remedy: "make sure that the endpoint still exists and is yours, or remove the record",
    triggering: [
      "@ IN MX 30 ↓gone.cloudapp.net.",
      Example("@ IN MX 30 ↓gone.cloudapp.net.", answers: "gone.cloudapp.net. NXDOMAIN"),
      Example("_sip._tcp IN SRV 0 0 5060 ↓sip.gone.net.", answers: "gone.net. NXDOMAIN"),
    ],
    nonTriggering: [
      "@ IN MX 30 mx3.example.net.", Example("@ IN MX 30 mx3.example.net.", answers: ""),
    ],
    network: .more,
    check: { findClaimable([.mx, .srv], $0, &$1) })

  private static func findClaimable(
    _ types: [RecordType], _ context: LintContext, _ report: inout RuleReport
  ) {
    // The network may lead from any target to such a name.
    let wanted: LintTarget.Traits = report.network.isConnected ? [] : .claimable
    for type in types {
      for (value, target, _) in context.lastTargets(of: type, with: wanted) {
        let service = ClaimableServices.service(of: target)
        let answer =
          report.network.isConnected && !target.isRoot && !target.isAddress
            && context.isElsewhere(target)
          ? context.resolve(target, .a, &report.network) : nil
        if let answer, answer.isClaimable(from: target) {
          let last = answer.aliases.last ?? target
          let claim =
            ClaimableServices.service(of: last).map { "whoever claims it at \($0)" }
            ?? "whoever registers \(answer.freeDomain(from: target) ?? last)"
          report.add(
            "\(type) target \(answer.path(from: target)) does not exist: \(claim) answers for "
              + "\(value.owner)", at: value.location(of: target), severity: .error)
        } else if let service {
          report.add(
            "\(type) target \(target) is an endpoint of \(service), which others may claim if it "
              + "was given up", at: value.location(of: target))
        }
      }
    }
  }

  static let wildcardRisk = Rule(
    "wildcard-risk", "wildcard record", .info, in: .strict, group: .security,
    rationale: """
      A wildcard answers for every name that does not exist: typing errors go unseen, and one \
      endpoint that is taken over takes all of them.
      """,
    reference: "RFC 4592",
    remedy: "write the names that are used, or accept the wildcard knowingly",
    triggering: ["↓*.lab IN A 192.0.2.1"], nonTriggering: ["star.lab IN A 192.0.2.1"]
  ) { context, report in
    for name in context.names(with: .wildcard) {
      for type in [RecordType.a, .aaaa, .cname, .mx] {
        guard let rrset = name[type] else { continue }
        report.add("\(rrset.description) answers for any name", at: rrset.location)
      }
    }
  }

  static let infoLeak = Rule(
    "info-leak", "record that tells about the inside", .info, in: .strict, group: .security,
    rationale: """
      HINFO, RP and LOC tell of machines, people and places; Route 53 takes none of them. What is \
      not needed outside need not move.
      """,
    reference: "RFC 8482, RFC 1183, RFC 1876", remedy: "remove the record if nobody needs it",
    triggering: [Example("↓host IN HINFO \"PC\" \"Linux\"", also: ["r53-unsupported-type"])],
    nonTriggering: ["host IN A 192.0.2.1"]
  ) { context, report in
    for type in [RecordType.hinfo, .rp, .loc] {
      for rrset in context.zone.rrsets(type) {
        report.add("\(rrset.description) tells about the inside", at: rrset.location)
      }
    }
  }
}

extension RecordType {
  static let hinfo = RecordType(rawValue: 13)
  static let loc = RecordType(rawValue: 29)
  static let dhcid = RecordType(rawValue: 49)
}
