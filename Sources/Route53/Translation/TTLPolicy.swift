public import ZoneKit

/// Which TTLs enter Route 53 with the records of a zone.
public enum TTLPolicy: String, Sendable, Hashable, CaseIterable {
  /// For the migration: no TTL over 300 s, restored after the parallel run.
  case lowered
  /// The zone's own.
  case keep
  /// Those that shall last: the zone's own, but web records at most 300 s.
  case steady

  /// The TTL of a lowered record, and the most for web records.
  public static let loweredTTL = TTL(300)

  /// The TTL that a set gets.
  ///
  /// - Parameter isWeb: whether it leads to a web site or load balancer.
  public func ttl(for ttl: TTL, isWeb: @autoclosure () -> Bool) -> TTL {
    switch self {
    case .keep: ttl
    case .lowered: min(ttl, TTLPolicy.loweredTTL)
    case .steady: isWeb() ? min(ttl, TTLPolicy.loweredTTL) : ttl
    }
  }
}

extension RRset {
  /// Whether the RRset leads clients to a web site or load balancer: an HTTPS record; an address
  /// or CNAME at the apex, at a name that begins with `www`, or beside an HTTPS record; a CNAME to
  /// a content delivery network or load balancer.
  ///
  /// - Parameter types: all types at the owner.
  public func isWeb(apex: Name, types: [RecordType] = []) -> Bool {
    switch type {
    case .https: return true
    case .cname where data.first?.names.first.map(WebServices.serve) ?? false: return true
    case .a, .aaaa, .cname:
      guard owner != apex, !types.contains(.https) else { return true }
      return owner.lowercased.firstLabel?.starts(with: "www".utf8) ?? false
    default: return false
    }
  }
}
