public import Diagnostics
import RecordSets

extension ChangeBatch {
  /// The batch as `aws route53 change-resource-record-sets --change-batch file://...` takes it, its
  /// keys always in the same order, each change on one line: the octets of a file.
  public var octets: [UInt8] { octets { changes[$1].set.write(to: &$0) } }

  /// The same as text.
  public var text: String { String(decoding: octets, as: UTF8.self) }

  /// The octets of the file.
  ///
  /// - Parameter writeSet: writes the set of the change with a number.
  func octets(_ writeSet: (inout JSONWriter, Int) -> Void) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { writer in
      if let comment { writer.member("Comment", .string(comment)) }
      writer.member("Changes") { writer in
        writer.array { writer in
          for (index, change) in changes.enumerated() {
            writer.element { writer in
              writer.line { writer in
                writer.object { writer in
                  writer.member("Action", .string(change.action.rawValue))
                  writer.member("ResourceRecordSet") { writeSet(&$0, index) }
                }
              }
            }
          }
        }
      }
    }
    writer.endLine()
    return writer.octets
  }
}

/// Takes the members of an object, one after the other.
private protocol MemberTarget {
  mutating func member(_ key: String, _ value: JSONOutput)
}

extension JSONWriter: MemberTarget {}

/// Members that are kept.
private struct KeptMembers: MemberTarget {
  var members: [JSONOutput.Member] = []

  mutating func member(_ key: String, _ value: JSONOutput) { members.append(.init(key, value)) }
}

extension ResourceRecordSet {
  /// The set as a document of the API holds it, its keys always in the same order.
  public var json: JSONOutput {
    var kept = KeptMembers()
    writeMembers(to: &kept)
    return .ordered(kept.members)
  }

  /// Writes the set as a value.
  func write(to writer: inout JSONWriter) { writer.object { writeMembers(to: &$0) } }

  private func writeMembers(to target: inout some MemberTarget) {
    func write(_ key: String, _ value: JSONOutput?) {
      if let value { target.member(key, value) }
    }
    write("Name", .string(name))
    write("Type", .string(type))
    write("SetIdentifier", setIdentifier.map(JSONOutput.string))
    write("Weight", weight.map(JSONOutput.int))
    write("Region", region.map(JSONOutput.string))
    write("GeoLocation", geoLocation?.json)
    write("Failover", failover.map(JSONOutput.string))
    write("MultiValueAnswer", multiValueAnswer.map(JSONOutput.bool))
    write("CidrRoutingConfig", cidrRouting?.json)
    write("GeoProximityLocation", geoProximity?.json)
    write("TTL", ttl.map(JSONOutput.int))
    write(
      "ResourceRecords",
      values.map { .array($0.map { .ordered([.init("Value", .string($0))]) }) })
    write("AliasTarget", aliasTarget?.json)
    write("HealthCheckId", healthCheckID.map(JSONOutput.string))
    write("TrafficPolicyInstanceId", trafficPolicyInstanceID.map(JSONOutput.string))
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
