extension ZoneIndex {
  /// The owners in a part of a zone's records. Records that follow one another under one owner
  /// share its octets and are one step.
  struct Owners: Sendable {
    /// A step: its first record, its owner, where that lies, and its hash.
    struct Step {
      var record: UInt32
      var owner: UInt32
      var hash: UInt64
      var place: Place
    }

    private(set) var steps: [Step] = []
    /// Where the part ends.
    let end: Int

    init(of zone: Zone, in range: Range<Int>) {
      let (entries, octets, apex) = (zone.entries.span, zone.octets.span, zone.apex.wire.span)
      end = range.upperBound
      steps.reserveCapacity(range.count)
      var last: UInt32?
      for index in range {
        let owner = entries[index].owner
        if owner == last { continue }
        last = owner
        let count = ZoneIndex.wireCount(octets, at: Int(owner))
        steps.append(
          Step(
            record: UInt32(truncatingIfNeeded: index), owner: owner,
            hash: Name.foldedHash(octets, at: Int(owner), count: count),
            place: ZoneIndex.place(of: Int(owner), count: count, apex, octets)))
      }
    }
  }

  /// Where a name lies.
  enum Place: UInt8 {
    case outside
    /// At the apex or right below it.
    case inside
    /// With other names between it and the apex.
    case deepInside
  }
}
