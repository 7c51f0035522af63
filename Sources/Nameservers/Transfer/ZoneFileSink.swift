public import ZoneKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes records to a zone file as they come: into a temporary file beside it, which takes its
/// name when all is there, so that the file is never there in part.
public final class ZoneFileSink {
  private let path: String
  private let temporary: String
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
    descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.error(temporary) }
  }

  deinit {
    close(descriptor)
    if !isFinished { _ = unsafe unlink(temporary) }
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
    guard fsync(descriptor) == 0, unsafe rename(temporary, path) == 0 else {
      throw Self.error(path)
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
