import Diagnostics
import ZoneKit

extension Rule {
  static let cnameLoop = Rule(
    "cname-loop", "CNAMEs that lead in a circle", .error, group: .structure,
    rationale: """
      A chain of CNAMEs that comes back to itself has no answer: resolvers give up with SERVFAIL.
      """,
    reference: "RFC 1034 3.6.2", remedy: "let one of the names lead to a host",
    triggering: [
      "↓a IN CNAME b\nb IN CNAME a", "↓self IN CNAME self",
      Example("in IN CNAME a\n↓a IN CNAME b\nb IN CNAME a", also: ["cname-chain"]),
    ],
    nonTriggering: ["a IN CNAME b\nb IN A 192.0.2.1"]
  ) { context, report in
    let next = context.cnameLinks
    var settled: Set<Int> = []
    for cname in context.zone.rrsets(.cname) {
      // A circle goes on from every link.
      guard next[cname.number] != nil else { continue }
      let loop = context.zone.loop(from: cname, next, settled: &settled)
      guard let first = loop.first else { continue }
      let names = (loop + [first]).map { "\($0.owner)" }.joined(separator: " -> ")
      report.add(
        "CNAME loop: \(names)", at: first.location,
        notes: loop.dropFirst().map { Note("on the way", at: $0.location) })
    }
  }

  static let cnameChain = Rule(
    "cname-chain", "CNAME that leads to another CNAME", .info, in: .strict, group: .structure,
    rationale: """
      Each link costs a query and a cache entry with a TTL of its own, and a move changes the \
      answer only when the last link is renewed.
      """,
    reference: "RFC 1034 3.6.2", remedy: "let the first name lead to the last target",
    triggering: ["↓a IN CNAME b\nb IN CNAME host.example.net."],
    nonTriggering: ["a IN CNAME host.example.net."]
  ) { context, report in
    let links = context.cnameLinks
    for cname in context.zone.rrsets(.cname) {
      guard links[cname.number] != nil, let target = cname.values.first?.data.names.first,
        target != cname.owner, case .present(let there) = context.zone.standing(of: target),
        let next = there[.cname],
        next.values.first?.data.names.first != cname.owner
      else { continue }
      report.add(
        "\(cname.owner) leads to \(target), which is itself a CNAME", at: cname.location,
        notes: [Note("the next one", at: next.location)])
    }
  }

  static let cnameDangling = Rule(
    "cname-dangling-in-zone", "CNAME to a name that does not exist", .warning, group: .structure,
    rationale: """
      The target lies in this zone and is not there: the name answers NXDOMAIN. Often the target \
      was renamed, or its final dot is missing.
      """,
    reference: "RFC 1034 3.6.2", remedy: "correct the target, or remove the CNAME",
    triggering: ["ftp IN CNAME ↓files"],
    nonTriggering: [
      "ftp IN CNAME files\nfiles IN A 192.0.2.1",
      "ftp IN CNAME files.child\nchild IN NS ns.example.net.",
      Example("ftp IN CNAME x.any\n*.any IN A 192.0.2.1", also: ["wildcard-risk"]),
    ]
  ) { context, report in
    for (value, target, place) in context.lastTargets(of: .cname, with: .inside) {
      guard place.number == nil, case .absent = context.zone.standing(of: target)
      else { continue }
      report.add("CNAME target \(target) does not exist", at: value.location(of: target))
    }
  }
}

extension LintContext {
  /// For each CNAME that leads to another, the RRset of that one, by number.
  fileprivate var cnameLinks: [Int: Int] {
    var links: [Int: Int] = [:]
    for target in targets[.cname] {
      guard let number = target.number, zone.presence(atName: Int(number)).contains(.cname),
        let next = LintName(zone: zone, number: Int(number))[.cname],
        let own = zone.rrset(ofRecord: Int(target.record))
      else { continue }
      // Of several CNAMEs at a name the first counts.
      if links[own.number] == nil { links[own.number] = next.number }
    }
    return links
  }
}

extension LintZone {
  /// The CNAMEs of the circle that `first` leads into; none if it leads out, or to names that were
  /// looked at before.
  ///
  /// - Parameters:
  ///   - next: for each CNAME that leads to another, that one.
  ///   - settled: RRsets that were looked at; those on the way are added.
  fileprivate func loop(
    from first: LintRRset, _ next: [Int: Int], settled: inout Set<Int>
  ) -> ArraySlice<LintRRset> {
    var links: [LintRRset] = []
    var number: Int? = first.number
    while let link = number {
      guard settled.insert(link).inserted else {
        guard let start = links.firstIndex(where: { $0.number == link }) else { return [] }
        return links[start...]
      }
      links.append(LintRRset(zone: self, number: link))
      number = next[link]
    }
    return []
  }
}
