extension FindingReport {
  /// The findings as a Markdown table, then the summary and why each rule matters, for a comment
  /// or a job summary.
  public func markdown() -> String {
    guard !findings.isEmpty else { return "No findings.\n" }
    var lines = ["| Severity | Place | Finding | Rule |", "|---|---|---|---|"]
    for finding in findings {
      let help = finding.help.map { "<br>" + markdownText($0) } ?? ""
      let cells = [
        finding.severity.rawValue, finding.location.map { markdownText($0.shown) } ?? "",
        markdownText(finding.message) + help, markdownText(finding.rule),
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    var explained: Set<String> = []
    let reasons = findings.compactMap { finding -> String? in
      guard let why = finding.why, explained.insert(finding.rule).inserted else { return nil }
      return "- \(markdownText(finding.rule)): \(markdownText(why))\n"
    }
    return lines.joined(separator: "\n") + "\n\n\(summary)\n"
      + (reasons.isEmpty ? "" : "\n" + reasons.joined())
  }
}

/// `text` as Markdown that shows it as it is: characters with a meaning in Markdown or HTML are
/// escaped, and what is not seen as itself is written as `<U+XXXX>`. Fit for a table's cell.
public func markdownText(_ text: String) -> String {
  var result = ""
  for scalar in visible(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    // A mention would call somebody; a backslash does not stop it.
    case "@": result += "&#64;"
    case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "!", "~", "$":
      result += "\\"
      result.unicodeScalars.append(scalar)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
