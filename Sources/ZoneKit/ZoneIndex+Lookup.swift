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
      index.name(numbered: number)
    }
    /// Whether nothing stands there, but something below.
    public var isEmptyNonTerminal: Bool { number >= index.ownerCount }
    /// Whether it lies at or below the apex.
    public var isInside: Bool { index.isInside(number) }
    /// Its RRsets of the zone's class, by type number.
    public var rrsets: [RRset] {
      rrsetNumbers.compactMap { index.rrset(number: $0) }
    }
    /// The types at the name, ascending.
    public var types: [RecordType] { rrsetNumbers.map { index.type(ofRRset: $0) } }

    private var rrsetNumbers: Range<Int> { index.rrsetNumbers(ofName: number) }

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
  package func rrset(number: Int) -> RRset? {
    let members = order[Int(rrsetStarts[number])..<Int(rrsetStarts[number + 1])]
    guard let first = members.first else { return nil }
    let entry = zone.entries[Int(first)]
    guard entry.recordClass == zone.recordClass.rawValue else { return nil }
    let indices = members.compactMap { duplicates[$0] == nil ? Int($0) : nil }
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
  public var names: LazyMapSequence<Range<Int>, NameView> {
    (0..<nameCount).lazy.map { NameView(index: self, number: $0) }
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
