import Diagnostics
import Propagation

extension Runbook {
  /// A step as a section of the page; one aside, of an appendix, is no part of what is to be done.
  func html(_ step: RunbookStep, number: String, isAside: Bool = false) -> [String] {
    let id = markupText(step.id)
    var attributes = [
      "class=\"step\(step.mark.map { " " + $0.cssClass } ?? "")\"", "id=\"\(id)\"",
      "tabindex=\"-1\"", "aria-labelledby=\"\(id)-title\"", "data-number=\"\(number)\"",
      "data-title=\"\(markupText(step.title))\"",
    ]
    if let mark = step.mark { attributes.append("data-mark=\"\(mark.rawValue)\"") }
    if isAside { attributes.append("data-aside") }
    if let instant = step.instant { attributes.append("data-instant=\"\(instant)\"") }
    var lines = ["<section \(attributes.joined(separator: " "))>"]
    if let mark = step.mark {
      lines.append("<p class=\"band\"><strong>\(mark.rawValue)</strong> \(mark.meaning)</p>")
    }
    lines += [
      "<header>",
      "<h3 id=\"\(id)-title\"><span class=\"number\">\(number)</span> \(markupText(step.title))</h3>",
      facts(step), "</header>", "<div class=\"body\">",
    ]
    if [.slowReturn, .pointOfNoReturn].contains(step.mark) {
      lines.append("<p class=\"unpassed\" hidden></p>")
    }
    lines.append("<p>\(step.why.html)</p>")
    for (title, blocks) in [
      ("Do", step.actions), ("Verify", step.verification), ("Undo", step.undo),
    ] {
      lines += ["<div class=\"part \(title.lowercased())\">", "<h4>\(title)</h4>"]
      lines += blocks.map(\.html) + ["</div>"]
    }
    return lines + ["</div>", record(step), "</section>"]
  }

  /// Who, when, how long.
  private func facts(_ step: RunbookStep) -> String {
    var items = [markupText(step.owner.rawValue)]
    if let instant = step.instant {
      let local = localText(instant).map { text in
        markupText(" (\(text) \(schedule.timeZone ?? ""))")
      }
      let span = instant == schedule.cutover ? "T, the cutover" : relative(instant)
      items += [timeHTML(instant) + (local ?? ""), markupText(span)]
    }
    items.append("takes \(markupText(step.duration))")
    let wayBack = markupText(ifItFails(step))
    if case .rollback(let id) = step.wayBack {
      items.append("if it fails: <a href=\"#\(markupText(id))\">\(wayBack)</a>")
    } else {
      items.append("if it fails: \(wayBack)")
    }
    let due = step.instant == nil ? "" : "<li class=\"due scripted\"></li>\n"
    return "<ul class=\"facts\">\n" + items.map { "<li>\($0)</li>\n" }.joined() + due + "</ul>"
  }

  /// What is filled in during the run.
  private func record(_ step: RunbookStep) -> String {
    let done =
      switch step.mark {
      case .gate: "Passed"
      case .hardStop: "Cleared"
      default: "Done"
      }
    return """
      <div class="record">
      <div class="line"><label class="box"><input type="checkbox" class="started"> Started</label>
      \(PageText.instantField("started-at", label: "Started at, in UTC"))</div>
      <div class="line"><label class="box last"><input type="checkbox" class="finished-box"> \(done)\
      </label>
      \(PageText.instantField("finished-at", label: "Done at, in UTC"))</div>
      <label class="by">By <input type="text" autocomplete="off" spellcheck="false"></label>
      <label class="notes"><span>Notes</span> <textarea rows="1"></textarea></label>
      </div>
      """
  }
}

extension RunbookStep.Mark {
  /// The name of its looks.
  var cssClass: String {
    switch self {
    case .gate: "gate"
    case .hardStop: "hard-stop"
    case .slowReturn: "slow-return"
    case .pointOfNoReturn: "point-of-no-return"
    case .optional: "optional"
    }
  }

  /// What it asks of the reader.
  var meaning: String {
    switch self {
    case .gate: "Do not go on unless all of this holds."
    case .hardStop: "Going on before this is cleared breaks the zone."
    case .slowReturn: "Until here nothing that clients see has moved."
    case .pointOfNoReturn: "After this there is no old side to go back to."
    case .optional: "May be left out."
    }
  }

  /// The mark beside a step's title.
  var html: String { "<strong class=\"mark \(cssClass)\">\(rawValue)</strong>" }
}

extension RunbookStep.Block {
  /// The block in HTML.
  var html: String {
    switch self {
    case .text(let prose): return "<p>\(prose.html)</p>"
    case .checklist(let points):
      return HTMLText.list(
        points.map { "<label><input type=\"checkbox\"> <span>\($0.html)</span></label>" },
        class: "checklist")
    case .command(let lines, let expected):
      let note = expected.map {
        "\n<p class=\"expected\"><span class=\"label\">Expected</span> \($0.html)</p>"
      }
      return HTMLText.code(lines, class: "command", copies: "Copy the command") + (note ?? "")
    case .output(let text, let isObserved):
      let label = markupText(Self.outputLabel(text, isObserved: isObserved))
      return "<p class=\"expected\"><span class=\"label\">\(label)</span>"
        + (text.isEmpty
          ? " none.</p>"
          : "</p>\n<pre class=\"output\"><code>\(HTMLText.escapedLines(text))</code></pre>")
    case .file(let text): return HTMLText.code(text, class: "file", copies: "Copy the text")
    case .table(let head, let rows):
      return HTMLText.table(head: head.map(markupText), rows: rows.map { $0.map(\.html) })
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
