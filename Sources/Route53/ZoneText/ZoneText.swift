public import RecordSets
public import ZoneKit

extension Sequence<RecordSet> {
  /// The sets as a zone file (RFC 1035 section 5): SOA and NS of the apex first, then by name in
  /// canonical order. Aliases, routing policies and health checks are written in the forms that
  /// `RecordAnnotation` names; `AnnotatedZone` reads them back without loss.
  ///
  /// - Parameters:
  ///   - apex: the zone's name: the origin of the file.
  ///   - hostedZoneID: the zone's id, where aliases into the zone shall say `$self`.
  public func zoneText(apex: Name, hostedZoneID: String? = nil) -> String {
    let sets = sorted { a, b in
      let (x, y) = (a.rank(apex: apex), b.rank(apex: apex))
      return x != y ? x < y : a.key < b.key
    }
    let lines = sets.flatMap { $0.zoneLines(apex: apex, hostedZoneID: hostedZoneID) }
    return (["$ORIGIN \(apex)"] + lines).map { $0 + "\n" }.joined()
  }
}

extension RecordSet {
  fileprivate func rank(apex: Name) -> Int {
    guard owner == apex else { return 2 }
    return type == .soa ? 0 : type == .ns ? 1 : 2
  }

  fileprivate func zoneLines(apex: Name, hostedZoneID: String?) -> [String] {
    let name = owner.presentation(relativeTo: apex)
    let comment =
      RecordAnnotation.comment(routing: routing, healthCheckID: healthCheckID)
      .map { " ; \($0)" } ?? ""
    switch content {
    case .records(let ttl, let data):
      return data.map {
        "\(name)\t\(ttl)\tIN\t\(type)\t\($0.presentation(relativeTo: apex))\(comment)"
      }
    case .alias(let target):
      let isSelf = target.hostedZoneID == hostedZoneID && target.name.isAtOrBelow(apex)
      let zone = isSelf ? "$self" : target.hostedZoneID
      // cli53's own TTL for what has none.
      return [
        "\(name)\t86400\tAWS\tALIAS\t\(type) \(target.name) \(zone) "
          + "\(target.evaluatesTargetHealth)\(comment)"
      ]
    case .trafficPolicyInstance(let id, let ttl, let data):
      let values = ([id] + data.map(\.description)).map(KeyValues.quote).joined(separator: " ")
      let seconds = ttl.map { "\($0)" } ?? "none"
      return ["\(name)\t86400\tAWS\tTRAFFICPOLICY\t\(type) \(seconds) \(values)\(comment)"]
    }
  }
}
