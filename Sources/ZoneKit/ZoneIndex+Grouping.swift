extension ZoneIndex {
  /// What belongs together among the records of some owners.
  struct Grouping: Sendable {
    /// Where each RRset begins in the order of all records.
    private(set) var rrsetStarts: [UInt32] = []
    /// Records that stand elsewhere when an owner's are sorted by class and type.
    private(set) var moved: [(place: UInt32, record: UInt32)] = []
    /// For each record that is a copy of an earlier one, that one.
    private(set) var duplicates: [UInt32: UInt32] = [:]
    /// The records of RRsets that have several, and where those of each end.
    private var several: [UInt32] = []
    private var severalEnds: [Int] = []

    /// Groups the records of a range of owners.
    ///
    /// - Parameters:
    ///   - order: the records in the order of their owners.
    ///   - starts: where in it each owner's records begin.
    init(of zone: Zone, _ order: [UInt32], _ starts: [UInt32], _ owners: Range<Int>) {
      let (entries, order, starts) = (zone.entries.span, order.span, starts.span)
      let limit = owners.upperBound < starts.count ? Int(starts[owners.upperBound]) : order.count
      rrsetStarts.reserveCapacity(limit - Int(starts[owners.lowerBound]))
      for owner in owners {
        let start = Int(starts[owner])
        let end = owner + 1 < starts.count ? Int(starts[owner + 1]) : order.count
        if end - start == 1 {
          rrsetStarts.append(UInt32(truncatingIfNeeded: start))
        } else {
          group(order.extracting(start..<end), startingAt: start, entries)
        }
      }
      findDuplicates(zone)
      (several, severalEnds) = ([], [])
    }

    /// Class and type: what one owner's records are grouped by.
    @inline(__always)
    private static func key(_ record: UInt32, _ entries: Span<Zone.Entry>) -> UInt32 {
      let entry = entries[Int(record)]
      return UInt32(entry.recordClass) << 16 | UInt32(entry.type)
    }

    /// Groups the records of one owner.
    private mutating func group(
      _ records: Span<UInt32>, startingAt start: Int, _ entries: Span<Zone.Entry>
    ) {
      var last: UInt32 = 0
      for index in records.indices {
        let key = Self.key(records[index], entries)
        if key < last {
          return findRRsets(
            in: sorted(records, startingAt: start, entries).span, startingAt: start, entries)
        }
        last = key
      }
      findRRsets(in: records, startingAt: start, entries)
    }

    private mutating func sorted(
      _ records: Span<UInt32>, startingAt start: Int, _ entries: Span<Zone.Entry>
    ) -> [UInt32] {
      var keyed: [(key: UInt32, record: UInt32)] = []
      for index in records.indices {
        keyed.append((Self.key(records[index], entries), records[index]))
      }
      keyed.sort { ($0.key, $0.record) < ($1.key, $1.record) }
      for index in records.indices where records[index] != keyed[index].record {
        moved.append((UInt32(start + index), keyed[index].record))
      }
      return keyed.map(\.record)
    }

    /// Finds the RRsets of one owner, whose records are sorted.
    private mutating func findRRsets(
      in records: Span<UInt32>, startingAt start: Int, _ entries: Span<Zone.Entry>
    ) {
      var first = 0
      while first < records.count {
        let key = Self.key(records[first], entries)
        var end = first + 1
        while end < records.count, Self.key(records[end], entries) == key { end += 1 }
        rrsetStarts.append(UInt32(truncatingIfNeeded: start &+ first))
        if end - first > 1 {
          for index in first..<end { several.append(records[index]) }
          severalEnds.append(several.count)
        }
        first = end
      }
    }

    // MARK: Records that repeat another

    /// Finds records that repeat the data of an earlier one in their RRset (RFC 2181 section 5).
    private mutating func findDuplicates(_ zone: borrowing Zone) {
      // All are read before the first is used, so that the waits for memory overlap.
      let heads = several.map { zone.head(ofRecord: $0) }
      var start = 0
      for end in severalEnds {
        if end - start <= Grouping.pairwiseCount {
          findDuplicatesByPairs(start..<end, heads, zone)
        } else {
          findDuplicatesByHash(several[start..<end], zone)
        }
        start = end
      }
    }

    /// Up to so many data are compared each with each, more by hashing.
    private static let pairwiseCount = 8

    private mutating func findDuplicatesByPairs(
      _ range: Range<Int>, _ heads: [UInt64], _ zone: borrowing Zone
    ) {
      for later in range.dropFirst() {
        for first in range.lowerBound..<later
        where heads[first] == heads[later] && zone.isRepeated(several[first], several[later]) {
          let original = several[first]
          duplicates[several[later]] = duplicates[original] ?? original
          break
        }
      }
    }

    private mutating func findDuplicatesByHash(
      _ records: ArraySlice<UInt32>, _ zone: borrowing Zone
    ) {
      var seen: [RecordData: UInt32] = [:]
      for record in records {
        let data = zone.data(of: zone.entries[Int(record)]).canonical
        if let first = seen[data] {
          duplicates[record] = first
        } else {
          seen[data] = record
        }
      }
    }
  }
}

extension Zone {
  /// The length and the first octets of a record's data, in lower case: where they differ the data
  /// do.
  @inline(__always)
  fileprivate func head(ofRecord record: UInt32) -> UInt64 {
    let octets = octets.span
    let start = Int(entries.span[Int(record)].data)
    let count = Swift.min(8, 2 &+ (Int(octets[start]) << 8 | Int(octets[start &+ 1])))
    return octets.word(at: start, count: count).lowercased
  }

  /// Whether two records of one type have the same data. Data whose octets differ by more than
  /// letter case differ in canonical form too.
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
