#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Paths of included files.
enum IncludePath {
  /// A path relative to the directory of the including file; an absolute one as it is.
  static func resolve(_ file: String, from includer: String) -> String {
    if file.utf8.first == UInt8(ascii: "/") { return file }
    let directory = directory(of: includer)
    return directory == "." ? file : directory + "/" + file
  }

  /// The directory part of a path; `.` where it has none.
  static func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether the file lies in the directory, symbolic links followed. True for a file that does
  /// not exist: opening it says so.
  static func isInside(_ path: String, _ directory: String) -> Bool {
    guard let path = real(path) else { return true }
    guard let directory = real(directory) else { return false }
    return directory == "/" || path.hasPrefix(directory + "/")
  }

  static func isSameFile(_ a: String, _ b: String) -> Bool {
    guard let a = real(a), let b = real(b) else { return a == b }
    return a == b
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
