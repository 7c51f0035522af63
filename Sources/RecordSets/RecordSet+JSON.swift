public import Diagnostics
import ZoneKit

extension RecordSet {
  /// The set as the documents of this package hold it: names absolute with decimal escapes, TTL
  /// in seconds, values in zone-file form. Not the form of the Route 53 API.
  public var json: JSONOutput {
    var members = key.jsonMembers
    members["ttl"] = ttl.map { .int(Int($0.rawValue)) }
    if aliasTarget == nil { members["values"] = data.canonical.json }
    members["alias"] = aliasTarget?.json
    members["trafficPolicyInstanceId"] = trafficPolicyInstanceID.map { .string($0) }
    members["routing"] = routing?.policy.json
    members["healthCheckId"] = healthCheckID.map { .string($0) }
    return .object(members)
  }
}

extension RecordSet.Key {
  /// `name`, `type` and, where there is one, `setIdentifier`.
  var jsonMembers: [String: JSONOutput] {
    var members: [String: JSONOutput] = [
      "name": .string(owner.description), "type": .string(type.description),
    ]
    members["setIdentifier"] = setIdentifier.map { .string($0) }
    return members
  }
}

extension [RecordData] {
  var json: JSONOutput { .array(map { .string($0.description) }) }
}

extension AliasTarget {
  var json: JSONOutput {
    [
      "name": .string(name.description), "hostedZoneId": .string(hostedZoneID),
      "evaluateTargetHealth": .bool(evaluatesTargetHealth),
    ]
  }
}

extension Routing.Policy {
  /// The policy's name under `policy`, and its parameters.
  var json: JSONOutput {
    switch self {
    case .weighted(let weight): ["policy": "weighted", "weight": .int(Int(weight))]
    case .latency(let region): ["policy": "latency", "region": .string(region)]
    case .geolocation(let place):
      Self.json(
        "geolocation",
        [
          "continent": place.continentCode, "country": place.countryCode,
          "subdivision": place.subdivisionCode,
        ])
    case .failover(let role): ["policy": "failover", "role": .string(role.rawValue)]
    case .multivalue: ["policy": "multivalue"]
    case .cidr(let collection, let location):
      [
        "policy": "cidr", "collectionId": .string(collection), "locationName": .string(location),
      ]
    case .geoproximity(let place):
      Self.json(
        "geoproximity",
        [
          "awsRegion": place.awsRegion, "localZoneGroup": place.localZoneGroup,
          "latitude": place.coordinates?.latitude, "longitude": place.coordinates?.longitude,
        ], bias: place.bias)
    }
  }

  private static func json(
    _ policy: String, _ texts: [String: String?], bias: Int? = nil
  ) -> JSONOutput {
    var members = texts.compactMapValues { $0.map { JSONOutput.string($0) } }
    members["policy"] = .string(policy)
    members["bias"] = bias.map { .int($0) }
    return .object(members)
  }
}
