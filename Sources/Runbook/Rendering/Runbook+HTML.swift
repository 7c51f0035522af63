import Diagnostics
import Propagation

extension Runbook {
  /// The runbook as one HTML file that asks nothing of any other: no scripts, no requests, as its
  /// Content-Security-Policy says. It holds the chart of shares.
  public func html() -> String {
    let title = (isBlocked ? "BLOCKED: " : "") + "Move of \(zone) to Route 53"
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
      "<meta http-equiv=\"Content-Security-Policy\" "
        + "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<title>\(markupText(title))</title>", "<style>\n\(HTMLText.style)</style>", "</head>",
      "<body>", "<h1>\(markupText(title))</h1>",
    ]
    if isBlocked {
      lines.append(
        "<p>The migration cannot go on like this. Nothing was planned beyond this point:</p>")
      lines.append(HTMLText.list(blockers.map(markupText), class: "warnings"))
    }
    lines.append(
      HTMLText.table(
        head: [], rows: summary.map { [markupText($0.label), $0.value.html] }))
    if !isBlocked { lines += body }
    lines += ["</body>", "</html>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private var body: [String] {
    var lines: [String] = []
    if !warnings.isEmpty {
      lines.append(HTMLText.list(warnings.map(markupText), class: "warnings"))
    }
    lines += ["<nav>", "<h2>Contents</h2>", "<ol>"]
    for (number, chapter) in chapters.enumerated() {
      lines.append(
        "<li><a href=\"#chapter-\(number + 1)\">\(markupText(chapter.title))</a></li>")
    }
    lines += ["</ol>", "<p><a href=\"#rollback\">Rollback</a></p>", "</nav>"]
    lines += ["<h2>Timetable</h2>", timetableHTML]
    lines += [
      "<h2>Clients that ask the new servers</h2>", "<figure>", schedule.chart(), "</figure>",
    ]
    for (number, chapter) in chapters.enumerated() {
      lines.append(
        "<h2 id=\"chapter-\(number + 1)\">\(number + 1). \(markupText(chapter.title))</h2>")
      for (index, step) in chapter.steps.enumerated() {
        lines += html(step, number: "\(number + 1).\(index + 1)")
      }
    }
    lines.append("<h2 id=\"rollback\">Rollback</h2>")
    for (index, step) in rollback.enumerated() { lines += html(step, number: "R\(index + 1)") }
    return lines
  }

  private var timetableHTML: String {
    HTMLText.table(
      head: ["When (UTC)", "Cutover", "Step", ""],
      rows: timetable.map { entry in
        [
          "<time datetime=\"\(entry.instant)\">\(entry.instant)</time>",
          markupText(relative(entry.instant)),
          "<a href=\"#\(markupText(entry.step.id))\">\(entry.number) "
            + markupText(entry.step.title) + "</a>",
          entry.step.mark.map { "<strong class=\"mark\">\($0.rawValue)</strong>" } ?? "",
        ]
      })
  }

  private func html(_ step: RunbookStep, number: String) -> [String] {
    let mark = step.mark.map { " <strong class=\"mark\">\($0.rawValue)</strong>" } ?? ""
    var lines = [
      "<section id=\"\(markupText(step.id))\">",
      "<h3>\(number) \(markupText(step.title))\(mark)</h3>", "<dl>",
      "<dt>Owner</dt><dd>\(markupText(step.owner.rawValue))</dd>",
    ]
    if let instant = step.instant {
      lines.append(
        "<dt>When</dt><dd><time datetime=\"\(instant)\">\(instant)</time> "
          + "(\(markupText(relative(instant))))</dd>")
    }
    lines += ["<dt>Takes</dt><dd>\(markupText(step.duration))</dd>", "</dl>"]
    lines.append("<p>\(step.why.html)</p>")
    for (title, blocks) in [
      ("Do", step.actions), ("Verify", step.verification), ("Undo", step.undo),
    ] {
      lines.append("<h4>\(title)</h4>")
      lines += blocks.map(html)
    }
    return lines + ["</section>"]
  }

  private func html(_ block: RunbookStep.Block) -> String {
    switch block {
    case .text(let prose): return "<p>\(prose.html)</p>"
    case .checklist(let points):
      return HTMLText.list(
        points.map { "<label><input type=\"checkbox\"> <span>\($0.html)</span></label>" },
        class: "checklist")
    case .command(let lines, let expected):
      return "<pre><code>\(HTMLText.escapedLines(lines))</code></pre>"
        + (expected.map { "\n<p class=\"expected\">Expected: \($0.html)</p>" } ?? "")
    case .file(let text): return "<pre><code>\(HTMLText.escapedLines(text))</code></pre>"
    case .table(let head, let rows):
      return HTMLText.table(
        head: head.map(markupText), rows: rows.map { $0.map(\.html) })
    }
  }
}

extension Prose {
  /// The prose in HTML.
  var html: String {
    parts.map {
      switch $0 {
      case .plain(let text): markupText(text)
      case .code(let text): "<code>\(markupText(text))</code>"
      case .strong(let text): "<strong>\(markupText(text))</strong>"
      }
    }.joined()
  }
}
