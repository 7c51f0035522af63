public import Diagnostics
import RecordSets
import ZoneKit

extension Ledger {
  /// The ledger as a document of schema `zonecut.ledger`, version 1: the sums, and a line for each
  /// record in the order of the zone.
  public var json: JSONOutput {
    [
      "schema": ["name": "zonecut.ledger", "version": 1],
      "apex": .string(zone.apex.description),
      "counts": [
        "records": .int(counts.total), "carried": .int(counts.carried),
        "merged": .int(counts.merged), "skipped": .int(counts.skipped),
        "blocked": .int(counts.blocked), "recordSets": .int(recordSets.count),
      ],
      "records": .array(zone.indices.map(line)),
    ]
  }

  /// One record and what became of it.
  private func line(_ index: Int) -> JSONOutput {
    let record = zone[index]
    var members: [String: JSONOutput] = [
      "record": .int(index), "name": .string(record.owner.description),
      "class": .string(record.recordClass.description), "type": .string(record.type.description),
      "ttl": .int(Int(record.ttl.rawValue)), "data": .string(record.data.description),
      "outcome": .string(outcomes[index].name),
    ]
    if let location = zone.location(ofRecord: index) {
      members["file"] = .string(location.source.name)
      members["line"] = .int(location.start.line)
    }
    switch outcomes[index] {
    case .carried(let set):
      members["alias"] = recordSets[set].aliasTarget.map { .string($0.name.description) }
      members["ttlInRoute53"] = recordSets[set].ttl.map { .int(Int($0.rawValue)) }
    case .merged(let first): members["mergedInto"] = .int(first)
    case .skipped(let reason), .blocked(let reason):
      members["reason"] = .string(reason.id)
      members["message"] = .string(reason.message)
      members["help"] = reason.help.map { .string($0) }
    }
    return .object(members)
  }
}

extension Ledger.Outcome {
  /// `carried`, `merged`, `skipped` or `blocked`.
  public var name: String {
    switch self {
    case .carried: "carried"
    case .merged: "merged"
    case .skipped: "skipped"
    case .blocked: "blocked"
    }
  }
}
