extension ZoneIndex {
  /// The owners in a part of a zone's records. Records that follow one another under one owner
  /// share its octets and are one step.
  struct Owners: Sendable {
    /// A step: its first record, and its owner.
    struct Step {
      var name: Located
      var record: UInt32
      var owner: UInt32
      /// Whether its records may repeat one another.
      var mayRepeat: Bool
    }

    /// A name between an owner and the apex.
    struct Ancestor {
      var hash: UInt64
      var offset: UInt32
      /// How many octets its labels take in front of the apex.
      var labelsCount: Int

      /// The name above it.
      func parent(_ octets: Span<UInt8>, seed: UInt64 = Name.hashSeed) -> Ancestor {
        let label = 1 + Int(octets[Int(offset)])
        return Ancestor(
          octets, at: Int(offset) + label, labelsCount: labelsCount - label, seed: seed)
      }

      @inline(__always)
      init(_ octets: Span<UInt8>, at offset: Int, labelsCount: Int, seed: UInt64) {
        hash = Name.foldedHash(octets, at: offset, count: labelsCount, seed: seed)
        self.offset = UInt32(truncatingIfNeeded: offset)
        self.labelsCount = labelsCount
      }
    }

    private(set) var steps: [Step] = []
    /// The names that stand between owners and the apex, next above an owner; each once or a few
    /// times.
    private(set) var ancestors: [Ancestor] = []
    /// Where the part ends.
    let end: Int

    init(of zone: Zone, in range: Range<Int>) {
      let (entries, octets, apex) = (zone.entries.span, zone.octets.span, zone.apex.wire.span)
      let seed = Name.hashSeed
      end = range.upperBound
      // The ancestors last seen, by their hashes.
      var seen = InlineArray<64, Int>(repeating: 0)
      var ancestors: [Ancestor] = []
      steps.append(addingCapacity: range.count) { output in
        var index = range.lowerBound
        while index < range.upperBound {
          let first = index
          let (owner, data) = (entries[first].owner, entries[first].data)
          repeat { index &+= 1 } while index < range.upperBound && entries[index].owner == owner
          // Octets are kept in the order of the text: data stand behind their owner, mostly.
          let name =
            ZoneIndex.locate(octets, at: Int(owner), endingAt: Int(data), apex, seed: seed)
            ?? ZoneIndex.locate(octets, at: Int(owner), apex, seed: seed)
          output.append(
            Step(
              name: name, record: UInt32(truncatingIfNeeded: first), owner: owner,
              mayRepeat: index &- first > 1 && zone.mayRepeat(first..<index)))
          guard name.place == .deepInside else { continue }
          let label = 1 &+ Int(octets[Int(owner)])
          let ancestor = Ancestor(
            octets, at: Int(owner) &+ label, labelsCount: name.count &- label &- apex.count,
            seed: seed)
          let slot = Int(truncatingIfNeeded: ancestor.hash & 63)
          let place = Int(ancestor.offset)
          if seen[slot] > 0,
            ZoneIndex.isSame(octets, seen[slot], octets, place, count: name.count &- label)
          {
            continue
          }
          seen[slot] = place
          ancestors.append(ancestor)
        }
      }
      self.ancestors = ancestors
    }
  }
}

extension Zone {
  /// Whether one of a few records may repeat another: false where the heads of their data differ.
  @inline(__always)
  fileprivate func mayRepeat(_ records: Range<Int>) -> Bool {
    if records.count > 8 { return true }
    var heads = InlineArray<8, UInt64>(repeating: 0)
    for later in 0..<records.count {
      let head = head(ofRecord: records.lowerBound &+ later)
      for first in 0..<later where heads[first] == head { return true }
      heads[later] = head
    }
    return false
  }

  /// The length and the first octets of a record's data, in lower case: where they differ the data
  /// do.
  @inline(__always)
  func head(ofRecord record: Int) -> UInt64 {
    let octets = octets.span
    let start = Int(entries.span[record].data)
    let count = Swift.min(8, 2 &+ (Int(octets[start]) << 8 | Int(octets[start &+ 1])))
    return octets.word(at: start, count: count).lowercased
  }
}
