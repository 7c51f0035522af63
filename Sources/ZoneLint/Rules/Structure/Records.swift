import Diagnostics
import ZoneKit

extension Rule {
  static let zoneOutOfZone = Rule(
    "zone-out-of-zone", "record outside the zone", .error, group: .structure,
    rationale: """
      A record whose owner is not at or below the apex is not served: BIND and Knot ignore it, \
      NSD refuses the zone. Somebody believes that it works; a move is when that surfaces.
      """,
    reference: "RFC 1035 5.2",
    remedy: "move the record to its own zone, or correct its owner or the $ORIGIN before it",
    triggering: ["↓www.example.org. IN A 192.0.2.1"],
    nonTriggering: ["www.example.com. IN A 192.0.2.1"]
  ) { context, report in
    // The reader of exports tells it of record sets.
    guard !context.zone.isExport else { return }
    let index = context.zone.index
    for name in 0..<index.nameCount where !index.isInside(name) {
      for record in index.rrsets(ofName: name).flatMap({ index.records(ofRRset: $0) }) {
        report.add(
          "\(index.name(numbered: name)) does not lie in the zone \(context.apex)",
          at: context.zone.location(ofRecord: Int(record)))
      }
    }
  }

  static let zoneDuplicateRecord = Rule(
    "zone-duplicate-record", "the same record twice", .warning, group: .structure,
    rationale: """
      An RRset holds each record once: servers drop the second one, and Route 53 refuses a set \
      with two equal values. Here they are merged; the text should say what is served.
      """,
    reference: "RFC 2181 5", remedy: "remove one of the two",
    triggering: [
      "www IN A 192.0.2.1\n↓www IN A 192.0.2.1",
      "@ IN PTR host.example.net.\n↓@ IN PTR HOST.example.net.",
    ],
    nonTriggering: ["www IN A 192.0.2.1\nwww IN A 192.0.2.2"]
  ) { context, report in
    guard !context.zone.isExport else { return }
    let index = context.zone.index
    for record in index.repeatedRecords {
      guard let first = index.original(ofRecord: record) else { continue }
      let type = index.zone.type(ofRecord: record)
      report.add(
        "\(index.zone[record].owner) \(type) repeats an earlier record",
        at: context.zone.location(ofRecord: record),
        notes: [Note("the first one", at: context.zone.location(ofRecord: first))])
    }
  }
}
