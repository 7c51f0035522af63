import Foundation

/// Compares text with the golden file of that name in `__Snapshots__` beside the calling test.
/// With `RECORD_SNAPSHOTS=1` in the environment the file is written instead.
///
/// - Returns: nil if they agree, else the first line that differs, for `#expect(... == nil)`.
/// - Throws: what the file system says, as when there is no such file yet.
public func snapshotMismatch(
  _ actual: String, named name: String, file: String = #filePath
) throws -> String? {
  let url = URL(filePath: file).deletingLastPathComponent()
    .appending(components: "__Snapshots__", name)
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(actual.utf8).write(to: url)
    return nil
  }
  let expected = String(decoding: try Data(contentsOf: url), as: UTF8.self)
  if actual == expected { return nil }
  let found = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
  for line in 0..<max(found.count, wanted.count) {
    let here = line < found.count ? String(found[line]) : "(end)"
    let there = line < wanted.count ? String(wanted[line]) : "(end)"
    if here != there { return "\(name):\(line + 1): found '\(here)', expected '\(there)'" }
  }
  return "\(name): line endings differ"
}
