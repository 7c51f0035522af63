/// The TTL of a delegation as the parent zone publishes it. The operator of the child zone cannot
/// change it, except where a registrar offers that (RFC 9803).
public struct ParentTTL: Hashable, Sendable {
  /// The TTL of the NS set at the parent as it is today.
  public var ttl: TimeSpan
  /// The TTL it is lowered to when the other TTLs are; nil where it stays.
  public var lowered: TimeSpan?
  /// Where the figure comes from, for the reader: `asked of a.gtld-servers.net`.
  public var source: String
  /// Whether nobody looked it up for this very delegation.
  public var isAssumed: Bool

  /// A known or assumed TTL of the delegation at the parent.
  public init(
    _ ttl: TimeSpan, lowered: TimeSpan? = nil, source: String, isAssumed: Bool = false
  ) {
    self.ttl = ttl
    self.lowered = lowered
    self.source = source
    self.isAssumed = isAssumed
  }

  /// The TTL in force at the cutover.
  public var inForce: TimeSpan { lowered ?? ttl }

  /// What is assumed for a zone whose delegation nobody asked for: the registry's figure where
  /// the parent is one of the known, else the longest known one. `zone` is a name in
  /// presentation form, with or without the final dot.
  public static func assumed(forZone zone: String) -> ParentTTL {
    let parent = parentName(of: zone)
    if let known = knownRegistries[parent.lowercased()] {
      return ParentTTL(known.ttl, source: known.source, isAssumed: true)
    }
    return ParentTTL(
      longestKnown, isAssumed: true,
      source: "nothing is known of \(parent): the longest TTL of the known registries")
  }

  private init(_ ttl: TimeSpan, isAssumed: Bool, source: String) {
    self.init(ttl, source: source, isAssumed: isAssumed)
  }

  /// Published TTLs of delegations, by parent zone: those of com and net have been the same for
  /// two decades (RFC 9199 builds on them). Figures of other registries change: ask them.
  private static let knownRegistries: [String: (ttl: TimeSpan, source: String)] = [
    "com.": (172_800, "what the com registry publishes for every delegation"),
    "net.": (172_800, "what the net registry publishes for every delegation"),
  ]

  private static let longestKnown: TimeSpan = 172_800

  /// The name without its first label, with a final dot.
  private static func parentName(of zone: String) -> String {
    var escaped = false
    for index in zone.indices {
      let character = zone[index]
      if escaped {
        escaped = false
      } else if character == "\\" {
        escaped = true
      } else if character == "." {
        let rest = zone[zone.index(after: index)...]
        if rest.isEmpty { return "." }
        return rest.hasSuffix(".") ? String(rest) : rest + "."
      }
    }
    return "."
  }
}
