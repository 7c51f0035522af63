extension Diff {
  /// The difference for a person, lines ended by line feeds: `+` for what is added, `-` for what
  /// is removed, `±` for a set that both sides have; TTL-only and expected differences apart; the
  /// summary last.
  public var text: String {
    var lines: [String] = []
    for difference in differences where difference.kind != .ttlOnly { lines += difference.lines }
    appendSection("TTL only:", differences(.ttlOnly), to: &lines)
    appendSection("expected, as Route 53 keeps its own SOA and NS:", expected, to: &lines)
    if !lines.isEmpty { lines.append("") }
    lines.append(summary)
    return lines.map { $0 + "\n" }.joined()
  }

  private func appendSection(
    _ title: String, _ differences: [Difference], to lines: inout [String]
  ) {
    guard !differences.isEmpty else { return }
    if !lines.isEmpty { lines.append("") }
    lines.append(title)
    for difference in differences { lines += difference.lines.map { "  " + $0 } }
  }
}

extension Difference {
  /// The difference in lines: of an added or removed set one line for each datum, of a changed
  /// one a head line and what differs below it.
  var lines: [String] {
    switch (old, new) {
    case (nil, let set?): set.lines.map { "+ " + $0 }
    case (let set?, nil): set.lines.map { "- " + $0 }
    default:
      if kind == .ttlOnly {
        ["± \(key) \(parts[0].lines[0])"]
      } else {
        ["± \(key)"] + parts.flatMap(\.lines).map { "    " + $0 }
      }
    }
  }
}

extension RecordSet {
  /// The set as in a zone file, a line for each datum, with what a zone file cannot say in
  /// brackets.
  var lines: [String] {
    let extras = [routing?.description, healthCheckID.map { "health check \($0.quoted)" }]
      .compactMap { $0 }.joined(separator: ", ")
    return content.lines(type: type).map {
      "\(owner) \($0)" + (extras.isEmpty ? "" : " [\(extras)]")
    }
  }
}

extension Difference.Part {
  /// What differs: `ttl 3600 -> 300`, `- 192.0.2.1`.
  public var lines: [String] {
    switch self {
    case .values(let removed, let added):
      removed.map { "- \($0)" } + added.map { "+ \($0)" }
    case .ttl(let from, let to): [Self.line("ttl", from, to)]
    case .alias(let from, let to): [Self.line("alias", from, to)]
    case .trafficPolicyInstance(let from, let to):
      [Self.line("traffic policy instance", from?.quoted, to?.quoted)]
    case .routing(let from, let to): [Self.line("routing", from, to)]
    case .healthCheck(let from, let to): [Self.line("health check", from?.quoted, to?.quoted)]
    }
  }

  private static func line<Value>(_ label: String, _ from: Value?, _ to: Value?) -> String {
    "\(label) \(from.map { "\($0)" } ?? "none") -> \(to.map { "\($0)" } ?? "none")"
  }
}
