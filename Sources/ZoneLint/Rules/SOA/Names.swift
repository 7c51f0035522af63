import Diagnostics
import ZoneKit

extension Rule {
  static let soaRNAMEAt = Rule(
    "soa-rname-at", "SOA mailbox with an at sign or without a domain", .error, group: .soa,
    rationale: """
      RNAME is a mailbox written as a name: its first label is the local part. An at sign in it, \
      or a single label, makes an address that nobody receives; during a move that is where others \
      write to.
      """,
    reference: "RFC 1035 3.3.13, RFC 2142 7",
    remedy:
      "write hostmaster@example.com as hostmaster.example.com., a dot in the local part as \\. there",
    triggering: [
      Example(
        "@ IN SOA ns1.example.net. ↓admin@example.com. 1 14400 3600 1209600 900", omitting: [.soa]),
      Example("@ IN SOA ns1.example.net. ↓root. 1 14400 3600 1209600 900", omitting: [.soa]),
    ],
    nonTriggering: [
      Example(
        "@ IN SOA ns1.example.net. first\\.last.example.com. 1 14400 3600 1209600 900",
        omitting: [.soa])
    ]
  ) { context, report in
    guard let (value, soa) = context.soa else { return }
    let at = UInt8(ascii: "@")
    if let label = soa.rname.labels.first(where: { $0.contains(at) }) {
      report.add(
        "SOA RNAME \(soa.rname) has an at sign in '\(LintText.quoted(label))'",
        at: value.location(of: soa.rname))
    } else if soa.rname.labelCount < 2 {
      report.add(
        "SOA RNAME \(soa.rname) is not a mailbox: expected a local part and a domain",
        at: value.location(of: soa.rname))
    }
  }

  static let soaMNAME = Rule(
    "soa-mname", "SOA names no usable primary server", .warning, group: .soa,
    rationale: """
      Dynamic updates and notifications go to MNAME. It must be a host with an address, not an \
      alias; after a move an updater that trusts it still writes to the old server.
      """,
    reference: "RFC 1035 3.3.13, RFC 1996 3.3, RFC 2136 4",
    remedy: "name the primary server, a host with an address",
    triggering: [
      Example(
        "@ IN SOA ↓ns hostmaster.example.com. 1 14400 3600 1209600 900", omitting: [.soa]),
      Example(
        "@ IN SOA ↓ns hostmaster.example.com. 1 14400 3600 1209600 900\nns IN CNAME example.net.",
        omitting: [.soa]),
      Example(
        "@ IN SOA ↓bad_host.example.net. h.example.com. 1 14400 3600 1209600 900", omitting: [.soa]),
      Example(
        "@ IN SOA ↓ns9.example.net. h.example.com. 1 14400 3600 1209600 900", omitting: [.soa],
        answers: "ns9.example.net. NXDOMAIN"),
      Example(
        "@ IN SOA ↓ns9.example.net. h.example.com. 1 14400 3600 1209600 900", omitting: [.soa],
        answers: "ns9.example.net. 60 IN CNAME ns1.example.net."),
      Example(
        "@ IN SOA ↓ns9.example.net. h.example.com. 1 14400 3600 1209600 900", omitting: [.soa],
        answers: "ns9.example.net. 60 IN A 192.0.2.9\n192.0.2.9 example.com. REFUSED"),
    ],
    nonTriggering: [
      "",
      Example(
        "@ IN SOA ns hostmaster.example.com. 1 14400 3600 1209600 900\nns IN A 192.0.2.1",
        omitting: [.soa]),
      Example("@ IN SOA . hostmaster.example.com. 1 14400 3600 1209600 900", omitting: [.soa]),
      Example("", answers: ""),
      Example("", also: ["resolve-undecided"], answers: "192.0.2.53 example.com. TIMEOUT"),
    ],
    network: .more
  ) { context, report in
    // A root MNAME says that there is no primary to ask (RFC 2136 users write it so).
    guard let (value, soa) = context.soa, !soa.mname.isRoot else { return }
    let fault: String
    if context.zone[soa.mname, .cname] != nil, soa.mname.isAtOrBelow(context.apex) {
      fault = "is a CNAME"
    } else if !context.zone.mayHaveAddress(soa.mname) {
      fault = "has no address in this zone"
    } else if !soa.mname.isHostName {
      fault = "is not a host name"
    } else if let found = context.faultOfPrimary(soa.mname, &report.network) {
      fault = found
    } else {
      return
    }
    report.add("SOA MNAME \(soa.mname) \(fault)", at: value.location(of: soa.mname))
  }
}

extension LintContext {
  /// What the network finds wrong with the primary server.
  fileprivate func faultOfPrimary(_ host: Name, _ network: inout NetworkView) -> String? {
    switch standing(ofHost: host, &network) {
    case nil: nil
    case .absent: "does not exist"
    case .noAddress: "has no address"
    case .hasAddress(let aliases) where !aliases.isEmpty: "is a CNAME"
    case .hasAddress:
      refusal(by: host, of: apex, &network).map { "does not serve the zone (\($0))" }
    }
  }

  /// The SOA record of the apex, unless it is the one that Route 53 made.
  var soa: (value: LintValue, fields: SOA)? {
    guard let rrset = zone[apex, .soa], !isRoute53Default(rrset), let value = rrset.values.first,
      let fields = SOA(value.data)
    else { return nil }
    return (value, fields)
  }
}
