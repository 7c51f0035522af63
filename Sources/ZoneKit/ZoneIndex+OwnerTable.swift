extension ZoneIndex {
  /// The names of a zone as they are entered.
  struct OwnerTable {
    var table: NameTable
    /// For each owner the record that it was first met at.
    var firstRecords: [UInt32] = []
    /// Each record's owner, once records of one owner are met apart from one another.
    var ownerOfRecord: [UInt32]?
    /// The numbers of owners outside the zone.
    var outside: [UInt32] = []
    /// Where the names of empty non-terminals begin.
    var emptyNonTerminals: [UInt32] = []
    /// Where the names begin that stand next above owners and below the apex.
    private var parents: [UInt32] = []

    init(capacity: Int) {
      table = NameTable(capacity: capacity)
      firstRecords.reserveRoom(capacity)
    }

    /// Enters the owners of a part, in blocks: the slots of the table that a block asks for are all
    /// read before the first is used, so that the waits for memory overlap.
    mutating func add(_ owners: Owners, of zone: Zone) {
      parents += owners.parents
      let steps = owners.steps.span
      var found = InlineArray<64, UInt32>(repeating: 0)
      var start = 0
      while start < steps.count {
        let block = start..<min(start + found.count, steps.count)
        for index in block { found[index &- start] = table.first(for: steps[index].name.hash) }
        for index in block {
          let end = index &+ 1 < steps.count ? Int(steps[index &+ 1].record) : owners.end
          add(steps[index], found: found[index &- start], until: end, zone)
        }
        start = block.upperBound
      }
    }

    /// Enters the owner of the records from a step to `end`.
    @inline(__always)
    private mutating func add(
      _ step: Owners.Step, found slot: UInt32, until end: Int, _ zone: borrowing Zone
    ) {
      let name = step.name
      var number = table.number(in: slot, for: name.hash)
      if let found = number, !isName(found, at: step.owner, name, zone) { number = nil }
      number = number ?? table.find(name.hash) { isName($0, at: step.owner, name, zone) }
      if let number {
        if ownerOfRecord == nil, Int(number) + 1 < firstRecords.count {
          noteOwners(upTo: Int(step.record), of: zone.count)
        }
        append(number, count: end - Int(step.record))
        return
      }
      let new = UInt32(firstRecords.count)
      table.insert(name.hash)
      firstRecords.append(step.record)
      if name.place == .outside { outside.append(new) }
      append(new, count: end - Int(step.record))
    }

    /// Whether the name with a number is that at `offset`.
    @inline(__always)
    private func isName(
      _ number: UInt32, at offset: UInt32, _ name: Located, _ zone: borrowing Zone
    ) -> Bool {
      let octets = zone.octets.span
      return ZoneIndex.isSame(
        octets, self.offset(of: Int(number), zone), octets, Int(offset), count: name.count)
    }

    /// Where the name with a number begins.
    @inline(__always)
    private func offset(of number: Int, _ zone: borrowing Zone) -> Int {
      guard number < firstRecords.count else {
        return Int(emptyNonTerminals[number - firstRecords.count])
      }
      return Int(zone.entries.span[Int(firstRecords[number])].owner)
    }

    @inline(__always)
    private mutating func append(_ owner: UInt32, count: Int) {
      guard ownerOfRecord != nil else { return }
      for _ in 0..<count { ownerOfRecord?.append(owner) }
    }

    /// Notes the owner of each of the first records, which stand with their owners.
    private mutating func noteOwners(upTo count: Int, of total: Int) {
      var owners: [UInt32] = []
      owners.reserveRoom(total)
      for number in firstRecords.indices {
        let end = number + 1 < firstRecords.count ? Int(firstRecords[number + 1]) : count
        owners.append(contentsOf: repeatElement(UInt32(number), count: end - owners.count))
      }
      ownerOfRecord = owners
    }

    // MARK: Empty non-terminals

    /// Enters the names between owners and apex at which nothing stands (RFC 4592 section 2.2.2),
    /// in blocks as owners are.
    mutating func addEmptyNonTerminals(of zone: Zone) {
      let (octets, apex) = (zone.octets.span, zone.apex.wire.span)
      var found = InlineArray<64, UInt32>(repeating: 0)
      var names = InlineArray<64, Located>(
        repeating: Located(count: 0, place: .outside, hash: 0))
      var start = 0
      while start < parents.count {
        let block = start..<min(start + names.count, parents.count)
        for index in block {
          let name = ZoneIndex.locate(octets, at: Int(parents[index]), apex)
          names[index &- start] = name
          found[index &- start] = table.first(for: name.hash)
        }
        for index in block {
          let name = names[index &- start]
          let number = table.number(in: found[index &- start], for: name.hash)
          if let number, isName(number, at: parents[index], name, zone) { continue }
          addEmptyNonTerminals(from: parents[index], name, zone)
        }
        start = block.upperBound
      }
      parents = []
    }

    /// Enters the name at `offset` and those above it, up to one that is known.
    private mutating func addEmptyNonTerminals(
      from offset: UInt32, _ name: Located, _ zone: borrowing Zone
    ) {
      var (offset, name) = (offset, name)
      let (octets, apex) = (zone.octets.span, zone.apex.wire.span)
      while name.count > apex.count,
        table.find(name.hash, { isName($0, at: offset, name, zone) }) == nil
      {
        if table.isFull { grow(zone) }
        table.insert(name.hash)
        emptyNonTerminals.append(offset)
        offset += 1 + UInt32(octets[Int(offset)])
        name = ZoneIndex.locate(octets, at: Int(offset), apex)
      }
    }

    /// Makes the table half as large again.
    private mutating func grow(_ zone: borrowing Zone) {
      var larger = NameTable(capacity: table.count + table.count / 2)
      let (octets, apex) = (zone.octets.span, zone.apex.wire.span)
      for number in 0..<table.count {
        larger.insert(ZoneIndex.locate(octets, at: offset(of: number, zone), apex).hash)
      }
      table = larger
    }
  }
}
