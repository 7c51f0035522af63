/// Findings in the order in which they are shown: those without a place first, then by source name
/// and position; equal ones as given.
///
/// Each renderer is a method: `text(style:)`, `groupedText(style:showing:hint:)`, `json(network:)`,
/// `sarif(version:rules:)`, `githubAnnotations()` and `markdown()`. All of them escape what an input
/// may hold for whoever reads their output.
public struct FindingReport: Sendable, Hashable {
  /// The findings, sorted.
  public let findings: [Finding]

  /// A report of `findings`, given in any order.
  public init(_ findings: [Finding]) {
    let keys = findings.enumerated().map { index, finding in
      SortKey(finding: finding, index: index)
    }
    self.findings = keys.sorted().map { findings[$0.index] }
  }

  /// How many findings have this severity, those that are only counted too.
  public func count(of severity: Severity) -> Int {
    findings.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) }
  }

  /// The severity of the worst finding; nil if there is none.
  public var worst: Severity? { findings.map(\.severity).max() }

  /// `3 errors, 2 warnings`; `no findings`.
  public var summary: String {
    let parts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = count(of: severity)
      if count == 0 { return nil }
      let plural = count == 1 || severity == .info ? "" : "s"
      return "\(count) \(severity.rawValue)\(plural)"
    }
    return parts.isEmpty ? "no findings" : parts.joined(separator: ", ")
  }
}

private struct SortKey: Comparable {
  let name: String
  let start: Int
  let end: Int
  let index: Int

  init(finding: Finding, index: Int) {
    name = finding.location?.source.name ?? ""
    start = finding.location?.range.lowerBound ?? -1
    end = finding.location?.range.upperBound ?? -1
    self.index = index
  }

  static func < (a: SortKey, b: SortKey) -> Bool {
    (a.name, a.start, a.end, a.index) < (b.name, b.start, b.end, b.index)
  }
}

extension Location {
  /// The directives that included the source, the nearest first.
  var inclusions: [Location] {
    var chain: [Location] = []
    var next = source.includedFrom
    while let here = next {
      chain.append(here)
      next = here.source.includedFrom
    }
    return chain
  }

  /// `file:line:column`, made safe to print.
  var shown: String {
    let start = start
    return "\(visible(source.name)):\(start.line):\(start.column)"
  }
}
