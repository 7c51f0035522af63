public import ZoneKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes records to a zone file as they come: into a temporary file, which takes its name when all
/// is there, so that the file is never there in part.
///
/// The temporary file has no name of its own where the file system can do that, and so is gone
/// with the process however that ends.
public final class ZoneFileSink {
  private let path: String
  /// The name beside the file that the temporary one has, or gets for a moment.
  private let temporary: String
  private let isNamed: Bool
  private let descriptor: Int32
  private var pending: [UInt8] = []
  private var isFinished = false

  /// Octets that are gathered before they are written.
  private static let pendingLimit = 1 << 18

  /// Begins a file.
  ///
  /// - Throws: `TransferError` if it cannot be made.
  public init(path: String) throws(TransferError) {
    self.path = path
    temporary = "\(path).zonecut-\(getpid())"
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let unnamed = Self.openUnnamed(in: folder)
    isNamed = unnamed < 0
    descriptor =
      isNamed
      ? unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
      : unnamed
    guard descriptor >= 0 else { throw Self.error(temporary) }
  }

  deinit {
    close(descriptor)
    if isNamed, !isFinished { _ = unsafe unlink(temporary) }
  }

  /// Opens a file without a name; below zero where the system or the file system has none such.
  private static func openUnnamed(in folder: String) -> Int32 {
    #if os(Linux)
      // O_TMPFILE of asm-generic/fcntl.h, a macro that is not imported.
      unsafe open(folder, 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, 0o666)
    #else
      -1
    #endif
  }

  /// Gives the file its temporary name, if it has none yet.
  private func name() -> Bool {
    if isNamed { return true }
    let link = "/proc/self/fd/\(descriptor)"
    return unsafe linkat(AT_FDCWD, link, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0
  }

  /// Adds records, a line each, everything absolute.
  public func append(_ records: [Record]) throws(TransferError) {
    for record in records {
      pending.append(contentsOf: record.description.utf8)
      pending.append(UInt8(ascii: "\n"))
    }
    if pending.count >= Self.pendingLimit { try write() }
  }

  /// Brings the file to the disk, and gives it its name.
  public func finish() throws(TransferError) {
    try write()
    guard fsync(descriptor) == 0, name() else { throw Self.error(path) }
    guard unsafe rename(temporary, path) == 0 else {
      let error = Self.error(path)
      _ = unsafe unlink(temporary)
      throw error
    }
    isFinished = true
  }

  private func write() throws(TransferError) {
    var written = 0
    while written < pending.count {
      let count = unsafe pending.withUnsafeBytes {
        #if canImport(Glibc)
          unsafe Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
        #else
          unsafe Musl.write(descriptor, $0.baseAddress! + written, $0.count - written)
        #endif
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw Self.error(path)
      }
      written += count
    }
    pending.removeAll(keepingCapacity: true)
  }

  private static func error(_ path: String) -> TransferError {
    TransferError("\(path): \(unsafe String(cString: strerror(errno)))")
  }
}
