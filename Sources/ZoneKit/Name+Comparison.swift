extension Name {
  /// An octet with ASCII capitals made small (RFC 4343 section 3). A label's length (at most 63)
  /// is below the letters, so a whole wire form can be folded octet by octet.
  @inline(__always)
  static func lowercase(_ octet: UInt8) -> UInt8 {
    octet &- UInt8(ascii: "A") < 26 ? octet | 0x20 : octet
  }

  static func equalFolded(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    let a = a.span
    let b = b.span
    for index in a.indices where a[index] != b[index] && lowercase(a[index]) != lowercase(b[index])
    {
      return false
    }
    return true
  }
}

extension Name: Hashable {
  /// Equality without regard to ASCII case (RFC 4343).
  public static func == (a: Name, b: Name) -> Bool { equalFolded(a.wire, b.wire) }

  /// Hashes the octets with ASCII letters in lower case.
  public func hash(into hasher: inout Hasher) {
    for octet in wire { hasher.combine(Name.lowercase(octet)) }
  }
}

extension Name: Comparable {
  /// Canonical DNS name order (RFC 4034 section 6.1): label by label from the right, each as
  /// lower-case octets, a shorter label first; an ancestor before what lies below it.
  public static func < (a: Name, b: Name) -> Bool {
    let aStarts = a.labelStarts
    let bStarts = b.labelStarts
    var (i, j) = (aStarts.count, bStarts.count)
    while i > 0, j > 0 {
      (i, j) = (i - 1, j - 1)
      let x = a.wire[aStarts[i]...].dropFirst().prefix(Int(a.wire[aStarts[i]]))
      let y = b.wire[bStarts[j]...].dropFirst().prefix(Int(b.wire[bStarts[j]]))
      for (p, q) in zip(x, y) {
        let (p, q) = (lowercase(p), lowercase(q))
        if p != q { return p < q }
      }
      if x.count != y.count { return x.count < y.count }
    }
    return i < j
  }

  private var labelStarts: [Int] {
    var starts: [Int] = []
    var index = wire.startIndex
    while wire[index] != 0 {
      starts.append(index)
      index += 1 + Int(wire[index])
    }
    return starts
  }
}
