/// What SARIF tells of a rule: a row of its table of rules.
public struct SARIFRule: Sendable, Hashable {
  /// The rule's id.
  public var id: String
  /// One sentence.
  public var summary: String
  /// Why it matters and what to do, in plain text.
  public var explanation: String?
  /// How bad its findings are, unless configured otherwise.
  public var severity: Severity

  /// A rule.
  public init(id: String, summary: String, explanation: String? = nil, severity: Severity) {
    self.id = id
    self.summary = summary
    self.explanation = explanation
    self.severity = severity
  }
}

extension FindingReport {
  /// The findings as a SARIF log (OASIS, "Static Analysis Results Interchange Format Version
  /// 2.1.0"), which code hosts and editors read.
  ///
  /// - Parameters:
  ///   - version: the version of zonecut, if it should be named.
  ///   - rules: the rules to describe. A finding of a rule that is not among them has its row with
  ///     the id alone.
  public func sarif(version: String? = nil, rules: [SARIFRule] = []) -> JSONOutput {
    var rows = rules.map(\.sarif)
    var indexes = Dictionary(rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
    for finding in findings where indexes[finding.rule] == nil {
      indexes[finding.rule] = rows.count
      rows.append(["id": .string(finding.rule)])
    }
    var driver: [String: JSONOutput] = ["name": "zonecut", "rules": .array(rows)]
    if let version { driver["version"] = .string(version) }
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": ["driver": .object(driver)],
          "columnKind": "unicodeCodePoints",
          "results": .array(findings.map { $0.sarif(ruleIndex: indexes[$0.rule] ?? -1) }),
        ]
      ],
    ]
  }
}

extension SARIFRule {
  fileprivate var sarif: JSONOutput {
    var members: [String: JSONOutput] = [
      "id": .string(id), "shortDescription": sarifMessage(summary),
      "defaultConfiguration": ["level": .string(severity.sarifLevel)],
    ]
    if let explanation { members["help"] = sarifMessage(explanation) }
    return .object(members)
  }
}

extension Severity {
  fileprivate var sarifLevel: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

extension Finding {
  fileprivate func sarif(ruleIndex: Int) -> JSONOutput {
    var members: [String: JSONOutput] = [
      "ruleId": .string(rule), "ruleIndex": .int(ruleIndex),
      "level": .string(severity.sarifLevel),
      "message": sarifMessage(help.map { "\(message). Help: \($0)" } ?? message),
    ]
    if let location {
      members["locations"] = [["physicalLocation": location.sarif]]
    }
    let places =
      notes.map { (message: $0.message, location: $0.location) }
      + (location?.inclusions ?? []).map { (message: "included from here", location: $0) }
    if !places.isEmpty {
      members["relatedLocations"] = .array(
        places.enumerated().map { index, place in
          var members: [String: JSONOutput] = [
            "id": .int(index), "message": sarifMessage(place.message),
          ]
          if let location = place.location { members["physicalLocation"] = location.sarif }
          return .object(members)
        })
    }
    if let fix = fix?.sarif { members["fixes"] = [fix] }
    return .object(members)
  }
}

extension Fix {
  /// Nil if there is nothing to replace, or a replacement is no text, which SARIF has no place for
  /// in a text file.
  fileprivate var sarif: JSONOutput? {
    guard !edits.isEmpty else { return nil }
    var names: [String] = []
    var replacements: [String: [JSONOutput]] = [:]
    for edit in edits {
      guard let text = String(validating: edit.replacement, as: UTF8.self) else { return nil }
      let name = edit.location.source.name
      if replacements[name] == nil { names.append(name) }
      replacements[name, default: []].append([
        "deletedRegion": edit.location.sarifRegion, "insertedContent": ["text": .string(text)],
      ])
    }
    return [
      "description": sarifMessage(title),
      "artifactChanges": .array(
        names.map { name in
          [
            "artifactLocation": ["uri": .string(uriReference(to: name))],
            "replacements": .array(replacements[name] ?? []),
          ]
        }),
    ]
  }
}

extension Location {
  fileprivate var sarif: JSONOutput {
    ["artifactLocation": ["uri": .string(uriReference(to: source.name))], "region": sarifRegion]
  }

  fileprivate var sarifRegion: JSONOutput {
    let start = start
    let end = end
    return [
      "startLine": .int(start.line), "startColumn": .int(start.column),
      "endLine": .int(end.line), "endColumn": .int(end.column),
      "byteOffset": .int(range.lowerBound), "byteLength": .int(range.count),
    ]
  }
}

/// A message object: braces doubled, as single ones enclose placeholders (section 3.11.5), and
/// brackets escaped where they would make an embedded link (section 3.11.6).
private func sarifMessage(_ text: String) -> JSONOutput {
  let hasLink = text.contains("](")
  var result = ""
  for character in text.unicodeScalars {
    switch character {
    case "{", "}": result.unicodeScalars.append(contentsOf: [character, character])
    case "[" where hasLink, "]" where hasLink, "\\" where hasLink:
      result.unicodeScalars.append(contentsOf: ["\\", character])
    default: result.unicodeScalars.append(character)
    }
  }
  return ["text": .string(result)]
}

/// The path as a URI reference (RFC 3986): octets that are no path characters percent-encoded, an
/// absolute path under `file://`, and `./` before a relative one whose first segment has a colon.
func uriReference(to path: String) -> String {
  var result = ""
  for octet in path.utf8 {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: ":"),
      UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "="):
      result.unicodeScalars.append(Unicode.Scalar(octet))
    default: result += "%" + hexadecimal(octet, digits: 2)
    }
  }
  if result.hasPrefix("/") { return "file://" + result }
  let first = result.prefix { $0 != "/" }
  return first.contains(":") ? "./" + result : result
}
