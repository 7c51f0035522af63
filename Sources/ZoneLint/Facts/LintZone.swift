import Diagnostics
import RecordSets
import ZoneKit

/// What rules look at: names, RRsets and values with their places, of a zone file or of a hosted
/// zone.
///
/// It is only a view for looking things up. The record sets of an export stay what they are beside
/// it; an alias appears as an RRset with one value whose data have no octets.
final class LintZone: Sendable {
  let apex: Name
  let index: ZoneIndex
  /// The record sets, where it is a hosted zone.
  let recordSets: [RecordSet]
  let isExport: Bool
  /// For each record of the index the record set that it comes from.
  private let setOfRecord: [UInt32]
  /// For each RRset the number of its name.
  private let nameOfRRset: [UInt32]
  /// The RRsets of the zone by type, and where each type's begin.
  private let rrsetsByType: [UInt32]
  private let typeStarts: [UInt32]
  /// The types that occur, ascending.
  let types: [RecordType]
  /// Numbers of the names below the apex with NS records, and of those with DNAME records.
  private let cuts: Set<Int>
  private let redirections: Set<Int>
  private let isApexRedirected: Bool
  /// How many octets the apex has in wire form.
  private let apexCount: Int
  /// Names and data of all records.
  let storage: [UInt8]
  /// The smallest and the largest TTL in seconds.
  let ttlBounds: ClosedRange<UInt32>
  /// The most octets that the data of a record have.
  let largestDataCount: Int
  /// Which records that others lead to stand at the names of the zone, by number.
  private let standings: [Presence]

  /// What other records ask of a name.
  struct Presence: OptionSet {
    let rawValue: UInt8
    /// It has A or AAAA records.
    static let address = Presence(rawValue: 1)
    /// It has a CNAME record.
    static let cname = Presence(rawValue: 2)
  }

  /// A zone that was read from a zone file.
  convenience init(_ index: ZoneIndex) {
    self.init(index, apex: index.zone.apex, recordSets: nil, setOfRecord: [])
  }

  /// The record sets of the hosted zone `apex`.
  convenience init(_ recordSets: [RecordSet], apex: Name) {
    var records: [Record] = []
    var setOfRecord: [UInt32] = []
    for (number, set) in recordSets.enumerated() {
      let data = set.data.isEmpty ? [RecordData(type: set.type, octets: [])] : set.data
      for data in data {
        records.append(Record(owner: set.owner, ttl: set.ttl ?? TTL(0), data: data))
        setOfRecord.append(UInt32(number))
      }
    }
    self.init(
      ZoneIndex(Zone(apex: apex, records: records)), apex: apex, recordSets: recordSets,
      setOfRecord: setOfRecord)
  }

  private init(
    _ index: ZoneIndex, apex: Name, recordSets: [RecordSet]?, setOfRecord: [UInt32]
  ) {
    self.index = index
    self.apex = apex
    self.recordSets = recordSets ?? []
    isExport = recordSets != nil
    self.setOfRecord = setOfRecord
    apexCount = apex.wire.count
    storage = index.zone.storage
    ttlBounds = index.zone.ttlBounds ?? 0...0
    largestDataCount = index.zone.largestDataCount

    var nameOfRRset = [UInt32](repeating: 0, count: index.rrsetCount)
    var typeStarts = [UInt32](repeating: 0, count: Int(UInt16.max) + 2)
    let members = LintZone.members(of: index)
    for (name, rrset) in members {
      nameOfRRset[Int(rrset)] = name
      typeStarts[Int(index.type(numbered: Int(rrset)).rawValue) + 1] += 1
    }
    for type in 1..<typeStarts.count { typeStarts[type] += typeStarts[type - 1] }
    var next = typeStarts
    var rrsetsByType = [UInt32](repeating: 0, count: members.count)
    for (_, rrset) in members {
      let type = Int(index.type(numbered: Int(rrset)).rawValue)
      rrsetsByType[Int(next[type])] = rrset
      next[type] += 1
    }
    self.nameOfRRset = nameOfRRset
    self.typeStarts = typeStarts
    self.rrsetsByType = rrsetsByType
    types = (0..<(typeStarts.count - 1)).filter { typeStarts[$0] < typeStarts[$0 + 1] }
      .map { RecordType(rawValue: UInt16($0)) }

    func names(with type: RecordType) -> Set<Int> {
      let range = Int(typeStarts[Int(type.rawValue)])..<Int(typeStarts[Int(type.rawValue) + 1])
      return Set(rrsetsByType[range].map { Int(nameOfRRset[Int($0)]) })
    }
    cuts = names(with: .ns).subtracting(index.number(of: apex).map { [$0] } ?? [])
    redirections = names(with: .dname)
    isApexRedirected = index.number(of: apex).map(redirections.contains) ?? false

    var standings = [Presence](repeating: [], count: index.nameCount)
    for (type, presence) in [
      (RecordType.a, Presence.address), (.aaaa, .address), (.cname, .cname),
    ] {
      let range = Int(typeStarts[Int(type.rawValue)])..<Int(typeStarts[Int(type.rawValue) + 1])
      for rrset in rrsetsByType[range] {
        standings[Int(nameOfRRset[Int(rrset)])].insert(presence)
      }
    }
    self.standings = standings
  }

  /// The RRsets of the zone's class at or below the apex, each with its name.
  private static func members(of index: ZoneIndex) -> [(name: UInt32, rrset: UInt32)] {
    var members: [(name: UInt32, rrset: UInt32)] = []
    members.reserveCapacity(index.rrsetCount)
    for name in 0..<index.nameCount where index.isInside(name) {
      for rrset in index.rrsets(ofName: name) {
        guard let record = index.records(ofRRset: rrset).first,
          index.zone.recordClass(ofRecord: Int(record)) == index.zone.recordClass
        else { continue }
        members.append((UInt32(name), UInt32(rrset)))
      }
    }
    return members
  }
}

// MARK: - Looking up

extension LintZone {
  /// All RRsets of a type, in order of their owners' first appearance.
  func rrsets(_ type: RecordType) -> some RandomAccessCollection<LintRRset> {
    rrsetNumbers(type).lazy.map { LintRRset(zone: self, number: $0) }
  }

  /// The numbers of all RRsets of a type, for passes over many.
  func rrsetNumbers(_ type: RecordType) -> some RandomAccessCollection<Int> {
    let range = Int(typeStarts[Int(type.rawValue)])..<Int(typeStarts[Int(type.rawValue) + 1])
    return rrsetsByType[range].lazy.map { Int($0) }
  }

  /// What stands at the name with a number that others lead to.
  func presence(atName number: Int) -> Presence { standings[number] }

  /// The number of the name that an RRset belongs to.
  func nameNumber(ofRRset rrset: Int) -> Int { Int(nameOfRRset[rrset]) }

  /// The number of the first record of an RRset: the one whose TTL a server takes for all.
  func firstRecord(ofRRset rrset: Int) -> Int { index.firstRecord(ofRRset: rrset) }

  /// All RRsets, by type.
  var rrsets: some RandomAccessCollection<LintRRset> {
    rrsetsByType.lazy.map { LintRRset(zone: self, number: Int($0)) }
  }

  /// All names at or below the apex: owners in order of appearance, then empty non-terminals.
  var names: some Sequence<LintName> {
    (0..<index.nameCount).lazy.filter { self.index.isInside($0) }
      .map { LintName(zone: self, number: $0) }
  }

  /// The name, if records stand at or below it.
  subscript(name: Name) -> LintName? {
    index.number(of: name).map { LintName(zone: self, number: $0) }
  }

  /// The RRset of an owner and type.
  subscript(owner: Name, type: RecordType) -> LintRRset? { self[owner]?[type] }

  /// The number of the name that an RRset belongs to.
  func name(ofRRset rrset: Int) -> LintName {
    LintName(zone: self, number: Int(nameOfRRset[rrset]))
  }

  /// Where the record with an index stands.
  func location(ofRecord record: Int) -> Location? {
    isExport
      ? recordSets[Int(setOfRecord[record])].location : index.zone.location(ofRecord: record)
  }

  /// The record set that a record comes from, in a hosted zone.
  func recordSet(ofRecord record: Int) -> RecordSet? {
    isExport ? recordSets[Int(setOfRecord[record])] : nil
  }

  /// Where a finding about the zone as a whole points: its SOA record, else its first record.
  var location: Location? {
    if let soa = self[apex, .soa] { return soa.location }
    return rrsets(.soa).first?.location ?? (index.zone.isEmpty ? nil : location(ofRecord: 0))
  }
}

// MARK: - As a name server sees it

/// What a name server of the zone finds at a name (RFC 1034 section 4.3.2, RFC 4592, RFC 6672).
enum Standing {
  /// Not at or below the apex: somebody else answers.
  case outside
  /// At or below this zone cut: the child's servers answer. What stands there is glue.
  case delegated(cut: LintName)
  /// Below this owner of a DNAME, which leads elsewhere.
  case redirected(by: LintName)
  /// The name is there; perhaps as an empty non-terminal.
  case present(LintName)
  /// This wildcard answers for it.
  case synthesized(from: LintName)
  /// There is no such name.
  case absent
}

extension LintZone {
  /// What a name server of the zone finds at `name`.
  func standing(of name: Name) -> Standing {
    guard name.isAtOrBelow(apex) else { return .outside }
    if let above = occluder(of: name, orAt: true) { return above }
    if let there = self[name] { return .present(there) }
    guard let encloser = index.closestEncloser(of: name), let wildcard = encloser.wildcardChild,
      let there = self[wildcard]
    else { return .absent }
    return .synthesized(from: there)
  }

  /// Whether a name is delegated.
  func isCut(_ name: LintName) -> Bool { cuts.contains(name.number) }

  /// Whether any name below the apex is delegated.
  var hasCuts: Bool { !cuts.isEmpty }

  /// The highest zone cut or DNAME that takes `name` away from this zone; nil if the zone itself
  /// answers for it.
  ///
  /// - Parameter orAt: whether a zone cut at the name itself counts.
  func occluder(of name: LintName, orAt: Bool) -> Standing? {
    if cuts.isEmpty, redirections.isEmpty { return nil }
    let offset = index.offset(ofName: name.number)
    let label = 1 + Int(storage[offset])
    // Most names stand directly below the apex: nothing is between.
    let isShallow =
      storage[offset] == 0
      || LintZone.wireCount(ofNameAt: offset + label, in: storage) <= apexCount
    if isShallow, !isApexRedirected {
      return orAt && cuts.contains(name.number) ? .delegated(cut: name) : nil
    }
    return occluder(ofNameAt: offset, in: storage, orAt: orAt)
  }

  /// As for a name that stands in the zone.
  private func occluder(of name: Name, orAt: Bool) -> Standing? {
    if cuts.isEmpty, redirections.isEmpty { return nil }
    var found: Standing?
    var candidate = name
    var isAt = true
    while candidate.wire.count > apexCount {
      if let number = index.number(of: candidate) {
        found = occlusion(by: number, isAt: isAt, orAt: orAt) ?? found
      }
      guard let parent = candidate.parent else { break }
      candidate = parent
      isAt = false
    }
    if !isAt, isApexRedirected, let apex = self[apex] { found = .redirected(by: apex) }
    return found
  }

  /// The same of a name in the storage.
  private func occluder(ofNameAt offset: Int, in storage: [UInt8], orAt: Bool) -> Standing? {
    var found: Standing?
    var candidate = offset
    var count = LintZone.wireCount(ofNameAt: offset, in: storage)
    while count > apexCount {
      if let number = index.find(nameAt: candidate).number {
        found = occlusion(by: number, isAt: candidate == offset, orAt: orAt) ?? found
      }
      let label = 1 + Int(storage[candidate])
      candidate += label
      count -= label
    }
    if candidate != offset, isApexRedirected, let apex = self[apex] {
      found = .redirected(by: apex)
    }
    return found
  }

  /// What the name with a number takes away from the zone, if it does.
  private func occlusion(by number: Int, isAt: Bool, orAt: Bool) -> Standing? {
    if cuts.contains(number), orAt || !isAt {
      return .delegated(cut: LintName(zone: self, number: number))
    }
    if redirections.contains(number), !isAt {
      return .redirected(by: LintName(zone: self, number: number))
    }
    return nil
  }

  /// How many octets the name with a number has in wire form.
  func wireCount(ofName number: Int) -> Int {
    LintZone.wireCount(ofNameAt: index.offset(ofName: number), in: storage)
  }

  private static func wireCount(ofNameAt offset: Int, in octets: [UInt8]) -> Int {
    var end = offset
    while octets[end] != 0 { end += 1 + Int(octets[end]) }
    return end + 1 - offset
  }

  /// The RRsets of `type` that a query for `name` ends at, following CNAMEs inside the zone.
  /// `isKnown` is false where the answer comes from elsewhere, so that nothing can be said of it.
  func answer(_ name: Name, _ type: RecordType) -> (rrset: LintRRset?, isKnown: Bool) {
    var name = name
    for _ in 0..<LintZone.maximumChainCount {
      let there: LintName
      switch standing(of: name) {
      case .outside, .delegated, .redirected: return (nil, false)
      case .absent: return (nil, true)
      case .present(let found), .synthesized(let found): there = found
      }
      if let rrset = there[type] { return (rrset, true) }
      guard let target = there[.cname]?.values.first?.data.names.first else { return (nil, true) }
      name = target
    }
    return (nil, true)
  }

  /// The longest chain of CNAMEs that is followed. Resolvers give up sooner (BIND after 16).
  static let maximumChainCount = 16

  /// Whether a host has, or may have, an address: false only where this zone decides that it has
  /// none.
  func mayHaveAddress(_ host: Name) -> Bool {
    let ipv4 = answer(host, .a)
    if ipv4.rrset != nil || !ipv4.isKnown { return true }
    let ipv6 = answer(host, .aaaa)
    return ipv6.rrset != nil || !ipv6.isKnown
  }
}
