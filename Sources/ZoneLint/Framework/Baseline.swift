public import Diagnostics

/// Findings that are known and accepted for now, so that only new ones are shown.
///
/// A finding is known again by its rule and message, however far its line has moved. In text a
/// baseline has a line each, `rule` and message with a tab between, sorted; what stands several
/// times is accepted that many times.
public struct Baseline: Sendable, Hashable {
  private var counts: [String: Int] = [:]

  /// The baseline that accepts these findings.
  public init(_ findings: [Finding]) {
    for finding in findings { counts[Baseline.line(of: finding), default: 0] += 1 }
  }

  /// Reads a baseline; empty lines and those that begin with `#` are passed over.
  public init(parsing text: String) {
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      counts[String(line), default: 0] += 1
    }
  }

  /// The baseline in text.
  public var text: String {
    let lines = counts.sorted { $0.key < $1.key }.flatMap {
      Array(repeating: $0.key, count: $0.value)
    }
    return "# zonecut lint baseline 1\n" + lines.map { $0 + "\n" }.joined()
  }

  /// The findings that are not accepted.
  public func newFindings(in findings: [Finding]) -> [Finding] {
    divided(findings).new
  }

  /// The findings that are accepted.
  public func acceptedFindings(in findings: [Finding]) -> [Finding] {
    divided(findings).accepted
  }

  private func divided(_ findings: [Finding]) -> (accepted: [Finding], new: [Finding]) {
    var left = counts
    var divided: (accepted: [Finding], new: [Finding]) = ([], [])
    for finding in findings {
      let line = Baseline.line(of: finding)
      if let count = left[line], count > 0 {
        left[line] = count - 1
        divided.accepted.append(finding)
      } else {
        divided.new.append(finding)
      }
    }
    return divided
  }

  private static func line(of finding: Finding) -> String {
    finding.rule + "\t" + visible(finding.message)
  }
}
