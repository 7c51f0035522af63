import CPlatform
import Diagnostics
import ZoneKit

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes a directory as a whole or not at all: into a temporary one beside it, which then takes
/// its name.
public struct DirectoryWriter: Sendable {
  /// Called before each operation on the file system with its name; what it throws is treated as
  /// that operation's failure. For tests.
  public var fault: @Sendable (_ operation: String) throws(DirectoryError) -> Void

  /// A writer.
  public init(
    fault: @escaping @Sendable (_ operation: String) throws(DirectoryError) -> Void = {
      _ throws(DirectoryError) in
    }
  ) {
    self.fault = fault
  }

  /// Writes files into a new directory.
  ///
  /// - Parameters:
  ///   - files: their paths are relative, of plain components.
  ///   - path: the directory; there must be none, or an empty one, unless it may be replaced.
  ///   - marker: the file that tells a directory of this kind; nil if an existing one must not be
  ///     replaced.
  /// - Throws: `DirectoryError`; the directory is then as it was.
  public func write(
    _ files: [PlanFiles.File], to path: String, replacing marker: String? = nil
  ) throws(DirectoryError) {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    let target = String(path)
    let existing = try Self.look(at: target)
    if case .directory(let entries) = existing, !entries.isEmpty {
      guard let marker else {
        throw DirectoryError("\(target): exists; --replace replaces it")
      }
      try Self.checkReplaceable(target, entries, marker, files)
    }
    let signals = HeldSignals()
    defer { signals.release() }
    let temporary = try makeTemporary(beside: target)
    do throws(DirectoryError) {
      try fill(temporary, with: files)
      try moveIntoPlace(temporary, target, existing)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw error
    }
    // After an exchange the former directory has the temporary name.
    try? FileManager.default.removeItem(atPath: temporary)
  }

  /// Makes a directory in which others are to be written, and those above it, where there is none.
  public static func makeParent(_ path: String) throws(DirectoryError) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)[...]
    var made = ""
    while let part = parts.popFirst() {
      made += part
      // What exists already is no failure here: the files in it show whether it will do.
      if !part.isEmpty, unsafe mkdir(made, 0o777) != 0, errno != EEXIST {
        throw DirectoryError(made, errno)
      }
      made += "/"
    }
  }

  // MARK: - What is there

  private enum Existing {
    case nothing
    case directory([String])
  }

  private static func look(at path: String) throws(DirectoryError) -> Existing {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT { return .nothing }
      throw DirectoryError(path, errno)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw DirectoryError("\(path): exists and is no directory")
    }
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw DirectoryError(path, errno)
    }
    return .directory(entries.sorted())
  }

  /// Refuses to replace what is not plainly the output of an earlier run, or was worked with.
  private static func checkReplaceable(
    _ path: String, _ entries: [String], _ marker: String, _ files: [PlanFiles.File]
  ) throws(DirectoryError) {
    guard entries.contains(marker), isOurs(path + "/" + marker) else {
      throw DirectoryError(
        "\(path): is not replaced: it holds no \(marker) of zonecut; choose another directory")
    }
    if let record = entries.first(where: PlanFiles.recordsOfARun.contains) {
      throw DirectoryError(
        "\(path): is not replaced: \(record) shows that the migration has begun; write the new "
          + "plan to a new directory with --delegation-from \(path), and keep this one")
    }
    if let stranger = entries.first(where: { !PlanFiles.topLevelNames.contains($0) }) {
      throw DirectoryError(
        "\(path): is not replaced: it holds \(stranger), which zonecut did not write; move it "
          + "away, or choose another directory")
    }
  }

  /// Whether a file is a document that zonecut wrote.
  private static func isOurs(_ path: String) -> Bool {
    guard let source = try? SourceFile.open(path: path),
      let document = try? JSONReader.read(source),
      case .string(let name)? = document["schema"]?["name"]?.kind
    else { return false }
    return ["zonecut.plan", "zonecut.batches", "zonecut.portfolio"].contains(name)
  }

  // MARK: - Writing

  /// How many names are tried for the temporary directory.
  private static let mostAttempts = 100

  private func makeTemporary(beside target: String) throws(DirectoryError) -> String {
    let slash = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
    let (folder, name) = (target[..<slash], target[slash...])
    guard !name.isEmpty, name != ".", name != ".." else {
      throw DirectoryError("\(target): cannot be written as a whole; name a directory in it")
    }
    for attempt in 0..<Self.mostAttempts {
      let path = "\(folder).\(name).zonecut-\(getpid())-\(attempt)"
      try fault("mkdir \(path)")
      if unsafe mkdir(path, 0o777) == 0 { return path }
      if errno == ENOENT {
        throw DirectoryError(
          "\(target): there is no directory \(folder) to write it into; make that first")
      }
      if errno != EEXIST { throw DirectoryError(target, errno) }
    }
    throw DirectoryError(target, EEXIST)
  }

  private func fill(_ folder: String, with files: [PlanFiles.File]) throws(DirectoryError) {
    var made: Set<Substring> = []
    for file in files {
      var end = file.path.startIndex
      while let slash = file.path[end...].firstIndex(of: "/") {
        let parent = file.path[..<slash]
        if made.insert(parent).inserted {
          try fault("mkdir \(parent)")
          let path = "\(folder)/\(parent)"
          guard unsafe mkdir(path, 0o777) == 0 else { throw DirectoryError(path, errno) }
        }
        end = file.path.index(after: slash)
      }
      try write(file.octets, to: "\(folder)/\(file.path)")
    }
    // Only now, so that the disk has work while others are written.
    try synchronize(files.map { "\(folder)/\($0.path)" })
    try synchronize([folder])
  }

  private func write(_ octets: [UInt8], to path: String) throws(DirectoryError) {
    try fault("open \(path)")
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let descriptor = unsafe open(path, flags, 0o666)
    guard descriptor >= 0 else { throw DirectoryError(path, errno) }
    defer { close(descriptor) }
    var written = 0
    while written < octets.count {
      try fault("write \(path)")
      let count = unsafe octets.withUnsafeBytes {
        unsafe Self.systemWrite(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw DirectoryError(path, errno)
      }
      written += count
    }
    begin_writing(descriptor)
  }

  private static func systemWrite(
    _ descriptor: Int32, _ octets: UnsafeRawPointer, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.write(descriptor, octets, count)
    #else
      unsafe Musl.write(descriptor, octets, count)
    #endif
  }

  /// How many files are waited for at a time: a disk takes many in hardly more time than one.
  private static let filesAtOnce = 8

  /// Waits until files, or directories' lists of entries, are on disk.
  private func synchronize(_ paths: [String]) throws(DirectoryError) {
    for path in paths { try fault("fsync \(path)") }
    let (failures, _) = concurrentMap(paths.count, threads: Self.filesAtOnce) {
      Self.synchronize(paths[$0])
    } beside: {
    }
    if let failure = failures.lazy.compactMap({ $0 }).first { throw failure }
  }

  /// Waits for one; the failure, if there is one.
  private static func synchronize(_ path: String) -> DirectoryError? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return DirectoryError(path, errno) }
    defer { close(descriptor) }
    return fsync(descriptor) == 0 ? nil : DirectoryError(path, errno)
  }

  private func moveIntoPlace(
    _ temporary: String, _ target: String, _ existing: Existing
  ) throws(DirectoryError) {
    if case .directory(let entries) = existing, !entries.isEmpty {
      try fault("exchange \(target)")
      guard unsafe exchange_paths(temporary, target) == 0 else {
        throw DirectoryError(target, errno)
      }
    } else {
      // An empty directory gives way; one that has been filled meanwhile does not.
      try fault("rename \(target)")
      guard unsafe rename(temporary, target) == 0 else { throw DirectoryError(target, errno) }
    }
  }
}

/// Why a directory was not written.
public struct DirectoryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened, without a final full stop.
  public let description: String

  /// A failure in words.
  public init(_ description: String) { self.description = description }

  /// A failure of the system.
  init(_ path: String, _ errno: Int32) {
    description = "\(path): \(unsafe String(cString: strerror(errno)))"
  }
}
