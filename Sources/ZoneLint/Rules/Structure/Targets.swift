import Diagnostics
import ZoneKit

// Targets of MX, SRV, SVCB and NS records that cannot be reached.

extension Rule {
  static let mxTargetNoAddress = Rule(
    "mx-target-no-address", "MX target without an address", .warning,
    group: .structure,
    rationale: "Mail for the domain has nowhere to go, or only to the other exchanges.",
    reference: "RFC 5321 5.1", remedy: "add an A or AAAA record for the host",
    triggering: [
      "@ IN MX 10 ↓mail",
      Example("@ IN MX 10 ↓mx3.example.net.", answers: "mx3.example.net. NXDOMAIN"),
      Example(
        "@ IN MX 10 ↓mx3.example.net.", answers: "mx3.example.net. 60 IN TXT \"no address\""),
    ],
    nonTriggering: [
      "@ IN MX 10 mail\nmail IN A 192.0.2.1",
      Example("@ IN MX 10 mx3.example.net.", answers: "mx3.example.net. 60 IN AAAA 2001:db8::1"),
      Example(
        "@ IN MX 10 mx3.example.net.", also: ["resolve-undecided"],
        answers: "mx3.example.net. TIMEOUT"),
    ],
    network: .more,
    check: { reportTargetsWithoutAddress(.mx, $0, &$1) })

  static let mxTargetIsIP = Rule(
    "mx-target-is-ip", "MX record with an address", .error, group: .structure,
    rationale: "An MX record names a host. Mailers take the address as a name and find nothing.",
    reference: "RFC 1035 3.3.9", remedy: "write the host's name, and its address as an A record",
    triggering: ["@ IN MX 10 ↓192.0.2.25."],
    nonTriggering: ["@ IN MX 10 mx3.example.net."],
    check: { reportTargetsThatAreAddresses(.mx, $0, &$1) })

  static let srvTargetCNAME = Rule(
    "srv-target-cname", "SRV record that leads to a CNAME", .warning, group: .structure,
    rationale: "The target of an SRV record must not be an alias; some clients refuse it.",
    reference: "RFC 2782", remedy: "name the host that has the addresses",
    triggering: [
      "_sip._tcp IN SRV 0 0 5060 ↓sip\nsip IN CNAME host.example.net.",
      Example(
        "_sip._tcp IN SRV 0 0 5060 ↓sip.example.net.",
        answers: "sip.example.net. 60 IN CNAME host.example.net."),
    ],
    nonTriggering: [
      "_sip._tcp IN SRV 0 0 5060 sip\nsip IN A 192.0.2.1",
      Example("_sip._tcp IN SRV 0 0 5060 sip.example.net.", answers: ""),
    ],
    network: .more,
    check: { findTargetsThatAreCNAMEs(.srv, $0, &$1) })

  static let srvTargetNoAddress = Rule(
    "srv-target-no-address", "SRV target without an address", .warning,
    group: .structure,
    rationale: "Clients of the service find no host.",
    reference: "RFC 2782", remedy: "add an A or AAAA record for the host",
    triggering: [
      "_sip._tcp IN SRV 0 0 5060 ↓sip",
      Example("_sip._tcp IN SRV 0 0 5060 ↓sip.example.net.", answers: "sip.example.net. NXDOMAIN"),
    ],
    nonTriggering: [
      "_sip._tcp IN SRV 0 0 0 .", "_sip._tcp IN SRV 0 0 5060 sip.example.net.",
      Example("_sip._tcp IN SRV 0 0 0 .\n_a._tcp IN SRV 0 0 1 sip.example.net.", answers: ""),
    ],
    network: .more,
    check: { reportTargetsWithoutAddress(.srv, $0, &$1) })

  static let svcbTargetNoAddress = Rule(
    "svcb-target-no-address", "HTTPS or SVCB target without an address", .warning,
    group: .structure,
    rationale: "Browsers that follow the record find no host, while others still find the site.",
    reference: "RFC 9460 3", remedy: "add an A or AAAA record for the target",
    triggering: [
      "shop IN HTTPS 1 ↓svc alpn=h2",
      Example("shop IN HTTPS 1 ↓svc.example.net. alpn=h2", answers: "svc.example.net. NXDOMAIN"),
      Example("shop IN HTTPS 1 ↓svc.gone.net. alpn=h2", answers: "gone.net. NXDOMAIN"),
    ],
    nonTriggering: [
      "shop IN HTTPS 1 svc alpn=h2\nsvc IN A 192.0.2.1", "shop IN HTTPS 1 . alpn=h2",
      Example("shop IN HTTPS 1 svc.example.net. alpn=h2", answers: ""),
    ],
    network: .more
  ) { context, report in
    for type in [RecordType.https, .svcb] {
      reportTargetsWithoutAddress(type, context, &report)
    }
  }

  /// Targets of `type` that this zone decides to have no address.
  static func reportTargetsWithoutAddress(
    _ type: RecordType, _ context: LintContext, _ report: inout RuleReport
  ) {
    for (value, target, place) in context.lastTargets(of: type, with: .inside) {
      // A CNAME has rules of its own.
      if let number = place.number, !context.zone.presence(atName: Int(number)).isEmpty { continue }
      guard !target.isRoot, !target.isAddress, target != value.owner,
        !context.zone.mayHaveAddress(target)
      else { continue }
      report.add(
        "\(type) target \(target) has no address in this zone", at: value.location(of: target))
    }
    reportTargetsWithoutAddressElsewhere(type, context, &report)
  }

  /// Targets of `type` that are spelt like an address.
  static func reportTargetsThatAreAddresses(
    _ type: RecordType, _ context: LintContext, _ report: inout RuleReport
  ) {
    for (value, target, _) in context.lastTargets(of: type, with: .numeric) {
      let short = target.rebased(from: context.apex, to: .root) ?? target
      guard short.isAddress || target.isAddress else { continue }
      report.add(
        "\(type) target \(target) is an address, expected a name", at: value.location(of: target))
    }
  }
}

extension Name {
  /// Whether the name is spelt like a dotted quad.
  var isAddress: Bool {
    let labels = labels
    return labels.count == 4
      && labels.allSatisfy {
        $0.count <= 3 && $0.allSatisfy { (48...57).contains($0) }
      }
  }
}
