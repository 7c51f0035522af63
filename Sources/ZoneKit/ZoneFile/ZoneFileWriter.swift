/// Writes zones as zone files (RFC 1035 section 5.1).
public struct ZoneFileWriter: Sendable {
  /// Whether data that one of the older readers does not know, or takes otherwise, are written as
  /// `TYPEnnn \# ...` (RFC 3597), and rare octets of owners as decimal escapes: a form that BIND,
  /// NSD, Knot and ldns all read to the same octets.
  public var isPortable: Bool
  /// Whether records stand in canonical order of their owners (RFC 4034 section 6.1), the SOA
  /// first; otherwise in the order of the zone.
  public var isSorted: Bool

  /// A writer.
  public init(isPortable: Bool = false, isSorted: Bool = false) {
    self.isPortable = isPortable
    self.isSorted = isSorted
  }

  /// The zone as the octets of one file: `$ORIGIN` and `$TTL`, then a line a record in columns,
  /// names relative to the apex. Reading it back gives the same records.
  public func write(_ zone: Zone) -> [UInt8] {
    let ttl = commonTTL(of: zone)
    let order = isSorted ? sortedIndices(of: zone) : Array(zone.indices)
    let owners = order.map {
      isPortable
        ? PortableForm.text(zone[$0].owner, relativeTo: zone.apex)
        : zone[$0].owner.presentation(relativeTo: zone.apex)
    }
    let width = min(owners.lazy.map(\.utf8.count).max() ?? 0, Self.widestOwnerColumn)
    var text: [UInt8] = []
    text.append(text: "$ORIGIN \(zone.apex)\n$TTL \(ttl)\n")
    var lastOwner: String?
    for (index, owner) in zip(order, owners) {
      let record = zone[index]
      append(
        record, owner: owner == lastOwner ? "" : owner, width: width, defaultTTL: ttl,
        apex: zone.apex, to: &text)
      lastOwner = owner
    }
    return text
  }

  /// Owners longer than this stand out of their column.
  private static let widestOwnerColumn = 32

  private func append(
    _ record: Record, owner: String, width: Int, defaultTTL: TTL, apex: Name,
    to text: inout [UInt8]
  ) {
    text.append(text: owner)
    text.append(text: String(repeating: " ", count: max(0, width - owner.utf8.count) + 1))
    // libldns takes the original TTL for that of a signature that has none of its own.
    let isLeftOut =
      record.ttl == defaultTTL && !(isPortable && [.rrsig, .sig].contains(record.type))
    let ttl = isLeftOut ? "" : record.ttl.description
    text.append(text: ttl + String(repeating: " ", count: max(0, 7 - ttl.utf8.count)))
    let isGeneric = isPortable && !PortableForm.isReadByAll(record.data)
    let type = isGeneric ? "TYPE\(record.type.rawValue)" : record.type.description
    text.append(text: " \(record.recordClass) \(type)")
    text.append(text: String(repeating: " ", count: max(0, 6 - type.utf8.count) + 1))
    text.append(text: record.data.presentation(relativeTo: apex, generic: isGeneric))
    text.append(UInt8(ascii: "\n"))
  }

  /// The TTL that most records have; of several such the shortest.
  private func commonTTL(of zone: Zone) -> TTL {
    var counts: [TTL: Int] = [:]
    for record in zone { counts[record.ttl, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? TTL(3600)
  }

  private func sortedIndices(of zone: Zone) -> [Int] {
    let keyed = zone.indices.map {
      (index: $0, owner: zone[$0].owner, type: zone.type(ofRecord: $0))
    }
    return keyed.sorted { a, b in
      if a.owner != b.owner { return a.owner < b.owner }
      if (a.type == .soa) != (b.type == .soa) { return a.type == .soa }
      return (a.type, a.index) < (b.type, b.index)
    }.map(\.index)
  }
}
