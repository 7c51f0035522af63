import Diagnostics
import ZoneKit

/// Comments of a zone file that switch rules off:
///
///     old IN CNAME gone.example.net. ; zonecut:disable=takeover-cname -- ours until March
///
/// Behind a record the comment speaks of the findings on its line; on a line of its own, of those
/// in the whole file. Several rules are parted by commas, and the reason must be given. What the
/// readers report as an error cannot be switched off: the record is missing all the same.
final class Suppressions {
  private var suppressions: [Suppression] = []

  /// One rule of one comment.
  private struct Suppression {
    let rule: String
    let reason: String
    let location: Location
    /// The line that it speaks of; nil for the whole file.
    let line: Int?
    var isUsed = false
  }

  private static let keyword = Array("zonecut:disable=".utf8)

  /// The comments in the files of a zone.
  init(in sources: [SourceFile]) {
    for source in sources {
      for offset in Suppressions.offsets(in: source) { read(at: offset, in: source) }
    }
  }

  /// Where the keyword stands behind a semicolon.
  private static func offsets(in source: SourceFile) -> [Int] {
    source.withOctets { text in
      var offsets: [Int] = []
      var index = 0
      while let semicolon = text.firstIndex(of: UInt8(ascii: ";"), from: index) {
        index = semicolon + 1
        while index < text.count, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
        if index + keyword.count < text.count,
          keyword.indices.allSatisfy({ text[index + $0] == keyword[$0] })
        {
          offsets.append(index)
        }
      }
      return offsets
    }
  }

  private func read(at offset: Int, in source: SourceFile) {
    let position = source.position(at: offset)
    let line = source.range(ofLine: position.line)
    let start = offset + Suppressions.keyword.count
    let text = String(decoding: source.octets(in: start..<line.upperBound), as: UTF8.self)
    let parts = text.split(separator: "--", maxSplits: 1, omittingEmptySubsequences: false)
    let reason = parts.count > 1 ? parts[1].drop(while: \.isWhitespace) : ""
    let before = source.octets(in: line.lowerBound..<offset)
    let isAlone = before.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ";")
    for rule in (parts.first ?? "").split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      suppressions.append(
        Suppression(
          rule: String(rule), reason: String(reason),
          location: Location(source, offset..<line.upperBound),
          line: isAlone ? nil : position.line))
    }
  }

  /// The findings that no comment switches off.
  func apply(to findings: [Finding]) -> [Finding] {
    if suppressions.isEmpty { return findings }
    return findings.filter { !isSuppressed($0) }
  }

  private func isSuppressed(_ finding: Finding) -> Bool {
    if finding.severity == .error, Rule.find(finding.rule)?.isDecidedByReader ?? true {
      return false
    }
    var isSuppressed = false
    for index in suppressions.indices where suppressions[index].rule == finding.rule {
      let suppression = suppressions[index]
      if let line = suppression.line {
        guard let location = finding.location, location.source === suppression.location.source,
          (location.start.line...max(location.start.line, location.end.line)).contains(line)
        else { continue }
      } else if let location = finding.location {
        guard location.source === suppression.location.source else { continue }
      }
      suppressions[index].isUsed = true
      isSuppressed = true
    }
    return isSuppressed
  }

  /// What is wrong with the comments themselves; to be asked after `apply`.
  func findings(_ configuration: LintConfiguration) -> [Finding] {
    suppressions.compactMap { suppression in
      let rule = Rule.find(suppression.rule)
      let message: String
      let id: String
      if rule == nil {
        id = Rule.suppressionMalformed.id
        message = "\(UnknownRule(id: LintText.quoted(suppression.rule)))"
      } else if suppression.reason.isEmpty {
        id = Rule.suppressionMalformed.id
        message = "no reason given for disabling \(suppression.rule)"
      } else if !suppression.isUsed, rule.map(configuration.includes) ?? false {
        id = Rule.suppressionUnused.id
        message = "\(suppression.rule) finds nothing here"
      } else {
        return nil
      }
      return Finding(
        rule: id, severity: .warning, message: message, at: suppression.location,
        help: Rule.find(id)?.remedy)
    }
  }
}

extension Rule {
  static let suppressionRules: [Rule] = [suppressionUnused, suppressionMalformed]

  fileprivate static let suppressionUnused = Rule(
    "suppression-unused", "comment that switches off nothing", .warning, group: .syntax,
    rationale: "Left behind, it would hide the next fault of that kind.",
    reference: "zonecut", remedy: "remove the comment", check: .reader)

  fileprivate static let suppressionMalformed = Rule(
    "suppression-malformed", "comment that does not say what or why", .warning, group: .syntax,
    rationale: "A rule is switched off for a reason that the next reader can judge.",
    reference: "zonecut",
    remedy: "write '; zonecut:disable=RULE -- reason'", check: .reader)
}
