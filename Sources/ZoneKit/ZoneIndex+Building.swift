extension ZoneIndex {
  /// How many threads index a zone, and the parts of its records that each works on in turn.
  private var parts: (threads: Int, ranges: [Range<Int>]) {
    let threads = zone.count < ZoneIndex.minimumSharedCount ? 1 : min(processorCount, 8)
    let count = threads == 1 ? 1 : 8 * threads
    return (threads, (0..<count).map { zone.count * $0 / count..<zone.count * ($0 + 1) / count })
  }

  /// Zones of fewer records are indexed before a second thread would have begun.
  private static let minimumSharedCount = 1 << 16

  /// Enters every owner, in the order of the records.
  ///
  /// - Returns: each record's node.
  mutating func addOwners() -> [UInt32] {
    reserve(nameCountAtMost)
    let (zone, parts) = (zone, parts)
    var nodeOfRecord: [UInt32] = []
    nodeOfRecord.reserveRoom(zone.count)
    pipeline(parts.ranges.count, threads: parts.threads) {
      Owners(of: zone, in: parts.ranges[$0])
    } _: { _, owners in
      add(owners, zone.octets.span, to: &nodeOfRecord)
      return true
    }
    ownerCount = nodes.count
    return nodeOfRecord
  }

  /// Enters the owners of a part, in blocks: the places of the table that a block asks for are all
  /// read before the first is used, so that the waits for memory overlap.
  private mutating func add(
    _ owners: Owners, _ octets: Span<UInt8>, to nodeOfRecord: inout [UInt32]
  ) {
    let steps = owners.steps.span
    nodeOfRecord.append(addingCapacity: owners.end - nodeOfRecord.count) { output in
      var found = InlineArray<64, UInt64>(repeating: 0)
      var start = 0
      while start < steps.count {
        let block = start..<min(start + found.count, steps.count)
        let mask = UInt64(slots.count - 1)
        for index in block { found[index &- start] = slots[Int(steps[index].hash & mask)] }
        for index in block {
          let step = steps[index]
          let node =
            node(found[index &- start], named: step.owner, step.hash, octets)
            ?? insert(step.owner, step.hash, step.place, octets)
          let end = index &+ 1 < steps.count ? Int(steps[index &+ 1].record) : owners.end
          for _ in Int(step.record)..<end { output.append(node) }
        }
        start = block.upperBound
      }
    }
  }

  /// How many owners there are at most: records that follow one another under one owner share
  /// its octets.
  private var nameCountAtMost: Int {
    let entries = zone.entries.span
    var count = 0
    var last: UInt32?
    for index in entries.indices {
      if entries[index].owner != last { count &+= 1 }
      last = entries[index].owner
    }
    return count
  }

  /// Makes room for so many names.
  private mutating func reserve(_ count: Int) {
    let slotCount = max(16, (count * 4 / 3 + 1).nextPowerOf2)
    slots.reserveRoom(slotCount)
    slots.append(contentsOf: repeatElement(0, count: slotCount))
    nodes.reserveRoom(count)
  }

  /// The node in a slot of the table, if its name is the one at `offset`.
  @inline(__always)
  private func node(
    _ slot: UInt64, named offset: UInt32, _ hash: UInt64, _ octets: Span<UInt8>
  ) -> UInt32? {
    guard slot >> 32 == hash >> 32, slot != 0 else { return nil }
    let node = UInt32(truncatingIfNeeded: slot) - 1
    return ZoneIndex.isSame(octets, Int(nodes[Int(node)].name), octets, Int(offset)) ? node : nil
  }

  /// The node of the name at `offset`, made if there is none.
  private mutating func insert(
    _ offset: UInt32, _ hash: UInt64, _ place: Place, _ octets: Span<UInt8>
  ) -> UInt32 {
    if nodes.count * 4 >= slots.count * 3 { grow(octets) }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if let node = node(slots[slot], named: offset, hash, octets) { return node }
      slot = (slot + 1) & mask
    }
    let node = UInt32(nodes.count)
    slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | UInt64(node + 1)
    nodes.append(Node(name: offset, isInside: place != .outside))
    if place == .deepInside { deepNodes.append(node) }
    return node
  }

  private mutating func grow(_ octets: Span<UInt8>) {
    let mask = slots.count * 2 - 1
    slots = [UInt64](repeating: 0, count: mask + 1)
    for (number, node) in nodes.enumerated() {
      let hash = Name.foldedHash(octets, at: Int(node.name))
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | UInt64(number + 1)
    }
  }

  /// Sorts the records by node and within a node by type, keeping the zone's order otherwise, and
  /// finds where RRsets begin and what repeats in them.
  mutating func group(_ nodeOfRecord: [UInt32]) {
    let (zone, order) = (zone, sorted(nodeOfRecord))
    let node = { (place: Int) in nodeOfRecord[order.isEmpty ? place : Int(order[place])] }
    let borders = parts.ranges.map { part in
      var start = part.lowerBound
      while start > 0, start < zone.count, node(start) == node(start - 1) { start += 1 }
      return start
    }
    self.order.reserveRoom(zone.count)
    rrsetStarts.reserveRoom(zone.count + 1)
    var number = 0
    pipeline(borders.count, threads: parts.threads) { part in
      let end = part + 1 < borders.count ? borders[part + 1] : zone.count
      return Grouping(of: zone, order, borders[part]..<max(end, borders[part]), nodeOfRecord)
    } _: { _, grouping in
      let base = UInt32(rrsetStarts.count)
      for first in grouping.firstRRsets {
        nodes[number].firstRRset = base + first
        number += 1
      }
      self.order += grouping.order
      rrsetStarts += grouping.rrsetStarts
      duplicates.merge(grouping.duplicates) { first, _ in first }
      return true
    }
    rrsetStarts.append(UInt32(zone.count))
  }

  /// The records in the order of their nodes; empty where they already are, as in most zones: all
  /// of an owner's records together.
  private func sorted(_ nodeOfRecord: [UInt32]) -> [UInt32] {
    var last: UInt32 = 0
    var isSorted = true
    for node in nodeOfRecord {
      if node < last { isSorted = false }
      last = node
    }
    if isSorted { return [] }
    var next = [UInt32](repeating: 0, count: nodes.count + 1)
    for node in nodeOfRecord { next[Int(node) + 1] += 1 }
    for node in nodes.indices { next[node + 1] += next[node] }
    var order = [UInt32](repeating: 0, count: nodeOfRecord.count)
    for (record, node) in nodeOfRecord.enumerated() {
      order[Int(next[Int(node)])] = UInt32(record)
      next[Int(node)] += 1
    }
    return order
  }

  /// Enters the names between owners and apex at which nothing stands (RFC 4592 section 2.2.2).
  mutating func addEmptyNonTerminals() {
    let stored = zone.octets
    let octets = stored.span
    let apexCount = zone.apex.wire.count
    for node in deepNodes {
      var offset = Int(nodes[Int(node)].name)
      var count = ZoneIndex.wireCount(octets, at: offset)
      while count > apexCount {
        let label = 1 + Int(octets[offset])
        offset += label
        count -= label
        guard count > apexCount else { break }
        let before = nodes.count
        _ = insert(UInt32(offset), Name.foldedHash(octets, at: offset), .inside, octets)
        if nodes.count == before { break }
        nodes[before].firstRRset = UInt32(rrsetStarts.count - 1)
      }
    }
    deepNodes = []
  }
}
