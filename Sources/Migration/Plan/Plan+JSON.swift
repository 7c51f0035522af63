public import Diagnostics
import Propagation
import RecordSets
import Route53
import Runbook
import ZoneKit

extension Plan {
  /// The name and version of the document's schema.
  static let schema = (name: "zonecut.plan", version: 1)

  /// The plan as a document of schema `zonecut.plan`, version 1.
  public var json: JSONOutput {
    let counts = ledger.counts
    return [
      "schema": ["name": .string(Self.schema.name), "version": .int(Self.schema.version)],
      "id": .string(id),
      "zone": .string(apex.description),
      "blocked": .bool(isBlocked),
      "blockers": .array(blockers.map(\.json)),
      "inputs": .array(inputs.map(\.json)),
      "arguments": .array(arguments.map(JSONOutput.string)),
      "findings": [
        "errors": .int(findings.count(of: .error)), "warnings": .int(findings.count(of: .warning)),
        "infos": .int(findings.count(of: .info)),
      ],
      "ledger": [
        "records": .int(counts.total), "carried": .int(counts.carried),
        "merged": .int(counts.merged), "skipped": .int(counts.skipped),
        "blocked": .int(counts.blocked), "recordSets": .int(ledger.recordSets.count),
      ],
      "diff": isBlocked ? .null : diff.json,
      "batches": .array(batches.map(\.json)),
      "notes": .array(notes.map(JSONOutput.string)),
      "proof": proof.map(\.json) ?? .null,
      "delegation": delegation.json,
      "oldZone": oldZone.json,
      // Without name servers there is none, and what was computed stands on a guess.
      "schedule": delegation.old.isEmpty ? .null : schedule.document,
    ]
  }
}

extension Plan.Blocker {
  fileprivate var json: JSONOutput {
    var members: [String: JSONOutput] = ["id": .string(id), "message": .string(message)]
    members["help"] = help.map { .string($0) }
    if let location {
      members["file"] = .string(location.source.name)
      members["line"] = .int(location.start.line)
      members["column"] = .int(location.start.column)
    }
    return .object(members)
  }
}

extension InputRecord {
  fileprivate var json: JSONOutput {
    [
      "role": .string(role.rawValue), "name": .string(name), "octets": .int(count),
      "sha256": .string(sha256),
    ]
  }
}

extension Plan.BatchFile {
  /// The batch's files and what they count.
  var json: JSONOutput {
    let size = batch.size
    return [
      "phase": .string(phase.rawValue), "file": .string(path), "rollback": .string(rollbackPath),
      "sha256": .string(texts.batchSHA256), "rollbackSha256": .string(texts.rollbackSHA256),
      "changes": .int(batch.changes.count), "records": .int(size.elements),
      "characters": .int(size.characters),
    ]
  }
}

extension Proof {
  fileprivate var json: JSONOutput {
    [
      "batches": .int(batchCount), "changes": .int(changeCount), "recordSets": .int(setCount),
      "largestRequest": [
        "records": .int(largest.elements), "characters": .int(largest.characters),
      ],
    ]
  }
}

extension Delegation {
  /// The delegation as a document of schema `zonecut.delegation`, version 1.
  public var json: JSONOutput {
    [
      "schema": ["name": "zonecut.delegation", "version": 1],
      "zone": .string(zone.description),
      "old": [
        "nameServers": .array(
          old.map { server in
            [
              "name": .string(server.name.description),
              "addresses": .array(server.addresses.map(JSONOutput.string)),
              "glue": .bool(server.name.isAtOrBelow(zone)),
            ]
          }),
        "ttl": .int(Int(childTTL.rawValue)),
        "parentTTL": .int(Int(parentTTL.ttl.seconds)),
        "parentTTLIsAssumed": .bool(parentTTL.isAssumed),
        "parentTTLSource": .string(parentTTL.source),
        "parentDS": .string(parentDS.rawValue),
        "dsTTL": dsTTL.map { .int(Int($0.seconds)) } ?? .null,
        "source": "zone file",
      ],
      "new": [
        "nameServers": .array(new.map { .string($0.description) }),
        "hostedZoneId": hostedZoneID.map { .string($0) } ?? .null,
      ],
    ]
  }
}

extension OldZone {
  /// What is edited, without the files' text.
  fileprivate var json: JSONOutput {
    [
      "lowered": .array(
        loweredSets.map { set in
          [
            "name": .string(set.owner.description), "type": .string(set.type.description),
            "from": .int(Int(set.from.rawValue)), "to": .int(Int(set.to.rawValue)),
          ]
        }),
      "files": .array(
        PlanFiles.oldZone(self).map { .string($0.path) }),
      "failure": failure.map { .string($0) } ?? .null,
    ]
  }
}
