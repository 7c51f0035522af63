import Diagnostics
import ZoneKit

extension Rule {
  static let zoneNSSingle = Rule(
    "zone-ns-single", "a single name server", .warning, group: .structure,
    rationale: """
      With one server any outage of it takes the zone down, and most registries ask for two.
      """,
    reference: "RFC 2182 5, RFC 1034 4.1", remedy: "add a second name server",
    triggering: [Example("↓@ 86400 IN NS ns1.example.net.", omitting: [.ns1, .ns2])],
    nonTriggering: [""]
  ) { context, report in
    guard let ns = context.zone[context.apex, .ns], ns.values.count == 1 else { return }
    report.add("\(context.apex) has one name server, expected at least two", at: ns.location)
  }

  static let nsTargetNoAddress = Rule(
    "ns-target-no-address", "name server without an address", .error,
    group: .structure,
    rationale: """
      Nobody can reach the server. Servers refuse to load a zone whose own name servers lie in it \
      and have no address there.
      """,
    reference: "RFC 1034 4.2.2", remedy: "add an A or AAAA record for the server",
    triggering: [
      Example("@ 86400 IN NS ↓ns", also: ["nameserver-names-in-zone"]),
      "child IN NS ↓ns\nns IN TXT \"no address\"",
      Example("child IN NS ↓ns3.example.net.", answers: "ns3.example.net. NXDOMAIN"),
      Example("child IN NS ↓gone.cloudapp.net.", answers: "gone.cloudapp.net. NXDOMAIN"),
    ],
    nonTriggering: [
      "child IN NS ns1.example.net.", "child IN NS ns\nns IN AAAA 2001:db8::1",
      Example("child IN NS ns3.example.net.", answers: "ns3.example.net. 60 IN AAAA 2001:db8::1"),
    ],
    network: .more
  ) { context, report in
    reportTargetsWithoutAddress(.ns, context, &report)
  }

  static let nsTargetBelowDNAME = Rule(
    "ns-target-below-dname", "name server below a DNAME", .error, group: .structure,
    rationale: "Names below a DNAME are aliases, and a name server must not be one.",
    reference: "RFC 6672 5.2, RFC 2181 10.3", remedy: "name a host that has addresses",
    triggering: [
      Example(
        "child IN NS ↓ns.old\nold IN DNAME example.net.", also: ["r53-unsupported-type"])
    ],
    nonTriggering: ["child IN NS ns1.example.net."]
  ) { context, report in
    guard !context.zone.rrsets(.dname).isEmpty else { return }
    for (value, target, _) in context.lastTargets(of: .ns, with: .inside) {
      guard case .redirected(let by) = context.zone.standing(of: target)
      else { continue }
      report.add(
        "NS target \(target) lies below the DNAME of \(by.name)", at: value.location(of: target))
    }
  }

  static let nsTargetIsIP = Rule(
    "ns-target-is-ip", "NS record with an address", .error, group: .structure,
    rationale: """
      An NS record names a host. An address there is taken as a name that does not exist.
      """,
    reference: "RFC 1035 3.3.11", remedy: "write the host's name, and its address as an A record",
    triggering: ["child IN NS ↓192.0.2.1."],
    nonTriggering: ["child IN NS ns1.example.net."],
    check: { reportTargetsThatAreAddresses(.ns, $0, &$1) })

  static let nsWildcard = Rule(
    "ns-wildcard", "NS records at a wildcard", .error, group: .structure,
    rationale: """
      What servers make of a delegated wildcard is undefined, and Route 53 refuses it.
      """,
    reference: "RFC 4592 4.2", remedy: "delegate each name",
    triggering: ["↓*.lab IN NS ns1.example.net."],
    nonTriggering: ["lab IN NS ns1.example.net."]
  ) { context, report in
    for name in context.names(with: .wildcard) {
      guard let ns = name[.ns] else { continue }
      report.add("NS record at the wildcard \(ns.owner)", at: ns.location)
    }
  }

  static let nameserverNamesInZone = Rule(
    "nameserver-names-in-zone", "name servers named in this zone", .info, in: .migration,
    group: .structure,
    rationale: """
      The zone's servers are named in the zone itself. Glue at the parent, host objects at the \
      registry and perhaps other domains depend on their names and addresses: they outlive the \
      move of this zone and must be kept or changed with care.
      """,
    reference: "RFC 9471; Route 53 developer guide, white-label name servers",
    remedy: "find out which other domains use these servers before they are switched off",
    triggering: ["@ 86400 IN NS ↓ns\nns IN A 192.0.2.1"],
    nonTriggering: [""]
  ) { context, report in
    guard let ns = context.zone[context.apex, .ns] else { return }
    for value in ns.values {
      guard let target = value.data.names.first, target.isAtOrBelow(context.apex) else { continue }
      report.add(
        "the name server \(target) is named in this zone", at: value.location(of: target))
    }
  }

  static let familyNotServed = Rule(
    "ipv4-only-served", "addresses of a family that no name server has", .info, in: .strict,
    group: .structure,
    rationale: """
      The zone gives IPv6 addresses, but all its own servers have IPv4 alone, or the other way \
      round: clients with only that family cannot ask for them without help.
      """,
    reference: "RFC 3901 3", remedy: "give a name server an address of that family",
    triggering: [
      Example(
        "↓@ 86400 IN NS a\n@ 86400 IN NS b\na IN A 192.0.2.1\nb IN A 192.0.2.2\nw IN AAAA 2001:db8::1",
        omitting: [.ns1, .ns2], also: ["nameserver-names-in-zone"]),
      Example(
        "↓@ 86400 IN NS ns3.example.net.\n@ 86400 IN NS ns4.example.net.\nw IN AAAA 2001:db8::1",
        omitting: [.ns1, .ns2], answers: ""),
    ],
    nonTriggering: [
      "w IN AAAA 2001:db8::1",
      Example("w IN AAAA 2001:db8::1", answers: "ns2.example.net. 60 IN AAAA 2001:db8::2"),
      Example(
        "w IN AAAA 2001:db8::1", also: ["resolve-undecided"], answers: "ns2.example.net. SERVFAIL"),
    ],
    network: .more
  ) { context, report in
    guard let ns = context.zone[context.apex, .ns] else { return }
    let targets = ns.values.compactMap(\.data.names.first)
    // A server elsewhere may have addresses of either family: the network knows.
    guard report.network.isConnected || targets.allSatisfy({ $0.isAtOrBelow(context.apex) })
    else { return }
    for (type, family) in [(RecordType.a, "IPv4"), (.aaaa, "IPv6")] {
      guard let used = context.zone.rrsets(type).first,
        targets.allSatisfy({
          context.resolve($0, type, &report.network).map { $0.kind != .data } ?? false
        })
      else { continue }
      report.add(
        "the zone has \(type) records, but no name server of it has an \(family) address",
        at: ns.location, notes: [Note("such a record", at: used.location)])
    }
  }
}
