import Diagnostics
import ZoneKit

extension Rule {
  static let dnameMultiple = Rule(
    "dname-multiple", "more than one DNAME at a name", .error, group: .structure,
    rationale: "A name can be redirected to one place. Servers refuse a second DNAME.",
    reference: "RFC 6672 2.4", remedy: "keep one DNAME",
    triggering: [
      Example(
        "old IN DNAME example.net.\n↓old IN DNAME example.org.", also: ["r53-unsupported-type"])
    ],
    nonTriggering: [Example("old IN DNAME example.net.", also: ["r53-unsupported-type"])]
  ) { context, report in
    for dname in context.zone.rrsets(.dname) {
      for value in dname.values.dropFirst() {
        report.add(
          "second DNAME at \(dname.owner)", at: value.location,
          notes: [Note("the first one", at: dname.location)])
      }
    }
  }

  static let dnameChildren = Rule(
    "dname-children", "names below a DNAME", .error, group: .structure,
    rationale: """
      A DNAME takes every name below it elsewhere, so that records there are never served. Servers \
      refuse such a zone.
      """,
    reference: "RFC 6672 2.4", remedy: "remove the records below, or the DNAME",
    triggering: [
      Example(
        "old IN DNAME example.net.\n↓www.old IN A 192.0.2.1", also: ["r53-unsupported-type"])
    ],
    nonTriggering: [Example("old IN DNAME example.net.", also: ["r53-unsupported-type"])]
  ) { context, report in
    guard !context.zone.rrsets(.dname).isEmpty else { return }
    for name in context.zone.names where !name.isEmptyNonTerminal {
      guard case .redirected(let by) = context.zone.occluder(of: name, orAt: false) else {
        continue
      }
      report.add(
        "\(name.name) lies below the DNAME of \(by.name) and is never served",
        at: name.rrsets.first?.location, notes: [Note("the DNAME", at: by[.dname]?.location)])
    }
  }

  static let dnameWithNS = Rule(
    "dname-with-ns", "DNAME beside a delegation", .error, group: .structure,
    rationale: "What is delegated is not redirected: the DNAME belongs in the child zone.",
    reference: "RFC 6672 2.3", remedy: "keep either the NS records or the DNAME",
    triggering: [
      Example(
        "↓old IN DNAME example.net.\nold IN NS ns1.example.net.",
        also: ["r53-unsupported-type", "glue-occluded"])
    ],
    nonTriggering: [Example("old IN DNAME example.net.", also: ["r53-unsupported-type"])]
  ) { context, report in
    for dname in context.zone.rrsets(.dname) where dname.owner != context.apex {
      guard let ns = dname.name[.ns] else { continue }
      report.add(
        "\(dname.owner) has a DNAME and is delegated", at: dname.location,
        notes: [Note("the delegation", at: ns.location)])
    }
  }
}
