import ZoneKit

/// A name in the data of a record: where a record leads.
///
/// Targets are worked out once for all rules, so that a rule looks at few of them more closely.
struct LintTarget {
  /// The record, as its index in the zone.
  let record: UInt32
  /// Where the name begins in the zone's storage.
  let offset: UInt32
  /// Its number, if it is a name of the zone.
  let number: UInt32?
  let traits: Traits

  /// What can be told of a target from its spelling and the zone.
  struct Traits: OptionSet {
    let rawValue: UInt8
    /// It lies at or below the apex.
    static let inside = Traits(rawValue: 1)
    /// A label has other characters than letters, digits and hyphens.
    static let noHost = Traits(rawValue: 2)
    /// Its first label is a number: it may be an address.
    static let numeric = Traits(rawValue: 4)
    /// It may lie in the domain of a service whose endpoints others can claim.
    static let claimable = Traits(rawValue: 8)
    /// It may lie in the domain of a content delivery network or load balancer.
    static let web = Traits(rawValue: 16)
    /// It is the last name in the data.
    static let last = Traits(rawValue: 32)
  }
}

/// The targets of a zone, by type.
struct LintTargets {
  private var targets: [RecordType: [LintTarget]] = [:]

  /// The targets of all records of the types that are looked at.
  init(of zone: LintZone) {
    for type in zone.types where !type.isZoneSigning && type.schema?.hasNames == true {
      targets[type] = Self.targets(of: type, in: zone)
    }
  }

  /// The targets of a type, in the order of its RRsets.
  subscript(type: RecordType) -> [LintTarget] { targets[type] ?? [] }

  /// The types that have targets, ascending.
  var types: [RecordType] { targets.keys.sorted() }

  private static func targets(of type: RecordType, in zone: LintZone) -> [LintTarget] {
    let index = zone.index
    let storage = index.zone.storage
    let octets = storage.span
    let place = type.targetPlace
    var targets: [LintTarget] = []
    for rrset in zone.rrsetNumbers(type) {
      for record in index.records(ofRRset: rrset) {
        guard index.original(ofRecord: Int(record)) == nil else { continue }
        if let place {
          let range = index.zone.dataRange(ofRecord: Int(record))
          // An alias has no data.
          guard range.count > place else { continue }
          let offset = range.lowerBound + place
          targets.append(
            LintTarget(record: record, at: offset, isLast: true, octets, index))
        } else {
          let names = index.zone.data(ofRecord: Int(record)).names
          for (number, name) in names.enumerated() {
            targets.append(
              LintTarget(
                record: record, at: name.wire.startIndex, isLast: number == names.count - 1,
                octets, index))
          }
        }
      }
    }
    return targets
  }
}

extension LintContext {
  /// The targets of a type that have all of some traits, the last name of each record alone.
  func lastTargets(
    of type: RecordType, with traits: LintTarget.Traits = []
  ) -> some Sequence<(value: LintValue, name: Name, target: LintTarget)> {
    let wanted = traits.union(.last)
    return targets[type].lazy.filter { $0.traits.isSuperset(of: wanted) }.map { [zone] in
      (
        LintValue(zone: zone, record: Int($0.record)), zone.index.zone.name(at: Int($0.offset)),
        $0
      )
    }
  }
}

extension LintTarget {
  fileprivate init(
    record: UInt32, at offset: Int, isLast: Bool, _ octets: Span<UInt8>, _ index: ZoneIndex
  ) {
    self.record = record
    self.offset = UInt32(offset)
    let found = index.find(nameAt: offset)
    number = found.number.map { UInt32($0) }
    var traits: Traits = isLast ? .last : []
    if found.isInside { traits.insert(.inside) }
    if !Name.isHostName(at: offset, in: octets) { traits.insert(.noHost) }
    let count = Int(octets[offset])
    if (1...3).contains(count),
      (offset + 1...offset + count).allSatisfy({ octets[$0] &- 48 < 10 })
    {
      traits.insert(.numeric)
    }
    let tail = DomainSet.tail(ofNameAt: offset, in: octets)
    if ClaimableServices.domains.mayContain(tail: tail) { traits.insert(.claimable) }
    if WebDomains.all.mayContain(tail: tail) { traits.insert(.web) }
    self.traits = traits
  }
}

extension RecordType {
  /// Where the one name in data of this type begins; nil if there are others, or it stands behind
  /// fields of other lengths.
  fileprivate var targetPlace: Int? {
    switch self {
    case .ns, .cname, .dname, .ptr: 0
    case .mx, .svcb, .https: 2
    case .srv: 6
    default: nil
    }
  }
}
