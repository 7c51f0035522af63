extension ZoneIndex {
  /// Enters every owner and returns each record's node.
  ///
  /// Owners are entered in blocks: the places of the table that a block asks for are all read
  /// before the first is used, so that the waits for memory overlap.
  mutating func addOwners() -> [UInt32] {
    let entries = zone.entries
    let octets = zone.octets
    var nodeOfRecord = [UInt32](repeating: 0, count: entries.count)
    var hashes = [UInt64](repeating: 0, count: ZoneIndex.blockCount)
    var found = hashes
    var last: (owner: UInt32, node: UInt32)?
    for start in stride(from: 0, to: entries.count, by: ZoneIndex.blockCount) {
      let block = start..<min(start + ZoneIndex.blockCount, entries.count)
      for index in block {
        let hash = Name.foldedHash(octets.span, at: Int(entries[index].owner))
        hashes[index - start] = hash
        found[index - start] = slots[Int(truncatingIfNeeded: hash) & (slots.count - 1)]
      }
      for index in block {
        let owner = entries[index].owner
        if let last, last.owner == owner {
          nodeOfRecord[index] = last.node
          continue
        }
        let hash = hashes[index - start]
        let node =
          node(found[index - start], named: owner, hash, octets.span) ?? insert(owner, hash: hash)
        nodes[Int(node)].hasRecords = true
        nodeOfRecord[index] = node
        last = (owner, node)
      }
    }
    return nodeOfRecord
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

  /// How many owners are entered at a time.
  private static let blockCount = 64

  /// The node of the name at `offset`, made if there is none.
  private mutating func insert(_ offset: UInt32, hash: UInt64) -> UInt32 {
    if nodes.count * 4 >= slots.count * 3 { grow() }
    let octets = zone.octets
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if let node = node(slots[slot], named: offset, hash, octets.span) { return node }
      slot = (slot + 1) & mask
    }
    let node = UInt32(nodes.count)
    slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | UInt64(node + 1)
    let isInside = ZoneIndex.isAtOrBelow(zone.apex.wire.span, octets.span, at: Int(offset))
    nodes.append(Node(name: offset, isInside: isInside, hasRecords: false))
    return node
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = [UInt64](repeating: 0, count: mask + 1)
    let octets = zone.octets
    let span = octets.span
    for (number, node) in nodes.enumerated() {
      let hash = Name.foldedHash(span, at: Int(node.name))
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | UInt64(number + 1)
    }
  }

  /// Sorts the records by node and within a node by type, keeping the zone's order otherwise.
  mutating func group(_ nodeOfRecord: [UInt32]) {
    var next = [UInt32](repeating: 0, count: nodes.count + 1)
    for node in nodeOfRecord { next[Int(node) + 1] += 1 }
    for node in 0..<nodes.count { next[node + 1] += next[node] }
    let starts = next
    order = [UInt32](repeating: 0, count: nodeOfRecord.count)
    for (record, node) in nodeOfRecord.enumerated() {
      order[Int(next[Int(node)])] = UInt32(record)
      next[Int(node)] += 1
    }
    for node in nodes.indices {
      let range = Int(starts[node])..<Int(starts[node + 1])
      sortByType(range)
      nodes[node].firstRRset = UInt32(rrsetStarts.count)
      var index = range.lowerBound
      while index < range.upperBound {
        rrsetStarts.append(UInt32(index))
        let key = groupKey(order[index])
        while index < range.upperBound, groupKey(order[index]) == key { index += 1 }
      }
      nodes[node].rrsetCount = UInt32(rrsetStarts.count) - nodes[node].firstRRset
    }
    rrsetStarts.append(UInt32(order.count))
  }

  /// Class and type: what one owner's records are grouped by.
  private func groupKey(_ record: UInt32) -> UInt32 {
    let entry = zone.entries[Int(record)]
    return UInt32(entry.recordClass) << 16 | UInt32(entry.type)
  }

  private mutating func sortByType(_ range: Range<Int>) {
    guard range.count > 1 else { return }
    var isSorted = true
    for index in range.dropFirst() where groupKey(order[index - 1]) > groupKey(order[index]) {
      isSorted = false
      break
    }
    if isSorted { return }
    let sorted = order[range].sorted { (groupKey($0), $0) < (groupKey($1), $1) }
    order.replaceSubrange(range, with: sorted)
  }

  /// Enters the names between owners and apex at which nothing stands (RFC 4592 section 2.2.2).
  mutating func addEmptyNonTerminals() {
    let octets = zone.octets
    let apexCount = zone.apex.wire.count
    for node in nodes.indices where nodes[node].isInside {
      var offset = Int(nodes[node].name)
      var count = ZoneIndex.wireCount(octets.span, at: offset)
      while count > apexCount {
        let label = 1 + Int(octets[offset])
        offset += label
        count -= label
        guard count > apexCount else { break }
        let before = nodes.count
        _ = insert(UInt32(offset), hash: Name.foldedHash(octets.span, at: offset))
        if nodes.count == before { break }
      }
    }
  }

  /// Finds records that repeat the data of an earlier one of their RRset (RFC 2181 section 5).
  mutating func findDuplicates() {
    for number in 0..<(rrsetStarts.count - 1) {
      let range = Int(rrsetStarts[number])..<Int(rrsetStarts[number + 1])
      guard range.count > 1 else { continue }
      if range.count <= ZoneIndex.pairwiseCount {
        for later in range.dropFirst() {
          if let first = (range.lowerBound..<later).first(where: { isRepeated($0, later) }) {
            let original = order[first]
            duplicates[order[later]] = duplicates[original] ?? original
          }
        }
        continue
      }
      var seen: [RecordData: UInt32] = [:]
      for record in order[range] {
        let data = zone.data(of: zone.entries[Int(record)]).canonical
        if let first = seen[data] {
          duplicates[record] = first
        } else {
          seen[data] = record
        }
      }
    }
  }

  /// Up to so many data are compared each with each, more by hashing.
  private static let pairwiseCount = 8

  /// Whether the records at two places of `order` have the same data.
  private func isRepeated(_ a: Int, _ b: Int) -> Bool {
    let x = zone.data(of: zone.entries[Int(order[a])])
    let y = zone.data(of: zone.entries[Int(order[b])])
    guard x.octets.count == y.octets.count else { return false }
    return x.octets == y.octets || x.canonical.octets == y.canonical.octets
  }
}
