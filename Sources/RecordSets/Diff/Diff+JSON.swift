public import Diagnostics
import ZoneKit

extension Diff {
  /// The difference as a document of schema `zonecut.diff`, version 1: counts, and every
  /// difference with both of its sets.
  public var json: JSONOutput {
    [
      "schema": ["name": "zonecut.diff", "version": 1],
      "counts": [
        "added": .int(count(.added)), "removed": .int(count(.removed)),
        "changed": .int(count(.changed)), "ttlOnly": .int(count(.ttlOnly)),
        "expected": .int(expected.count), "unchanged": .int(unchangedCount),
      ],
      "differences": .array(differences.map(\.json)),
      "expected": .array(expected.map(\.json)),
    ]
  }
}

extension Difference {
  var json: JSONOutput {
    var members = key.jsonMembers
    members["kind"] = .string(kind.rawValue)
    members["old"] = old?.json
    members["new"] = new?.json
    if !parts.isEmpty { members["parts"] = .array(parts.map(\.json)) }
    return .object(members)
  }
}

extension Difference.Part {
  var json: JSONOutput {
    switch self {
    case .values(let removed, let added):
      ["part": "values", "removed": removed.json, "added": added.json]
    case .ttl(let from, let to):
      Self.json("ttl", from, to) { .int(Int($0.rawValue)) }
    case .alias(let from, let to): Self.json("alias", from, to, \.json)
    case .trafficPolicyInstance(let from, let to):
      Self.json("trafficPolicyInstance", from, to) { .string($0) }
    case .routing(let from, let to): Self.json("routing", from, to, \.json)
    case .healthCheck(let from, let to): Self.json("healthCheck", from, to) { .string($0) }
    }
  }

  private static func json<Value>(
    _ part: String, _ from: Value?, _ to: Value?, _ json: (Value) -> JSONOutput
  ) -> JSONOutput {
    ["part": .string(part), "from": from.map(json) ?? .null, "to": to.map(json) ?? .null]
  }
}
