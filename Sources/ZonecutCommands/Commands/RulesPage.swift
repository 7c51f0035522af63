import Diagnostics
import ZoneLint

/// All rules on one page, group by group: for whoever looks a finding up.
struct RulesPage {
  private let groups: [(group: RuleGroup, rules: [Rule])]

  init(_ rules: [Rule]) {
    groups = RuleGroup.allCases.map { group in (group, rules.filter { $0.group == group }) }
      .filter { !$0.rules.isEmpty }
  }

  /// What is told of a rule besides its rationale.
  private static func facts(of rule: Rule) -> [(label: String, text: String)] {
    var facts = [
      ("To do", rule.remedy), ("Severity", "\(rule.severity)"), ("Set", "\(rule.home)"),
      ("Source", rule.reference),
    ]
    if let fix = rule.fix { facts.append(("lint --fix", fix.title)) }
    if let text = rule.networkText { facts.append(("Network", text)) }
    if let reason = rule.leftOutReason { facts.append(("Not in this version", reason)) }
    return facts
  }

  /// The lines of an example, without the mark that its test goes by; what is not seen as itself
  /// is named, and long examples are cut.
  static func lines(of example: Example) -> [String] {
    let lines = example.text.replacing("↓", with: "").unicodeScalars
      .split(separator: "\n", omittingEmptySubsequences: true).map { visible(String($0)) }
    let answers = example.answers.map { answers in
      [answers.isEmpty ? "; where the network finds nothing wrong" : "; where the network says"]
        + answers.split(separator: "\n").map { "; " + visible(String($0)) }
    }
    return shortened(lines) + shortened(answers ?? [])
  }

  private static func shortened(_ lines: [String]) -> [String] {
    guard lines.count > maximumLineCount else { return lines }
    return lines.prefix(maximumLineCount) + ["; and \(lines.count - maximumLineCount) more lines"]
  }

  /// The most lines of an example that are shown.
  private static let maximumLineCount = 20

  // MARK: - Markdown

  /// The page in Markdown.
  var markdown: String {
    var lines = ["# Lint rules", ""]
    for (group, rules) in groups {
      lines += ["## \(group.rawValue)", ""]
      for rule in rules {
        lines += ["### \(rule.id)", "", "**\(markdownWords(rule.title))**", ""]
        lines += [markdownWords(rule.rationale), ""]
        lines += Self.facts(of: rule).map { "- \($0.label): \(markdownWords($0.text))" } + [""]
        for example in rule.triggering.prefix(1) {
          // Indented: no text of an example can end the block.
          let text = Self.lines(of: example).map { "    " + $0 }
          lines += ["Finds:", ""] + text + [""]
        }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: - HTML

  /// The page in HTML.
  var html: String {
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
      "<title>Lint rules</title>", "</head>", "<body>", "<h1>Lint rules</h1>",
    ]
    for (group, rules) in groups {
      lines.append("<h2>\(markupText(group.rawValue))</h2>")
      for rule in rules {
        lines += [
          "<section id=\"\(markupText(rule.id))\">",
          "<h3><code>\(markupText(rule.id))</code>: \(markupText(rule.title))</h3>",
          "<p>\(markupText(rule.rationale))</p>", "<ul>",
        ]
        lines += Self.facts(of: rule).map {
          "<li>\(markupText($0.label)): \(markupText($0.text))</li>"
        }
        lines.append("</ul>")
        for example in rule.triggering.prefix(1) {
          let text = Self.lines(of: example).map(markupText)
          lines.append("<p>Finds:</p>\n<pre>\(text.joined(separator: "\n"))</pre>")
        }
        lines.append("</section>")
      }
    }
    return (lines + ["</body>", "</html>"]).map { $0 + "\n" }.joined()
  }
}

extension Rule {
  /// What it asks of the network, in words; nil: nothing.
  var networkText: String? {
    switch network {
    case .none: nil
    case .more: "with lint --resolve it finds more"
    case .only: "finds nothing without lint --resolve"
    }
  }
}
