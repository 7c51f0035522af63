/// What belongs together in a zone: names, RRsets, and the empty non-terminals between them.
///
/// Built once over a `Zone` in time linear in its records; lookups are by hash of the folded name.
/// Names and RRsets keep the order of their first record.
public struct ZoneIndex: Sendable {
  /// The zone.
  public let zone: Zone

  /// Names, each once: owners in order of appearance, then empty non-terminals.
  private(set) var nodes: [Node] = []
  /// Open-addressed table: the upper half of a name's hash beside its node's number plus one; 0 is
  /// free. Its count is a power of two.
  private var slots: [UInt64]
  /// Record indices by node and type, in the order of the zone within each.
  private(set) var order: [UInt32] = []
  /// Where each RRset begins in `order`, with the end of the last one behind them.
  private(set) var rrsetStarts: [UInt32] = []
  /// For each record that is a copy of an earlier one, that one.
  private(set) var duplicates: [UInt32: UInt32] = [:]

  /// A name of the zone.
  struct Node {
    /// Where its wire form begins in the zone's octets, written as where it first occurs.
    var name: UInt32
    /// Its RRsets, as numbers.
    var firstRRset: UInt32 = 0
    var rrsetCount: UInt32 = 0
    /// Whether it lies at or below the apex.
    var isInside: Bool
    /// Whether records stand there, as opposed to only below.
    var hasRecords: Bool
  }

  /// Indexes a zone.
  public init(_ zone: Zone) {
    self.zone = zone
    let capacity = max(16, zone.count.nextPowerOf2)
    slots = [UInt64](repeating: 0, count: capacity)
    let nodeOfRecord = addOwners()
    group(nodeOfRecord)
    addEmptyNonTerminals()
    findDuplicates()
  }
}

// MARK: - Building

extension ZoneIndex {
  /// Enters every owner and returns each record's node.
  ///
  /// Owners are entered in blocks: the places of the table that a block asks for are all read
  /// before the first is used, so that the waits for memory overlap.
  private mutating func addOwners() -> [UInt32] {
    let entries = zone.entries
    let octets = zone.octets
    var nodeOfRecord = [UInt32](repeating: 0, count: entries.count)
    var hashes = [UInt64](repeating: 0, count: ZoneIndex.blockCount)
    var found = hashes
    var last: (owner: UInt32, node: UInt32)?
    for start in stride(from: 0, to: entries.count, by: ZoneIndex.blockCount) {
      let block = start..<min(start + ZoneIndex.blockCount, entries.count)
      for index in block {
        let hash = ZoneIndex.hash(octets.span, at: Int(entries[index].owner))
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
      let hash = ZoneIndex.hash(span, at: Int(node.name))
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | UInt64(number + 1)
    }
  }

  /// Sorts the records by node and within a node by type, keeping the zone's order otherwise.
  private mutating func group(_ nodeOfRecord: [UInt32]) {
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
  private mutating func addEmptyNonTerminals() {
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
        _ = insert(UInt32(offset), hash: ZoneIndex.hash(octets.span, at: offset))
        if nodes.count == before { break }
      }
    }
  }

  /// Finds records that repeat the data of an earlier one of their RRset (RFC 2181 section 5).
  private mutating func findDuplicates() {
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

  // MARK: Hashing

  /// FNV-1a over the folded octets of the name at `offset`.
  private static func hash(_ octets: Span<UInt8>, at offset: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var index = offset
    while true {
      let count = octets[index]
      hash = (hash ^ UInt64(count)) &* 0x100_0000_01b3
      if count == 0 { return hash ^ hash >> 29 }
      let end = index + Int(count)
      while index < end {
        index &+= 1
        hash = (hash ^ UInt64(Name.lowercase(octets[index]))) &* 0x100_0000_01b3
      }
      index += 1
    }
  }

  /// How many octets the name at `offset` takes.
  private static func wireCount(_ octets: Span<UInt8>, at offset: Int) -> Int {
    var end = offset
    while octets[end] != 0 { end += 1 + Int(octets[end]) }
    return end + 1 - offset
  }

  private static func isAtOrBelow(
    _ apex: Span<UInt8>, _ octets: Span<UInt8>, at offset: Int
  ) -> Bool {
    var start = offset
    var count = wireCount(octets, at: offset)
    while count > apex.count {
      count -= 1 + Int(octets[start])
      start += 1 + Int(octets[start])
    }
    return count == apex.count && isSame(octets, start, apex, 0)
  }

  private static func isSame(_ a: Span<UInt8>, _ i: Int, _ b: Span<UInt8>, _ j: Int) -> Bool {
    var (i, j) = (i, j)
    while true {
      guard a[i] == b[j] else { return false }
      if a[i] == 0 { return true }
      let end = i + Int(a[i])
      while i < end {
        i &+= 1
        j &+= 1
        if a[i] != b[j], Name.lowercase(a[i]) != Name.lowercase(b[j]) { return false }
      }
      i += 1
      j += 1
    }
  }

  func find(_ name: Name) -> Int? {
    let wire = name.wire.span
    let span = zone.octets.span
    let hash = ZoneIndex.hash(wire, at: 0)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let node = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
      if slots[slot] >> 32 == hash >> 32,
        ZoneIndex.isSame(span, Int(nodes[node].name), wire, 0)
      {
        return node
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}

// MARK: - Looking up

/// What became of a record when the zone was put in order.
public enum RecordStanding: Sendable, Hashable {
  /// It is part of the zone.
  case member
  /// It repeats the record at the index given.
  case duplicate(of: Int)
  /// Its owner is not at or below the apex.
  case outOfZone
  /// Its class is not the zone's.
  case otherClass
}

extension ZoneIndex {
  /// A name of the zone with what stands there.
  public struct NameView: Sendable {
    let index: ZoneIndex
    let number: Int

    /// The name.
    public var name: Name {
      Zone.name(at: Int(index.nodes[number].name), in: index.zone.octets)
    }
    /// Whether nothing stands there, but something below.
    public var isEmptyNonTerminal: Bool { !index.nodes[number].hasRecords }
    /// Whether it lies at or below the apex.
    public var isInside: Bool { index.nodes[number].isInside }
    /// Its RRsets of the zone's class, by type number.
    public var rrsets: [RRset] {
      rrsetNumbers.compactMap { index.rrset(number: $0) }
    }
    /// The types at the name, ascending.
    public var types: [RecordType] { rrsetNumbers.map { index.type(ofRRset: $0) } }

    private var rrsetNumbers: Range<Int> {
      let node = index.nodes[number]
      return Int(node.firstRRset)..<Int(node.firstRRset + node.rrsetCount)
    }

    /// The RRset of a type, if there is one.
    public func rrset(_ type: RecordType) -> RRset? {
      for number in rrsetNumbers where index.type(ofRRset: number) == type {
        if let rrset = index.rrset(number: number) { return rrset }
      }
      return nil
    }
  }

  func type(ofRRset number: Int) -> RecordType {
    RecordType(zone.entries[Int(order[Int(rrsetStarts[number])])].type)
  }

  /// The RRset with a number; nil if its class is not the zone's.
  func rrset(number: Int) -> RRset? {
    let members = order[Int(rrsetStarts[number])..<Int(rrsetStarts[number + 1])]
    guard let first = members.first else { return nil }
    let entry = zone.entries[Int(first)]
    guard entry.recordClass == zone.recordClass.rawValue else { return nil }
    let indices = members.filter { duplicates[$0] == nil }.map(Int.init)
    return RRset(
      owner: Zone.name(at: Int(entry.owner), in: zone.octets), type: RecordType(entry.type),
      ttl: TTL(entry.ttl), data: indices.map { zone.data(of: zone.entries[$0]) },
      indices: indices)
  }

  /// The name, if records stand at or below it.
  public func name(_ name: Name) -> NameView? {
    find(name).map { NameView(index: self, number: $0) }
  }

  /// All names: owners in order of appearance, then empty non-terminals.
  public var names: some RandomAccessCollection<NameView> {
    nodes.indices.lazy.map { NameView(index: self, number: $0) }
  }

  /// The RRset of an owner and type, if the zone has it.
  public func rrset(_ owner: Name, _ type: RecordType) -> RRset? { name(owner)?.rrset(type) }

  /// All RRsets of the zone, in order of their owners' first appearance, then by type. Names
  /// outside the zone and records of other classes are left out.
  public var rrsets: [RRset] {
    names.filter(\.isInside).flatMap(\.rrsets)
  }

  /// How many RRsets there are, those outside the zone counted too.
  public var rrsetCount: Int { rrsetStarts.count - 1 }

  /// The nearest existing name at or above `name`, not above the apex (RFC 4592 section 3.3.1);
  /// nil for a name outside the zone.
  public func closestEncloser(of name: Name) -> Name? {
    guard name.isAtOrBelow(zone.apex) else { return nil }
    var candidate = name
    while candidate.wire.count > zone.apex.wire.count, find(candidate) == nil {
      guard let parent = candidate.parent else { return nil }
      candidate = parent
    }
    return candidate
  }

  /// The zone cut that `name` lies at or below: the highest name under the apex with NS records
  /// (RFC 2181 section 6); nil for a name that the zone itself answers for.
  public func zoneCut(above name: Name) -> Name? {
    guard name.isAtOrBelow(zone.apex) else { return nil }
    var cut: Name?
    var candidate = name
    while candidate.wire.count > zone.apex.wire.count, let parent = candidate.parent {
      if let view = self.name(candidate), view.types.contains(.ns) { cut = candidate }
      candidate = parent
    }
    return cut
  }

  /// What became of the record at `index` of the zone.
  public func standing(ofRecord index: Int) -> RecordStanding {
    let entry = zone.entries[index]
    if entry.recordClass != zone.recordClass.rawValue { return .otherClass }
    if let first = duplicates[UInt32(index)] { return .duplicate(of: Int(first)) }
    let owner = Zone.name(at: Int(entry.owner), in: zone.octets)
    return owner.isAtOrBelow(zone.apex) ? .member : .outOfZone
  }
}

extension Int {
  /// The smallest power of two that is not below this.
  var nextPowerOf2: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
