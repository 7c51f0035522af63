import Diagnostics

/// Pieces of HTML from text of which no character is to mean anything.
enum HTMLText {
  /// Text of several lines for content.
  static func escapedLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { markupText(String($0)) }.joined(separator: "\n")
  }

  /// Lines to be copied, with a button that does it.
  static func code(_ text: String, class name: String, copies label: String) -> String {
    "<div class=\"\(name)\"><button class=\"copy scripted\" type=\"button\" aria-label=\"\(label)\">"
      + "Copy</button><pre><code>\(escapedLines(text))</code></pre></div>"
  }

  /// A list of items that are HTML already.
  static func list(_ items: [String], class name: String) -> String {
    (["<ul class=\"\(name)\">"] + items.map { "<li>\($0)</li>" } + ["</ul>"])
      .joined(separator: "\n")
  }

  /// Texts that must not be missed.
  static func callout(_ texts: [String], class name: String = "warning") -> String {
    (["<div class=\"callout \(name)\">", "<ul>"] + texts.map { "<li>\(markupText($0))</li>" }
      + ["</ul>", "</div>"]).joined(separator: "\n")
  }

  /// A table of cells that are HTML already.
  static func table(head: [String], rows: [[String]], class name: String = "plain") -> String {
    var lines = ["<div class=\"table\">", "<table class=\"\(name)\">"]
    if !head.isEmpty {
      lines.append(
        "<thead><tr>" + head.map { "<th scope=\"col\">\($0)</th>" }.joined() + "</tr></thead>")
    }
    lines.append("<tbody>")
    lines += rows.map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>" }
    return (lines + ["</tbody>", "</table>", "</div>"]).joined(separator: "\n")
  }
}
