#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files that are on the disk when a call returns, and never there in part.
public enum WholeFile {
  /// Writes a file: into a temporary one beside it, which then takes its name.
  ///
  /// - Parameter replaces: whether a file that is there gives way.
  /// - Throws: `DirectoryError`; the file is then as it was.
  public static func write(
    _ octets: [UInt8], to path: String, replacing replaces: Bool = true
  ) throws(DirectoryError) {
    let signals = HeldSignals()
    defer { signals.release() }
    let temporary = "\(path).zonecut-\(getpid())"
    do throws(DirectoryError) {
      try write(octets, at: 0, to: temporary, flags: O_CREAT | O_EXCL | O_NOFOLLOW)
      try checkFree(path, unless: replaces)
      guard unsafe rename(temporary, path) == 0 else { throw DirectoryError(path, errno) }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    try synchronizeFolder(folder.isEmpty ? "/" : folder)
  }

  /// Gives a file other octets: as a whole, with its mode, and its owner where that is allowed.
  /// A symbolic link stays, and the file that it leads to is rewritten.
  ///
  /// - Throws: `DirectoryError`; the file is then as it was.
  public static func rewrite(_ path: String, with octets: [UInt8]) throws(DirectoryError) {
    guard let real = unsafe realpath(path, nil) else { throw DirectoryError(path, errno) }
    defer { unsafe free(real) }
    let target = unsafe String(cString: real)
    var status = stat()
    guard unsafe lstat(target, &status) == 0 else { throw DirectoryError(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DirectoryError("\(path): is no regular file, and is not rewritten")
    }
    guard unsafe access(target, W_OK) == 0 else { throw DirectoryError(path, errno) }
    let signals = HeldSignals()
    defer { signals.release() }
    let temporary = "\(target).zonecut-\(getpid())"
    do throws(DirectoryError) {
      try write(octets, at: 0, to: temporary, flags: O_CREAT | O_EXCL | O_NOFOLLOW)
      // Only root may give files away; elsewhere the file becomes the caller's own.
      _ = unsafe chown(temporary, status.st_uid, status.st_gid)
      guard unsafe chmod(temporary, status.st_mode & 0o7777) == 0,
        unsafe rename(temporary, target) == 0
      else { throw DirectoryError(path, errno) }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
    try synchronizeFolder(String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)]) + "/")
  }

  /// Sees that there is no file yet, unless it may be replaced.
  public static func checkFree(_ path: String, unless replaces: Bool) throws(DirectoryError) {
    if !replaces, unsafe access(path, F_OK) == 0 {
      throw DirectoryError("\(path): exists; --replace replaces it")
    }
  }

  /// Writes octets from an offset on, which becomes the end of what was there.
  ///
  /// - Throws: `DirectoryError`.
  public static func append(
    _ octets: [UInt8], at offset: Int, to path: String
  ) throws(DirectoryError) {
    try write(octets, at: offset, to: path, flags: O_CREAT)
  }

  private static func write(
    _ octets: [UInt8], at offset: Int, to path: String, flags: Int32
  ) throws(DirectoryError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | flags, 0o666)
    guard descriptor >= 0 else { throw DirectoryError(path, errno) }
    defer { close(descriptor) }
    guard ftruncate(descriptor, off_t(offset)) == 0 else { throw DirectoryError(path, errno) }
    var written = 0
    while written < octets.count {
      let count = unsafe octets.withUnsafeBytes {
        unsafe pwrite(
          descriptor, $0.baseAddress! + written, $0.count - written, off_t(offset + written))
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw DirectoryError(path, errno)
      }
      written += count
    }
    guard fsync(descriptor) == 0 else { throw DirectoryError(path, errno) }
  }

  /// Brings the names of a folder's files to the disk.
  static func synchronizeFolder(_ folder: String) throws(DirectoryError) {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DirectoryError(folder, errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw DirectoryError(folder, errno) }
  }
}

/// A plan's directory held by one process: a second one that applies it is refused.
public struct HeldDirectory: ~Copyable {
  private let descriptor: Int32

  /// Takes hold of a directory.
  ///
  /// - Throws: `DirectoryError` if it cannot be opened, or another process holds it.
  public static func hold(_ path: String) throws(DirectoryError) -> HeldDirectory {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DirectoryError(path, errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let error =
        errno == EWOULDBLOCK
        ? DirectoryError("\(path): another zonecut is applying this plan") : .init(path, errno)
      close(descriptor)
      throw error
    }
    return HeldDirectory(descriptor: descriptor)
  }

  deinit { close(descriptor) }
}
