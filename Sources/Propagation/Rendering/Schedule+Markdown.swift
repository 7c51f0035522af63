import Diagnostics

extension Schedule {
  /// The schedule as Markdown (CommonMark with tables). Names and sources are escaped.
  public func markdown() -> String {
    var lines = ["# Schedule of the move of \(markdownWords(zone)) to Route 53", ""]
    lines += markdownTable(
      ["", ""],
      [
        ["TTLs lowered", "\(start)"],
        ["Cutover", "\(cutover) (\(cutover - start) later)"],
        ["Old servers off, at the earliest", "\(end) (\(end - cutover) later)"],
        [
          "Decided by",
          markdownWords(cutoverDecidedBy),
        ],
        ["TTL bound", "\(bound.length) after the cutover"],
        ["Rollback", "up to \(rollback)"],
        ["Zone's NS TTL", "\(childNS.original.seconds) s, then \(childNS.lowered.seconds) s"],
        [
          "Parent's NS TTL",
          "\(parentNS.ttl.seconds) s, then \(parentNS.inForce.seconds) s; "
            + (parentNS.isAssumed ? "**assumed**: " : "") + markdownWords(parentNS.source),
        ],
      ])
    if let wishNote { lines += ["", markdownWords(wishNote)] }
    if !warnings.isEmpty { lines += [""] + warnings.map { "- **" + markdownWords($0) + "**" } }

    lines += ["", "## Steps", ""]
    for (number, step) in steps.enumerated() {
      lines += markdown(step, number: number + 1)
    }
    lines += ["", "## Clients that ask the new servers, by time after the cutover", ""]
    lines += markdownTable(
      ["After", "What"] + shares.curves.map { "\($0.title): \(markdownWords($0.ruleName))" },
      shares.rows.map { row in
        ["\(row.after)", row.labels.joined(separator: ", ")] + row.shares.map(percent)
      }
        + [
          quantileRow("50 %", \.p50), quantileRow("90 %", \.p90), quantileRow("95 %", \.p95),
          quantileRow("99 %", \.p99),
        ])
    lines += ["", markdownWords(columnNote), "", markdownWords("* " + planningRuleNote)]
    if let leadNote { lines += ["", markdownWords(leadNote)] }
    if !recordChanges.isEmpty { lines += recordTable() }
    if !advice.isEmpty {
      lines += ["", "## What would make it shorter", ""]
      lines += advice.map { "- Saves \($0.saves): " + markdownWords($0.text) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func markdown(_ step: Step, number: Int) -> [String] {
    var text =
      "\(number). **\(markdownWords(step.title))** \(step.instant) (\(relative(step.instant)))"
    if step.duration > .zero { text += ", for \(step.duration)" }
    var lines = [text]
    if let local = local(step) { lines.append("   " + markdownWords(local) + ".") }
    lines.append("   " + markdownWords(step.why))
    if let decidedBy = step.decidedBy {
      lines.append("   Decided by: " + markdownWords(decidedBy) + ".")
    }
    if let shortenedBy = step.shortenedBy {
      lines.append("   Shortened by: " + markdownWords(shortenedBy) + ".")
    }
    return lines
  }

  private func quantileRow(_ name: String, _ path: KeyPath<Quantiles, TimeSpan?>) -> [String] {
    ["", "time until \(name)"]
      + shares.curves.map { approximate($0.quantiles[keyPath: path]) }
  }

  private func recordTable() -> [String] {
    var lines = ["", "## Records whose data change, until the old copy has left", ""]
    lines += markdownTable(
      [
        "Records", "TTL", "half-life\\* 50 %", "half-life\\* 95 %", "strict 50 %", "strict 95 %",
        "TTL bound",
      ],
      recordChanges.prefix(Self.mostRecordChangesShown).map { change in
        let more = change.count - change.examples.count
        let names = change.examples.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        let times = [
          change.halfLife.p50, change.halfLife.p95, change.strict.p50, change.strict.p95,
        ]
        return [
          markdownWords(names),
          "\(change.ttl.original.seconds) s, then \(change.ttl.lowered.seconds) s",
        ]
          + times.map(approximate) + ["\(change.bound)"]
      })
    let more = recordChanges.count - Self.mostRecordChangesShown
    if more > 0 { lines += ["", "And \(more) more TTLs, all shorter."] }
    return lines
  }
}

/// A table of CommonMark with the table extension; cells are escaped already.
func markdownTable(_ head: [String], _ rows: [[String]]) -> [String] {
  func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
  return [row(head), row(head.map { _ in "---" })] + rows.map(row)
}
