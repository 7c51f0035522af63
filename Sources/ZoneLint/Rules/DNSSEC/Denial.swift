import Diagnostics
import ZoneKit

extension Rule {
  static let nsecChain = Rule(
    "nsec-chain", "broken chain of NSEC records", .error, group: .dnssec,
    rationale: """
      Where the chain has a gap, resolvers that validate cannot believe that a name does not \
      exist, or believe that one does not which does. In a zone without keys only the types that a \
      record lists are looked at.
      """,
    reference: "RFC 4035 2.3, RFC 4034 4", remedy: "sign the zone again",
    triggering: [
      Example.signed("", denial: "", soaMark: "↓"),
      Example.signed("↓www IN A 192.0.2.1\n\(Example.signature("www", .a))"),
      Example.signed(
        "www IN A 192.0.2.1\n↓www IN NSEC @ TXT RRSIG NSEC\n\(Example.signature("www", .a))\n\(Example.signature("www", .nsec))",
        next: "www"),
      Example.signed(
        "www IN A 192.0.2.1\n↓www IN NSEC www A RRSIG NSEC\n\(Example.signature("www", .a))\n\(Example.signature("www", .nsec))",
        next: "www"),
      Example("↓www IN NSEC @ A NSEC", also: ["signed-data-on-export"]),
    ],
    nonTriggering: [
      Example("www IN A 192.0.2.1\nwww IN NSEC @ A NSEC", also: ["signed-data-on-export"]),
      Example.signed(
        "www IN A 192.0.2.1\nwww IN NSEC @ A RRSIG NSEC\n\(Example.signature("www", .a))\n\(Example.signature("www", .nsec))",
        next: "www"),
    ]
  ) { context, report in
    guard context.isSigned else {
      for rrset in context.zone.rrsets(.nsec) {
        guard let value = rrset.values.first, let nsec = NSEC(value.data),
          context.zone.occluder(of: rrset.name, orAt: false) == nil,
          let fault = context.fault(ofTypes: nsec.types, at: rrset.name)
        else { continue }
        report.add("NSEC of \(rrset.owner) \(fault)", at: value.location, severity: .warning)
      }
      return
    }
    if context.zone.rrsets(.nsec).isEmpty {
      // Keys alone may be there before the zone is signed.
      guard context.zone.rrsets(.nsec3).isEmpty, !context.zone.rrsets(.rrsig).isEmpty else {
        return
      }
      report.add("the signed zone has neither NSEC nor NSEC3 records", at: context.zone.location)
      return
    }
    let owners = context.zone.names.filter { name in
      !name.isEmptyNonTerminal && context.zone.occluder(of: name, orAt: false) == nil
        && name.rrsets.contains { $0.type != .rrsig }
    }.sorted { $0.name < $1.name }
    for name in owners where name[.nsec] == nil {
      report.add("\(name.name) has no NSEC record", at: name.firstLocation)
    }
    let chain = owners.compactMap { name in
      name[.nsec]?.values.first.flatMap { value in
        NSEC(value.data).map { (name: name, value: value, nsec: $0) }
      }
    }
    for (place, link) in chain.enumerated() {
      let next = chain[(place + 1) % chain.count].name.name
      if link.nsec.next != next {
        report.add(
          "NSEC of \(link.name.name) leads to \(link.nsec.next), the next name is \(next)",
          at: link.value.location)
      } else if let fault = context.fault(ofTypes: link.nsec.types, at: link.name) {
        report.add("NSEC of \(link.name.name) \(fault)", at: link.value.location)
      }
    }
  }

  static let nsec3Params = Rule(
    "nsec3-params", "NSEC3 parameters that cost without use", .warning, group: .dnssec,
    rationale: """
      Iterations and salt hide nothing; resolvers answer SERVFAIL or treat the zone as unsigned \
      where iterations are many.
      """,
    reference: "RFC 9276 3.1", remedy: "use 0 iterations and no salt",
    triggering: [
      Example("↓@ IN NSEC3PARAM 1 0 10 -", also: ["signed-data-on-export"]),
      Example("↓@ IN NSEC3PARAM 1 0 0 AABB", also: ["signed-data-on-export"]),
    ],
    nonTriggering: [Example("@ IN NSEC3PARAM 1 0 0 -", also: ["signed-data-on-export"])]
  ) { context, report in
    for value in context.zone.rrsets(.nsec3param).flatMap(\.values) {
      let octets = Array(value.data.octets)
      guard octets.count >= 5 else { continue }
      let iterations = UInt16(octets[2]) << 8 | UInt16(octets[3])
      if iterations > 0 {
        report.add("NSEC3 with \(iterations) iterations, expected 0", at: value.location)
      } else if octets[4] > 0 {
        report.add("NSEC3 with a salt, expected none", at: value.location)
      }
    }
  }

  static let nsec3NameLength = Rule(
    "nsec3-name-length", "zone name too long for NSEC3", .error, group: .dnssec,
    rationale: "A hash of 32 characters is put before the zone's name, which then is too long.",
    reference: "RFC 5155 10.1", remedy: "sign with NSEC",
    triggering: [
      Example(
        """
        $ORIGIN \(Example.longName)
        @ IN SOA ns1.example.net. hostmaster.example.com. 1 14400 3600 1209600 900
        @ 86400 IN NS ns1.example.net.
        @ 86400 IN NS ns2.example.net.
        ↓@ IN NSEC3PARAM 1 0 0 -
        """, omitting: Example.Part.allCases,
        also: ["spf-missing", "caa-missing", "no-mail-lockdown", "signed-data-on-export"])
    ],
    nonTriggering: [Example("@ IN NSEC3PARAM 1 0 0 -", also: ["signed-data-on-export"])]
  ) { context, report in
    // A label of 32 characters with its length octet.
    guard let param = context.zone[context.apex, .nsec3param],
      context.apex.wire.count + 33 > Name.maximumWireCount
    else { return }
    report.add("no hash fits before \(context.apex)", at: param.location)
  }
}

extension Example {
  /// A name of 236 octets in wire form.
  fileprivate static let longName =
    String(repeating: String(repeating: "a", count: 55) + ".", count: 4) + "example.com."
}
