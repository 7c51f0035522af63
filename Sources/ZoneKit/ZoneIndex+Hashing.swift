extension ZoneIndex {
  /// Where a name lies.
  enum Place: UInt8 {
    case outside
    /// At the apex or right below it.
    case inside
    /// With other names between it and the apex.
    case deepInside
  }

  /// How many octets the name at `offset` takes.
  static func wireCount(_ octets: Span<UInt8>, at offset: Int) -> Int {
    var end = offset
    while octets[end] != 0 { end += 1 + Int(octets[end]) }
    return end + 1 - offset
  }

  /// A name as it is looked for.
  struct Located {
    /// How many octets it takes.
    var count: Int
    var place: Place
    /// Of a name at or below the apex, the hash of the labels in front of the apex.
    var hash: UInt64
  }

  /// Takes a look at the name at `offset`.
  @inline(__always)
  static func locate(
    _ octets: Span<UInt8>, at offset: Int, _ apex: Span<UInt8>
  ) -> Located {
    // Where labels begin, a bit for each octet of a short name.
    var borders: UInt64 = 0
    var end = offset
    while octets[end] != 0 {
      borders |= 1 &<< UInt64(truncatingIfNeeded: end &- offset)
      end &+= 1 &+ Int(octets[end])
    }
    borders |= 1 &<< UInt64(truncatingIfNeeded: end &- offset)
    let count = end &+ 1 &- offset
    let head = count &- apex.count
    var depth = 0
    if count > UInt64.bitWidth {
      depth = labelCount(octets, offset, upTo: head) ?? -1
    } else if head < 0 || borders & 1 &<< UInt64(truncatingIfNeeded: head) == 0 {
      depth = -1
    } else {
      depth = (borders & (1 &<< UInt64(truncatingIfNeeded: head) &- 1)).nonzeroBitCount
    }
    guard depth >= 0,
      isSame(octets, offset &+ head, apex, 0, count: apex.count)
    else {
      return Located(
        count: count, place: .outside, hash: Name.foldedHash(octets, at: offset, count: count))
    }
    return Located(
      count: count, place: depth > 1 ? .deepInside : .inside,
      hash: Name.foldedHash(octets, at: offset, count: head))
  }

  /// How many labels end within the first `count` octets of a name; nil if none ends there.
  private static func labelCount(_ octets: Span<UInt8>, _ offset: Int, upTo count: Int) -> Int? {
    var start = 0
    var labels = 0
    while start < count {
      start += 1 + Int(octets[offset + start])
      labels += 1
    }
    return start == count ? labels : nil
  }

  /// Whether the first `count` octets of two names are the same but for letter case. Lengths of
  /// labels are below the letters, so that a name's octets are all that decides.
  @inline(__always)
  static func isSame(_ a: Span<UInt8>, _ i: Int, _ b: Span<UInt8>, _ j: Int, count: Int) -> Bool {
    guard i &+ count <= a.count, j &+ count <= b.count else { return false }
    var offset = 0
    while offset &+ 8 <= count {
      let (u, v) = (a.word(at: i &+ offset), b.word(at: j &+ offset))
      if u.bits != v.bits, u.lowercased != v.lowercased { return false }
      offset &+= 8
    }
    while offset < count {
      let (u, v) = (a[i &+ offset], b[j &+ offset])
      if u != v, Name.lowercase(u) != Name.lowercase(v) { return false }
      offset &+= 1
    }
    return true
  }

  /// The number of the name at `offset` of some octets.
  func number(_ octets: Span<UInt8>, at offset: Int, _ name: Located) -> Int? {
    let stored = zone.octets.span
    return table.find(name.hash) {
      ZoneIndex.isSame(
        stored, self.offset(ofName: Int($0)), octets, offset, count: name.count)
    }.map(Int.init)
  }

  func find(_ name: Name) -> Int? {
    let wire = name.wire.span
    return number(wire, at: 0, ZoneIndex.locate(wire, at: 0, zone.apex.wire.span))
  }
}
