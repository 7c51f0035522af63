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
    nonTriggering: ["www IN A 192.0.2.1\nwww IN A 192.0.2.2"],
    fix: .records("remove the second one") { context, record in
      context.zone.index.original(ofRecord: record) == nil ? [] : [.remove(record: record)]
    }
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

  static let zoneDNSSECEqualRecords = Rule(
    "zone-dnssec-equal-records", "records that only the letter case of a name tells apart",
    .warning, group: .structure,
    rationale: """
      Plain DNS takes them for the same record twice, DNSSEC for two. Servers differ in which of \
      them they keep, and signatures made over both fail where one is dropped.
      """,
    reference: "RFC 4343 3, RFC 4034 6.2, RFC 6840 5.1", remedy: "remove one of the two",
    triggering: ["x IN HTTPS 1 Svc.example.net. alpn=h2\n↓x IN HTTPS 1 svc.example.net. alpn=h2"],
    nonTriggering: ["x IN HTTPS 1 a.example.net. alpn=h2\nx IN HTTPS 2 a.example.net. alpn=h2"]
  ) { context, report in
    guard !context.zone.isExport else { return }
    for type in context.zone.types
    where type.schema?.hasNamesWithCase == true && !type.isZoneSigning {
      for rrset in context.zone.rrsets(type) where rrset.values.count > 1 {
        var seen: [[UInt8]: LintValue] = [:]
        for value in rrset.values {
          let folded = value.data.octetsWithFoldedNames
          guard let first = seen.updateValue(value, forKey: folded) else { continue }
          report.add(
            "\(rrset.description) differs from another only in letter case", at: value.location,
            notes: [Note("the other one", at: first.location)])
        }
      }
    }
  }
}

extension RecordData {
  /// The octets with all names in lower case.
  fileprivate var octetsWithFoldedNames: [UInt8] {
    var folded = Array(octets)
    for name in names {
      // A name is a slice of the data.
      let start = name.wire.startIndex - octets.startIndex
      folded.replaceSubrange(start..<(start + name.wire.count), with: name.lowercased.wire)
    }
    return folded
  }
}
