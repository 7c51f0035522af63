extension FindingReport {
  /// The findings for a person, short: grouped by rule, the worst rules first, the first finding of
  /// a rule in full, the others in a line each (`file:line:column: error: message [rule]`, so that
  /// editors find them), and how many there are. Errors are all there; of what is milder only the
  /// first few, and it is said how many are not shown. Empty if there are no findings.
  ///
  /// - Parameters:
  ///   - count: how many findings of a rule are shown that are no errors.
  ///   - hint: what shows all of them: `--all-findings`.
  public func groupedText(style: Style = .plain, showing count: Int = 5, hint: String) -> String {
    groups.map { group in
      TextRenderer(style: style).render(group, showing: count, hint: hint)
    }.joined(separator: "\n")
  }

  /// The findings of each rule, errors first; the rules with the worst findings first.
  private var groups: [[Finding]] {
    var places: [String: Int] = [:]
    var groups: [[Finding]] = []
    for finding in findings {
      let place = places[finding.rule] ?? groups.count
      if place == groups.count {
        places[finding.rule] = place
        groups.append([])
      }
      groups[place].append(finding)
    }
    return groups.map { $0.worstFirst { $0.severity } }.worstFirst { $0[0].severity }
  }
}

extension [Finding] {
  /// How many there are, with those that are only counted.
  fileprivate var total: Int { reduce(0) { $0 + $1.count } }
}

extension Array {
  /// The elements by severity; equal ones as they are.
  fileprivate func worstFirst(_ severity: (Element) -> Severity) -> [Element] {
    Severity.allCases.reversed().flatMap { wanted in filter { severity($0) == wanted } }
  }
}

extension TextRenderer {
  fileprivate func render(_ group: [Finding], showing count: Int, hint: String) -> String {
    let single = group.filter { $0.count == 1 }
    let errorCount = single.count { $0.severity == .error }
    let shown = single.prefix(Swift.max(count, errorCount))
    let first = shown.first ?? group[0]
    var text = render(first, explains: true)
    for finding in shown.dropFirst() { text += headline(of: finding) + "\n" }
    let total = group.total
    guard total > 1 else { return text }
    let hidden = total - shown.count
    text += "  \(style.mark("\(total) findings", .heading)) of \(visible(first.rule))"
    return text + (hidden == 0 ? "\n" : ", \(hidden) not shown: \(hint) shows all\n")
  }
}
