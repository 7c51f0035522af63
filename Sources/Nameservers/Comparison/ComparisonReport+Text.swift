import Diagnostics

extension ComparisonReport {
  /// The report for a person: the summary, then what stands in the way cause by cause, then what
  /// does not.
  ///
  /// - Parameter findingsOfCause: how many findings of one cause are shown.
  public func text(findingsOfCause limit: Int = 5) -> String {
    var lines = [summary]
    for note in notes { lines.append("note: \(note)") }
    for group in open {
      lines += ["", "\(group.title):"]
      for finding in group.findings.prefix(limit) { lines += finding.lines.map { "  " + $0 } }
      if group.count > limit { lines.append("  ... and \(group.count - limit) more") }
    }
    if !explained.isEmpty { lines += ["", "expected:"] }
    for group in explained {
      lines.append("  \(group.count) × \(group.cause)")
      for finding in group.findings.prefix(1) { lines += finding.lines.map { "    " + $0 } }
    }
    return lines.map { visible($0) + "\n" }.joined()
  }
}

extension ComparisonReport.Group {
  /// `the wildcard *.example.com. (2 missing)`, and where.
  var title: String {
    let place: String
    if case .server = cause {
      place = ""
    } else {
      place = servers.isEmpty ? "" : " at \(servers.joined(separator: ", "))"
    }
    return "\(cause) (\(counts.text))\(place)"
  }
}

extension ComparisonFinding {
  /// A head line, and both answers below it.
  var lines: [String] {
    let head = [
      verdict.rawValue, question.map { "\($0.name) \($0.type)" },
      servers.isEmpty ? nil : "at \(servers.joined(separator: ", "))",
      verdict == .expected ? nil : reason.map { "(\($0))" },
    ].compactMap { $0 }.joined(separator: " ")
    return [head] + old.map { "  - \($0)" } + new.map { "  + \($0)" }
  }
}
