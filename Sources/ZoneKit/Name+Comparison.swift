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
    var index = 0
    while index &+ 8 <= a.count {
      let (x, y) = (a.word(at: index), b.word(at: index))
      if x.bits != y.bits, x.lowercased != y.lowercased { return false }
      index &+= 8
    }
    while index < a.count {
      if a[index] != b[index], lowercase(a[index]) != lowercase(b[index]) { return false }
      index &+= 1
    }
    return true
  }
}

extension Name: Hashable {
  /// Equality without regard to ASCII case (RFC 4343).
  public static func == (a: Name, b: Name) -> Bool { equalFolded(a.wire, b.wire) }

  /// Hashes the octets with ASCII letters in lower case.
  public func hash(into hasher: inout Hasher) {
    // One word a name: feeding a hasher octet by octet takes ten times as long.
    hasher.combine(Name.foldedHash(wire.span, at: 0, count: wire.count))
  }

  /// Another for each process, so that nobody can write a zone whose names all collide.
  static let hashSeed = UInt64.random(in: .min ... .max)

  /// A hash of the name at `offset`, letters in lower case, from a random start: eight octets at a
  /// time, each time the two halves of a product with an odd number folded together.
  static func foldedHash(_ octets: Span<UInt8>, at offset: Int) -> UInt64 {
    foldedHash(octets, at: offset, count: ZoneIndex.wireCount(octets, at: offset))
  }

  /// The hash of the first `count` octets of the name at `offset`.
  ///
  /// - Parameter seed: `hashSeed`, which takes a call to get at.
  @inline(__always)
  static func foldedHash(
    _ octets: Span<UInt8>, at offset: Int, count: Int, seed: UInt64 = hashSeed
  ) -> UInt64 {
    var left = count
    var hash = seed ^ UInt64(truncatingIfNeeded: left)
    if left == 0 { return mixed(hash, 0) }
    var index = offset
    while left > 8 {
      hash = mixed(hash, octets.word(at: index).lowercased)
      index &+= 8
      left &-= 8
    }
    return mixed(hash, octets.word(at: index, count: left).lowercased)
  }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}

extension Name: Comparable {
  /// Canonical DNS name order (RFC 4034 section 6.1): label by label from the right, each as
  /// lower-case octets, a shorter label first; an ancestor before what lies below it.
  public static func < (a: Name, b: Name) -> Bool {
    let x = a.wire.span
    let y = b.wire.span
    let xStarts = LabelStarts(x)
    let yStarts = LabelStarts(y)
    var (i, j) = (xStarts.count, yStarts.count)
    while i > 0, j > 0 {
      (i, j) = (i - 1, j - 1)
      let (p, q) = (xStarts[i], yStarts[j])
      let (xCount, yCount) = (Int(x[p]), Int(y[q]))
      for offset in 0..<min(xCount, yCount) {
        let (u, v) = (lowercase(x[p + 1 + offset]), lowercase(y[q + 1 + offset]))
        if u != v { return u < v }
      }
      if xCount != yCount { return xCount < yCount }
    }
    return i < j
  }

  /// Where the labels of a name begin, the root left out: at most 127, kept without allocation.
  private struct LabelStarts {
    private var starts = InlineArray<128, UInt8>(repeating: 0)
    private(set) var count = 0

    init(_ wire: Span<UInt8>) {
      var index = 0
      while wire[index] != 0 {
        starts[count] = UInt8(index)
        count += 1
        index += 1 + Int(wire[index])
      }
    }

    subscript(label: Int) -> Int { Int(starts[label]) }
  }
}
