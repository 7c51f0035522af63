import Foundation

/// The folder that holds Package.swift, as an absolute path without a final slash.
public let packageRoot: String = {
  // .../Tests/TestSupport/Paths.swift
  var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  parts.removeLast(3)
  return parts.joined(separator: "/")
}()

/// The folder of sample zones with their Route 53 exports.
public let zoneSamples = packageRoot + "/ZoneSamples"

/// The regular files below `folder` whose names end with one of `suffixes`, as absolute paths in
/// order of their octets; all files where no suffix is given, none where the folder is missing.
public func files(below folder: String, ending suffixes: [String] = []) -> [String] {
  guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
  var found: [String] = []
  for case let path as String in walk {
    guard suffixes.isEmpty || suffixes.contains(where: path.hasSuffix) else { continue }
    var isFolder: ObjCBool = false
    let whole = folder + "/" + path
    guard unsafe FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder),
      !isFolder.boolValue
    else { continue }
    found.append(whole)
  }
  return found.sorted()
}

/// Lends the path of a new, empty directory, and removes it with all it holds afterwards.
public func withTemporaryDirectory<Result>(
  _ body: (_ path: String) throws -> Result
) throws -> Result {
  let path = try makeTemporaryDirectory()
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// Lends the path of a new, empty directory, and removes it with all it holds afterwards.
public func withTemporaryDirectory<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: (_ path: String) async throws -> Result
) async throws -> Result {
  let path = try makeTemporaryDirectory()
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try await body(path)
}

private func makeTemporaryDirectory() throws -> String {
  let base = FileManager.default.temporaryDirectory.path
  let path = base + "/zonecut-test-" + UUID().uuidString.lowercased()
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}

/// Where a command lies: the first of that name in the folders of `$PATH`, or in those for
/// administration, which Debian leaves out of an ordinary user's; nil where it is not installed.
public func pathOfTool(_ name: String) -> String? {
  let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  return (path + ":/usr/sbin:/sbin").split(separator: ":").map { "\($0)/\(name)" }
    .first(where: FileManager.default.isExecutableFile)
}
