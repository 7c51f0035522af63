extension ZoneIndex {
  /// How many octets the name at `offset` takes.
  static func wireCount(_ octets: Span<UInt8>, at offset: Int) -> Int {
    var end = offset
    while octets[end] != 0 { end += 1 + Int(octets[end]) }
    return end + 1 - offset
  }

  /// Where the name of `count` octets at `offset` lies.
  @inline(__always)
  static func place(
    of offset: Int, count: Int, _ apex: Span<UInt8>, _ octets: Span<UInt8>
  ) -> Place {
    let end = offset &+ count &- apex.count
    var start = offset
    var depth = 0
    while start < end {
      start &+= 1 &+ Int(octets[start])
      depth &+= 1
    }
    guard start == end, isWritten(octets, start, apex) || isSame(octets, start, apex, 0) else {
      return .outside
    }
    return depth > 1 ? .deepInside : .inside
  }

  /// Whether the octets from `offset` are those of `name`, letter case and all.
  @inline(__always)
  private static func isWritten(_ octets: Span<UInt8>, _ offset: Int, _ name: Span<UInt8>) -> Bool {
    guard name.count >= 8 else { return false }
    var index = name.count &- 8
    while true {
      guard octets.word(at: offset &+ index).bits == name.word(at: index).bits else { return false }
      if index == 0 { return true }
      index = max(0, index &- 8)
    }
  }

  static func isSame(_ a: Span<UInt8>, _ i: Int, _ b: Span<UInt8>, _ j: Int) -> Bool {
    var (i, j) = (i, j)
    while true {
      guard a[i] == b[j] else { return false }
      if a[i] == 0 { return true }
      let end = i + Int(a[i])
      while i < end {
        i &+= 1
        j &+= 1
        if a[i] != b[j], Name.lowercase(a[i]) != Name.lowercase(b[j]) { return false }
      }
      i += 1
      j += 1
    }
  }

  func find(_ name: Name) -> Int? {
    let wire = name.wire.span
    let span = zone.octets.span
    let hash = Name.foldedHash(wire, at: 0)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let node = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
      if slots[slot] >> 32 == hash >> 32,
        ZoneIndex.isSame(span, Int(nodes[node].name), wire, 0)
      {
        return node
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
