import Diagnostics
import Propagation

extension Runbook {
  /// The runbook as a JSON document (`zonecut.runbook`, version 1): keys sorted, instants in
  /// RFC 3339, sentences as plain text, commands as they are run.
  public func json() -> String {
    (document.json ?? .null).text()
  }

  /// The document; a change of a key or of what it means is a new version of its schema.
  var document: DocumentValue {
    .object([
      "schema": .object(["name": .word("zonecut.runbook"), "version": .number(1)]),
      "zone": .word(zone),
      "plan": .word(planID),
      "blocked": .flag(isBlocked),
      "blockers": .list(blockers.map(DocumentValue.word)),
      "warnings": .list(warnings.map(DocumentValue.word)),
      "summary": .list(
        summary.map { .object(["label": .word($0.label), "value": .prose($0.value)]) }),
      "start": .word(schedule.start.description),
      "cutover": .word(schedule.cutover.description),
      "end": .word(schedule.end.description),
      "timeZone": .optional(schedule.timeZone),
      "timetable": .list(
        isBlocked ? [] : timetable.map { .object(facts($0.step, number: $0.number)) }),
      "chapters": .list(
        chapters.enumerated().map { number, chapter in
          .object([
            "chapter": .word(String(number + 1)), "title": .word(chapter.title),
            "steps": .list(
              chapter.steps.enumerated().map { index, step in
                document(step, number: "\(number + 1).\(index + 1)")
              }),
          ])
        }),
      "rollback": .list(
        rollback.enumerated().map { document($0.element, number: "R\($0.offset + 1)") }),
    ])
  }

  /// What the timetable says of a step.
  private func facts(_ step: RunbookStep, number: String) -> [String: DocumentValue] {
    [
      "id": .word(step.id), "number": .word(number), "title": .word(step.title),
      "owner": .word(step.owner.rawValue), "duration": .word(step.duration),
      "instant": .optional(step.instant?.description),
      "localTime": .optional(step.instant.flatMap(localText)),
      "fromCutover": .optional(step.instant.map(relative)),
      "mark": .optional(step.mark?.rawValue),
    ]
  }

  private func document(_ step: RunbookStep, number: String) -> DocumentValue {
    .object(
      facts(step, number: number).merging(
        [
          "ifItFails": .word(ifItFails(step)), "why": .prose(step.why),
          "do": .list(step.actions.map(\.document)),
          "verify": .list(step.verification.map(\.document)),
          "undo": .list(step.undo.map(\.document)),
        ]) { $1 })
  }
}

extension RunbookStep.Block {
  /// One of `text`, `points`, `command`, `output`, `file` and `table`; the others are none.
  fileprivate var document: DocumentValue {
    var members: [String: DocumentValue] = [
      "block": .block(self), "text": .absent, "points": .list([]), "command": .absent,
      "expected": .absent, "output": .absent, "file": .absent, "table": .absent,
    ]
    switch self {
    case .text(let prose): members["text"] = .prose(prose)
    case .checklist(let points): members["points"] = .list(points.map(DocumentValue.prose))
    case .command(let lines, let expected):
      members["command"] = .lines(lines, language: "sh")
      members["expected"] = expected.map(DocumentValue.prose) ?? .absent
    case .output(let text, let isObserved):
      members["output"] = .object([
        "label": .word(Self.outputLabel(text, isObserved: isObserved)),
        "lines": .lines(text, language: ""),
      ])
    case .file(let text): members["file"] = .lines(text, language: "")
    case .table(let head, let rows):
      members["table"] = .object([
        "head": .list(head.map(DocumentValue.word)),
        "rows": .list(rows.map { .object(["cells": .list($0.map(DocumentValue.prose))]) }),
      ])
    }
    return .object(members)
  }
}

extension DocumentShape {
  /// The shape of a runbook's document, with what is for templates alone.
  static let runbook = DocumentShape.object([
    "schema": .object(["name": .text, "version": .text]),
    "zone": .text, "plan": .text, "blocked": .flag, "blockers": .list(.text),
    "warnings": .list(.text), "summary": .list(.object(["label": .text, "value": .text])),
    "start": .text, "cutover": .text, "end": .text, "timeZone": .text,
    "timetable": .list(.object(stepFacts)),
    "chapters": .list(.object(["chapter": .text, "title": .text, "steps": .list(step)])),
    "rollback": .list(step),
  ])

  private static let stepFacts: [String: DocumentShape] = [
    "id": .text, "number": .text, "title": .text, "owner": .text, "duration": .text,
    "instant": .text, "localTime": .text, "fromCutover": .text, "mark": .text,
  ]

  private static let step = DocumentShape.object(
    stepFacts.merging(
      [
        "ifItFails": .text, "why": .text, "do": .list(block), "verify": .list(block),
        "undo": .list(block),
      ]) { $1 })

  private static let block = DocumentShape.object([
    "block": .text, "text": .text, "points": .list(.text), "command": .text, "expected": .text,
    "output": .object(["label": .text, "lines": .text]), "file": .text,
    "table": .object(["head": .list(.text), "rows": .list(.object(["cells": .list(.text)]))]),
  ])
}
