import Diagnostics

/// What a template writes: texts are escaped for it before the template sees them.
public enum TemplateTarget: String, Sendable, CaseIterable {
  /// HTML.
  case html
  /// Markdown.
  case markdown = "md"
  /// Plain text, as a terminal shows it.
  case text = "txt"

  /// The target of a template by its file's name: `team.md`, `team.html.mustache`; nil if the name
  /// says none.
  public init?(fileName: String) {
    let name = fileName.hasSuffix(".mustache") ? fileName.dropLast(9) : fileName[...]
    switch name.split(separator: ".").last?.lowercased() {
    case "html", "htm": self = .html
    case "md", "markdown": self = .markdown
    case "txt", "text": self = .text
    default: return nil
    }
  }

  /// A value as the template library takes it, with every text escaped.
  func context(_ value: DocumentValue) -> Any {
    switch value {
    case .prose(let prose): self.prose(prose)
    case .word(let text): word(text)
    case .lines(let text, let language): lines(text, language)
    case .block(let block): self.block(block)
    case .number(let number): String(number)
    case .flag(let holds): holds
    case .object(let members): members.mapValues(context)
    case .list(let elements): elements.map(context)
    case .absent: Absent()
    }
  }

  private func word(_ text: String) -> String {
    switch self {
    case .html: markupText(text)
    case .markdown: markdownWords(text)
    case .text: visible(text)
    }
  }

  private func prose(_ prose: Prose) -> String {
    switch self {
    case .html: prose.html
    // Also right within a table.
    case .markdown: prose.markdown(inTable: true)
    case .text: visible(prose.text)
    }
  }

  private func lines(_ text: String, _ language: String) -> String {
    switch self {
    case .html: "<pre><code>\(HTMLText.escapedLines(text))</code></pre>"
    case .markdown: MarkdownText.block(text, language: language).joined(separator: "\n")
    case .text:
      text.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }
        .joined(separator: "\n")
    }
  }

  private func block(_ block: RunbookStep.Block) -> String {
    switch self {
    case .html: block.html
    case .markdown: block.markdown.joined(separator: "\n")
    case .text: block.plainText
    }
  }
}

extension RunbookStep.Block {
  /// The block as a terminal shows it.
  fileprivate var plainText: String {
    func lines(_ text: String) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { "    " + visible(String($0)) }.joined(separator: "\n")
    }
    switch self {
    case .text(let prose): return visible(prose.text)
    case .checklist(let points):
      return points.map { "[ ] " + visible($0.text) }.joined(separator: "\n")
    case .command(let text, let expected):
      return lines(text) + (expected.map { "\nExpected: " + visible($0.text) } ?? "")
    case .output(let text, let isObserved):
      return Self.outputLabel(text, isObserved: isObserved)
        + (text.isEmpty ? " none." : "\n" + lines(text))
    case .file(let text): return lines(text)
    case .table(let head, let rows):
      let cells = (head.isEmpty ? [] : [head]) + rows.map { $0.map(\.text) }
      return cells.map { $0.map(visible).joined(separator: "  ") }.joined(separator: "\n")
    }
  }
}
