import RecordSets
import ZoneKit

extension Sequence<RecordSet> {
  /// The sets in order of their keys. Each owner's place is worked out once, not at every
  /// comparison, which matters for large zones.
  var inCanonicalOrder: [RecordSet] {
    let sets = Array(self)
    let places = sets.map(\.owner.canonicalPlace)
    let isBefore = { (a: Int, b: Int) in
      if places[a] != places[b] { return places[a].lexicographicallyPrecedes(places[b]) }
      return sets[a].key < sets[b].key
    }
    return sets.indices.sorted(by: isBefore).map { sets[$0] }
  }
}

extension Name {
  /// Octets whose order is the canonical order of names (RFC 4034 section 6.1): the labels from the
  /// right in lower case with a zero behind each; the octets 0 and 1 are told from it by a 1 before
  /// them.
  fileprivate var canonicalPlace: [UInt8] {
    var place: [UInt8] = []
    place.reserveCapacity(wire.count + 8)
    for label in labels.reversed() {
      for octet in label {
        let isCapital = octet &- UInt8(ascii: "A") < 26
        if octet < 2 { place.append(1) }
        place.append(octet < 2 ? octet + 1 : isCapital ? octet | 0x20 : octet)
      }
      place.append(0)
    }
    return place
  }
}
