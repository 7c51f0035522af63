import Diagnostics
import Testing
import ZoneKit

@testable import ZoneLint

/// The examples of every rule are its tests.
@Suite struct ExampleTests {
  /// Examples use the addresses set aside for documentation, which has a rule of its own.
  static let everywhere: Set<String> = ["private-ip"]

  struct Case: CustomTestStringConvertible, Sendable {
    let rule: Rule
    let example: Example
    let triggers: Bool
    var testDescription: String {
      "\(rule.id) \(triggers ? "triggering" : "non-triggering"): \(example.text.debugDescription)"
    }
  }

  static let cases = Rule.all.flatMap { rule in
    rule.triggering.map { Case(rule: rule, example: $0, triggers: true) }
      + rule.nonTriggering.map { Case(rule: rule, example: $0, triggers: false) }
  }

  @Test(arguments: cases)
  func findsWhatItShows(_ item: Case) throws {
    let example = item.example
    let source = SourceFile(name: "example.zone", text: example.zoneFile)
    let origin = try Name(parsing: "example.com.")
    let reading = ZoneFileReader.read(
      source, options: ZoneFileOptions(origin: example.isWholeFile ? nil : origin))
    if !item.rule.isDecidedByReader {
      try #require(!reading.hasErrors, "\(reading.findings.map(\.message))")
    }
    var configuration = LintConfiguration(sets: [.strict], phase: example.phase)
    configuration.webNames = try example.webNames.map { try Name(parsing: $0) }
    configuration.now = 1_780_272_000  // 2026-06-01
    if item.rule.id != "private-ip" { configuration.disabled = Self.everywhere }
    let findings = Linter.lint(
      reading, configuration: configuration,
      inquiry: example.answers.map { ExampleAnswers($0).inquiry })

    let others = findings.filter {
      $0.rule != item.rule.id && !example.companions.contains($0.rule)
    }
    #expect(others.isEmpty, "\(others.map { "\($0.rule): \($0.message)" })")
    let rules = Set(findings.map(\.rule))
    for companion in example.companions { #expect(rules.contains(companion)) }

    let found = findings.filter { $0.rule == item.rule.id }
    guard item.triggers else {
      #expect(found.isEmpty, "\(found.map(\.message))")
      return
    }
    try #require(found.count == 1, "\(found.map(\.message))")
    let expected = Self.mark(in: example)
    #expect(found[0].location?.range.lowerBound == expected, "\(found[0].message)")
  }

  /// The offset of the place marked, else of the SOA record; nil where there is neither.
  private static func mark(in example: Example) -> Int? {
    if let mark = example.marked.firstRange(of: "↓") {
      return example.marked.utf8.distance(
        from: example.marked.startIndex, to: mark.lowerBound)
    }
    return example.zoneFile.firstRange(of: "@ IN SOA").map {
      example.zoneFile.utf8.distance(from: example.zoneFile.startIndex, to: $0.lowerBound)
    }
  }

  @Test(arguments: [nil, ""]) func faultlessZoneIsFaultless(answers: String?) throws {
    let source = SourceFile(name: "example.zone", text: Example("").zoneFile)
    let reading = ZoneFileReader.read(source)
    var configuration = LintConfiguration(sets: [.strict])
    configuration.disabled = Self.everywhere
    let findings = Linter.lint(
      reading, configuration: configuration, inquiry: answers.map { ExampleAnswers($0).inquiry })
    #expect(findings.isEmpty, "\(findings.map(\.message))")
  }
}
