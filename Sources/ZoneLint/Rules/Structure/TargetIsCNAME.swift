import Diagnostics
import ZoneKit

extension Rule {
  static let nsTargetCNAME = Rule(
    "ns-target-cname", "NS record that leads to a CNAME", .error, group: .structure,
    rationale: """
      The name in an NS record must have addresses of its own. Resolvers do not follow a CNAME \
      there, and BIND refuses a zone whose own servers are named so.
      """,
    reference: "RFC 2181 10.3", remedy: "name the host that has the addresses",
    triggering: [
      Example(
        "@ 86400 IN NS ↓ns\nns IN CNAME ns1.example.net.", also: ["nameserver-names-in-zone"]),
      "child IN NS ↓ns\nns IN CNAME ns1.example.net.",
      Example(
        "child IN NS ↓ns3.example.net.", answers: "ns3.example.net. 60 IN CNAME ns1.example.net."),
    ],
    nonTriggering: [
      "child IN NS ns\nns IN A 192.0.2.1", Example("child IN NS ns3.example.net.", answers: ""),
    ],
    network: .more,
    check: { findTargetsThatAreCNAMEs(.ns, $0, &$1) })

  static let mxTargetCNAME = Rule(
    "mx-target-cname", "MX record that leads to a CNAME", .warning, group: .structure,
    rationale: """
      The exchange of an MX record must not be an alias. Many mailers deliver all the same, some \
      refuse: mail from those is lost quietly.
      """,
    reference: "RFC 2181 10.3, RFC 5321 5.1", remedy: "name the host that has the addresses",
    triggering: [
      "@ IN MX 10 ↓mail\nmail IN CNAME mx1.example.net.",
      "@ IN MX 10 ↓mail.example.com.\nmail IN CNAME mx1.example.net.",
      Example(
        "@ IN MX 10 ↓mx3.example.net.", answers: "mx3.example.net. 60 IN CNAME mx1.example.net."),
    ],
    nonTriggering: [
      "@ IN MX 10 mail\nmail IN A 192.0.2.1", Example("@ IN MX 10 mx3.example.net.", answers: ""),
    ],
    network: .more,
    check: { findTargetsThatAreCNAMEs(.mx, $0, &$1) })

  /// Names in records of `type` that stand in this zone as the owner of a CNAME.
  static func findTargetsThatAreCNAMEs(
    _ type: RecordType, _ context: LintContext, _ report: inout RuleReport
  ) {
    for (value, target, place) in context.lastTargets(of: type, with: .inside) {
      if let number = place.number, !context.zone.presence(atName: Int(number)).contains(.cname) {
        continue
      }
      let there: LintName
      switch context.zone.standing(of: target) {
      case .present(let name), .synthesized(let name): there = name
      default: continue
      }
      guard let cname = there[.cname] else { continue }
      report.add(
        "\(type) target \(target) is a CNAME", at: value.location(of: target),
        notes: [Note("the CNAME", at: cname.location)])
    }
    findTargetsThatAreCNAMEsElsewhere(type, context, &report)
  }
}
