/// What belongs together in a zone: names, RRsets, and the empty non-terminals between them.
///
/// Built once over a `Zone` in time linear in its records; lookups are by hash of the folded name.
/// Names keep the order of their first record, RRsets of one name are in order of type.
public struct ZoneIndex: Sendable {
  /// The zone.
  public let zone: Zone

  // Names have numbers: owners in order of appearance, then empty non-terminals.

  /// The names' numbers.
  let table: NameTable
  /// For each owner the number of its first RRset; they go on to that of the next owner.
  var firstRRsets: [UInt32] = []
  /// Where the names of empty non-terminals begin in the zone's octets.
  private let emptyNonTerminals: [UInt32]
  /// The owners that do not lie at or below the apex, ascending.
  private let outside: [UInt32]

  /// Record indices by owner and type, in the order of the zone within each.
  var order: [UInt32] = []
  /// Where each RRset begins in `order`, with the end of the last one behind them.
  var rrsetStarts: [UInt32] = []
  /// For each record that is a copy of an earlier one, that one.
  var duplicates: [UInt32: UInt32] = [:]

  /// Indexes a zone.
  public init(_ zone: Zone) {
    self.zone = zone
    var owners = ZoneIndex.owners(of: zone)
    (table, outside) = (owners.table, owners.outside)
    emptyNonTerminals = owners.emptyNonTerminals
    let mayRepeat = ZoneIndex.marked(owners.repeating, ownerCount: owners.firstRecords.count)
    var starts: [UInt32] = []
    swap(&starts, &owners.firstRecords)
    (order, starts) = ZoneIndex.ordered(zone.count, consume starts, owners.returns)
    group(starts, mayRepeat)
    firstRRsets = ZoneIndex.firstRRsets(consume starts, rrsetStarts)
  }

  /// How many names are owners.
  var ownerCount: Int { firstRRsets.count }

  /// Where the name with a number begins in the zone's octets, as the first record of its first
  /// RRset has it.
  package func offset(ofName number: Int) -> Int {
    guard number < firstRRsets.count else {
      return Int(emptyNonTerminals[number - firstRRsets.count])
    }
    let record = order[Int(rrsetStarts[Int(firstRRsets[number])])]
    return Int(zone.entries[Int(record)].owner)
  }

  /// Whether the name with a number lies at or below the apex.
  package func isInside(_ number: Int) -> Bool {
    var range = outside.startIndex..<outside.endIndex
    while let middle = range.isEmpty ? nil : range.lowerBound + range.count / 2 {
      if outside[middle] == number { return false }
      range =
        outside[middle] < number ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return true
  }

  /// The numbers of a name's RRsets.
  func rrsetNumbers(ofName number: Int) -> Range<Int> {
    guard number < firstRRsets.count else { return rrsetCount..<rrsetCount }
    let end = number + 1 < firstRRsets.count ? Int(firstRRsets[number + 1]) : rrsetCount
    return Int(firstRRsets[number])..<end
  }
}
