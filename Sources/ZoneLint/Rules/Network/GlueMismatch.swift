import Diagnostics
import RecordSets
import ZoneKit

extension Rule {
  static let glueMismatch = Rule(
    "glue-mismatch", "glue that differs from the child's own address", .warning,
    group: .structure,
    rationale: """
      Resolvers reach the child by the glue until they have learnt its own addresses. Where the two \
      differ, some ask a machine that is gone: the child answers now and then, or not at all.
      """,
    reference: "RFC 1034 4.2.2, RFC 9471 3",
    remedy: "give the glue the addresses that the child zone has",
    triggering: [
      Example(
        "child IN NS ns.child\n↓ns.child IN A 192.0.2.1",
        answers: "ns.child.example.com. 300 IN A 192.0.2.2"),
      Example(
        "child IN NS ns.child\n↓ns.child IN A 192.0.2.1",
        answers: "ns.child.example.com. NXDOMAIN"),
      Example(
        "child IN NS ns.child\nns.child IN A 192.0.2.1\n↓ns.child IN AAAA 2001:db8::1",
        also: ["ipv4-only-served"], answers: "ns.child.example.com. 300 IN A 192.0.2.1"),
    ],
    nonTriggering: [
      Example(
        "child IN NS ns.child\nns.child IN A 192.0.2.1",
        answers: "ns.child.example.com. 300 IN A 192.0.2.1"),
      Example(
        "child IN NS ns.child\nns.child IN A 192.0.2.1", also: ["resolve-undecided"],
        answers: "ns.child.example.com. SERVFAIL"),
    ],
    network: .only
  ) { context, report in
    var seen: Set<Name> = []
    for (_, host, _) in context.lastTargets(of: .ns, with: .inside)
    where context.isDelegated(host) && seen.insert(host).inserted {
      for type in [RecordType.a, .aaaa] {
        guard let glue = context.zone[host, type],
          let answer = report.network.answer(host, type)
        else { continue }
        let own = answer.data.canonical
        guard glue.values.map(\.data).canonical != own else { continue }
        let found =
          own.isEmpty
          ? "has no such record" : "says \(own.map(\.description).joined(separator: ", "))"
        let given = glue.values.map(\.data.description).joined(separator: ", ")
        report.add(
          "glue of \(glue.description) is \(given), but the child zone \(found)",
          at: glue.location)
        if answer.kind == .nameError { break }
      }
    }
  }
}
