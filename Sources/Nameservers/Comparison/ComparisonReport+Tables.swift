import Diagnostics
import ZoneKit

extension ComparisonReport {
  /// The report as Markdown: the summary, and a table for each cause.
  public var markdown: String {
    var lines = ["**\(markdownWords(summary))**"]
    for note in notes { lines += ["", "Note: \(markdownWords(note))"] }
    for group in open + explained {
      let title = (group.isExplained ? "Expected: " : "") + group.title
      lines += ["", "### \(markdownWords(title))", "", "| class | question | server | old | new |"]
      lines.append("|---|---|---|---|---|")
      for finding in group.findings.prefix(Self.rowsOfCause) {
        let cells = finding.cells.map { $0.map(markdownWords).joined(separator: "<br>") }
        lines.append("| \(cells.joined(separator: " | ")) |")
      }
      if let more = group.more { lines += ["", more] }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The report as a page of HTML, complete in itself.
  public var html: String {
    var body = ["<h1>\(markupText("Comparison of \(apex)"))</h1>", "<p>\(markupText(summary))</p>"]
    body += notes.map { "<p>Note: \(markupText($0))</p>" }
    for group in open + explained {
      body.append(
        "<h2>\(markupText((group.isExplained ? "Expected: " : "") + group.title))</h2>\n<table>")
      body.append(
        "<tr><th>class</th><th>question</th><th>server</th><th>old</th><th>new</th></tr>")
      for finding in group.findings.prefix(Self.rowsOfCause) {
        let cells = finding.cells.map {
          "<td>\($0.map(markupText).joined(separator: "<br>"))</td>"
        }
        body.append("<tr>\(cells.joined())</tr>")
      }
      body.append("</table>")
      if let more = group.more { body.append("<p>\(more)</p>") }
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>\(markupText("Comparison of \(apex)"))</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; }
      table { border-collapse: collapse; display: block; max-width: 100%; overflow-x: auto; }
      th, td { padding: 0.25rem 0.75rem; border: 1px solid #767676; text-align: left; }
      td { vertical-align: top; overflow-wrap: anywhere; }
      </style>
      </head>
      <body>
      \(body.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  /// The most rows of a table.
  private static let rowsOfCause = 100
}

extension ComparisonReport.Group {
  /// What a table leaves out.
  fileprivate var more: String? {
    count > 100 ? "... and \(count - 100) more; --format json has up to 1,000 of a cause" : nil
  }
}

extension ComparisonFinding {
  /// Class, question, server, old and new answer, each in lines.
  fileprivate var cells: [[String]] {
    [
      [verdict.rawValue], question.map { ["\($0.name) \($0.type)"] } ?? [],
      servers,
      old, new,
    ]
  }
}
