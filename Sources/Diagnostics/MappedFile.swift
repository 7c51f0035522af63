#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file's octets, mapped read-only into memory for as long as this value lives.
///
/// A file that another process shortens while it is mapped raises SIGBUS on access; that is the
/// price of not copying, and the same as every mapped reader pays.
@safe
struct MappedFile: ~Copyable, @unchecked Sendable {
  private let base: UnsafeRawPointer?
  let count: Int

  private init(base: UnsafeRawPointer?, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// Maps the open file `descriptor` of `count` octets; nil if the system refuses
  /// (a pipe, a device). An empty file maps to nothing and is no failure.
  static func map(descriptor: Int32, count: Int) -> MappedFile? {
    if count == 0 { return empty }
    guard let address = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      unsafe address != MAP_FAILED
    else { return nil }
    unsafe madvise(address, count, MADV_SEQUENTIAL)
    return unsafe MappedFile(base: UnsafeRawPointer(address), count: count)
  }

  /// No file at all.
  static var empty: MappedFile { unsafe MappedFile(base: nil, count: 0) }

  deinit {
    if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }

  func withOctets<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let buffer = unsafe UnsafeRawBufferPointer(start: base, count: count)
    return try unsafe body(Span<UInt8>(_unsafeBytes: buffer))
  }
}
