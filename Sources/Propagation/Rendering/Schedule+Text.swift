import Diagnostics

extension Schedule {
  /// The widest line of `text()`.
  public static let textWidth = 100
  /// How many groups of changing records the text and Markdown forms list.
  static let mostRecordChangesShown = 10

  /// The schedule for a terminal: lines of at most `textWidth` characters, nothing in them that
  /// a terminal would obey.
  public func text() -> String {
    var lines = summaryLines()
    lines +=
      ["", "STEPS (T is the cutover)"]
      + steps.enumerated().flatMap { number, step in
        stepLines(step, number: number + 1)
      }
    lines += ["", "CLIENTS THAT ASK THE NEW SERVERS, by time after the cutover"] + shareLines()
    lines += [""]
    lines += wrapped(columnNote, width: Self.textWidth, indentation: 2)
    lines += wrapped("* " + planningRuleNote, width: Self.textWidth, indentation: 2)
    if let leadNote { lines += wrapped(leadNote, width: Self.textWidth, indentation: 2) }
    if !recordChanges.isEmpty {
      lines += ["", "RECORDS WHOSE DATA CHANGE, until the old copy has left"] + recordLines()
    }
    if !advice.isEmpty {
      lines += ["", "WHAT WOULD MAKE IT SHORTER"]
      for item in advice { lines += bullet("saves \(item.saves): \(item.text)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func summaryLines() -> [String] {
    var lines = [left("Schedule of the move of \(visible(zone)) to Route 53", Self.textWidth)]
    lines[0] = String(lines[0].reversed().drop { $0 == " " }.reversed())
    lines.append("")
    func fact(_ name: String, _ value: String) {
      let body = wrapped(value, width: Self.textWidth, indentation: 22)
      guard let first = body.first else { return }
      lines.append(left("  " + name, 22) + first.dropFirst(22))
      lines += body.dropFirst()
    }
    fact("TTLs lowered", "\(start)")
    fact("cutover", "\(cutover), \(cutover - start) later")
    fact("old servers off", "\(end) at the earliest, \(end - cutover) later")
    fact("decided by", cutoverDecidedBy)
    fact("TTL bound", "\(bound.length) after the cutover")
    fact("rollback", "up to \(rollback)")
    fact("zone's NS TTL", ttlText(childNS))
    fact(
      "parent's NS TTL",
      ttlText(LoweredTTL(parentNS.ttl, lowered: parentNS.inForce))
        + (parentNS.isAssumed ? ", ASSUMED: " : ", ") + parentNS.source)
    if let wishNote { lines += [""] + wrapped(wishNote, width: Self.textWidth, indentation: 2) }
    if !warnings.isEmpty {
      lines.append("")
      for warning in warnings { lines += bullet(warning, mark: "!") }
    }
    return lines
  }

  private func ttlText(_ ttl: LoweredTTL) -> String {
    ttl.isLowered
      ? "\(ttl.original.seconds) s, lowered to \(ttl.lowered.seconds) s"
      : "\(ttl.original.seconds) s"
  }

  private func stepLines(_ step: Step, number: Int) -> [String] {
    let head =
      right("\(number)", 2) + "  \(step.instant)  " + left(relative(step.instant), 16) + " "
    var lines = [head + step.title + (step.duration > .zero ? " (\(step.duration))" : "")]
    if lines[0].count > Self.textWidth {
      lines = [head] + wrapped(step.title, width: Self.textWidth, indentation: 6)
    }
    if let local = local(step) {
      lines += wrapped(local, width: Self.textWidth, indentation: 6)
    }
    lines += wrapped(step.why, width: Self.textWidth, indentation: 6)
    if let decidedBy = step.decidedBy {
      lines += wrapped("decided by: " + decidedBy, width: Self.textWidth, indentation: 6)
    }
    if let shortenedBy = step.shortenedBy {
      lines += wrapped("shortened by: " + shortenedBy, width: Self.textWidth, indentation: 6)
    }
    return lines
  }

  private func shareLines() -> [String] {
    let column = 11
    let label = min(46, Self.textWidth - column * shares.curves.count)
    var titles = left("", label)
    for pair in stride(from: 0, to: shares.curves.count, by: 2) {
      titles += right(shares.curves[pair].title, 2 * column)
    }
    var lines = [titles, left("", label)]
    lines[1] += shares.curves.map { right($0.ruleName, column) }.joined()
    for row in shares.rows {
      lines.append(
        left(
          "  " + left(Self.column(row.after, 10), 10) + " " + row.labels.joined(separator: ", "),
          label)
          + row.shares.map { right(percent($0), column) }.joined())
    }
    let quantiles: [(String, KeyPath<Quantiles, TimeSpan?>)] = [
      ("50 % after", \.p50), ("90 %", \.p90), ("95 %", \.p95), ("99 %", \.p99),
    ]
    lines.append("")
    for (name, path) in quantiles {
      lines.append(
        left("  " + name, label)
          + shares.curves.map { right(approximate($0.quantiles[keyPath: path]), column) }.joined())
    }
    return lines
  }

  private func recordLines() -> [String] {
    var lines = [
      left("", 36) + right("half-life*", 24) + right("strict", 24) + right("TTL", 15),
      left("  TTL", 36) + right("50 %", 12) + right("95 %", 12) + right("50 %", 12)
        + right("95 %", 12) + right("bound", 15),
    ]
    for change in recordChanges.prefix(Self.mostRecordChangesShown) {
      let times = [
        change.halfLife.p50, change.halfLife.p95, change.strict.p50, change.strict.p95,
      ]
      lines.append(
        left("  " + ttlText(change.ttl), 36) + times.map { right(approximate($0), 12) }.joined()
          + right(approximate(change.bound), 15))
      let more = change.count - change.examples.count
      lines += wrapped(
        change.examples.joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""),
        width: Self.textWidth, indentation: 6)
    }
    let more = recordChanges.count - Self.mostRecordChangesShown
    if more > 0 { lines.append("  and \(more) more TTLs, all shorter: the JSON form has them") }
    return lines
  }

  /// A time in a column: exact if there is room.
  private static func column(_ span: TimeSpan, _ width: Int) -> String {
    span.description.count <= width ? span.description : approximate(span)
  }

  private func bullet(_ text: String, mark: String = "-") -> [String] {
    var lines = wrapped(text, width: Self.textWidth, indentation: 4)
    if let first = lines.first { lines[0] = "  \(mark) " + first.dropFirst(4) }
    return lines
  }
}
