import Diagnostics

/// Pieces of Markdown (CommonMark with tables) from text of which no character is to mean anything.
enum MarkdownText {
  /// Inline code: a fence of backquotes longer than any in the text. In a table's cell bars are
  /// escaped (GitHub Flavored Markdown 4.10).
  static func code(_ text: String, inTable: Bool = false) -> String {
    let text = visible(text)
    if text.isEmpty { return "" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let padding = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    let shown = inTable ? text.replacing("|", with: "\\|") : text
    return fence + padding + shown + padding + fence
  }

  /// A fenced block of lines.
  static func block(_ text: String, language: String) -> [String] {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return [fence + language] + lines.map { visible(String($0)) } + [fence]
  }

  private static func longestRun(of scalar: Unicode.Scalar, in text: String) -> Int {
    var (longest, run) = (0, 0)
    for found in text.unicodeScalars {
      run = found == scalar ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

extension Prose {
  /// The prose in Markdown.
  func markdown(inTable: Bool = false) -> String {
    parts.map {
      switch $0 {
      case .plain(let text): markdownWords(text)
      case .code(let text): MarkdownText.code(text, inTable: inTable)
      case .strong(let text): "**\(markdownWords(text))**"
      }
    }.joined()
  }
}
