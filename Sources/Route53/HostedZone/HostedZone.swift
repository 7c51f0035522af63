public import RecordSets
public import ZoneKit

/// A strict model of a hosted zone: it takes and refuses change batches as the service does, with
/// its own words, and without asking it.
///
/// Where the service's behaviour is not documented, the model refuses. A set that was present at
/// the start is legal by definition, whatever a rule here says: a live export shows what the
/// service took.
public struct HostedZone: Sendable {
  /// The name of the zone, in lower case.
  public let apex: Name
  /// The zone's id, such as `Z3M3LMPEXAMPLE`; nil if it is not known. Aliases are then taken for
  /// aliases to this zone by the names of their targets.
  public let id: String?
  /// The most sets that the zone takes (`MAX_RRSETS_BY_ZONE`).
  public var setLimit: Int
  /// Whether the name servers are stand-ins, as the service has not yet said which it assigns.
  public let hasPlaceholderNameServers: Bool
  /// How many sets there are.
  public private(set) var count = 0

  /// The owners that have sets, or had some: a place stays an owner's for good.
  private var owners: [Owner] = []
  /// The place of each owner.
  private var places: [Name: Int] = [:]
  /// How many alias sets of this zone point at a name and type of this zone.
  private var aliasCounts: [TypedName: Int] = [:]

  /// An owner with its sets, in order of their keys.
  private struct Owner {
    let name: Name
    var sets: [HeldSet] = []
    /// The sets of the start.
    var start: [HeldSet] = []
    /// For the use of whoever walks along the owners.
    var mark = 0
  }

  /// A zone as an export shows it.
  ///
  /// - Parameters:
  ///   - apex: the name of the zone.
  ///   - id: the zone's id, with or without `/hostedzone/`.
  ///   - sets: all sets of the zone, in any order.
  /// - Throws: `HostedZoneError` if two sets have one key, or a set lies outside the zone.
  public init(
    apex: Name, id: String? = nil, sets: some Sequence<RecordSet>
  ) throws(HostedZoneError) {
    self.init(emptyAt: apex, id: id, hasPlaceholderNameServers: false)
    reserveCapacity(sets.underestimatedCount)
    for set in sets {
      guard set.owner.isAtOrBelow(apex) else { throw .outsideZone(set, apex: apex) }
      guard put(HeldSet(set), in: place(of: set.owner)) == nil else { throw .duplicateSet(set) }
    }
    startHere()
  }

  private init(emptyAt apex: Name, id: String?, hasPlaceholderNameServers: Bool) {
    self.apex = apex.lowercased
    self.id = id.map(HostedZone.bareID)
    self.hasPlaceholderNameServers = hasPlaceholderNameServers
    setLimit = RecordSetLimits.setsPerZone
  }

  /// A new hosted zone, as the service makes it: NS with a TTL of 172,800 s, SOA with one of 900 s.
  ///
  /// - Parameters:
  ///   - apex: the name of the zone.
  ///   - delegationSet: the four name servers that the service assigned; nil if they are not known
  ///     yet, and stand-ins below `invalid.` (RFC 2606) are used.
  ///   - id: the zone's id.
  public static func new(
    apex: Name, delegationSet: [Name]? = nil, id: String? = nil
  ) -> HostedZone {
    let known = delegationSet.flatMap { $0.isEmpty ? nil : $0 }
    let servers = known?.map(\.route53) ?? (1...4).map { "ns-\($0).delegation-set.invalid." }
    let soa =
      "\(servers[0]) awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"
    var zone = HostedZone(emptyAt: apex, id: id, hasPlaceholderNameServers: known == nil)
    for (type, ttl, values) in [(RecordType.ns, 172_800, servers), (.soa, 900, [soa])] {
      let set = RecordSet(
        owner: apex, type: type,
        content: .records(
          ttl: TTL(UInt32(ttl)),
          data: values.compactMap { try? RecordData(route53: $0, type: type) }))
      zone.put(HeldSet(set), in: zone.place(of: apex))
    }
    zone.startHere()
    return zone
  }

  /// A zone id without the `/hostedzone/` that some answers put before it.
  static func bareID(_ id: String) -> String {
    let prefix = "/hostedzone/"
    return id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id
  }
}

// MARK: - Reading

extension HostedZone {
  /// All sets, in canonical order of their keys.
  public var sets: [RecordSet] {
    owners.lazy.flatMap(\.sets).map(\.whole).inCanonicalOrder
  }

  /// The set of a key; nil if there is none.
  public func set(_ key: RecordSet.Key) -> RecordSet? { heldSet(key)?.whole }

  /// The sets of an owner, in order of their keys.
  public func sets(at owner: Name) -> [RecordSet] { heldSets(at: owner).map(\.whole) }

  /// The set of a key as it is held; nil if there is none.
  func heldSet(_ key: RecordSet.Key) -> HeldSet? {
    places[key.owner].flatMap { owners[$0].sets.set(key.type, key.setIdentifier) }
  }

  /// The set of the same key as another, as it is held; nil if there is none.
  func heldSet(like set: RecordSet) -> HeldSet? {
    places[set.owner].flatMap { owners[$0].sets.set(set.type, set.setIdentifier) }
  }

  /// The sets of an owner as they are held, in order of their keys.
  func heldSets(at owner: Name) -> [HeldSet] { places[owner].map { owners[$0].sets } ?? [] }

  /// The place of an owner; nil if it has none. It costs less if it is the given one or the next.
  func place(of owner: Name, from guess: Int) -> Int? {
    for place in guess..<min(guess + 2, owners.count) where owners[place].name == owner {
      return place
    }
    return places[owner]
  }

  /// The set of a type and identifier, of the owner at a place; nil if there is none.
  func heldSet(_ type: RecordType, _ identifier: String?, in place: Int) -> HeldSet? {
    owners[place].sets.set(type, identifier)
  }

  /// The sets of the owner at a place.
  func heldSets(in place: Int) -> [HeldSet] { owners[place].sets }

  /// The set of a type and identifier, of the owner at a place, at the start; nil if there was none.
  func startingSet(_ type: RecordType, _ identifier: String?, in place: Int) -> HeldSet? {
    owners[place].start.set(type, identifier)
  }

  /// The name of the owner at a place.
  func owner(in place: Int) -> Name { owners[place].name }

  /// Whether a set of this name and type exists.
  func contains(_ name: TypedName) -> Bool {
    places[name.owner].map { owners[$0].sets.contains { $0.set.type == name.type } } ?? false
  }

  /// How many alias sets of the zone point at a name and type of the zone.
  func aliasCount(to target: TypedName) -> Int { aliasCounts[target] ?? 0 }

  /// Whether an alias set of the zone points at the zone.
  var hasAliases: Bool { aliasCounts.values.contains { $0 > 0 } }

  /// What a set points at, if it is an alias to a set of this zone.
  func aliasTarget(of set: RecordSet) -> TypedName? {
    guard let target = set.aliasTarget else { return nil }
    let isHere = id.map { $0 == HostedZone.bareID(target.hostedZoneID) }
    guard isHere ?? target.name.isAtOrBelow(apex) else { return nil }
    return TypedName(owner: target.name, type: set.type)
  }

  /// The key of a set of a request; nil if its name or type is none.
  func key(of set: ResourceRecordSet) -> RecordSet.Key? {
    var reading = SetReading(apex: apex, zoneID: id)
    return reading.key(of: set)
  }

  /// Whether this is the SOA or the NS set of the zone itself.
  func isApexAuthority(_ set: RecordSet) -> Bool {
    set.type.isAuthority && set.owner == apex
  }

  /// Whether this is the key of one of them.
  func isApexAuthority(_ key: RecordSet.Key) -> Bool {
    key.type.isAuthority && key.owner == apex
  }
}

extension RecordType {
  /// Whether the service gives every zone a set of the type at its apex.
  var isAuthority: Bool { self == .soa || self == .ns }
}

/// A name and a type: what an alias points at.
struct TypedName: Hashable, Sendable {
  var owner: Name
  var type: RecordType
}

// MARK: - Changing

extension HostedZone {
  /// The place of an owner, a new one if it has none.
  mutating func place(of owner: Name) -> Int {
    let next = owners.count
    let place = HostedZone.entered(&places[owner, default: next])
    if place == next { owners.append(Owner(name: owner)) }
    return place
  }

  /// Has a value entered that was not there, by the one look that finds it.
  private static func entered(_ place: inout Int) -> Int { place }

  /// A mark of the owner at a place, for the use of whoever walks along the owners.
  subscript(markIn place: Int) -> Int {
    get { owners[place].mark }
    set { owners[place].mark = newValue }
  }

  /// Puts a set of the owner at a place among its others.
  ///
  /// - Returns: the set of the same key that it takes the place of; nil if there was none.
  @discardableResult
  mutating func put(_ held: HeldSet, in place: Int) -> HeldSet? {
    let former = owners[place].sets.put(held)
    note(held, by: 1)
    if let former { note(former, by: -1) }
    return former
  }

  /// Takes the set of a type and identifier away from the owner at a place.
  mutating func remove(_ type: RecordType, _ identifier: String?, in place: Int) {
    if let former = owners[place].sets.remove(type, identifier) { note(former, by: -1) }
  }

  /// Puts sets in the place of those of an owner.
  mutating func replaceSets(in place: Int, with sets: [HeldSet]) {
    for held in owners[place].sets { note(held, by: -1) }
    owners[place].sets = sets
    for held in sets { note(held, by: 1) }
  }

  private mutating func note(_ held: HeldSet, by step: Int) {
    count += step
    if let target = aliasTarget(of: held.set) { aliasCounts[target, default: 0] += step }
  }

  /// Makes room for sets of so many owners.
  mutating func reserveCapacity(_ count: Int) {
    owners.reserveCapacity(count)
    places.reserveCapacity(count)
  }

  /// Makes what the zone holds now the start of what follows.
  mutating func startHere() {
    for place in owners.indices { owners[place].start = owners[place].sets }
    setLimit = max(setLimit, count)
  }

  /// Gives up the sets, so that whoever takes them changes them in place instead of a copy.
  mutating func take() -> HostedZone {
    let whole = self
    owners = []
    places = [:]
    aliasCounts = [:]
    return whole
  }
}

/// Sets that are no hosted zone.
public enum HostedZoneError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Two sets have the same owner, type and set identifier.
  case duplicateSet(RecordSet)
  /// A set lies outside the zone.
  case outsideZone(RecordSet, apex: Name)

  /// What is wrong, in a sentence.
  public var description: String {
    switch self {
    case .duplicateSet(let set): "\(set.key) stands twice in the export of one zone"
    case .outsideZone(let set, let apex):
      "\(set.key) does not lie in the zone \(apex): is this the export of another zone?"
    }
  }
}
