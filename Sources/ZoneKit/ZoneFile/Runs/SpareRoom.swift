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
    #if canImport(Glibc)
      let (hugePage, stride) = (1 << 21, MemoryLayout<Element>.stride)
      // In front of the elements stand the array's own words and those of the allocator. Only what
      // is asked for in whole huge pages is put at their bounds.
      let frontCount = 48
      let octetCount = frontCount + count * stride
      guard octetCount >= hugePage else { return reserveCapacity(count) }
      reserveCapacity(((octetCount + hugePage - 1) & -hugePage - frontCount) / stride)
      unsafe withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let start = Int(bitPattern: base) & -Int(sysconf(Int32(_SC_PAGESIZE)))
        // A hint: where it is refused nothing is lost. The rest, less than a huge page, would cost
        // memory that is not needed.
        _ = unsafe madvise(
          UnsafeMutableRawPointer(bitPattern: start), octetCount & -hugePage, MADV_HUGEPAGE)
      }
    #else
      reserveCapacity(count)
    #endif
  }
}
