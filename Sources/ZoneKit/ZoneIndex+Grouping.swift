extension ZoneIndex {
  /// What belongs together among the records of some owners.
  struct Grouping: Sendable {
    /// Where each RRset begins in the order of all records.
    private(set) var rrsetStarts: [UInt32] = []
    /// Records that stand elsewhere when an owner's are sorted by class and type.
    private(set) var moved: [(place: UInt32, record: UInt32)] = []
    /// For each record that is a copy of an earlier one, that one.
    private(set) var duplicates: [UInt32: UInt32] = [:]

    /// Groups the records of a range of owners.
    ///
    /// - Parameters:
    ///   - order: the records in the order of their owners.
    ///   - starts: where in it each owner's records begin.
    ///   - mayRepeat: whether records of an owner may repeat one another.
    init(
      of zone: Zone, _ order: [UInt32], _ starts: [UInt32], _ mayRepeat: [Bool],
      _ owners: Range<Int>
    ) {
      let (entries, order, starts) = (zone.entries.span, order.span, starts.span)
      let limit = owners.upperBound < starts.count ? Int(starts[owners.upperBound]) : order.count
      var sorted: [UInt32] = []
      rrsetStarts.append(addingCapacity: limit - Int(starts[owners.lowerBound])) { output in
        for owner in owners {
          let start = Int(starts[owner])
          let end = owner + 1 < starts.count ? Int(starts[owner + 1]) : order.count
          if end - start == 1 {
            output.append(UInt32(truncatingIfNeeded: start))
            continue
          }
          let records = order.extracting(start..<end)
          if Self.findRRsets(in: records, startingAt: start, entries, &output) {
            if mayRepeat[owner] { Self.findDuplicates(in: records, zone, &duplicates) }
          } else {
            Self.sort(records, entries, into: &sorted)
            for index in sorted.indices where sorted[index] != records[index] {
              moved.append((UInt32(start + index), sorted[index]))
            }
            _ = Self.findRRsets(in: sorted.span, startingAt: start, entries, &output)
            if mayRepeat[owner] { Self.findDuplicates(in: sorted.span, zone, &duplicates) }
          }
        }
      }
    }

    /// Class and type: what one owner's records are grouped by.
    @inline(__always)
    private static func key(_ record: UInt32, _ entries: Span<Zone.Entry>) -> UInt32 {
      let entry = entries[Int(record)]
      return UInt32(entry.recordClass) << 16 | UInt32(entry.type)
    }

    /// Finds the RRsets of one owner. False, and none found, where its records are not sorted.
    @inline(__always)
    private static func findRRsets(
      in records: Span<UInt32>, startingAt start: Int, _ entries: Span<Zone.Entry>,
      _ rrsetStarts: inout OutputSpan<UInt32>
    ) -> Bool {
      let count = rrsetStarts.count
      var last = key(records[0], entries)
      rrsetStarts.append(UInt32(truncatingIfNeeded: start))
      for index in 1..<records.count {
        let key = key(records[index], entries)
        if key == last { continue }
        guard key > last else {
          rrsetStarts.removeLast(rrsetStarts.count - count)
          return false
        }
        rrsetStarts.append(UInt32(truncatingIfNeeded: start &+ index))
        last = key
      }
      return true
    }

    private static func sort(
      _ records: Span<UInt32>, _ entries: Span<Zone.Entry>, into sorted: inout [UInt32]
    ) {
      sorted.removeAll(keepingCapacity: true)
      for index in records.indices { sorted.append(records[index]) }
      sorted.sort { (key($0, entries), $0) < (key($1, entries), $1) }
    }

    // MARK: Records that repeat another

    /// Finds, among an owner's sorted records, those that repeat the data of an earlier one in their
    /// RRset (RFC 2181 section 5).
    private static func findDuplicates(
      in records: Span<UInt32>, _ zone: borrowing Zone, _ duplicates: inout [UInt32: UInt32]
    ) {
      let entries = zone.entries.span
      var first = 0
      for end in 1...records.count
      where end == records.count || key(records[end], entries) != key(records[first], entries) {
        let rrset = records.extracting(first..<end)
        if rrset.count > Self.pairwiseCount {
          findDuplicatesByHash(rrset, zone, &duplicates)
        } else if rrset.count > 1 {
          findDuplicatesByPairs(rrset, zone, &duplicates)
        }
        first = end
      }
    }

    /// Up to so many data are compared each with each, more by hashing.
    private static let pairwiseCount = 8

    private static func findDuplicatesByPairs(
      _ records: Span<UInt32>, _ zone: borrowing Zone, _ duplicates: inout [UInt32: UInt32]
    ) {
      // All are read before the first is used, so that the waits for memory overlap.
      var heads = InlineArray<8, UInt64>(repeating: 0)
      for index in records.indices { heads[index] = zone.head(ofRecord: Int(records[index])) }
      for later in 1..<records.count {
        for first in 0..<later
        where heads[first] == heads[later] && zone.isRepeated(records[first], records[later]) {
          duplicates[records[later]] = duplicates[records[first]] ?? records[first]
          break
        }
      }
    }

    private static func findDuplicatesByHash(
      _ records: Span<UInt32>, _ zone: borrowing Zone, _ duplicates: inout [UInt32: UInt32]
    ) {
      var seen: [RecordData: UInt32] = [:]
      for index in records.indices {
        let data = zone.data(of: zone.entries[Int(records[index])]).canonical
        if let first = seen[data] {
          duplicates[records[index]] = first
        } else {
          seen[data] = records[index]
        }
      }
    }
  }
}

extension Zone {
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
