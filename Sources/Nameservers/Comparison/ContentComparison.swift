/// Compares two contents by what a name server would answer from each: a proof that they answer
/// alike, before any server holds them.
public struct ContentComparison: Sendable {
  /// The old side.
  public let old: ZoneContent
  /// The new side.
  public let new: ZoneContent
  /// What may differ.
  public let expected: ExpectedDifferences
  /// What is not asked for.
  public let ignored: [ExpectedDifferences.Pattern]

  /// A comparison of two contents of one apex.
  public init(
    old: ZoneContent, new: ZoneContent, expected: ExpectedDifferences,
    ignored: [ExpectedDifferences.Pattern] = []
  ) {
    self.old = old
    self.new = new
    self.expected = expected
    self.ignored = ignored
  }

  /// Asks both contents all covering questions.
  public func run() -> ComparisonReport {
    var report = ComparisonReport(apex: old.apex, old: [old.label], new: [new.label])
    let contents = [old, new]
    let questions = CoveringQuestions(contents)
    for question in questions
    where !ignored.contains(where: { $0.matches(question) }) {
      report.questionCount += 1
      let before = old.lookUp(question.name, question.type)
      let after = new.lookUp(question.name, question.type)
      let judgement = expected.judge(question, old: before, new: after)
      guard judgement.verdict != .match else {
        report.addMatch()
        continue
      }
      report.add(
        ComparisonFinding(
          judgement.verdict, question: question, old: before.lines, new: after.lines,
          cause: judgement.reason.map { .expected($0) }
            ?? .init(question, old: before, new: after, contents: contents),
          reason: judgement.reason ?? questions.meaning(of: question)))
    }
    report.notes = notes
    report.coverage = coverage
    return report
  }

  private var coverage: String {
    "covers every question by the rules of RFC 1034, 4592 and 6672, names in neither content "
      + "included; cannot cover what servers make of it, views, and data of resources that aliases "
      + "lead to"
      + (ignored.isEmpty ? "" : "; questions that are ignored were left out")
  }

  private var notes: [String] {
    var notes: [String] = []
    for content in [old, new] where content.isRoute53 {
      let doubtful = content.emptyNonTerminalsUnderWildcards
      if let first = doubtful.first {
        notes.append(
          "\(content.label): \(doubtful.count) empty non-terminal(s) under a wildcard, such as "
            + "\(first): counted as RFC 4592 has it; Route 53 does not document what it answers "
            + "there, so ask its servers")
      }
      let varying = content.varyingNames
      if let first = varying.first {
        notes.append(
          "\(content.label): \(varying.count) name(s) answered by routing policy or alias, such "
            + "as \(first): any member of the set counts as right")
      }
    }
    return notes
  }
}

extension Expectation {
  /// What may be answered, in lines.
  var lines: [String] {
    var lines = answers.first?.lines ?? []
    for answer in answers.dropFirst() { lines += answer.lines.map { "or \($0)" } }
    if allowsPart { lines.append("or a part of it") }
    return lines + resources.map { "what \($0) has (alias)" }
  }
}
