package import Diagnostics

/// Finds the record of a zone that a place in its text belongs to.
package struct RecordLocator {
  private let zone: Zone
  /// The records of each source, in the order of its text.
  private let records: [[UInt32]]

  /// A locator for the records of a zone.
  package init(_ zone: Zone) {
    self.zone = zone
    var records = [[UInt32]](repeating: [], count: zone.sources.count)
    for (index, entry) in zone.entries.enumerated() where entry.source != Zone.noSource {
      records[Int(entry.source)].append(UInt32(index))
    }
    self.records = records
  }

  /// The record whose text a place lies in; nil if there is none, or if one `$GENERATE` makes
  /// several of it.
  package func record(at location: Location) -> Int? {
    guard let record = nearestRecord(at: location),
      !zone.entries[record].flags.contains(.isGenerated)
    else { return nil }
    return record
  }

  /// The owner of the record whose text a place lies in; of the last one, where `$GENERATE` makes
  /// several of it.
  package func owner(at location: Location) -> Name? {
    nearestRecord(at: location).map(zone.owner)
  }

  private func nearestRecord(at location: Location) -> Int? {
    guard let source = zone.sources.firstIndex(where: { $0 === location.source }) else {
      return nil
    }
    let records = records[source]
    var low = 0
    var high = records.count
    while low < high {
      let middle = (low + high) / 2
      if Int(zone.entries[Int(records[middle])].position) <= location.range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low > 0 else { return nil }
    let record = Int(records[low - 1])
    guard let text = zone.location(ofRecord: record)?.range,
      text.contains(location.range.lowerBound)
    else { return nil }
    return record
  }
}
