public import Diagnostics
import RecordSets

/// A change batch as it was read from JSON, with what was found wrong in its form.
///
/// Whether the service would take it, `HostedZone` says.
public struct ChangeBatchReading: Sendable {
  /// The batch; changes that could not be read are missing.
  public let batch: ChangeBatch
  /// `HostedZoneId` without `/hostedzone/`, where the document holds a whole request
  /// (`--cli-input-json`).
  public let hostedZoneID: String?
  /// Where that id stands.
  public let hostedZoneIDLocation: Location?
  /// What is wrong. If any is an error, the batch is incomplete.
  public let findings: [Finding]

  /// Reads `{"Changes": [...]}` as `--change-batch` takes it, or `{"ChangeBatch": {...}}` as
  /// `--cli-input-json` does.
  public init(_ document: JSONValue) {
    var reader = RequestReader()
    var body = document
    var id: String?
    if let batch = document["ChangeBatch"] {
      let request = reader.object(document, "the request", keys: ["ChangeBatch", "HostedZoneId"])
      id = reader.string(request["HostedZoneId"], "HostedZoneId")
      body = batch
    }
    batch = reader.batch(body)
    hostedZoneID = id.map(HostedZone.bareID)
    hostedZoneIDLocation = document["HostedZoneId"]?.location
    findings = reader.findings
  }

  /// Whether the whole batch could be read.
  public var isComplete: Bool { !findings.contains { $0.severity == .error } }
}

/// Reads the objects of a request. Whatever is not understood becomes a finding.
struct RequestReader {
  /// The id of the rule that findings name.
  var rule = "r53-request"
  var findings: [Finding] = []

  // MARK: - Objects of the API

  mutating func batch(_ value: JSONValue) -> ChangeBatch {
    let members = object(
      value, "ChangeBatch", keys: ["Comment", "Changes"], required: ["Changes"])
    let comment = string(members["Comment"], "Comment")
    var changes: [Change] = []
    for value in array(members["Changes"], "Changes") ?? [] {
      if let change = change(value) { changes.append(change) }
    }
    return ChangeBatch(comment: comment, changes: changes)
  }

  private mutating func change(_ value: JSONValue) -> Change? {
    let keys = ["Action", "ResourceRecordSet"]
    let members = object(value, "Change", keys: keys, required: keys)
    let word = string(members["Action"], "Action")
    let set = members["ResourceRecordSet"].flatMap { recordSet($0) }
    guard let word, let place = members["Action"]?.location else { return nil }
    guard let action = Change.Action(rawValue: word) else {
      error("Action: expected CREATE, DELETE or UPSERT, found '\(visible(word))'", at: place)
      return nil
    }
    return set.map { Change(action, $0, at: value.location) }
  }

  mutating func recordSet(_ value: JSONValue) -> ResourceRecordSet? {
    let members = object(
      value, "ResourceRecordSet",
      keys: [
        "Name", "Type", "SetIdentifier", "Weight", "Region", "GeoLocation", "Failover",
        "MultiValueAnswer", "CidrRoutingConfig", "GeoProximityLocation", "TTL", "ResourceRecords",
        "AliasTarget", "HealthCheckId", "TrafficPolicyInstanceId",
      ], required: ["Name", "Type"])
    let name = string(members["Name"], "Name")
    let type = string(members["Type"], "Type")
    guard let name, let type else { return nil }
    var set = ResourceRecordSet(name: name, type: type)
    set.setIdentifier = string(members["SetIdentifier"], "SetIdentifier")
    set.weight = int(members["Weight"], "Weight")
    set.region = string(members["Region"], "Region")
    set.geoLocation = members["GeoLocation"].map { geoLocation($0) }
    set.failover = string(members["Failover"], "Failover")
    set.multiValueAnswer = bool(members["MultiValueAnswer"], "MultiValueAnswer")
    set.cidrRouting = members["CidrRoutingConfig"].map { cidrRouting($0) }
    set.geoProximity = members["GeoProximityLocation"].map { geoProximity($0) }
    set.ttl = int(members["TTL"], "TTL")
    set.values = array(members["ResourceRecords"], "ResourceRecords")?.compactMap {
      recordValue($0)
    }
    set.aliasTarget = members["AliasTarget"].map { aliasTarget($0) }
    set.healthCheckID = string(members["HealthCheckId"], "HealthCheckId")
    set.trafficPolicyInstanceID = string(
      members["TrafficPolicyInstanceId"], "TrafficPolicyInstanceId")
    return set
  }

  private mutating func recordValue(_ value: JSONValue) -> String? {
    let members = object(value, "ResourceRecord", keys: ["Value"], required: ["Value"])
    return string(members["Value"], "Value")
  }

  private mutating func geoLocation(_ value: JSONValue) -> GeoLocation {
    let members = object(
      value, "GeoLocation", keys: ["ContinentCode", "CountryCode", "SubdivisionCode"])
    return GeoLocation(
      continentCode: string(members["ContinentCode"], "ContinentCode"),
      countryCode: string(members["CountryCode"], "CountryCode"),
      subdivisionCode: string(members["SubdivisionCode"], "SubdivisionCode"))
  }

  private mutating func cidrRouting(_ value: JSONValue) -> ResourceRecordSet.CIDRRouting {
    let keys = ["CollectionId", "LocationName"]
    let members = object(value, "CidrRoutingConfig", keys: keys, required: keys)
    return ResourceRecordSet.CIDRRouting(
      collectionID: string(members["CollectionId"], "CollectionId") ?? "",
      locationName: string(members["LocationName"], "LocationName") ?? "")
  }

  private mutating func geoProximity(_ value: JSONValue) -> GeoProximity {
    let members = object(
      value, "GeoProximityLocation", keys: ["AWSRegion", "LocalZoneGroup", "Coordinates", "Bias"])
    return GeoProximity(
      awsRegion: string(members["AWSRegion"], "AWSRegion"),
      localZoneGroup: string(members["LocalZoneGroup"], "LocalZoneGroup"),
      coordinates: members["Coordinates"].map { coordinates($0) },
      bias: int(members["Bias"], "Bias"))
  }

  private mutating func coordinates(_ value: JSONValue) -> GeoProximity.Coordinates {
    let keys = ["Latitude", "Longitude"]
    let members = object(value, "Coordinates", keys: keys, required: keys)
    return GeoProximity.Coordinates(
      latitude: string(members["Latitude"], "Latitude") ?? "",
      longitude: string(members["Longitude"], "Longitude") ?? "")
  }

  private mutating func aliasTarget(_ value: JSONValue) -> ResourceRecordSet.Alias {
    let keys = ["HostedZoneId", "DNSName", "EvaluateTargetHealth"]
    let members = object(value, "AliasTarget", keys: keys, required: keys)
    return ResourceRecordSet.Alias(
      hostedZoneID: string(members["HostedZoneId"], "HostedZoneId") ?? "",
      dnsName: string(members["DNSName"], "DNSName") ?? "",
      evaluatesTargetHealth: bool(members["EvaluateTargetHealth"], "EvaluateTargetHealth") ?? false)
  }

  // MARK: - JSON

  private mutating func error(_ message: String, at place: Location) {
    findings.append(Finding(rule: rule, severity: .error, message: message, at: place))
  }

  /// The members of an object, of a repeated key the first.
  mutating func object(
    _ value: JSONValue, _ name: String, keys: [String], required: [String] = []
  ) -> [String: JSONValue] {
    guard let members = checked({ () throws(JSONError) in try value.object(name) }) else {
      return [:]
    }
    for (member, _) in value.repeatedMembers {
      error("\(name): \(member.key.quoted) stands twice", at: member.keyLocation)
    }
    for member in members where !keys.contains(member.key) {
      error(
        "\(name): unknown member \(member.key.quoted), expected one of "
          + keys.joined(separator: ", "), at: member.keyLocation)
    }
    for key in required where value[key] == nil {
      error("\(name): the member \(key.quoted) is missing", at: value.location)
    }
    return Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
  }

  mutating func string(_ value: JSONValue?, _ name: String) -> String? {
    value.flatMap { value in checked { () throws(JSONError) in try value.string(name) } }
  }

  private mutating func int(_ value: JSONValue?, _ name: String) -> Int? {
    value.flatMap { value in checked { () throws(JSONError) in try value.wholeNumber(name) } }
  }

  private mutating func bool(_ value: JSONValue?, _ name: String) -> Bool? {
    value.flatMap { value in checked { () throws(JSONError) in try value.bool(name) } }
  }

  private mutating func array(_ value: JSONValue?, _ name: String) -> [JSONValue]? {
    value.flatMap { value in checked { () throws(JSONError) in try value.array(name) } }
  }

  private mutating func checked<Result>(_ read: () throws(JSONError) -> Result) -> Result? {
    do throws(JSONError) {
      return try read()
    } catch {
      findings.append(error.finding(rule: rule))
      return nil
    }
  }
}
