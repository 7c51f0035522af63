import Diagnostics

/// Pieces of HTML from text of which no character is to mean anything.
enum HTMLText {
  /// Text of several lines for content.
  static func escapedLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { markupText(String($0)) }.joined(separator: "\n")
  }

  /// A list of items that are HTML already.
  static func list(_ items: [String], class name: String) -> String {
    (["<ul class=\"\(name)\">"] + items.map { "<li>\($0)</li>" } + ["</ul>"])
      .joined(separator: "\n")
  }

  /// A table of cells that are HTML already; without a head its first column is one.
  static func table(head: [String], rows: [[String]]) -> String {
    var lines = ["<table>"]
    if !head.isEmpty {
      lines.append("<thead><tr>" + head.map { "<th>\($0)</th>" }.joined() + "</tr></thead>")
    }
    lines.append("<tbody>")
    for row in rows {
      let cells = row.enumerated().map { index, cell in
        head.isEmpty && index == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
      }
      lines.append("<tr>" + cells.joined() + "</tr>")
    }
    return (lines + ["</tbody>", "</table>"]).joined(separator: "\n")
  }

  /// The style sheet: readable in light and dark, on a phone and on paper.
  static let style = """
    :root { color-scheme: light dark; }
    body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
    h2 { margin-top: 2.5rem; border-bottom: 2px solid; }
    section { margin: 1.5rem 0; padding: 0 1rem 0.5rem; border-left: 4px solid #767676; }
    pre { overflow-x: auto; padding: 0.75rem; border: 1px solid #767676; border-radius: 4px; }
    code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
    pre code { overflow-wrap: normal; }
    table { border-collapse: collapse; display: block; max-width: 100%; overflow-x: auto; }
    th, td { padding: 0.25rem 0.75rem; border: 1px solid #767676; text-align: left; }
    th, td { vertical-align: top; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
    dd { margin: 0; }
    .checklist { list-style: none; padding-left: 0; }
    .checklist label { display: flex; gap: 0.5rem; align-items: baseline; }
    .mark { border: 2px solid; border-radius: 4px; padding: 0 0.4rem; font-size: 0.8em; }
    .warnings { font-weight: 600; }
    figure { margin: 1rem 0; overflow-x: auto; }
    @media print { nav { display: none; } section { break-inside: avoid-page; } }

    """
}
