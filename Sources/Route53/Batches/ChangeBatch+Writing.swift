public import Diagnostics
import RecordSets

extension ChangeBatch {
  /// The batch as `aws route53 change-resource-record-sets --change-batch file://...` takes it, its
  /// keys always in the same order, each change on one line.
  public var json: JSONOutput {
    var members: [JSONOutput.Member] = []
    if let comment { members.append(.init("Comment", .string(comment))) }
    let changes = changes.map { change -> JSONOutput in
      .line(
        .ordered([
          .init("Action", .string(change.action.rawValue)),
          .init("ResourceRecordSet", change.set.json),
        ]))
    }
    members.append(.init("Changes", .array(changes)))
    return .ordered(members)
  }
}

extension ResourceRecordSet {
  /// The set as a document of the API holds it, its keys always in the same order.
  public var json: JSONOutput {
    var members: [JSONOutput.Member] = []
    func add(_ key: String, _ value: JSONOutput?) {
      if let value { members.append(.init(key, value)) }
    }
    add("Name", .string(name))
    add("Type", .string(type))
    add("SetIdentifier", setIdentifier.map(JSONOutput.string))
    add("Weight", weight.map(JSONOutput.int))
    add("Region", region.map(JSONOutput.string))
    add("GeoLocation", geoLocation?.json)
    add("Failover", failover.map(JSONOutput.string))
    add("MultiValueAnswer", multiValueAnswer.map(JSONOutput.bool))
    add("CidrRoutingConfig", cidrRouting?.json)
    add("GeoProximityLocation", geoProximity?.json)
    add("TTL", ttl.map(JSONOutput.int))
    add(
      "ResourceRecords",
      values.map { .array($0.map { .ordered([.init("Value", .string($0))]) }) })
    add("AliasTarget", aliasTarget?.json)
    add("HealthCheckId", healthCheckID.map(JSONOutput.string))
    add("TrafficPolicyInstanceId", trafficPolicyInstanceID.map(JSONOutput.string))
    return .ordered(members)
  }
}

extension GeoLocation {
  fileprivate var json: JSONOutput {
    .present([
      ("ContinentCode", continentCode.map(JSONOutput.string)),
      ("CountryCode", countryCode.map(JSONOutput.string)),
      ("SubdivisionCode", subdivisionCode.map(JSONOutput.string)),
    ])
  }
}

extension GeoProximity {
  fileprivate var json: JSONOutput {
    .present([
      ("AWSRegion", awsRegion.map(JSONOutput.string)),
      ("LocalZoneGroup", localZoneGroup.map(JSONOutput.string)),
      (
        "Coordinates",
        coordinates.map {
          .ordered(["Latitude": .string($0.latitude), "Longitude": .string($0.longitude)])
        }
      ),
      ("Bias", bias.map(JSONOutput.int)),
    ])
  }
}

extension ResourceRecordSet.CIDRRouting {
  fileprivate var json: JSONOutput {
    .ordered(["CollectionId": .string(collectionID), "LocationName": .string(locationName)])
  }
}

extension ResourceRecordSet.Alias {
  fileprivate var json: JSONOutput {
    .ordered([
      "HostedZoneId": .string(hostedZoneID), "DNSName": .string(dnsName),
      "EvaluateTargetHealth": .bool(evaluatesTargetHealth),
    ])
  }
}

extension JSONOutput {
  /// The members that have a value, in the order given.
  fileprivate static func present(_ members: [(String, JSONOutput?)]) -> JSONOutput {
    .ordered(members.compactMap { key, value in value.map { Member(key, $0) } })
  }
}
