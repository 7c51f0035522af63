import ArgumentParser
import Diagnostics
import ZoneLint

/// `zonecut rules [ID]`
struct RulesCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Lists the lint rules, or explains one.")

  /// The forms of a list of rules.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, html }

  @Argument(help: "The rule to explain.")
  var id: String?

  @Flag(help: "List also the rules that this version leaves out, with the reason.")
  var all = false

  @Option(help: "The form of the output.")
  var format: Format = .text

  func run(on console: Console) throws -> ExitStatus {
    var rules = Rule.all.filter { all || format != .text || $0.leftOutReason == nil }
    if let id {
      guard let rule = Rule.find(id) else {
        throw CommandError.usage("\(UnknownRule(id: id))")
      }
      rules = [rule]
    }
    switch (format, id) {
    case (.json, _): try console.print(document(rules).text())
    case (.markdown, _): try console.print(RulesPage(rules).markdown)
    case (.html, _): try console.print(RulesPage(rules).html)
    case (.text, nil): try console.print(list(rules))
    case (.text, .some): try console.print(rules.map(\.explanation).joined())
    }
    return .success
  }

  private func list(_ rules: [Rule]) -> String {
    let width = rules.map(\.id.utf8.count).max() ?? 0
    return rules.map { rule in
      let id = rule.id + String(repeating: " ", count: width - rule.id.utf8.count)
      let severity = rule.severity.rawValue
      let column = severity + String(repeating: " ", count: max(0, 7 - severity.utf8.count))
      let network = rule.network == .only ? " (with lint --resolve)" : ""
      let missing = rule.leftOutReason.map { " (left out: \($0))" } ?? ""
      return "\(id)  \(column)  \(rule.title)\(network)\(missing)\n"
    }.joined()
  }

  private func document(_ rules: [Rule]) -> JSONOutput {
    [
      "schema": ["name": "zonecut.rules", "version": 1],
      "rules": .array(
        rules.map { rule in
          var members: [String: JSONOutput] = [
            "id": .string(rule.id), "title": .string(rule.title),
            "severity": .string(rule.severity.rawValue), "group": .string(rule.group.rawValue),
            "set": .string(rule.home.rawValue), "rationale": .string(rule.rationale),
            "reference": .string(rule.reference), "remedy": .string(rule.remedy),
          ]
          members["fix"] = rule.fix.map { .string($0.title) }
          members["network"] = rule.networkText.map { _ in .string(rule.network.rawValue) }
          members["leftOut"] = rule.leftOutReason.map { .string($0) }
          return .object(members)
        }),
    ]
  }
}

extension Rule {
  /// The rule for a person who met one of its findings.
  fileprivate var explanation: String {
    var lines = [
      "\(id): \(title)", "", rationale, "", "To do:      \(remedy)", "Severity:   \(severity)",
      "Set:        \(home) (\(group))", "Source:     \(reference)",
    ]
    if let fix { lines.append("lint --fix: \(fix.title)") }
    if let networkText { lines.append("Network:    \(networkText)") }
    if let leftOutReason { lines.append("Not in this version: \(leftOutReason)") }
    for example in triggering.prefix(1) { lines += ["", "Finds:"] + indented(example) }
    for example in nonTriggering.prefix(1) { lines += ["", "Does not find:"] + indented(example) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The records of an example, without the mark that its test goes by.
  private func indented(_ example: Example) -> [String] {
    RulesPage.lines(of: example).map { "  " + $0 }
  }
}
