import Diagnostics
import ZoneKit

extension Rule {
  static let glueMissing = Rule(
    "glue-missing", "delegation to a server below it without an address", .error,
    group: .structure,
    rationale: """
      A server whose name lies below the zone cut is found only through an address beside the \
      delegation. Without this glue the child is unreachable; caches may hide it until the move.
      """,
    reference: "RFC 1034 4.2.1, RFC 9471",
    remedy: "add the server's A or AAAA record beside the delegation",
    triggering: [
      "child IN NS ↓ns.child",
      Example(
        "child IN NS ↓ns.child\nns.child IN TXT \"no address\"", also: ["glue-occluded"]),
      "one IN NS ↓ns.two\ntwo IN NS ns1.example.net.",
    ],
    nonTriggering: [
      "child IN NS ns.child\nns.child IN A 192.0.2.1", "child IN NS ns1.example.net.",
      "child IN NS ns.child\nns.child IN AAAA 2001:db8::1",
    ]
  ) { context, report in
    for ns in context.zone.rrsets(.ns) where ns.owner != context.apex {
      for value in ns.values {
        guard let target = value.data.names.first,
          case .delegated(let cut) = context.zone.standing(of: target)
        else { continue }
        let there = context.zone[target]
        if there?[.a] != nil || there?[.aaaa] != nil { continue }
        let isOwn = target.isAtOrBelow(ns.owner)
        report.add(
          isOwn
            ? "\(target) lies below the delegation of \(ns.owner) and has no address here"
            : "\(target) lies below another delegation, of \(cut.name), and has no address here",
          at: value.location(of: target), severity: isOwn ? nil : .warning)
      }
    }
  }
}
