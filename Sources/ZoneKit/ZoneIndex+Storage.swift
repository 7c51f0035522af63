// The octets behind names and data, for passes over a large zone in which a view for each record
// would cost more than the work.

extension Zone {
  /// Names and data of all records, one behind the other.
  package var storage: [UInt8] { octets }

  /// Where the data of the record at `index` stand in the storage.
  package func dataRange(ofRecord index: Int) -> Range<Int> {
    let start = Int(entries[index].data) + 2
    return start..<(start + (Int(octets[start - 2]) << 8 | Int(octets[start - 1])))
  }

  /// The name that begins at an offset of the storage.
  package func name(at offset: Int) -> Name { Zone.name(at: offset, in: octets) }

  /// The most octets that the data of a record have.
  package var largestDataCount: Int { indices.lazy.map(octetCount).max() ?? 0 }

  /// The smallest and the largest TTL, in seconds; nil without records.
  package var ttlBounds: ClosedRange<UInt32>? {
    guard var low = entries.first?.ttl else { return nil }
    var high = low
    for entry in entries {
      low = Swift.min(low, entry.ttl)
      high = Swift.max(high, entry.ttl)
    }
    return low...high
  }
}

extension ZoneIndex {
  /// Whether the name at an offset of the storage lies at or below the apex, and its number if it
  /// is a name of the zone.
  package func find(nameAt offset: Int) -> (isInside: Bool, number: Int?) {
    let octets = zone.octets.span
    let name = ZoneIndex.locate(octets, at: offset, zone.apex.wire.span)
    if name.place == .outside { return (false, nil) }
    return (true, number(octets, at: offset, name))
  }
}
