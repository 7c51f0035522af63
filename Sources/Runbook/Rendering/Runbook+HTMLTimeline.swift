import Diagnostics
import Propagation

extension Runbook {
  /// All steps in their order with their dates; the script adds where in it now is.
  var timeline: String {
    var lines = [
      "<nav class=\"timeline\" id=\"page-timeline\" aria-label=\"Timeline\">",
      "<div class=\"timeline-list\">",
      "<p class=\"unit\">Times in UTC, and from the cutover</p>", "<ol>",
      "<li class=\"now scripted\" id=\"page-now\" hidden><span id=\"page-now-time\"></span></li>",
    ]
    var last: Instant?
    for (number, chapter) in chapters.enumerated() {
      lines.append(
        "<li><a class=\"chapter\" href=\"#chapter-\(number + 1)\">\(number + 1). "
          + "\(markupText(chapter.title))</a></li>")
      for (index, step) in chapter.steps.enumerated() {
        lines.append(stop(step, number: "\(number + 1).\(index + 1)", after: last))
        last = step.instant ?? last
      }
    }
    lines.append("<li><a class=\"chapter\" href=\"#rollback\">Rollback</a></li>")
    return (lines + ["</ol>", "</div>", "</nav>"]).joined(separator: "\n")
  }

  /// A step of the timeline; one at the instant of the one before does not repeat it.
  private func stop(_ step: RunbookStep, number: String, after last: Instant?) -> String {
    let id = markupText(step.id)
    var more: [String] = []
    if let instant = step.instant, instant != last {
      more.append(
        "<time datetime=\"\(instant)\">\(instant.readable(offset: .zero))</time> "
          + "<span>\(markupText(relative(instant)))</span>")
    }
    if let mark = step.mark { more.append(mark.html) }
    return "<li class=\"stop\(step.mark.map { " " + $0.cssClass } ?? "")\" data-step=\"\(id)\">"
      + "<span class=\"tick\" aria-hidden=\"true\"></span><span class=\"number\">\(number)</span>"
      + "<a class=\"title\" href=\"#\(id)\">\(markupText(step.title))"
      + "<span class=\"state unseen\"></span></a>"
      + (more.isEmpty ? "" : "<span class=\"when\">\(more.joined(separator: " "))</span>") + "</li>"
  }

  /// `Tue 2026-12-01 09:00 UTC`, readable by programs too.
  func timeHTML(_ instant: Instant) -> String {
    "<time datetime=\"\(instant)\">\(instant.readable(offset: .zero)) UTC</time>"
  }

  /// The instant on the clocks of the plan's time zone; nil where it has none, or the offset is not
  /// known for it.
  func localText(_ instant: Instant) -> String? {
    schedule.steps.first { $0.instant == instant }?.utcOffset.map {
      instant.readable(offset: $0)
    }
  }
}

extension Instant {
  /// `Tue 2026-12-01 09:00`, with seconds where it has any.
  fileprivate func readable(offset: TimeSpan) -> String {
    let text = (self + offset).description
    let time = text.dropFirst(11).dropLast(text.hasSuffix(":00Z") ? 4 : 1)
    return "\(weekdayName(offset: offset)) \(text.prefix(10)) \(time)"
  }
}
