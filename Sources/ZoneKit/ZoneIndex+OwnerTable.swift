extension ZoneIndex {
  /// The names of a zone as they are entered.
  struct OwnerTable {
    private(set) var table: NameTable
    /// For each owner the record that it was first met at.
    var firstRecords: [UInt32] = []
    /// Where owners were met again, in the order of the zone.
    private(set) var returns: [Return] = []
    /// The numbers of owners outside the zone.
    private(set) var outside: [UInt32] = []
    /// The numbers of owners whose records may repeat one another; some come several times.
    private(set) var repeating: [UInt32] = []
    /// Where the names of empty non-terminals begin.
    private(set) var emptyNonTerminals: [UInt32] = []
    /// How many of them turned out to be owners.
    private var turnedCount = 0
    /// The owner of the last records.
    private var lastOwner: UInt32?

    /// Records of an owner behind those of others.
    struct Return {
      var owner: UInt32
      var record: UInt32
      var count: UInt32
    }

    /// What stands for an empty non-terminal that turned out to be an owner.
    private static let turned = UInt32.max

    /// - Parameter capacity: how many owners there are at most.
    init(capacity: Int) {
      table = NameTable(capacity: capacity)
      firstRecords.reserveRoom(capacity)
    }

    /// Enters the owners of a part, and the names between them.
    mutating func add(_ owners: Owners, of zone: Zone) {
      let (steps, ancestors) = (owners.steps.span, owners.ancestors.span)
      if table.isTooSmall(for: steps.count) { enlarge(zone, by: steps.count) }
      for index in steps.indices {
        let ahead = index &+ NameTable.prefetchDistance
        if ahead < steps.count { table.prefetch(steps[ahead].name.hash) }
        let end = index &+ 1 < steps.count ? Int(steps[index &+ 1].record) : owners.end
        add(steps[index], until: end, zone)
      }
      for index in ancestors.indices {
        let ahead = index &+ NameTable.prefetchDistance
        if ahead < ancestors.count { table.prefetch(ancestors[ahead].hash) }
        addEmptyNonTerminals(from: ancestors[index], zone)
      }
    }

    /// Enters the owner of the records from a step to `end`.
    @inline(__always)
    private mutating func add(
      _ step: Owners.Step, until end: Int, _ zone: borrowing Zone
    ) {
      let place = table.find(step.name.hash) {
        isName($0, at: step.owner, count: step.name.count, zone)
      }
      let number: UInt32
      if case .owner(let known) = place.number {
        number = UInt32(known)
        repeating.append(number)
        noteReturn(of: number, step.record, until: end)
      } else {
        number = UInt32(firstRecords.count)
        if case .other(let known) = place.number {
          emptyNonTerminals[known] = Self.turned
          turnedCount += 1
        }
        table.enterOwner(step.name.hash, at: place)
        firstRecords.append(step.record)
        if step.name.place == .outside { outside.append(number) }
        if step.mayRepeat { repeating.append(number) }
      }
      lastOwner = number
    }

    private mutating func noteReturn(of owner: UInt32, _ record: UInt32, until end: Int) {
      let count = UInt32(end) - record
      if owner != lastOwner {
        returns.append(Return(owner: owner, record: record, count: count))
      } else if let last = returns.last, last.record + last.count == record {
        returns[returns.count - 1].count += count
      }
    }

    /// Whether the name with a number is that of `count` octets at `offset`.
    @inline(__always)
    private func isName(
      _ number: NameTable.Number, at offset: UInt32, count: Int, _ zone: borrowing Zone
    ) -> Bool {
      let octets = zone.octets.span
      return ZoneIndex.isSame(
        octets, self.offset(of: number, zone), octets, Int(offset), count: count)
    }

    /// Where the name with a number begins.
    @inline(__always)
    private func offset(of number: NameTable.Number, _ zone: borrowing Zone) -> Int {
      switch number {
      case .owner(let number): Int(zone.entries.span[Int(firstRecords[number])].owner)
      case .other(let number): Int(emptyNonTerminals[number])
      }
    }

    // MARK: Empty non-terminals

    /// Enters a name and those above it, up to one that is known (RFC 4592 section 2.2.2).
    @inline(__always)
    private mutating func addEmptyNonTerminals(
      from name: Owners.Ancestor, _ zone: borrowing Zone
    ) {
      var name = name
      let (octets, apexCount) = (zone.octets.span, zone.apex.wire.count)
      while name.labelsCount > 0 {
        if table.isTooSmall(for: 1) { enlarge(zone, by: 1) }
        let place = table.find(name.hash) {
          isName($0, at: name.offset, count: name.labelsCount + apexCount, zone)
        }
        if place.number != nil { return }
        table.enterOther(name.hash, at: place)
        emptyNonTerminals.append(name.offset)
        name = name.parent(octets)
      }
    }

    /// Takes those out of the empty non-terminals that turned out to be owners.
    mutating func settleEmptyNonTerminals() {
      guard turnedCount > 0 else { return }
      var numbers: [UInt32] = []
      var left: [UInt32] = []
      for offset in emptyNonTerminals {
        numbers.append(UInt32(left.count))
        if offset != Self.turned { left.append(offset) }
      }
      emptyNonTerminals = left
      table.renumberOthers(numbers, count: left.count)
      turnedCount = 0
    }

    /// Makes the table half as large again, and for so many more names.
    private mutating func enlarge(_ zone: borrowing Zone, by more: Int) {
      let (octets, apex) = (zone.octets.span, zone.apex.wire.span)
      let count = table.ownerCount + table.otherCount
      var larger = NameTable(capacity: count + count / 2 + more)
      for number in firstRecords.indices {
        let offset = offset(of: .owner(number), zone)
        let hash = ZoneIndex.locate(octets, at: offset, apex).hash
        larger.enterOwner(hash, at: larger.find(hash) { _ in false })
      }
      settleEmptyNonTerminals()
      for offset in emptyNonTerminals {
        let hash = ZoneIndex.locate(octets, at: Int(offset), apex).hash
        larger.enterOther(hash, at: larger.find(hash) { _ in false })
      }
      table = larger
    }
  }
}
