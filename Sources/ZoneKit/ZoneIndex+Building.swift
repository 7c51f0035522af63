extension ZoneIndex {
  /// How many threads work on a zone.
  static func threadCount(for zone: Zone) -> Int {
    zone.count < minimumSharedCount ? 1 : min(processorCount, maximumThreadCount)
  }

  /// Zones of fewer records are indexed before a second thread would have begun.
  private static let minimumSharedCount = 1 << 16
  private static let maximumThreadCount = 8
  /// How many records, or owners, are worked on at a time: what they take stays in a core's own
  /// cache.
  private static let partCount = 1 << 12

  private static func parts(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: partCount).map { $0..<min($0 + partCount, count) }
  }

  /// Enters every owner, in the order of the records, and the names between them.
  static func owners(of zone: Zone) -> OwnerTable {
    var owners = OwnerTable(capacity: ownerCountAtMost(in: zone))
    let parts = parts(of: zone.count)
    pipeline(parts.count, threads: threadCount(for: zone)) {
      Owners(of: zone, in: parts[$0])
    } _: { _, part in
      owners.add(part, of: zone)
      return true
    }
    owners.settleEmptyNonTerminals()
    return owners
  }

  /// How many owners there are at most: records that follow one another under one owner share
  /// its octets.
  private static func ownerCountAtMost(in zone: Zone) -> Int {
    let entries = zone.entries.span
    var count = 0
    var last: UInt32?
    for index in entries.indices {
      if entries[index].owner != last { count &+= 1 }
      last = entries[index].owner
    }
    return count
  }

  /// Sorts the records of each owner by type, keeping the zone's order otherwise, and finds where
  /// RRsets begin and what repeats in them.
  ///
  /// - Parameters:
  ///   - starts: where in `order` each owner's records begin.
  ///   - mayRepeat: whether records of an owner may repeat one another.
  mutating func group(_ starts: [UInt32], _ mayRepeat: [Bool]) {
    rrsetStarts.reserveRoom(zone.count + 1)
    let parts = ZoneIndex.parts(of: starts.count)
    var moved: [(place: UInt32, record: UInt32)] = []
    pipeline(parts.count, threads: ZoneIndex.threadCount(for: zone)) { [zone, order] in
      Grouping(of: zone, order, starts, mayRepeat, parts[$0])
    } _: { _, grouping in
      rrsetStarts += grouping.rrsetStarts
      moved += grouping.moved
      duplicates.merge(grouping.duplicates) { first, _ in first }
      return true
    }
    rrsetStarts.append(UInt32(zone.count))
    for (place, record) in moved { order[Int(place)] = record }
  }

  /// Turns the places where owners' records begin into the numbers of their first RRsets.
  static func firstRRsets(_ starts: consuming [UInt32], _ rrsetStarts: [UInt32]) -> [UInt32] {
    var numbers = starts.mutableSpan
    let places = rrsetStarts.span
    var rrset = 0
    for owner in numbers.indices {
      while places[rrset] < numbers[owner] { rrset &+= 1 }
      numbers[owner] = UInt32(truncatingIfNeeded: rrset)
    }
    return starts
  }

  /// The records in the order of their owners, and where those of each owner begin.
  ///
  /// - Parameters:
  ///   - count: how many records there are.
  ///   - starts: for each owner the record that it was first met at.
  ///   - returns: where owners were met again, in the order of the zone.
  static func ordered(
    _ count: Int, _ starts: consuming [UInt32], _ returns: [OwnerTable.Return]
  ) -> (order: [UInt32], starts: [UInt32]) {
    var order: [UInt32] = []
    if returns.isEmpty {
      order.reserveRoom(count)
      order += 0..<UInt32(count)
      return (order, starts)
    }
    // How many records each owner has besides the first; then where the next of them belongs.
    var places: [UInt32] = []
    places.appendZeros(starts.count)
    for part in returns { places[Int(part.owner)] += part.count }
    order.appendZeros(count)
    var slots = order.mutableSpan
    var owners = starts.mutableSpan
    var (next, end) = (0, 0)
    for owner in owners.indices {
      let first = Int(owners[owner])
      while next < returns.count, returns[next].record < first { next += 1 }
      let limit = min(
        owner + 1 < owners.count ? Int(owners[owner + 1]) : count,
        next < returns.count ? Int(returns[next].record) : count)
      owners[owner] = UInt32(end)
      for record in first..<limit {
        slots[end] = UInt32(truncatingIfNeeded: record)
        end &+= 1
      }
      let others = places[owner]
      places[owner] = UInt32(end)
      end += Int(others)
    }
    for part in returns {
      for record in part.record..<(part.record + part.count) {
        slots[Int(places[Int(part.owner)])] = record
        places[Int(part.owner)] += 1
      }
    }
    return (order, starts)
  }

  /// For each owner whether its number is among some.
  static func marked(_ numbers: [UInt32], ownerCount: Int) -> [Bool] {
    var marks = [Bool](repeating: false, count: ownerCount)
    for number in numbers { marks[Int(number)] = true }
    return marks
  }
}
