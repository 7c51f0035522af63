extension ZoneIndex {
  /// The owners in a part of a zone's records. Records that follow one another under one owner
  /// share its octets and are one step.
  struct Owners: Sendable {
    /// A step: its first record, and its owner.
    struct Step {
      var record: UInt32
      var owner: UInt32
      var name: Located
    }

    private(set) var steps: [Step] = []
    /// Where the names begin that stand between owners and the apex, next above an owner; each
    /// once or a few times.
    private(set) var parents: [UInt32] = []
    /// Where the part ends.
    let end: Int

    init(of zone: Zone, in range: Range<Int>) {
      let (entries, octets, apex) = (zone.entries.span, zone.octets.span, zone.apex.wire.span)
      end = range.upperBound
      // The parents last seen, by their hashes.
      var seen = InlineArray<64, Int>(repeating: 0)
      var parents: [UInt32] = []
      steps.append(addingCapacity: range.count) { output in
        var last: UInt32?
        for index in range {
          let owner = entries[index].owner
          if owner == last { continue }
          last = owner
          let name = ZoneIndex.locate(octets, at: Int(owner), apex)
          output.append(
            Step(record: UInt32(truncatingIfNeeded: index), owner: owner, name: name))
          guard name.place == .deepInside else { continue }
          let place = Int(owner) &+ 1 &+ Int(octets[Int(owner)])
          let parent = ZoneIndex.locate(octets, at: place, apex)
          let slot = Int(truncatingIfNeeded: parent.hash & 63)
          if seen[slot] > 0,
            ZoneIndex.isSame(octets, seen[slot], octets, place, count: parent.count)
          {
            continue
          }
          seen[slot] = place
          parents.append(UInt32(truncatingIfNeeded: place))
        }
      }
      self.parents = parents
    }
  }
}
