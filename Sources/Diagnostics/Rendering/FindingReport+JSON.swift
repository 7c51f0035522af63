extension FindingReport {
  /// The findings as a document of the schema `zonecut.findings`, version 1.
  ///
  /// Lines and columns count from 1, columns in Unicode scalars; `offset` and `endOffset` count
  /// octets from 0; ends are just past the last character. What a finding lacks is left out;
  /// `count` tells how many findings one stands for, where that is more than itself.
  ///
  /// - Parameter network: what was asked of the network, where it was: `server`, `questions` to it,
  ///   `direct` ones to name servers, and how many of all are `unanswered`.
  public func json(network: JSONOutput? = nil) -> JSONOutput {
    var members: [String: JSONOutput] = [
      "schema": ["name": "zonecut.findings", "version": 1],
      "summary": .object(
        Dictionary(
          uniqueKeysWithValues: Severity.allCases.map { ($0.rawValue, .int(count(of: $0))) })),
      "findings": .array(findings.map(\.json)),
    ]
    members["network"] = network
    return .object(members)
  }
}

extension Finding {
  fileprivate var json: JSONOutput {
    var members: [String: JSONOutput] = location?.jsonMembers ?? [:]
    members["rule"] = .string(rule)
    members["severity"] = .string(severity.rawValue)
    members["message"] = .string(message)
    let inclusions = location?.inclusions ?? []
    if !inclusions.isEmpty {
      members["includedFrom"] = .array(inclusions.map { .object($0.jsonMembers) })
    }
    if !notes.isEmpty { members["notes"] = .array(notes.map(\.json)) }
    if let help { members["help"] = .string(help) }
    if let why { members["why"] = .string(why) }
    if count > 1 { members["count"] = .int(count) }
    if let fix {
      members["fix"] = ["title": .string(fix.title), "edits": .array(fix.edits.map(\.json))]
    }
    return .object(members)
  }
}

extension Note {
  fileprivate var json: JSONOutput {
    var members: [String: JSONOutput] = location?.jsonMembers ?? [:]
    members["message"] = .string(message)
    return .object(members)
  }
}

extension Edit {
  /// A replacement that is no UTF-8 is given in hexadecimal, as `replacementHex`.
  fileprivate var json: JSONOutput {
    var members = location.jsonMembers
    if let text = String(validating: replacement, as: UTF8.self) {
      members["replacement"] = .string(text)
    } else {
      members["replacementHex"] = .string(
        replacement.map { hexadecimal($0, digits: 2).lowercased() }.joined())
    }
    return .object(members)
  }
}

extension Location {
  fileprivate var jsonMembers: [String: JSONOutput] {
    let start = start
    let end = end
    return [
      "file": .string(source.name),
      "line": .int(start.line), "column": .int(start.column),
      "endLine": .int(end.line), "endColumn": .int(end.column),
      "offset": .int(range.lowerBound), "endOffset": .int(range.upperBound),
    ]
  }
}
