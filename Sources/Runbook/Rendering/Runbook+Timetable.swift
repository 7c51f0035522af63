import Propagation

extension Runbook {
  /// A step with its number and instant.
  struct Entry {
    let instant: Instant
    let number: String
    let step: RunbookStep
  }

  /// The steps that have an instant, in the order in which they come; those of one instant in the
  /// order of the chapters.
  var timetable: [Entry] {
    let dated = chapters.enumerated().flatMap { number, chapter in
      chapter.steps.enumerated().compactMap { index, step in
        step.instant.map {
          Entry(instant: $0, number: "\(number + 1).\(index + 1)", step: step)
        }
      }
    }
    return dated.enumerated()
      .sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
      .map(\.element)
  }

  /// What to do if a check of a step fails, in words.
  func ifItFails(_ step: RunbookStep) -> String {
    switch step.wayBack {
    case .undo:
      let changesBack = step.undo.contains { if case .command = $0 { true } else { false } }
      return changesBack
        ? "stop, and undo this step" : "stop, and settle the cause before you go on"
    case .rollback(let id):
      guard let index = rollback.firstIndex(where: { $0.id == id }) else { return "stop" }
      return "R\(index + 1) " + rollback[index].title
    }
  }

  /// `T+25 min`, as seen from the cutover.
  func relative(_ instant: Instant) -> String {
    let span = instant - schedule.cutover
    if span == .zero { return "T" }
    return span > .zero ? "T+\(span)" : "T-\(TimeSpan.zero - span)"
  }
}
