public import RecordSets
public import ZoneKit

/// What a zone file says of a record in the forms of cli53, beyond what DNS knows.
///
/// Source: the README and `awsrr.go` of cli53. Its forms are `AWS ALIAS` records and, behind a
/// record, `; AWS routing="WEIGHTED" weight=1 identifier="One"`. In the same spirit, and unknown to
/// cli53: routing CIDR, GEOPROXIMITY, and SIMPLE for a health check alone; `AWS TRAFFICPOLICY`.
public struct RecordAnnotation: Sendable, Hashable {
  /// The routing policy of the record's set; nil for simple routing.
  public var routing: Routing?
  /// The health check of the record's set.
  public var healthCheckID: String?
  /// What stands in the place of data; nil for an ordinary record.
  public var replacement: Replacement?

  /// What stands in the place of data, with the type of the set.
  public enum Replacement: Sendable, Hashable {
    /// `AWS ALIAS`.
    case alias(RecordType, AliasTarget)
    /// `AWS TRAFFICPOLICY`.
    case trafficPolicyInstance(RecordType, id: String, ttl: TTL?, data: [RecordData])
  }

  init(routing: Routing? = nil, healthCheckID: String? = nil, replacement: Replacement? = nil) {
    self.routing = routing
    self.healthCheckID = healthCheckID
    self.replacement = replacement
  }
}

// MARK: - Comments

extension RecordAnnotation {
  /// `AWS routing="..." ...`, the text of the comment behind a record; nil if there is nothing to
  /// say.
  static func comment(routing: Routing?, healthCheckID: String?) -> String? {
    guard routing != nil || healthCheckID != nil else { return nil }
    var list = routing?.policy.keyValues ?? KeyValues()
    if routing == nil { list.append("routing", "SIMPLE") }
    list.append("healthCheckId", healthCheckID)
    list.append("identifier", routing?.setIdentifier)
    return "AWS " + list.text(numbers: ["weight", "bias"])
  }

  /// Reads the text of such a comment; nil if it is not understood.
  init?(comment text: some StringProtocol) {
    guard text.hasPrefix("AWS "), let list = KeyValues(parsing: text.dropFirst(4)),
      let word = list["routing"]
    else { return nil }
    healthCheckID = list["healthCheckId"]
    if word == "SIMPLE" { return }
    guard let policy = Routing.Policy(word, list), let identifier = list["identifier"] else {
      return nil
    }
    routing = Routing(setIdentifier: identifier, policy: policy)
  }
}

extension Routing.Policy {
  fileprivate var keyValues: KeyValues {
    var list = KeyValues()
    switch self {
    case .weighted(let weight):
      list.append("routing", "WEIGHTED")
      list.append("weight", String(weight))
    case .latency(let region):
      list.append("routing", "LATENCY")
      list.append("region", region)
    case .geolocation(let place):
      list.append("routing", "GEOLOCATION")
      list.append("countryCode", place.countryCode)
      list.append("continentCode", place.continentCode)
      list.append("subdivisionCode", place.subdivisionCode)
    case .failover(let role):
      list.append("routing", "FAILOVER")
      list.append("failover", role.rawValue)
    case .multivalue: list.append("routing", "MULTIVALUE")
    case .cidr(let collection, let location):
      list.append("routing", "CIDR")
      list.append("collectionId", collection)
      list.append("locationName", location)
    case .geoproximity(let place):
      list.append("routing", "GEOPROXIMITY")
      list.append("awsRegion", place.awsRegion)
      list.append("localZoneGroup", place.localZoneGroup)
      list.append("latitude", place.coordinates?.latitude)
      list.append("longitude", place.coordinates?.longitude)
      list.append("bias", place.bias.map { String($0) })
    }
    return list
  }

  fileprivate init?(_ word: String, _ list: KeyValues) {
    switch word {
    case "WEIGHTED":
      guard let weight = list["weight"].flatMap({ UInt8($0) }) else { return nil }
      self = .weighted(weight)
    case "LATENCY":
      guard let region = list["region"] else { return nil }
      self = .latency(region: region)
    case "GEOLOCATION":
      // cli53 writes one key and reads the other.
      let subdivision = list["subdivisionCode"] ?? list["subdivisonCode"]
      self = .geolocation(
        GeoLocation(
          continentCode: list["continentCode"], countryCode: list["countryCode"],
          subdivisionCode: subdivision))
    case "FAILOVER":
      guard let role = list["failover"].flatMap({ FailoverRole(rawValue: $0) }) else { return nil }
      self = .failover(role)
    case "MULTIVALUE": self = .multivalue
    case "CIDR":
      guard let collection = list["collectionId"], let location = list["locationName"] else {
        return nil
      }
      self = .cidr(collectionID: collection, locationName: location)
    case "GEOPROXIMITY":
      var coordinates: GeoProximity.Coordinates?
      if let latitude = list["latitude"], let longitude = list["longitude"] {
        coordinates = GeoProximity.Coordinates(latitude: latitude, longitude: longitude)
      }
      self = .geoproximity(
        GeoProximity(
          awsRegion: list["awsRegion"], localZoneGroup: list["localZoneGroup"],
          coordinates: coordinates, bias: list["bias"].flatMap { Int($0) }))
    default: return nil
    }
  }
}
