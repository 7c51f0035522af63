public import Diagnostics
import ZoneKit

extension ComparisonReport {
  /// The report as a document of schema `zonecut.compare`, version 1.
  public var json: JSONOutput {
    [
      "schema": ["name": "zonecut.compare", "version": 1],
      "zone": .string(apex.description),
      "old": .array(old.map { .string($0) }),
      "new": .array(new.map { .string($0) }),
      "questions": .int(questionCount),
      "counts": Self.json(counts),
      "clean": .bool(isClean),
      "summary": .string(summary),
      "notes": .array(notes.map { .string($0) }),
      "groups": .array(
        (open + explained).map { group in
          [
            "cause": group.cause.json, "explained": .bool(group.isExplained),
            "count": .int(group.count), "counts": Self.json(group.counts),
            "servers": .array(group.servers.map { .string($0) }),
            "findings": .array(group.findings.map(\.json)),
          ]
        }),
    ]
  }

  private static func json(_ counts: [ComparisonClass: Int]) -> JSONOutput {
    .object(Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, .int($0.value)) }))
  }
}

extension ComparisonFinding {
  var json: JSONOutput {
    var members: [String: JSONOutput] = [
      "class": .string(verdict.rawValue), "old": .array(old.map { .string($0) }),
      "new": .array(new.map { .string($0) }),
    ]
    if let question {
      members["name"] = .string(question.name.description)
      members["type"] = .string(question.type.description)
    }
    if !servers.isEmpty { members["servers"] = .array(servers.map { .string($0) }) }
    members["reason"] = reason.map { .string($0) }
    return .object(members)
  }
}

extension ComparisonFinding.Cause {
  var json: JSONOutput {
    switch self {
    case .name(let name): ["kind": "name", "name": .string(name.description)]
    case .wildcard(let name): ["kind": "wildcard", "name": .string(name.description)]
    case .delegation(let name): ["kind": "delegation", "name": .string(name.description)]
    case .dname(let name): ["kind": "dname", "name": .string(name.description)]
    case .server(let address, let problem):
      ["kind": "server", "server": .string(address), "problem": .string(problem)]
    case .parent: ["kind": "parent"]
    case .expected(let reason): ["kind": "expected", "reason": .string(reason)]
    }
  }
}
