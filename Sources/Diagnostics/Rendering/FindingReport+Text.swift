extension FindingReport {
  /// The findings for a person: `file:line:column: error: message [rule]`, the source line with
  /// the place underlined, notes, why it matters and help. Why is told at the first finding of a
  /// rule. A blank line stands between findings; the summary is not part of it. Empty if there are
  /// no findings.
  public func text(style: Style = .plain) -> String {
    var explained: Set<String> = []
    return findings.map { finding in
      TextRenderer(style: style)
        .render(finding, explains: explained.insert(finding.rule).inserted)
    }.joined(separator: "\n")
  }
}

/// Writes findings for a person.
struct TextRenderer {
  let style: Style

  /// A finding in full.
  func render(_ finding: Finding, explains: Bool) -> String {
    var lines = [headline(of: finding)]
    if let location = finding.location {
      lines += excerpt(of: location)
      for inclusion in location.inclusions {
        lines.append("  included from \(inclusion.shown)")
      }
    }
    for note in finding.notes {
      let place = note.location.map { $0.shown + ": " } ?? ""
      lines.append("  \(style.mark("note:", .info)) \(place)\(visible(note.message))")
      if let location = note.location { lines += excerpt(of: location) }
    }
    if explains, let why = finding.why {
      lines.append("  \(style.mark("why:", .heading)) \(visible(why))")
    }
    if let help = finding.help {
      lines.append("  \(style.mark("help:", .heading)) \(visible(help))")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// `file:line:column: error: message [rule]`
  func headline(of finding: Finding) -> String {
    let place = finding.location.map { style.mark($0.shown + ":", .place) + " " } ?? ""
    let severity = style.mark(finding.severity.rawValue + ":", finding.severity.role)
    return "\(place)\(severity) \(visible(finding.message)) [\(visible(finding.rule))]"
  }

  private func excerpt(of location: Location) -> [String] {
    let excerpt = Excerpt(of: location)
    let number = String(excerpt.line)
    let margin = String(repeating: " ", count: max(0, 5 - number.utf8.count)) + number
    let blank = String(repeating: " ", count: margin.utf8.count)
    let underline = "^" + String(repeating: "~", count: excerpt.width - 1)
    return [
      style.mark(margin + " |", .margin) + (excerpt.text.isEmpty ? "" : " " + excerpt.text),
      style.mark(blank + " |", .margin) + String(repeating: " ", count: excerpt.indent + 1)
        + style.mark(underline, .caret),
    ]
  }
}
