import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ZoneLint

@Suite struct RegistryTests {
  @Test func idsAreUniqueAndKebabCase() {
    #expect(Set(Rule.all.map(\.id)).count == Rule.all.count)
    for rule in Rule.all {
      #expect(
        rule.id.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)+|zonemd|bimi/) != nil, "\(rule.id)")
    }
  }

  @Test func everyRuleIsExplained() {
    for rule in Rule.all {
      #expect(!rule.title.isEmpty && rule.title.last != ".", "\(rule.id)")
      #expect(rule.rationale.count > 20 && rule.rationale.last == ".", "\(rule.id)")
      #expect(!rule.reference.isEmpty, "\(rule.id)")
      #expect(!rule.remedy.isEmpty && rule.remedy.last != ".", "\(rule.id)")
    }
  }

  /// Rules without examples: exports are JSON, with tests of their own; one example would need
  /// further files, another four thousand million octets.
  static let withoutExamples: Set<String> = [
    "syn-too-large", "syn-include-ttl-leak", "syn-include-elsewhere", "r53-annotation",
  ]

  @Test func everyWorkingRuleHasBothKindsOfExample() {
    for rule in Rule.all where rule.leftOutReason == nil {
      if Self.withoutExamples.contains(rule.id) || rule.id.hasPrefix("r53-export") { continue }
      #expect(!rule.triggering.isEmpty, "\(rule.id)")
      #expect(!rule.nonTriggering.isEmpty, "\(rule.id)")
    }
  }

  /// What a rule asks of the network is shown by both kinds of example, and only then; what becomes
  /// of them where the network fails is a property (`failuresOnlyTakeAway`).
  @Test func everyRuleThatAsksTheNetworkShowsIt() {
    for rule in Rule.all where rule.network != .none {
      #expect(rule.triggering.contains { $0.answers != nil }, "\(rule.id)")
      #expect(rule.nonTriggering.contains { $0.answers != nil }, "\(rule.id)")
    }
    for rule in Rule.all where rule.network == .none {
      #expect((rule.triggering + rule.nonTriggering).allSatisfy { $0.answers == nil }, "\(rule.id)")
    }
  }

  /// A rule that was written and forgotten in the registry is found by its declaration.
  @Test func everyDeclaredRuleIsRegistered() throws {
    let folder = packageRoot + "/Sources/ZoneLint/Rules"
    var declared = 0
    for path in files(below: folder, ending: [".swift"]) {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for match in text.matches(of: /= Rule\(\s*"([a-z0-9-]+)"/) {
        declared += 1
        #expect(Rule.find(String(match.1)) != nil, "\(match.1) is not registered")
      }
    }
    #expect(declared > 20)
  }

  /// What the readers report can be explained, disabled and given another severity.
  @Test func everyIdOfTheReaderIsRegistered() throws {
    let folders = ["ZoneKit", "Route53/Export"].map { packageRoot + "/Sources/" + $0 }
    for path in folders.flatMap({ files(below: $0, ending: [".swift"]) })
    where !path.hasSuffix("TemplateReader.swift") {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for match in text.matches(of: /"((?:syn|svcb|r53)-[a-z0-9-]+)"/) {
        #expect(Rule.find(String(match.1)) != nil, "\(match.1) is not registered")
      }
    }
  }

  @Test func setsGrow() {
    let strict = Set(RuleSet.strict.rules.map(\.id))
    let migration = Set(RuleSet.migration.rules.map(\.id))
    #expect(strict == Set(Rule.all.map(\.id)))
    #expect(migration.isSuperset(of: RuleSet.standard.rules.map(\.id)))
    #expect(migration.isSuperset(of: RuleSet.route53.rules.map(\.id)))
    #expect(Set(RuleSet.standard.rules.map(\.id)).isDisjoint(with: RuleSet.route53.rules.map(\.id)))
  }

  @Test func unknownIdSuggestsTheNearOne() {
    var configuration = LintConfiguration(disabled: ["cname-apx"])
    #expect(configuration.unknownRules.map(\.suggestion) == ["cname-apex"])
    configuration.disabled = ["something-else-altogether"]
    #expect(configuration.unknownRules.first?.suggestion == nil)
    configuration.disabled = ["cname-apex"]
    #expect(configuration.unknownRules.isEmpty)
  }
}
