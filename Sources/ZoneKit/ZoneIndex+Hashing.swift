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
    /// Of a name at or below the apex, the hash of the labels in front of the apex.
    var hash: UInt64
    /// How many octets it takes.
    var count: Int
    var place: Place
  }

  /// Takes a look at the name at `offset`.
  static func locate(
    _ octets: Span<UInt8>, at offset: Int, _ apex: Span<UInt8>, seed: UInt64 = Name.hashSeed
  ) -> Located {
    let end = offset + wireCount(octets, at: offset)
    return locate(octets, at: offset, endingAt: end, apex, seed: seed)
      ?? Located(
        hash: Name.foldedHash(octets, at: offset, count: end - offset, seed: seed),
        count: end - offset, place: .outside)
  }

  /// Takes a look at the name at `offset`, which may end at `end`; nil unless it does, and lies at
  /// or below the apex.
  @inline(__always)
  static func locate(
    _ octets: Span<UInt8>, at offset: Int, endingAt end: Int, _ apex: Span<UInt8>, seed: UInt64
  ) -> Located? {
    let border = end &- apex.count
    var label = offset
    var depth = 0
    while label < border {
      let count = Int(octets[label])
      guard count > 0 else { return nil }
      label &+= 1 &+ count
      depth &+= 1
    }
    // From the border on there must be the apex, with its end: so that is where the name ends.
    guard label == border, isSame(octets, border, apex, 0, count: apex.count) else { return nil }
    return Located(
      hash: Name.foldedHash(octets, at: offset, count: border &- offset, seed: seed),
      count: end &- offset, place: depth > 1 ? .deepInside : .inside)
  }

  /// Whether the first `count` octets of two names are the same but for letter case. Lengths of
  /// labels are below the letters, so that a name's octets are all that decides.
  @inline(__always)
  static func isSame(_ a: Span<UInt8>, _ i: Int, _ b: Span<UInt8>, _ j: Int, count: Int) -> Bool {
    guard i &+ count <= a.count, j &+ count <= b.count else { return false }
    guard count >= 8 else {
      for offset in 0..<count
      where Name.lowercase(a[i &+ offset]) != Name.lowercase(b[j &+ offset]) { return false }
      return true
    }
    // The last word overlaps the one before it.
    let last = count &- 8
    var offset = 0
    while true {
      let (u, v) = (a.word(at: i &+ offset), b.word(at: j &+ offset))
      if u.bits != v.bits, u.lowercased != v.lowercased { return false }
      if offset == last { return true }
      offset = min(offset &+ 8, last)
    }
  }

  /// The number of the name at `offset` of some octets.
  func number(_ octets: Span<UInt8>, at offset: Int, _ name: Located) -> Int? {
    let stored = zone.octets.span
    let place = table.find(name.hash) {
      ZoneIndex.isSame(
        stored, self.offset(ofName: number($0)), octets, offset, count: name.count)
    }
    return place.number.map(number)
  }

  /// Owners have the first numbers, empty non-terminals those behind them.
  @inline(__always)
  private func number(_ number: NameTable.Number) -> Int {
    switch number {
    case .owner(let number): number
    case .other(let number): ownerCount + number
    }
  }

  func find(_ name: Name) -> Int? {
    let wire = name.wire.span
    return number(wire, at: 0, ZoneIndex.locate(wire, at: 0, zone.apex.wire.span))
  }
}
