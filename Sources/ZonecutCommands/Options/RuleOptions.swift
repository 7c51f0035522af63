import ArgumentParser
import Diagnostics
import ZoneKit
import ZoneLint

/// Which lint rules run: options of every command that lints.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("rules"), parsing: .singleValue,
    help: ArgumentHelp(
      "A set of rules: standard, route53, migration, strict, or none. Repeats.", valueName: "set"),
    transform: parseRuleSet)
  var sets: [RuleSet?] = []

  @Option(
    name: .customLong("enable"), parsing: .singleValue,
    help: ArgumentHelp("A rule that runs besides. Repeats.", valueName: "id"))
  var enabled: [String] = []

  @Option(
    name: .customLong("disable"), parsing: .singleValue,
    help: ArgumentHelp("A rule whose findings are left out. Repeats.", valueName: "id"))
  var disabled: [String] = []

  @Option(
    name: .customLong("web-name"), parsing: .singleValue,
    help: ArgumentHelp("A name that is a web site or load balancer. Repeats.", valueName: "name"),
    transform: parseName)
  var webNames: [Name] = []

  @Option(help: "The severity from which on findings fail the command: info, warning, error.")
  var failOn: Severity = .error

  /// The words that give what is not the default; what fails the command is no part of a plan.
  var words: [String] {
    sets.flatMap { ["--rules", $0?.rawValue ?? "none"] } + enabled.flatMap { ["--enable", $0] }
      + disabled.flatMap { ["--disable", $0] }
      + webNames.flatMap { ["--web-name", $0.description] }
  }

  /// The configuration of the linter.
  ///
  /// - Parameter sets: the sets that run where none is asked for.
  func configuration(otherwise sets: Set<RuleSet>) throws(CommandError) -> LintConfiguration {
    let configuration = LintConfiguration(
      sets: self.sets.isEmpty ? sets : Set(self.sets.compactMap { $0 }), enabled: Set(enabled),
      disabled: Set(disabled), webNames: webNames)
    if let unknown = configuration.unknownRules.first { throw .usage("\(unknown)") }
    return configuration
  }
}

/// Reads the name of a set of rules; nil for `none`.
@Sendable private func parseRuleSet(_ text: String) throws -> RuleSet? {
  if text == "none" { return nil }
  guard let set = RuleSet(rawValue: text) else {
    let names = RuleSet.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("found '\(text)', expected one of \(names), none")
  }
  return set
}
