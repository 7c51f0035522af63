import RecordSets
import ZoneKit

extension Sequence<RecordSet> {
  /// The sets in order of their keys. Each owner's place is worked out once, not at every
  /// comparison, which matters for large zones.
  var inCanonicalOrder: [RecordSet] {
    let sets = Array(self)
    var places = CanonicalPlaces()
    for set in sets { places.append(set.owner) }
    let isBefore = { (a: Int, b: Int) in places.isBefore(a, b) ?? (sets[a].key < sets[b].key) }
    // Often they stand in order already.
    if sets.indices.dropFirst().allSatisfy({ !isBefore($0, $0 - 1) }) { return sets }
    return sets.indices.sorted(by: isBefore).map { sets[$0] }
  }
}

/// Names in a form whose octets sort as the names do in canonical order (RFC 4034 section 6.1): the
/// labels from the right in lower case with a zero behind each; the octets 0 and 1 are told from it
/// by a 1 before them. All in one buffer.
private struct CanonicalPlaces {
  private var octets: [UInt8] = []
  private var ends = [0]

  mutating func append(_ name: Name) {
    var starts = InlineArray<128, UInt8>(repeating: 0)
    var count = 0
    let wire = name.wire
    var index = wire.startIndex
    while wire[index] != 0 {
      starts[count] = UInt8(index - wire.startIndex)
      count += 1
      index += 1 + Int(wire[index])
    }
    while count > 0 {
      count -= 1
      let start = wire.startIndex + Int(starts[count]) + 1
      for octet in wire[start..<(start + Int(wire[start - 1]))] {
        let isCapital = octet &- UInt8(ascii: "A") < 26
        if octet < 2 { octets.append(1) }
        octets.append(octet < 2 ? octet + 1 : isCapital ? octet | 0x20 : octet)
      }
      octets.append(0)
    }
    ends.append(octets.count)
  }

  /// Whether one name stands before another; nil if they are the same.
  func isBefore(_ a: Int, _ b: Int) -> Bool? {
    var (i, j) = (ends[a], ends[b])
    let (m, n) = (ends[a + 1], ends[b + 1])
    while i < m, j < n {
      if octets[i] != octets[j] { return octets[i] < octets[j] }
      i += 1
      j += 1
    }
    return i == m && j == n ? nil : i == m
  }
}
