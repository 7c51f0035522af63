import Diagnostics
import ZoneKit

extension Rule {
  static let glueOccluded = Rule(
    "glue-occluded", "record that a delegation hides", .warning, group: .structure,
    rationale: """
      At and below a zone cut the child's servers answer; only addresses of its name servers and \
      DS records count here. Such a record looks alive in the file and is never served: after the \
      move nobody can tell whether it should have been.
      """,
    reference: "RFC 2181 6, RFC 1034 4.2.1",
    remedy: "move the record into the child zone, or remove it",
    triggering: [
      "child IN NS ns1.example.net.\n↓www.child IN A 192.0.2.1",
      "child IN NS ns.child\nns.child IN A 192.0.2.1\n↓ns.child IN TXT \"x\"",
      "child IN NS ns1.example.net.\n↓child IN TXT \"x\"",
    ],
    nonTriggering: [
      "child IN NS ns.child\nns.child IN A 192.0.2.1",
      "child IN NS ns1.example.net.\nchild IN DS 1 13 2 \(Example.digest)",
    ]
  ) { context, report in
    guard context.zone.hasCuts else { return }
    let servers = Set(context.targets[.ns].compactMap(\.number).map(Int.init))
    for name in context.zone.names where !name.isEmptyNonTerminal {
      guard case .delegated(let cut) = context.zone.occluder(of: name, orAt: true) else {
        continue
      }
      for rrset in name.rrsets {
        let isAddress = rrset.type == .a || rrset.type == .aaaa
        if isAddress && servers.contains(name.number) || rrset.type.isZoneSigning { continue }
        if cut.number == name.number && (rrset.type == .ns || rrset.type == .ds) { continue }
        // A lower delegation is told once, by what it delegates.
        report.add(
          "\(rrset.description) is hidden by the delegation of \(cut.name)", at: rrset.location,
          notes: [Note("the delegation", at: cut[.ns]?.location)])
      }
    }
  }

  static let childWithoutDelegation = Rule(
    "child-without-delegation", "child zone without its delegation", .warning, group: .structure,
    rationale: """
      Names below have records of a zone's apex or of a signed delegation, but no NS records lead \
      there. An old BIND that also serves the child answers for it all the same; Route 53 answers \
      NXDOMAIN.
      """,
    reference: "RFC 1034 4.2.1", remedy: "add the child's NS records to this zone",
    triggering: [
      Example("↓lab IN NSEC3PARAM 1 0 0 -", also: ["signed-data-on-export"]),
      Example(
        "↓www.lab IN A 192.0.2.1",
        answers: "lab.example.com. 60 IN SOA ns1.example.net. h.example.net. 1 1 1 1 1"),
    ],
    nonTriggering: [
      "lab IN NS ns1.example.net.", Example("www.lab IN A 192.0.2.1", answers: ""),
      Example(
        "lab IN CNAME example.net.\nwww.lab IN A 192.0.2.1",
        answers: """
          lab.example.com. 60 IN CNAME example.net.
          example.net. 60 IN SOA ns1.example.net. h.example.net. 1 1 1 1 1
          example.net. 60 IN A 192.0.2.1
          """),
      Example(
        "www.lab IN A 192.0.2.1", also: ["resolve-undecided"], answers: "lab.example.com. SERVFAIL"),
    ],
    network: .more
  ) { context, report in
    for type in [RecordType.dnskey, .cds, .cdnskey, .nsec3param] {
      for rrset in context.zone.rrsets(type) where rrset.owner != context.apex {
        guard rrset.name[.ns] == nil else { continue }
        report.add(
          "\(rrset.owner) has \(type) records like a zone of its own, but no delegation",
          at: rrset.location)
      }
    }
    guard report.network.isConnected else { return }
    for (child, first) in context.possibleChildren {
      // A CNAME leads to the SOA record of another zone.
      guard let answer = report.network.answer(child, .soa), answer.kind == .data,
        answer.aliases.isEmpty
      else { continue }
      report.add(
        "\(child) is served as a zone of its own, but has no delegation here",
        at: first.firstLocation)
    }
  }

  static let wildcardNonterminal = Rule(
    "wildcard-nonterminal", "asterisk inside a name", .warning, group: .structure,
    rationale: """
      An asterisk is a wildcard only as the leftmost label. Further right it is an ordinary \
      character and also makes a wildcard of the name above, with nothing to answer.
      """,
    reference: "RFC 4592 2.1.1, 4.2", remedy: "write the name without the asterisk",
    triggering: [Example("↓www.*.lab IN A 192.0.2.1", also: ["name-host-chars"])],
    nonTriggering: [Example("*.lab IN A 192.0.2.1", also: ["wildcard-risk"])]
  ) { context, report in
    let star: ArraySlice<UInt8> = [UInt8(ascii: "*")]
    // The name above an inner asterisk is a wildcard, and a name of the zone.
    guard context.names(with: .wildcard).contains(where: { _ in true }) else { return }
    for name in context.zone.names where !name.isEmptyNonTerminal {
      guard name.name.labels.dropFirst().dropLast(context.apex.labelCount).contains(star) else {
        continue
      }
      report.add(
        "\(name.name) has an asterisk inside, which makes no wildcard",
        at: name.rrsets.first?.location
      )
    }
  }

  static let rpTextMissing = Rule(
    "rp-txt-missing", "RP record whose text does not exist", .info, in: .strict,
    group: .structure,
    rationale: "The record promises further information that is not there.",
    reference: "RFC 1183 2.2", remedy: "write '.' for no text, or add the TXT record",
    triggering: [
      Example(
        "host IN RP admin.example.com. ↓people.example.com.",
        also: ["r53-unsupported-type", "info-leak"])
    ],
    nonTriggering: [
      Example("host IN RP admin.example.com. .", also: ["r53-unsupported-type", "info-leak"])
    ]
  ) { context, report in
    for value in context.zone.rrsets(.rp).flatMap(\.values) {
      guard let text = value.data.names.last, !text.isRoot else { continue }
      let answer = context.zone.answer(text, .txt)
      guard answer.rrset == nil, answer.isKnown else { continue }
      report.add("RP text \(text) does not exist", at: value.location(of: text))
    }
  }
}

extension LintContext {
  /// Names that others lie below and that may so be zones of their own, each with the first name
  /// there that has records. Names that begin with an underscore are none.
  fileprivate var possibleChildren: [(child: Name, first: LintName)] {
    var seen: Set<Name> = []
    var children: [(child: Name, first: LintName)] = []
    for name in zone.names where !name.isEmptyNonTerminal {
      if case .delegated = zone.occluder(of: name, orAt: true) { continue }
      var above = name.name.parent
      while let child = above, child.isBelow(apex), seen.insert(child).inserted {
        if !child.hasUnderscoredLabel, !child.isWildcard { children.append((child, name)) }
        above = child.parent
      }
    }
    return children
  }
}

extension RecordType {
  /// Type 17.
  static let rp = RecordType(rawValue: 17)
}
