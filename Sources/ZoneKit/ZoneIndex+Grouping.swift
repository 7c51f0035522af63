extension ZoneIndex {
  /// What belongs together in a part of the records sorted by name.
  struct Grouping: Sendable {
    /// The records of the part, sorted by name, class and type.
    private(set) var order: [UInt32]
    /// Where each RRset begins in the order of all records.
    private(set) var rrsetStarts: [UInt32] = []
    /// For each name the number of its first RRset, counted from the part's first.
    private(set) var firstRRsets: [UInt32] = []
    /// For each record that is a copy of an earlier one, that one.
    private(set) var duplicates: [UInt32: UInt32] = [:]

    /// Groups the records at a range of `order`, which holds whole names. An empty order is that
    /// of the zone.
    init(of zone: Zone, _ order: [UInt32], _ range: Range<Int>, _ nodeOfRecord: [UInt32]) {
      self.order = []
      self.order.reserveRoom(range.count)
      for place in range { self.order.append(order.isEmpty ? UInt32(place) : order[place]) }
      let entries = zone.entries.span
      rrsetStarts.reserveRoom(range.count)
      firstRRsets.reserveRoom(range.count)
      var end = 0
      while end < self.order.count {
        let start = end
        let node = nodeOfRecord[Int(self.order[start])]
        repeat {
          end += 1
        } while end < self.order.count
          && nodeOfRecord[Int(self.order[end])] == node
        firstRRsets.append(UInt32(rrsetStarts.count))
        rrsetStarts.append(UInt32(range.lowerBound + start))
        if end - start == 1 { continue }
        sortByType(start..<end, entries)
        var first = start
        for index in (start + 1)..<end
        where key(index, entries) != key(first, entries) {
          findDuplicates(first..<index, zone)
          first = index
          rrsetStarts.append(UInt32(range.lowerBound + index))
        }
        findDuplicates(first..<end, zone)
      }
    }

    /// Class and type: what one owner's records are grouped by.
    @inline(__always)
    private func key(_ index: Int, _ entries: Span<Zone.Entry>) -> UInt32 {
      let entry = entries[Int(order[index])]
      return UInt32(entry.recordClass) << 16 | UInt32(entry.type)
    }

    private mutating func sortByType(_ range: Range<Int>, _ entries: Span<Zone.Entry>) {
      var isSorted = true
      for index in range.dropFirst() where key(index - 1, entries) > key(index, entries) {
        isSorted = false
        break
      }
      if isSorted { return }
      var keyed: [(key: UInt32, record: UInt32)] = []
      for index in range { keyed.append((key(index, entries), order[index])) }
      keyed.sort { ($0.key, $0.record) < ($1.key, $1.record) }
      order.replaceSubrange(range, with: keyed.map(\.record))
    }

    // MARK: Records that repeat another

    /// Finds the records of an RRset that repeat the data of an earlier one (RFC 2181 section 5).
    private mutating func findDuplicates(_ range: Range<Int>, _ zone: borrowing Zone) {
      guard range.count > 1 else { return }
      if range.count <= Grouping.pairwiseCount {
        for later in range.dropFirst() {
          for first in range.lowerBound..<later
          where zone.isRepeated(order[first], order[later]) {
            let original = order[first]
            duplicates[order[later]] = duplicates[original] ?? original
            break
          }
        }
        return
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

    /// Up to so many data are compared each with each, more by hashing.
    private static let pairwiseCount = 8
  }
}

extension Zone {
  /// Whether two records of one type have the same data. Data whose octets differ by more than
  /// letter case differ in canonical form too.
  @inline(__always)
  fileprivate func isRepeated(_ first: UInt32, _ later: UInt32) -> Bool {
    let (entries, octets) = (entries.span, octets.span)
    let (x, y) = (Int(entries[Int(first)].data), Int(entries[Int(later)].data))
    guard octets[x] == octets[y], octets[x &+ 1] == octets[y &+ 1] else { return false }
    let count = 2 &+ (Int(octets[x]) << 8 | Int(octets[x &+ 1]))
    var isExact = true
    var offset = 0
    while offset &+ 8 <= count {
      let (u, v) = (octets.word(at: x &+ offset), octets.word(at: y &+ offset))
      if u.bits != v.bits {
        guard u.lowercased == v.lowercased else { return false }
        isExact = false
      }
      offset &+= 8
    }
    while offset < count {
      let (u, v) = (octets[x &+ offset], octets[y &+ offset])
      offset &+= 1
      if u == v { continue }
      guard Name.lowercase(u) == Name.lowercase(v) else { return false }
      isExact = false
    }
    return isExact || isRepeatedInCanonicalForm(first, later)
  }

  private func isRepeatedInCanonicalForm(_ first: UInt32, _ later: UInt32) -> Bool {
    let (a, b) = (entries[Int(first)], entries[Int(later)])
    return data(of: a).canonical.octets == data(of: b).canonical.octets
  }
}
