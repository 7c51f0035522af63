import Diagnostics
import Propagation

extension Runbook {
  /// The runbook as Markdown (CommonMark with tables and task lists). Names and values of the zone
  /// are escaped; commands are quoted for a POSIX shell.
  public func markdown() -> String {
    var lines = [
      "# \(isBlocked ? "BLOCKED: " : "")Move of \(markdownWords(zone)) to Route 53", "",
    ]
    if isBlocked {
      lines += ["The migration cannot go on like this. Nothing was planned beyond this point:", ""]
      lines += blockers.map { "- " + markdownWords($0) } + [""]
    }
    lines += MarkdownText.table(
      head: ["", ""],
      rows: summary.map { [markdownWords($0.label), $0.value.markdown(inTable: true)] })
    if isBlocked { return lines.joined(separator: "\n") + "\n" }

    if !warnings.isEmpty { lines += [""] + warnings.map { "- **\(markdownWords($0))**" } }
    lines += ["", "## Timetable", ""] + timetableMarkdown
    for (number, chapter) in chapters.enumerated() {
      lines += ["", "## \(number + 1). \(markdownWords(chapter.title))"]
      for (index, step) in chapter.steps.enumerated() {
        lines += markdown(step, number: "\(number + 1).\(index + 1)")
      }
    }
    lines += ["", "## Rollback", "", markdownWords(Self.rollbackIntroduction)]
    for (index, step) in rollback.enumerated() { lines += markdown(step, number: "R\(index + 1)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var timetableMarkdown: [String] {
    MarkdownText.table(
      head: ["When (UTC)", "Cutover", "Step", ""],
      rows: timetable.map { entry in
        [
          entry.instant.description, relative(entry.instant),
          entry.number + " " + markdownWords(entry.step.title),
          entry.step.mark.map { "**\($0.rawValue)**" } ?? "",
        ]
      })
  }

  private func markdown(_ step: RunbookStep, number: String) -> [String] {
    let mark = step.mark.map { " (\($0.rawValue))" } ?? ""
    var lines = ["", "### \(number) \(markdownWords(step.title))\(mark)", ""]
    lines.append("- [ ] done, at: ____ by: ____")
    lines.append("- Owner: \(step.owner.rawValue)")
    if let instant = step.instant { lines.append("- When: \(instant) (\(relative(instant)))") }
    lines.append("- Takes: \(markdownWords(step.duration))")
    lines.append("- If it fails: " + markdownWords(ifItFails(step)))
    lines += ["", step.why.markdown()]
    lines += part("Do", step.actions)
    lines += part("Verify", step.verification)
    lines += part("Undo", step.undo)
    return lines
  }

  private func part(_ title: String, _ blocks: [RunbookStep.Block]) -> [String] {
    ["", "**\(title)**"] + blocks.flatMap { [""] + $0.markdown }
  }
}

extension RunbookStep.Block {
  /// The block in Markdown, line by line.
  var markdown: [String] {
    switch self {
    case .text(let prose): return [prose.markdown()]
    case .checklist(let points): return points.map { "- [ ] " + $0.markdown() }
    case .command(let lines, let expected):
      let shown = MarkdownText.block(lines, language: "sh")
      return shown + (expected.map { ["", "Expected: " + $0.markdown()] } ?? [])
    case .output(let text, let isObserved):
      let label = markdownWords(RunbookStep.Block.outputLabel(text, isObserved: isObserved))
      return text.isEmpty
        ? [label + " none."] : [label, ""] + MarkdownText.block(text, language: "")
    case .file(let text): return MarkdownText.block(text, language: "")
    case .table(let head, let rows):
      return MarkdownText.table(
        head: head.map(markdownWords),
        rows: rows.map { $0.map { $0.markdown(inTable: true) } })
    }
  }
}

extension MarkdownText {
  /// A table of cells that are Markdown already.
  static func table(head: [String], rows: [[String]]) -> [String] {
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    return [row(head), row(head.map { _ in "---" })] + rows.map(row)
  }
}
