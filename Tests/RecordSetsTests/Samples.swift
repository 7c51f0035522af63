import RecordSets
import ZoneKit

/// Record sets written down briefly; values are in zone-file form with absolute names.
func set(
  _ owner: String, _ type: RecordType, ttl: UInt32 = 300, _ values: String...,
  routing: Routing? = nil, healthCheck: String? = nil
) throws -> RecordSet {
  RecordSet(
    owner: try Name(parsing: owner), type: type,
    content: .records(
      ttl: TTL(ttl), data: try values.map { try RecordData(parsing: $0, type: type) }),
    routing: routing, healthCheckID: healthCheck)
}

func alias(
  _ owner: String, _ type: RecordType = .a, to target: String, zone: String = "Z1",
  health: Bool = false, routing: Routing? = nil
) throws -> RecordSet {
  RecordSet(
    owner: try Name(parsing: owner), type: type,
    content: .alias(
      AliasTarget(
        hostedZoneID: zone, name: try Name(parsing: target), evaluatesTargetHealth: health)),
    routing: routing)
}
