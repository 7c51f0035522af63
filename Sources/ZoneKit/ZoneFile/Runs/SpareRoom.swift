#if canImport(Glibc)
  import Glibc
#endif

extension [UInt8] {
  /// Lends spare room behind the last octet to `body`, which returns how many octets of it it
  /// filled from the front. The array grows by as many.
  ///
  /// - Parameter count: how much room there is at least.
  mutating func fillSpareRoom(atLeast count: Int, _ body: (inout MutableRawSpan) -> Int) {
    append(addingCapacity: Swift.max(count, capacity - self.count)) { output in
      unsafe output.withUnsafeMutableBufferPointer { buffer, filled in
        var room = unsafe MutableRawSpan(_unsafeBytes: UnsafeMutableRawBufferPointer(buffer))
        filled = Swift.min(body(&room), room.byteCount)
      }
    }
  }
}

extension Array where Element: BitwiseCopyable {
  /// Makes room for `count` elements, in huge pages where the system has them and the room is
  /// large: it is ready in a fraction of the time.
  mutating func reserveRoom(_ count: Int) {
    reserveCapacity(count)
    #if canImport(Glibc)
      let octetCount = capacity * MemoryLayout<Element>.stride
      guard octetCount >= 1 << 21 else { return }
      unsafe withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = (Int(bitPattern: base) + page - 1) & -page
        let end = (Int(bitPattern: base) + octetCount) & -page
        // A hint: where it is refused nothing is lost.
        _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
      }
    #endif
  }
}
