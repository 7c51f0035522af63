import Diagnostics
import ZoneKit

/// Comments of a zone file that switch rules off:
///
///     old IN CNAME gone.example.net. ; zonecut:disable=takeover-cname -- ours until March
///
/// Behind a record the comment speaks of the findings on its line; on a line of its own, of those
/// in the whole file; within a comment, as behind a record that was commented out, of none. Several
/// rules are parted by commas, and the reason must be given. What the readers report as an error
/// cannot be switched off: the record is missing all the same.
final class Suppressions {
  /// Ids of rules of which it is not known all that they would find: their comments are not unused.
  var undecided: Set<String> = []
  private var suppressions: [Suppression] = []
  private var comments: [Comment] = []
  /// What the comments speak of, and whether anything was found there.
  private var isUsed: [Scope: Bool] = [:]

  /// One rule of one comment.
  private struct Suppression {
    let reason: String
    /// The number of the comment.
    let comment: Int
    let scope: Scope

    var rule: String { scope.rule }
  }

  /// A rule, and where it is switched off.
  private struct Scope: Hashable {
    let rule: String
    let source: ObjectIdentifier
    /// The line; nil for the whole file.
    let line: Int?
  }

  /// One comment.
  private struct Comment {
    let source: SourceFile
    /// From the keyword to the end of the line.
    let range: Range<Int>
    /// The list of rules.
    let list: Range<Int>
    /// What goes when the comment goes: the blanks before it too, or its whole line.
    let removal: Range<Int>
    /// The numbers of its suppressions.
    var suppressions: Range<Int> = 0..<0

    var location: Location { Location(source, range) }
  }

  private static let keyword = Array("zonecut:disable=".utf8)

  /// The comments in the files of a zone.
  init(in sources: [SourceFile]) {
    for source in sources {
      for offset in Suppressions.offsets(in: source) { read(at: offset, in: source) }
    }
  }

  /// Whether no comment switches a rule off.
  var isEmpty: Bool { suppressions.isEmpty }

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
    let octets = source.octets(in: start..<line.upperBound)
    let dashes = octets.indices.dropLast().first {
      octets[$0] == UInt8(ascii: "-") && octets[$0 + 1] == UInt8(ascii: "-")
    }
    let list = octets[..<(dashes ?? octets.endIndex)]
    let reason = dashes.map { String(decoding: octets[($0 + 2)...], as: UTF8.self) } ?? ""
    let before = source.octets(in: line.lowerBound..<offset)
    let isAlone = before.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ";")
    let isWithin = isAlone && before.contains { $0 > 0x20 && $0 != UInt8(ascii: ";") }
    if isWithin { return }
    comments.append(
      Comment(
        source: source, range: offset..<line.upperBound,
        list: start..<(start + (list.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0)),
        removal: Suppressions.removal(of: before, line, in: source)))
    let first = suppressions.count
    for rule in list.split(whereSeparator: { $0 == UInt8(ascii: ",") || $0 <= 0x20 }) {
      let scope = Scope(
        rule: String(decoding: rule, as: UTF8.self), source: ObjectIdentifier(source),
        line: isAlone ? nil : position.line)
      isUsed[scope] = false
      suppressions.append(
        Suppression(
          reason: String(reason.drop(while: \.isWhitespace)), comment: comments.count - 1,
          scope: scope))
    }
    comments[comments.count - 1].suppressions = first..<suppressions.count
  }

  /// What is taken out with a comment: from its semicolon, which ends what stands `before` its
  /// keyword, and the blanks before that; the whole line where nothing else stands on it.
  private static func removal(
    of before: [UInt8], _ line: Range<Int>, in source: SourceFile
  ) -> Range<Int> {
    let semicolon = before.lastIndex(of: UInt8(ascii: ";")) ?? before.endIndex
    guard let last = before[..<semicolon].lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else {
      let isEnded = source.octets(in: line.upperBound..<(line.upperBound + 1)) == [0x0A]
      return line.lowerBound..<(line.upperBound + (isEnded ? 1 : 0))
    }
    return (line.lowerBound + last + 1)..<line.upperBound
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
    for scope in scopes(of: finding) where isUsed[scope] != nil {
      isUsed[scope] = true
      isSuppressed = true
    }
    return isSuppressed
  }

  /// Where the rule of a finding can be switched off for it: in the whole file or on one of its
  /// lines; in any file if it has no place.
  private func scopes(of finding: Finding) -> [Scope] {
    guard let location = finding.location else {
      return isUsed.keys.filter { $0.rule == finding.rule && $0.line == nil }
    }
    let source = ObjectIdentifier(location.source)
    let first = location.start.line
    let lines = first...max(first, location.end.line)
    return [Scope(rule: finding.rule, source: source, line: nil)]
      + lines.map { Scope(rule: finding.rule, source: source, line: $0) }
  }

  /// What is wrong with the comments themselves; to be asked after `apply`.
  func findings(_ configuration: LintConfiguration) -> [Finding] {
    suppressions.compactMap { suppression in
      let message: String
      let id: String
      if Rule.find(suppression.rule) == nil {
        id = Rule.suppressionMalformed.id
        message = "\(UnknownRule(id: LintText.quoted(suppression.rule)))"
      } else if suppression.reason.isEmpty {
        id = Rule.suppressionMalformed.id
        message = "no reason given for disabling \(suppression.rule)"
      } else if isUnused(suppression, configuration) {
        id = Rule.suppressionUnused.id
        message = "\(suppression.rule) finds nothing here"
      } else {
        return nil
      }
      let isUnused = id == Rule.suppressionUnused.id
      return Finding(
        rule: id, severity: .warning, message: message,
        at: comments[suppression.comment].location, help: Rule.find(id)?.remedy,
        fix: isUnused ? removal(ofUnusedIn: suppression.comment, configuration) : nil)
    }
  }

  private func isUnused(
    _ suppression: Suppression, _ configuration: LintConfiguration
  ) -> Bool {
    guard isUsed[suppression.scope] != true, let rule = Rule.find(suppression.rule) else {
      return false
    }
    return configuration.includes(rule) && !undecided.contains(rule.id)
  }

  /// Takes the unused rules out of a comment, and the comment itself where no rule is left. The
  /// findings of one comment have one fix.
  private func removal(ofUnusedIn comment: Int, _ configuration: LintConfiguration) -> Fix {
    let kept = suppressions[comments[comment].suppressions]
      .filter { !isUnused($0, configuration) }.map(\.rule)
    let comment = comments[comment]
    let edit =
      kept.isEmpty
      ? Edit(Location(comment.source, comment.removal), replacement: [])
      : Edit(
        Location(comment.source, comment.list), replacement: Array(kept.joined(separator: ",").utf8)
      )
    return Fix(title: kept.isEmpty ? "remove the comment" : "remove the rule", edits: [edit])
  }
}

extension Rule {
  static let suppressionRules: [Rule] = [suppressionUnused, suppressionMalformed]

  fileprivate static let suppressionUnused = Rule(
    "suppression-unused", "comment that switches off nothing", .warning, group: .syntax,
    rationale: "Left behind, it would hide the next fault of that kind.",
    reference: "zonecut", remedy: "remove the comment",
    triggering: ["a IN A 192.0.2.1 ; ↓zonecut:disable=name-host-chars -- was a_b once"],
    nonTriggering: ["a_b IN A 192.0.2.1 ; zonecut:disable=name-host-chars -- the vendor wants it"],
    fix: .asFound("remove the comment"),
    check: .reader)

  fileprivate static let suppressionMalformed = Rule(
    "suppression-malformed", "comment that does not say what or why", .warning, group: .syntax,
    rationale: "A rule is switched off for a reason that the next reader can judge.",
    reference: "zonecut",
    remedy: "write '; zonecut:disable=RULE -- reason'",
    triggering: [
      "a_b IN A 192.0.2.1 ; ↓zonecut:disable=name-host-chars",
      "a IN A 192.0.2.1 ; ↓zonecut:disable=name-host-char -- misspelt",
    ],
    nonTriggering: ["a_b IN A 192.0.2.1 ; zonecut:disable=name-host-chars -- the vendor wants it"],
    check: .reader)
}
