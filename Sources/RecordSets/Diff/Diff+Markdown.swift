import ZoneKit

extension Diff {
  /// The difference as a Markdown table, for a pull request: the summary, then a row for each set.
  public var markdown: String {
    var lines = ["**\(summary)**"]
    appendTable(differences.filter { $0.kind != .ttlOnly }, titled: nil, to: &lines)
    appendTable(differences(.ttlOnly), titled: "TTL only", to: &lines)
    appendTable(
      expected, titled: "Expected, as Route 53 keeps its own SOA and NS", to: &lines)
    return lines.map { $0 + "\n" }.joined()
  }

  private func appendTable(
    _ differences: [Difference], titled title: String?, to lines: inout [String]
  ) {
    guard !differences.isEmpty else { return }
    if let title { lines += ["", "**\(title)**"] }
    lines += ["", "| | name | type | difference |", "|---|---|---|---|"]
    for difference in differences {
      let name = [difference.key.owner.description, difference.key.setIdentifier?.quoted]
        .compactMap { $0 }.map(markdownCode).joined(separator: " ")
      lines.append(
        "| \(difference.sign) | \(name) | \(difference.key.type) | "
          + difference.cellLines.map(markdownCode).joined(separator: "<br>") + " |")
    }
  }
}

extension Difference {
  /// `+`, `-` or `±`.
  var sign: String {
    switch kind {
    case .added: "+"
    case .removed: "-"
    case .changed, .ttlOnly: "±"
    }
  }

  /// The lines of the table's last cell: name and sign have cells of their own.
  fileprivate var cellLines: [String] {
    if old != nil, new != nil { return parts.flatMap(\.lines) }
    guard let set = new ?? old else { return [] }
    let extras = [
      set.routing.map { "routing \($0.policy)" },
      set.healthCheckID.map { "health check \($0.quoted)" },
    ]
    return set.content.lines(type: set.type) + extras.compactMap { $0 }
  }
}

/// Text as inline code inside a table cell (GitHub Flavored Markdown 4.10): a fence of backquotes
/// longer than any in the text, and bars escaped.
private func markdownCode(_ text: String) -> String {
  var (longest, run) = (0, 0)
  for character in text {
    run = character == "`" ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "`", count: longest + 1)
  let padding = longest > 0 ? " " : ""
  let escaped = text.map { $0 == "|" ? "\\|" : String($0) }.joined()
  return fence + padding + escaped + padding + fence
}
