import Diagnostics
import TestSupport
import Testing

/// The objects of the SARIF 2.1.0 schema that are written here: members that must be there, and
/// further ones that may. `*` before a type: an array of it.
private let schema: [String: (required: [String: String], optional: [String: String])] = [
  "log": (["version": "2.1.0", "runs": "*run"], ["$schema": "string"]),
  "run": (["tool": "tool"], ["columnKind": "unicodeCodePoints", "results": "*result"]),
  "tool": (["driver": "driver"], [:]),
  "driver": (["name": "string"], ["version": "string", "rules": "*rule"]),
  "rule": (
    ["id": "string"],
    ["shortDescription": "text", "help": "text", "defaultConfiguration": "configuration"]
  ),
  "configuration": ([:], ["level": "level"]),
  "text": (["text": "string"], [:]),
  "result": (
    ["message": "text"],
    [
      "ruleId": "string", "ruleIndex": "number", "level": "level", "locations": "*location",
      "relatedLocations": "*location", "fixes": "*fix",
    ]
  ),
  "location": ([:], ["id": "number", "physicalLocation": "physical", "message": "text"]),
  "physical": (["artifactLocation": "artifact"], ["region": "region"]),
  "artifact": ([:], ["uri": "uri"]),
  "region": (
    [:],
    [
      "startLine": "positive", "startColumn": "positive", "endLine": "positive",
      "endColumn": "positive", "byteOffset": "number", "byteLength": "number",
    ]
  ),
  "fix": (["artifactChanges": "*change"], ["description": "text"]),
  "change": (["artifactLocation": "artifact", "replacements": "*replacement"], [:]),
  "replacement": (["deletedRegion": "region"], ["insertedContent": "text"]),
]

/// What is wrong with a value, by the table above; empty if nothing.
private func faults(_ value: JSONValue, _ type: String, at path: String = "$") -> [String] {
  if type.hasPrefix("*") {
    guard case .array(let elements) = value.kind else { return ["\(path): no array"] }
    let empty = elements.isEmpty && (type == "*change" || type == "*replacement")
    return (empty ? ["\(path): empty"] : [])
      + elements.enumerated().flatMap { index, element in
        faults(element, String(type.dropFirst()), at: "\(path)[\(index)]")
      }
  }
  if let (required, optional) = schema[type] {
    guard case .object(let members) = value.kind else { return ["\(path): no object"] }
    let known = required.merging(optional) { first, _ in first }
    let missing = required.keys.filter { value[$0] == nil }.map { "\(path): no \($0)" }
    return missing
      + members.flatMap { member in
        known[member.key].map { faults(member.value, $0, at: "\(path).\(member.key)") }
          ?? ["\(path): unknown \(member.key)"]
      }
  }
  switch (type, value.kind) {
  case ("string", .string): return []
  case ("number", .number(let text)) where (Int(text) ?? -1) >= 0: return []
  case ("positive", .number(let text)) where (Int(text) ?? 0) >= 1: return []
  case ("level", .string(let text)) where ["note", "warning", "error"].contains(text): return []
  case ("uri", .string(let text))
  where text.utf8.allSatisfy { 0x21..<0x7f ~= $0 && !Array("<>\"{}|\\^`".utf8).contains($0) }:
    return []
  case (_, .string(type)): return []
  default: return ["\(path): \(value.kindName) is no \(type)"]
  }
}

@Suite("SARIF 2.1.0")
struct SARIFTests {
  private let rules = [
    SARIFRule(
      id: "cname-and-other", summary: "A CNAME stands alone",
      explanation: "RFC 1034 section 3.6.2", severity: .error)
  ]

  private func log(_ findings: [Finding]) throws -> JSONValue {
    let text = FindingReport(findings).sarif(version: "1.2.3", rules: rules).text()
    return try JSONReader.read(SourceFile(name: "log.sarif", text: text))
  }

  @Test("tool, rules, results, regions, related locations and fixes")
  func snapshot() {
    let report = FindingReport(Sample.findings)
    expectSnapshot(report.sarif(version: "1.2.3", rules: rules).text(), named: "report.sarif")
  }

  @Test("the log has the members that the schema wants and no others")
  func structure() throws {
    #expect(faults(try log(Sample.findings), "log") == [])
    #expect(faults(try log(Hostile.findings), "log") == [])
    #expect(faults(try log([]), "log") == [])
  }

  @Test("the structure check finds faults")
  func check() throws {
    let bad = #"{"version": "2.1.0", "runs": [{"columnKind": "x", "extra": 1}]}"#
    let value = try JSONReader.read(SourceFile(name: "x", text: bad))
    #expect(
      faults(value, "log") == [
        "$.runs[0]: no tool", "$.runs[0].columnKind: a string is no unicodeCodePoints",
        "$.runs[0]: unknown extra",
      ])
  }

  @Test("each result names its rule's row")
  func ruleIndexes() throws {
    let run = try #require(try log(Sample.findings)["runs"]?.elements.first)
    let rows = try #require(run["tool"]?["driver"]?["rules"]).elements.map { $0["id"]?.kind }
    #expect(rows.count == 5)
    for result in try #require(run["results"]).elements {
      let index = try #require(result["ruleIndex"]).wholeNumber("ruleIndex")
      #expect(rows[index] == result["ruleId"]?.kind)
    }
  }

  @Test("sections 3.11.5 and 3.11.6: no text makes a placeholder or a link")
  func messages() throws {
    let finding = Finding(rule: "r", severity: .error, message: #"{0} [a](1) \"#)
    let result = try #require(try log([finding])["runs"]?.elements[0]["results"]?.elements[0])
    #expect(try result["message"]?["text"]?.string("text") == #"{{0}} \[a\](1) \\"#)
    let plain = Finding(rule: "r", severity: .error, message: #"\052 [x]"#)
    let other = try #require(try log([plain])["runs"]?.elements[0]["results"]?.elements[0])
    #expect(try other["message"]?["text"]?.string("text") == #"\052 [x]"#)
  }

  @Test(
    "paths become URI references",
    arguments: [
      ("zones/a.zone", "zones/a.zone"), ("/etc/bind/a b.zone", "file:///etc/bind/a%20b.zone"),
      ("<stdin>", "%3Cstdin%3E"), ("a:b/c", "./a:b/c"), ("ä%", "%C3%A4%25"),
    ])
  func uris(path: String, uri: String) throws {
    let finding = Finding(
      rule: "r", severity: .error, message: "m",
      at: Location(SourceFile(name: path, text: ""), 0..<0))
    let result = try #require(try log([finding])["runs"]?.elements[0]["results"]?.elements[0])
    let physical = result["locations"]?.elements[0]["physicalLocation"]
    #expect(try physical?["artifactLocation"]?["uri"]?.string("uri") == uri)
  }

  @Test("a fix whose replacement is no text is left out")
  func binaryFix() throws {
    var finding = Sample.findings[1]
    finding.fix?.edits[0].replacement = [0xff]
    let result = try #require(try log([finding])["runs"]?.elements[0]["results"]?.elements[0])
    #expect(result["fixes"] == nil)
  }
}
