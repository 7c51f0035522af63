public import ZoneKit

extension RecordSet {
  /// The set reduced to what it means, in one form: owner in lower case, data in canonical form,
  /// each once and in order of their octets, no trace of where it was read. Two sets mean the same
  /// exactly if these are equal.
  public var canonical: RecordSet {
    RecordSet(
      owner: owner.lowercased, type: type, content: content.canonical, routing: routing,
      healthCheckID: healthCheckID)
  }

  /// Whether the two sets are the same to a resolver and to Route 53: letter case of names, order
  /// and repetition of data, and the places they were read do not count.
  public func hasSameMeaning(as other: RecordSet) -> Bool {
    if isIdentical(to: other) { return true }
    return owner == other.owner && type == other.type && routing == other.routing
      && healthCheckID == other.healthCheckID
      && (content == other.content || content.canonical == other.content.canonical)
  }
}

extension RecordSet.Content {
  var canonical: RecordSet.Content {
    switch self {
    case .records(let ttl, let data): .records(ttl: ttl, data: data.canonical)
    case .alias: self
    case .trafficPolicyInstance(let id, let ttl, let data):
      .trafficPolicyInstance(id: id, ttl: ttl, data: data.canonical)
    }
  }
}

extension Sequence<RecordData> {
  /// The data in canonical form (RFC 4034 section 6.2), each once, in order of their octets
  /// (section 6.3).
  public var canonical: [RecordData] {
    var seen: Set<RecordData> = []
    return map(\.canonical).filter { seen.insert($0).inserted }
      .sorted { $0.octets.lexicographicallyPrecedes($1.octets) }
  }
}

extension RecordSet.Key: Comparable {
  /// By owner in canonical order (RFC 4034 section 6.1), then type, then set identifier; the set
  /// without identifier first.
  public static func < (a: Self, b: Self) -> Bool {
    if a.owner != b.owner { return a.owner < b.owner }
    if a.type != b.type { return a.type < b.type }
    guard let y = b.setIdentifier else { return false }
    guard let x = a.setIdentifier else { return true }
    return x < y
  }
}
