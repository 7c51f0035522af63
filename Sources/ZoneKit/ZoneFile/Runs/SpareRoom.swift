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
      // In front of the elements stand the array's own words and some of the allocator's.
      let octetCount = 48 + count * stride
      guard octetCount >= hugePage else { return reserveCapacity(count) }
      // With these words it is a page more than whole huge pages. So mappings that the system puts
      // one below the other begin a few pages before a huge page, and what is written in front of
      // the elements before the hint is given spoils none.
      reserveCapacity(((octetCount + hugePage - 1) & -hugePage - 48) / stride)
      unsafe withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = (Int(bitPattern: base) + page - 1) & -page
        // The rest, less than a huge page, would take memory that is not needed.
        let end = (Int(bitPattern: base) + octetCount) & -hugePage
        guard start < end else { return }
        // A hint: where it is refused nothing is lost.
        _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
      }
    #else
      reserveCapacity(count)
    #endif
  }

  /// Appends zeros in room made for them.
  mutating func appendZeros(_ count: Int) where Element: FixedWidthInteger {
    reserveRoom(self.count + count)
    append(contentsOf: repeatElement(0, count: count))
  }
}
