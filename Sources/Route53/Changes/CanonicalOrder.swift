import RecordSets
import ZoneKit

extension Sequence<RecordSet> {
  /// The sets in order of their keys. Each owner's place is worked out once, not at every
  /// comparison, which matters for large zones.
  var inCanonicalOrder: [RecordSet] {
    let placed = map { (place: $0.owner.canonicalPlace, set: $0) }
    return placed.indices.sorted { a, b in
      let (a, b) = (placed[a], placed[b])
      if a.place != b.place { return a.place.lexicographicallyPrecedes(b.place) }
      return a.set.key < b.set.key
    }.map { placed[$0].set }
  }
}

extension Name {
  /// Octets whose order is the canonical order of names (RFC 4034 section 6.1): the labels from the
  /// right in lower case, each octet above zero, a zero behind each.
  fileprivate var canonicalPlace: [UInt16] {
    var place: [UInt16] = []
    place.reserveCapacity(wire.count)
    for label in labels.reversed() {
      for octet in label {
        let isCapital = octet &- UInt8(ascii: "A") < 26
        place.append(UInt16(isCapital ? octet | 0x20 : octet) + 1)
      }
      place.append(0)
    }
    return place
  }
}
