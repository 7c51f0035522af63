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
    for (value, target, place) in context.lastTargets(of: .ns, with: .inside) {
      if let number = place.number, context.zone.presence(atName: Int(number)).contains(.address) {
        continue
      }
      let owner = value.owner
      guard owner != context.apex, case .delegated(let cut) = context.zone.standing(of: target)
      else { continue }
      let isOwn = target.isAtOrBelow(owner)
      report.add(
        isOwn
          ? "\(target) lies below the delegation of \(owner) and has no address here"
          : "\(target) lies below another delegation, of \(cut.name), and has no address here",
        at: value.location(of: target), severity: isOwn ? nil : .warning)
    }
  }
}
