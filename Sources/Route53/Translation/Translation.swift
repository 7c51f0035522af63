public import RecordSets
public import ZoneKit

/// A zone translated into the record sets of a hosted zone, and what became of every record.
public struct Translation: Sendable {
  /// The sets to be, in Route 53's order. Their data keep the order of the zone.
  public let recordSets: [RecordSet]
  /// What became of every record.
  public let ledger: Ledger
  /// CNAMEs to resources of AWS that are carried as they are and could be aliases, in order of
  /// appearance.
  public let suggestions: [AliasSuggestion]

  /// How a zone is translated.
  public struct Options: Sendable, Hashable {
    /// What becomes of types that Route 53 does not take.
    public var unsupported: UnsupportedPolicy
    /// Which TTLs enter Route 53.
    public var ttl: TTLPolicy
    /// What becomes of CNAMEs that could be aliases.
    public var alias: AliasPolicy
    /// The id of the hosted zone to be, which an alias to a name of the zone itself has to state.
    public var hostedZoneID: String?

    /// Options.
    public init(
      unsupported: UnsupportedPolicy = .block, ttl: TTLPolicy = .lowered,
      alias: AliasPolicy = .suggest, hostedZoneID: String? = nil
    ) {
      self.unsupported = unsupported
      self.ttl = ttl
      self.alias = alias
      self.hostedZoneID = hostedZoneID
    }
  }

  /// What becomes of types that Route 53 does not take.
  public enum UnsupportedPolicy: String, Sendable, Hashable, CaseIterable {
    /// Their records are blocked.
    case block
    /// Their records are skipped.
    case skip
  }

  /// Translates a zone.
  ///
  /// - Throws: `LedgerError` if a record is not accounted for, which is a fault of this program.
  public init(of index: ZoneIndex, options: Options = .init()) throws(LedgerError) {
    try self.init(of: index, annotations: [:], options: options)
  }

  /// Translates a zone read with the forms of cli53: aliases, routing policies, health checks.
  ///
  /// - Throws: `LedgerError` as above.
  public init(of zone: AnnotatedZone, options: Options = .init()) throws(LedgerError) {
    try self.init(of: zone.index, annotations: zone.annotations, options: options)
  }

  private init(
    of index: ZoneIndex, annotations: [Int: RecordAnnotation], options: Options
  ) throws(LedgerError) {
    var translator = Translator(index: index, annotations: annotations, options: options)
    translator.translate()
    recordSets = translator.recordSets
    suggestions = translator.suggestions
    ledger = try Ledger(
      zone: index.zone, outcomes: translator.outcomes, recordSets: translator.recordSets)
  }
}

/// Sorts the records of a zone into sets and ledger lines.
private struct Translator {
  let index: ZoneIndex
  let annotations: [Int: RecordAnnotation]
  let options: Translation.Options
  var outcomes: [Ledger.Outcome?]
  var recordSets: [RecordSet] = []
  var suggestions: [AliasSuggestion] = []

  init(
    index: ZoneIndex, annotations: [Int: RecordAnnotation], options: Translation.Options
  ) {
    self.index = index
    self.annotations = annotations
    self.options = options
    outcomes = [Ledger.Outcome?](repeating: nil, count: index.zone.count)
  }

  mutating func translate() {
    for set in annotations.recordSets(in: index.zone) { translate(annotated: set) }
    for name in 0..<index.nameCount where index.isInside(name) {
      var rrsets = index.rrsets(ofName: name).compactMap { index.rrset(number: $0) }
      if !annotations.isEmpty { rrsets = rrsets.compactMap { $0.without(annotations) } }
      for rrset in rrsets { translate(rrset, among: rrsets) }
    }
    putInOrder()
    for record in index.zone.indices where outcomes[record] == nil {
      outcomes[record] = outcomeOfRest(record)
    }
  }

  /// Carries a set of annotated records, unless it cannot be.
  private mutating func translate(annotated set: RecordSet) {
    var set = set
    let outcome: Ledger.Outcome?
    if !set.owner.isAtOrBelow(index.zone.apex) {
      outcome = .blocked(.outOfZone(apex: index.zone.apex))
    } else if !set.type.isRoute53 {
      outcome = .blocked(.unsupportedType(set.type))
    } else if case .records(let ttl, let data) = set.content {
      let rrset = RRset(owner: set.owner, type: set.type, ttl: ttl, data: data)
      outcome = limit(of: rrset).map { .blocked($0) }
      set.content = .records(
        ttl: options.ttl.ttl(for: ttl, isWeb: rrset.isWeb(apex: index.zone.apex)), data: data)
    } else {
      outcome = nil
    }
    if let outcome {
      for record in set.recordIndices { outcomes[record] = outcome }
    } else {
      recordSets.append(set)
    }
  }

  private mutating func translate(_ rrset: RRset, among siblings: [RRset]) {
    if rrset.type == .cname, translateAlias(rrset, among: siblings) { return }
    if let outcome = outcome(of: rrset, among: siblings) {
      for record in rrset.indices { outcomes[record] = outcome }
      return
    }
    let set = RecordSet(
      owner: rrset.owner, type: rrset.type,
      content: .records(
        ttl: options.ttl.ttl(
          for: rrset.ttl,
          isWeb: rrset.isWeb(
            apex: index.zone.apex, types: siblings.map(\.type))),
        data: rrset.data),
      location: rrset.indices.first.flatMap { index.zone.location(ofRecord: $0) },
      recordIndices: rrset.indices)
    recordSets.append(set)
  }

  /// Carries a CNAME as aliases, where that is wanted and it leads to where aliases can. At the
  /// apex other records may stand beside it.
  ///
  /// - Returns: whether the RRset is done with.
  private mutating func translateAlias(_ rrset: RRset, among siblings: [RRset]) -> Bool {
    let isApex = rrset.owner == index.zone.apex
    guard index.zone.recordClass == .in, rrset.data.count == 1,
      let resolution = AliasResolution(of: rrset, in: index, hostedZoneID: options.hostedZoneID)
    else { return false }
    // An alias of a type that is there already would take its place.
    guard !siblings.contains(where: { resolution.types.contains($0.type) }) else { return false }
    if options.alias == .convert, let target = resolution.target {
      for type in resolution.types {
        recordSets.append(
          RecordSet(
            owner: rrset.owner, type: type, content: .alias(target),
            location: index.zone.location(ofRecord: rrset.indices[0]),
            recordIndices: rrset.indices))
      }
      return true
    }
    if isApex {
      let way = options.alias == .never ? nil : resolution.way
      outcomes[rrset.indices[0]] = .blocked(.apexCNAME(way))
      return true
    }
    if options.alias == .suggest, let resource = resolution.resource {
      suggestions.append(
        AliasSuggestion(owner: rrset.owner, record: rrset.indices[0], resource: resource))
    }
    return false
  }

  /// Why an RRset is not carried; nil if it is.
  private func outcome(of rrset: RRset, among siblings: [RRset]) -> Ledger.Outcome? {
    let isApex = rrset.owner == index.zone.apex
    let type = rrset.type
    if index.zone.recordClass != .in { return .blocked(.otherClass(index.zone.recordClass)) }
    if type.isZoneSigning { return .skipped(.zoneSigning(type)) }
    if !type.isRoute53 {
      let reason = LedgerReason.unsupportedType(type)
      return options.unsupported == .skip ? .skipped(reason) : .blocked(reason)
    }
    if type == .soa { return isApex ? .skipped(.apexSOA) : .blocked(.soaBelowApex) }
    if type == .ns {
      if isApex { return .skipped(.apexNS) }
      if rrset.owner.isWildcard { return .blocked(.wildcardNS) }
    }
    if type == .cname {
      if isApex { return .blocked(.apexCNAME(nil)) }
      if rrset.data.count > 1 { return .blocked(.severalCNAMEs) }
      if siblings.contains(where: { $0.type != .cname && $0.type.isRoute53 }) {
        return .blocked(.cnameAndOther)
      }
    }
    return limit(of: rrset).map { .blocked($0) }
  }

  /// The limit of Route 53 that an RRset is over.
  private func limit(of rrset: RRset) -> LedgerReason? {
    if rrset.ttl > TTL.maximum { return .ttlTooLarge }
    guard rrset.data.allSatisfy(\.isWellFormed) else { return .malformedData }
    // Most sets are far from any limit: no form takes more than eight characters an octet.
    let bound = rrset.data.reduce(0) { $0 + 8 * $1.octets.count + 16 }
    if bound <= RecordSetLimits.valueCount, rrset.data.count <= RecordSetLimits.valuesPerSet {
      return nil
    }
    let counts = rrset.data.map { $0.route53.utf8.count }
    if let count = counts.max(), count > RecordSetLimits.valueCount { return .valueTooLong(count) }
    if counts.count > RecordSetLimits.valuesPerSet { return .tooManyValues(counts.count) }
    let total = counts.reduce(0, +)
    return total > RequestLimits.characters ? .setTooLong(total) : nil
  }

  private mutating func putInOrder() {
    recordSets = recordSets.inRoute53Order
    for (set, recordSet) in recordSets.enumerated() {
      for record in recordSet.recordIndices where outcomes[record] == nil {
        outcomes[record] = .carried(set: set)
      }
    }
  }

  /// What becomes of a record that is in no RRset of the zone.
  private func outcomeOfRest(_ record: Int) -> Ledger.Outcome? {
    switch index.standing(ofRecord: record) {
    case .member: annotations[record] == nil ? nil : .blocked(.conflictingAnnotation)
    case .duplicate(let first):
      if (annotations[first] == nil) != (annotations[record] == nil) {
        .blocked(.conflictingAnnotation)
      } else if case .carried = outcomes[first] {
        .merged(into: first)
      } else {
        outcomes[first]
      }
    case .outOfZone: .blocked(.outOfZone(apex: index.zone.apex))
    case .otherClass: .blocked(.otherClass(index.zone[record].recordClass))
    }
  }
}

extension RRset {
  /// The RRset without the records that are annotated; nil if none is left.
  fileprivate func without(_ annotations: [Int: RecordAnnotation]) -> RRset? {
    let kept = zip(indices, data).filter { annotations[$0.0] == nil }
    guard !kept.isEmpty else { return nil }
    return RRset(
      owner: owner, type: type, ttl: ttl, data: kept.map(\.1), indices: kept.map(\.0))
  }
}
