import Diagnostics
import Propagation

extension Runbook {
  /// The runbook as one HTML file to work from: it asks nothing of any other, as its
  /// Content-Security-Policy says. Its script keeps boxes and notes in the browser, shows the clock
  /// and the time to the next step; without one, and on paper, all of it can be read.
  public func html() -> String {
    let title = "Move of \(zone) to Route 53"
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"\(PageAssets.policy)\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      "<title>\(markupText((isBlocked ? "BLOCKED: " : "") + title))</title>",
      "<style>\(PageAssets.style)</style>", "</head>",
    ]
    lines += isBlocked ? blockedPage(title) : page(title)
    lines += ["</html>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func blockedPage(_ title: String) -> [String] {
    [
      "<body>", "<div class=\"layout plain\">", "<main>",
      "<h1>BLOCKED: \(markupText(title))</h1>",
      "<p class=\"lead\">The migration cannot go on like this. Nothing was planned beyond this"
        + " point:</p>",
      HTMLText.callout(blockers, class: "blocked"), summaryHTML, "</main>", "</div>", "</body>",
    ]
  }

  private func page(_ title: String) -> [String] {
    let timeZone = schedule.timeZone.map { " data-time-zone=\"\(markupText($0))\"" } ?? ""
    var lines = [
      "<body data-plan=\"\(markupText(planID))\" data-zone=\"\(markupText(zone))\"\(timeZone)>",
      "<a class=\"skip\" href=\"#steps\">Skip to the steps</a>",
    ]
    lines.append(bar)
    lines += ["<div class=\"layout\">", timeline, "<main>"]
    lines += [
      "<h1>\(markupText(title))</h1>",
      "<p class=\"lead\">Cutover \(timeHTML(schedule.cutover)). The page works without a network;"
        + " what you tick and write stays in this browser.</p>",
      "<noscript><p class=\"callout\">Scripts are off: nothing that you tick is kept, and there is"
        + " no countdown. Print the page, or work from runbook.md.</p></noscript>",
    ]
    if !warnings.isEmpty { lines.append(HTMLText.callout(warnings)) }
    lines += [summaryHTML, PageText.run]
    lines += ["<h2 id=\"timetable\">Timetable</h2>", timetableHTML]
    lines += [
      "<h2 id=\"shares\">Clients that ask the new servers</h2>",
      "<figure>", schedule.chart() + "</figure>", "<div id=\"steps\">",
    ]
    for (number, chapter) in chapters.enumerated() {
      lines.append(
        "<h2 id=\"chapter-\(number + 1)\">\(number + 1). \(markupText(chapter.title))</h2>")
      for (index, step) in chapter.steps.enumerated() {
        lines += html(
          step, number: "\(number + 1).\(index + 1)", isAside: chapter.isAppendix)
      }
    }
    lines.append(
      "<h2 id=\"rollback\">Rollback</h2>\n<p>\(markupText(Self.rollbackIntroduction))</p>")
    for (index, step) in rollback.enumerated() { lines += html(step, number: "R\(index + 1)") }
    lines += ["</div>", "</main>", "</div>", PageText.help]
    lines += ["<p id=\"page-status\" class=\"toast\" role=\"status\"></p>"]
    return lines + ["<script>\(PageAssets.script)</script>", "</body>"]
  }

  private var summaryHTML: String {
    let rows = summary.map { "<dt>\(markupText($0.label))</dt><dd>\($0.value.html)</dd>" }
    return (["<dl class=\"summary\">"] + rows + ["</dl>"]).joined(separator: "\n")
  }

  /// The bar on top: what to do, what comes next, what time it is.
  private var bar: String {
    """
    <header class="bar scripted" id="page-bar">
    <div class="zone"><strong class="value">\(markupText(zone))</strong>
    <span class="label" id="page-progress-text"></span></div>
    <div class="todo"><span class="label">To do<span id="page-late"></span></span>
    <a class="value" id="page-todo"></a></div>
    <div class="next"><span class="label">Next by the clock</span>
    <span class="value"><span class="countdown" id="page-countdown" role="timer"></span>
    <a id="page-next"></a></span></div>
    <div class="clock"><time class="value" id="page-utc"></time>
    <span class="label local" id="page-local"></span></div>
    <div class="tools"><button id="page-to-timeline" class="to-timeline" type="button"\
     aria-expanded="false" aria-controls="page-timeline">Timeline</button>
    <a class="button plain-tool" href="#run">Run</a>
    <a class="button to-rollback" href="#rollback">Rollback</a>
    <button class="plain-tool" id="page-show-help" type="button" aria-label="Keys">?</button></div>
    <progress id="page-progress" aria-label="Steps done" max="1" value="0"></progress>
    </header>
    <p class="rehearsal-note scripted" id="page-rehearsal" hidden>Rehearsal: this page's clock is\
     set, and its boxes are kept apart from the real run's.</p>
    <p class="rehearsal-note scripted" id="page-trouble" role="alert" hidden></p>
    """
  }

  private var timetableHTML: String {
    let isLocal = schedule.timeZone != nil
    return HTMLText.table(
      head: ["When (UTC)"] + (isLocal ? [schedule.timeZone ?? ""] : []) + ["Cutover", "Step", ""],
      rows: timetable.map { entry in
        [timeHTML(entry.instant)]
          + (isLocal ? [markupText(localText(entry.instant) ?? "")] : [])
          + [
            markupText(relative(entry.instant)),
            "<a class=\"step-name\" href=\"#\(markupText(entry.step.id))\">\(entry.number) "
              + markupText(entry.step.title) + "</a>",
            entry.step.mark.map(\.html) ?? "",
          ]
      }, class: "timetable")
  }
}
