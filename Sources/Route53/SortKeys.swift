import ZoneKit

/// Texts that things are sorted by: by their octets, a text before one that goes on. All in one
/// buffer, each made once and not at every comparison.
struct SortKeys {
  private var octets: [UInt8] = []
  private var ends = [0]

  /// Room for so many keys.
  init(count: Int) {
    ends.reserveCapacity(count + 1)
    octets.reserveCapacity(32 * count)
  }

  /// Adds a key: what `write` appends.
  mutating func append(_ write: (inout [UInt8]) -> Void) {
    write(&octets)
    ends.append(octets.count)
  }

  /// The indices of the keys in their order, those of equal keys as `isTieBefore` says; nil if they
  /// stand in order as they are.
  func order(ties isTieBefore: (Int, Int) -> Bool) -> [Int]? {
    let indices = 0..<(ends.count - 1)
    let start = commonCount
    let heads = indices.map { head(of: $0, from: start) }
    func isBefore(_ a: Int, _ b: Int) -> Bool {
      if heads[a] != heads[b] { return heads[a] < heads[b] }
      return comparison(a, b, from: start).map { $0 < 0 } ?? isTieBefore(a, b)
    }
    if indices.dropFirst().allSatisfy({ !isBefore($0, $0 - 1) }) { return nil }
    return indices.sorted(by: isBefore)
  }

  /// How many octets all keys begin with alike, as names of one zone do.
  private var commonCount: Int {
    guard ends.count > 1 else { return 0 }
    var common = ends[1]
    for key in 1..<(ends.count - 1) {
      let start = ends[key]
      common = min(common, ends[key + 1] - start)
      var same = 0
      while same < common, octets[start + same] == octets[same] { same += 1 }
      common = same
    }
    return common
  }

  /// Eight octets of a key as a number that sorts as they do, zeros behind its end.
  private func head(of key: Int, from offset: Int) -> UInt64 {
    let start = ends[key] + offset
    var head: UInt64 = 0
    for index in start..<(start + 8) {
      head = head << 8 | (index < ends[key + 1] ? UInt64(octets[index]) : 0)
    }
    return head
  }

  /// Below zero if the one key stands before the other; nil if they are equal.
  private func comparison(_ a: Int, _ b: Int, from offset: Int) -> Int? {
    var (i, j) = (ends[a] + offset, ends[b] + offset)
    let (m, n) = (ends[a + 1], ends[b + 1])
    while i < m, j < n {
      if octets[i] != octets[j] { return Int(octets[i]) - Int(octets[j]) }
      i += 1
      j += 1
    }
    return i == m && j == n ? nil : (m - i) - (n - j)
  }
}

extension Name {
  /// Lends the labels from the right, the root left out.
  func forEachLabelFromRight(_ body: (Span<UInt8>) -> Void) {
    var starts = InlineArray<128, UInt8>(repeating: 0)
    var count = 0
    let wire = wire.span
    var index = 0
    while wire[index] != 0 {
      starts[count] = UInt8(index)
      count += 1
      index += 1 + Int(wire[index])
    }
    while count > 0 {
      count -= 1
      let start = Int(starts[count]) + 1
      body(wire.extracting(start..<(start + Int(wire[start - 1]))))
    }
  }
}
