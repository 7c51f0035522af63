public import RecordSets
import ZoneKit

/// A record set as a request of the API holds it: text and numbers as written, read by nobody yet.
///
/// It can hold all that a request can, legal or not; `HostedZone` decides. Source:
/// `ResourceRecordSet` in the Amazon Route 53 API reference, 2013-04-01.
public struct ResourceRecordSet: Sendable, Hashable {
  /// `Name`: octal escapes, with or without a final dot.
  public var name: String
  /// `Type`, such as `AAAA`.
  public var type: String
  /// `SetIdentifier`.
  public var setIdentifier: String?
  /// `Weight`.
  public var weight: Int?
  /// `Region`.
  public var region: String?
  /// `GeoLocation`.
  public var geoLocation: GeoLocation?
  /// `Failover`.
  public var failover: String?
  /// `MultiValueAnswer`.
  public var multiValueAnswer: Bool?
  /// `CidrRoutingConfig`.
  public var cidrRouting: CIDRRouting?
  /// `GeoProximityLocation`.
  public var geoProximity: GeoProximity?
  /// `TTL` in seconds.
  public var ttl: Int?
  /// `ResourceRecords`: the `Value` of each.
  public var values: [String]?
  /// `AliasTarget`.
  public var aliasTarget: Alias?
  /// `HealthCheckId`.
  public var healthCheckID: String?
  /// `TrafficPolicyInstanceId`.
  public var trafficPolicyInstanceID: String?

  /// A set without content and policy.
  public init(name: String, type: String) {
    self.name = name
    self.type = type
  }

  /// `AliasTarget`.
  public struct Alias: Sendable, Hashable {
    /// `HostedZoneId`.
    public var hostedZoneID: String
    /// `DNSName`.
    public var dnsName: String
    /// `EvaluateTargetHealth`.
    public var evaluatesTargetHealth: Bool

    /// An alias target.
    public init(hostedZoneID: String, dnsName: String, evaluatesTargetHealth: Bool) {
      self.hostedZoneID = hostedZoneID
      self.dnsName = dnsName
      self.evaluatesTargetHealth = evaluatesTargetHealth
    }
  }

  /// `CidrRoutingConfig`.
  public struct CIDRRouting: Sendable, Hashable {
    /// `CollectionId`.
    public var collectionID: String
    /// `LocationName`.
    public var locationName: String

    /// A location of a CIDR collection.
    public init(collectionID: String, locationName: String) {
      self.collectionID = collectionID
      self.locationName = locationName
    }
  }
}

extension ResourceRecordSet {
  /// A record set as it goes into a request: names as Route 53 stores them, each value in the text
  /// that the export had.
  ///
  /// Of a traffic policy instance only the id is sent: its TTL and values are the policy's.
  public init(_ set: RecordSet) {
    self.init(name: set.owner.route53, type: set.type.description)
    switch set.content {
    case .records(let ttl, let data):
      self.ttl = Int(ttl.rawValue)
      values = data.map { set.writtenValues[$0] ?? $0.route53 }
    case .alias(let target):
      aliasTarget = Alias(
        hostedZoneID: target.hostedZoneID, dnsName: target.name.route53,
        evaluatesTargetHealth: target.evaluatesTargetHealth)
    case .trafficPolicyInstance(let id, _, _):
      trafficPolicyInstanceID = id
    }
    healthCheckID = set.healthCheckID
    setIdentifier = set.routing?.setIdentifier
    switch set.routing?.policy {
    case nil: break
    case .weighted(let weight): self.weight = Int(weight)
    case .latency(let region): self.region = region
    case .geolocation(let place): geoLocation = place
    case .failover(let role): failover = role.rawValue
    case .multivalue: multiValueAnswer = true
    case .cidr(let collection, let location):
      cidrRouting = CIDRRouting(collectionID: collection, locationName: location)
    case .geoproximity(let place): geoProximity = place
    }
  }
}
