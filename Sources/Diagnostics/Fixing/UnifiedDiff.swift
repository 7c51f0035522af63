/// What changed between two versions of a text, by lines, in the unified format of `diff -u`.
public struct UnifiedDiff: Sendable, Hashable {
  /// A stretch of changed lines with those around it.
  struct Hunk: Hashable {
    /// The first line it shows of the old text and of the new, from 0.
    var old: Int
    var new: Int
    var edits: [LineEdit]
  }

  /// How many unchanged lines are shown around a change.
  static let context = 3

  /// What the file is called.
  public let name: String
  private let oldLines: [ArraySlice<UInt8>]
  private let newLines: [ArraySlice<UInt8>]
  let hunks: [Hunk]

  /// The difference between two versions of the file `name`.
  public init(from old: [UInt8], to new: [UInt8], name: String) {
    self.name = name
    oldLines = Self.lines(of: old)
    newLines = Self.lines(of: new)
    // Lines are compared many times: as numbers, each standing for one content.
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func number(_ line: ArraySlice<UInt8>) -> Int {
      let next = numbers.count
      if let known = numbers[line] { return known }
      numbers[line] = next
      return next
    }
    let edits = lineEdits(from: oldLines.map(number), to: newLines.map(number))
    hunks = Self.hunks(of: edits)
  }

  /// True if nothing changed.
  public var isEmpty: Bool { hunks.isEmpty }

  /// The patch, octet for octet, fit for `patch` and `git apply`; empty if nothing changed. For a
  /// file or a pipe: it holds whatever the texts hold.
  public var octets: [UInt8] {
    var result: [UInt8] = []
    for line in rendered() {
      result += line.content
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }

  /// The patch for a terminal: what does not show as itself is written as `<U+XXXX>`.
  public func text(style: Style = .plain) -> String {
    rendered().map { line in
      let shown = String(decoding: line.content, as: UTF8.self)
        .split(separator: "\t", omittingEmptySubsequences: false).map { visible(String($0)) }
        .joined(separator: "\t")
      return (line.role.map { style.mark(shown, $0) } ?? shown) + "\n"
    }
    .joined()
  }

  private typealias RenderedLine = (content: [UInt8], role: Style.Role?)

  private func rendered() -> [RenderedLine] {
    if hunks.isEmpty { return [] }
    var lines: [RenderedLine] = [
      (Array("--- a/\(visible(name))".utf8), .heading),
      (Array("+++ b/\(visible(name))".utf8), .heading),
    ]
    for hunk in hunks {
      let oldCount = hunk.edits.count { $0 != .insert }
      let newCount = hunk.edits.count { $0 != .delete }
      let header =
        "@@ -\(Self.range(hunk.old, oldCount)) +\(Self.range(hunk.new, newCount)) @@"
      lines.append((Array(header.utf8), .info))
      var old = hunk.old
      var new = hunk.new
      for edit in hunk.edits {
        switch edit {
        case .keep: append(" ", oldLines[old], nil, to: &lines)
        case .delete: append("-", oldLines[old], .removed, to: &lines)
        case .insert: append("+", newLines[new], .added, to: &lines)
        }
        if edit != .insert { old += 1 }
        if edit != .delete { new += 1 }
      }
    }
    return lines
  }

  private func append(
    _ mark: Unicode.Scalar, _ line: ArraySlice<UInt8>, _ role: Style.Role?,
    to lines: inout [RenderedLine]
  ) {
    let isWhole = line.last == UInt8(ascii: "\n")
    lines.append(([UInt8(ascii: mark)] + (isWhole ? line.dropLast() : line), role))
    if !isWhole { lines.append((Array("\\ No newline at end of file".utf8), nil)) }
  }

  /// `3,7`: the first line, from 1, and how many. Of no lines, the one before them.
  private static func range(_ first: Int, _ count: Int) -> String {
    if count == 1 { return "\(first + 1)" }
    return "\(count == 0 ? first : first + 1),\(count)"
  }

  /// The lines, each with the LF that ends it.
  private static func lines(of octets: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for (index, octet) in octets.enumerated() where octet == UInt8(ascii: "\n") {
      lines.append(octets[start...index])
      start = index + 1
    }
    if start < octets.count { lines.append(octets[start...]) }
    return lines
  }

  private static func hunks(of edits: [LineEdit]) -> [Hunk] {
    var hunks: [Hunk] = []
    var old = 0
    var new = 0
    // Unchanged lines since the last change.
    var quiet = 0
    for (index, edit) in edits.enumerated() {
      if edit == .keep {
        quiet += 1
      } else {
        if let last = hunks.indices.last, quiet <= 2 * context {
          hunks[last].edits += edits[index - quiet...index]
        } else {
          if let last = hunks.indices.last {
            hunks[last].edits += repeatElement(.keep, count: context)
          }
          let lead = min(quiet, context)
          hunks.append(
            Hunk(old: old - lead, new: new - lead, edits: Array(edits[index - lead...index])))
        }
        quiet = 0
      }
      if edit != .insert { old += 1 }
      if edit != .delete { new += 1 }
    }
    if let last = hunks.indices.last {
      hunks[last].edits += repeatElement(.keep, count: min(quiet, context))
    }
    return hunks
  }
}
