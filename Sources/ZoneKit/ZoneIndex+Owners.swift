extension ZoneIndex {
  /// The owners in a part of a zone's records. Records that follow one another under one owner
  /// share its octets and are one step.
  struct Owners: Sendable {
    /// The first record of each step.
    private(set) var records: [UInt32] = []
    /// The hashes of their owners.
    private(set) var hashes: [UInt64] = []
    /// Where the part ends.
    let end: Int

    init(of zone: Zone, in range: Range<Int>) {
      let (entries, octets) = (zone.entries.span, zone.octets.span)
      end = range.upperBound
      records.reserveRoom(range.count)
      hashes.reserveRoom(range.count)
      var last: UInt32?
      for index in range {
        let owner = entries[index].owner
        if owner == last { continue }
        last = owner
        records.append(UInt32(truncatingIfNeeded: index))
        hashes.append(Name.foldedHash(octets, at: Int(owner)))
      }
    }
  }
}
