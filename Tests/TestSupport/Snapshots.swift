import Foundation
public import Testing

/// Compares `text` with the file `Tests/__Snapshots__/<test target>/<name>` and shows the lines
/// that differ. With `RECORD_SNAPSHOTS=1` in the environment the file is written instead.
///
/// The folder stands beside the test targets, not inside them: the package manager warns of files
/// in a target that it does not know.
public func expectSnapshot(
  _ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let target = sourceLocation.fileID.prefix { $0 != "/" }
  let folder = packageRoot + "/Tests/__Snapshots__/" + target
  let path = folder + "/" + name
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    do {
      let parent = path[..<(path.lastIndex(of: "/") ?? path.endIndex)]
      try FileManager.default.createDirectory(
        atPath: String(parent), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      Issue.record("cannot write the snapshot \(path): \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let data = FileManager.default.contents(atPath: path) else {
    Issue.record(
      "no snapshot \(path): run once with RECORD_SNAPSHOTS=1 and read what it wrote",
      sourceLocation: sourceLocation)
    return
  }
  guard Array(data) != Array(text.utf8) else { return }
  let difference = lineDifference(from: String(decoding: data, as: UTF8.self), to: text)
  Issue.record(
    """
    the text differs from its snapshot \(name) (- expected, + found):
    \(difference)
    RECORD_SNAPSHOTS=1 accepts the text as it is now
    """, sourceLocation: sourceLocation)
}

/// The lines that differ, each with its number; at most 60, as the rest rarely says more.
func lineDifference(from expected: String, to found: String) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = found.split(separator: "\n", omittingEmptySubsequences: false)
  var changes: [(line: Int, text: String)] = []
  for change in new.difference(from: old) {
    switch change {
    case .remove(let offset, let element, _):
      changes.append((offset, "-\(offset + 1): \(element.debugDescription)"))
    case .insert(let offset, let element, _):
      changes.append((offset, "+\(offset + 1): \(element.debugDescription)"))
    }
  }
  if changes.isEmpty { return "(the same lines: a difference of Unicode form or line ends)" }
  let shown = changes.enumerated().sorted {
    ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
  }
  let lines = shown.prefix(60).map(\.element.text)
  let more = shown.count > 60 ? ["... and \(shown.count - 60) more"] : []
  return (lines + more).joined(separator: "\n")
}
