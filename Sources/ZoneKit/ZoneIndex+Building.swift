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

  /// Enters every owner, in the order of the records, then the names between them.
  static func owners(of zone: Zone) -> OwnerTable {
    var owners = OwnerTable(capacity: ownerCountAtMost(in: zone))
    let parts = parts(of: zone.count)
    pipeline(parts.count, threads: threadCount(for: zone)) {
      Owners(of: zone, in: parts[$0])
    } _: { _, part in
      owners.add(part, of: zone)
      return true
    }
    owners.addEmptyNonTerminals(of: zone)
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
  /// - Parameter starts: where in `order` each owner's records begin.
  mutating func group(_ starts: [UInt32]) {
    rrsetStarts.reserveRoom(zone.count + 1)
    let parts = ZoneIndex.parts(of: starts.count)
    var moved: [(place: UInt32, record: UInt32)] = []
    pipeline(parts.count, threads: ZoneIndex.threadCount(for: zone)) { [zone, order] in
      Grouping(of: zone, order, starts, parts[$0])
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
  mutating func numberFirstRRsets(_ starts: consuming [UInt32]) {
    firstRRsets = starts
    var rrset = 0
    for owner in firstRRsets.indices {
      while rrsetStarts[rrset] < firstRRsets[owner] { rrset += 1 }
      firstRRsets[owner] = UInt32(rrset)
    }
  }

  /// The records in the order of their owners, and where those of each owner begin.
  static func sorted(
    _ ownerOfRecord: [UInt32], ownerCount: Int
  ) -> (order: [UInt32], starts: [UInt32]) {
    var starts = [UInt32](repeating: 0, count: ownerCount)
    for owner in ownerOfRecord { starts[Int(owner)] += 1 }
    var end: UInt32 = 0
    for owner in starts.indices {
      end += starts[owner]
      starts[owner] = end
    }
    var order: [UInt32] = []
    order.reserveRoom(ownerOfRecord.count)
    order.append(contentsOf: repeatElement(0, count: ownerOfRecord.count))
    for record in ownerOfRecord.indices.reversed() {
      let owner = Int(ownerOfRecord[record])
      starts[owner] -= 1
      order[Int(starts[owner])] = UInt32(record)
    }
    return (order, starts)
  }
}
