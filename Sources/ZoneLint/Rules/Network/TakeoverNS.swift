import Diagnostics
import ZoneKit

extension Rule {
  static let takeoverNS = Rule(
    "takeover-ns", "delegation that others can take over", .error, group: .security,
    rationale: """
      A server's name in a domain that nobody owns answers for the zone as soon as somebody \
      registers the domain. A server of a hosting service that no longer serves the child answers \
      for it as soon as somebody creates a zone of that name there.
      """,
    reference: "RFC 9499 7 (lame delegation); Route 53 developer guide, dangling delegations",
    remedy: "remove the NS record, or name a server that serves the zone",
    triggering: [
      Example("child IN NS ↓ns1.gone.net.", answers: "gone.net. NXDOMAIN"),
      Example(
        "child IN NS ns1.example.net.\nchild IN NS ↓ns2.example.net.",
        answers: """
          ns1.example.net. 300 IN A 192.0.2.1
          ns2.example.net. 300 IN A 192.0.2.2
          192.0.2.2 child.example.com. REFUSED
          """),
      Example(
        "child IN NS ↓ns.child\nns.child IN A 192.0.2.1",
        answers: """
          192.0.2.1 child.example.com. REFUSED
          ns.child.example.com. 300 IN A 192.0.2.1
          """),
    ],
    nonTriggering: [
      Example("child IN NS ns1.example.net.", answers: ""),
      Example(
        "child IN NS ns1.example.net.", also: ["resolve-undecided"],
        answers: "192.0.2.53 child.example.com. TIMEOUT"),
      Example(
        "child IN NS ns1.gone.net.", also: ["resolve-undecided"], answers: "ns1.gone.net. SERVFAIL"),
    ],
    network: .only
  ) { context, report in
    for (value, target, _) in context.lastTargets(of: .ns) where !target.isAddress {
      if context.isElsewhere(target), !context.isDelegated(target),
        let domain = context.resolve(target, .a, &report.network)?.freeDomain(from: target)
      {
        report.add(
          "NS target \(target) does not exist: whoever registers \(domain) answers for "
            + "\(value.owner)", at: value.location(of: target))
      } else if value.owner != context.apex,
        let refusal = context.refusal(by: target, of: value.owner, &report.network)
      {
        report.add(
          "NS target \(target) does not serve \(value.owner) (\(refusal)): whoever can create a "
            + "zone of that name there answers for it", at: value.location(of: target))
      }
    }
  }
}

extension LintContext {
  /// What a host that should serve a zone says instead, asked directly at its first address; nil
  /// where it serves it, or where that is not known.
  func refusal(by host: Name, of zone: Name, _ network: inout NetworkView) -> String? {
    guard network.isConnected, let address = address(of: host, &network),
      let answer = network.answer(NetworkQuestion(zone, .soa, at: address)),
      case .notServed(let text) = answer.kind
    else { return nil }
    return text
  }

  /// The first address of a host, glue included.
  private func address(of host: Name, _ network: inout NetworkView) -> [UInt8]? {
    for type in [RecordType.a, .aaaa] {
      let data =
        if isDelegated(host), let glue = zone[host, type] {
          glue.values.first?.data
        } else {
          resolve(host, type, &network)?.data.first
        }
      if let data, [4, 16].contains(data.octets.count) { return Array(data.octets) }
    }
    return nil
  }
}
