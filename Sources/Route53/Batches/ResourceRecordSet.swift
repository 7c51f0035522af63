public import RecordSets
import ZoneKit

/// A record set as a request of the API holds it: text and numbers as written, read by nobody yet.
///
/// It can hold all that a request can, legal or not; `HostedZone` decides. Source:
/// `ResourceRecordSet` in the Amazon Route 53 API reference, 2013-04-01.
public struct ResourceRecordSet: Sendable {
  private var storage: Storage

  /// `Name`: octal escapes, with or without a final dot.
  public var name: String {
    get { storage.fields.name }
    set { update { $0.name = newValue } }
  }

  /// `Type`, such as `AAAA`.
  public var type: String {
    get { storage.fields.type }
    set { update { $0.type = newValue } }
  }

  /// `SetIdentifier`.
  public var setIdentifier: String? {
    get { storage.fields.rare?.fields.setIdentifier }
    set { update { $0.changeRare { $0.setIdentifier = newValue } } }
  }

  /// `Weight`.
  public var weight: Int? {
    get { storage.fields.rare?.fields.weight }
    set { update { $0.changeRare { $0.weight = newValue } } }
  }

  /// `Region`.
  public var region: String? {
    get { storage.fields.rare?.fields.region }
    set { update { $0.changeRare { $0.region = newValue } } }
  }

  /// `GeoLocation`.
  public var geoLocation: GeoLocation? {
    get { storage.fields.rare?.fields.geoLocation }
    set { update { $0.changeRare { $0.geoLocation = newValue } } }
  }

  /// `Failover`.
  public var failover: String? {
    get { storage.fields.rare?.fields.failover }
    set { update { $0.changeRare { $0.failover = newValue } } }
  }

  /// `MultiValueAnswer`.
  public var multiValueAnswer: Bool? {
    get { storage.fields.rare?.fields.multiValueAnswer }
    set { update { $0.changeRare { $0.multiValueAnswer = newValue } } }
  }

  /// `CidrRoutingConfig`.
  public var cidrRouting: CIDRRouting? {
    get { storage.fields.rare?.fields.cidrRouting }
    set { update { $0.changeRare { $0.cidrRouting = newValue } } }
  }

  /// `GeoProximityLocation`.
  public var geoProximity: GeoProximity? {
    get { storage.fields.rare?.fields.geoProximity }
    set { update { $0.changeRare { $0.geoProximity = newValue } } }
  }

  /// `TTL` in seconds.
  public var ttl: Int? {
    get { storage.fields.ttl }
    set { update { $0.ttl = newValue } }
  }

  /// `ResourceRecords`: the `Value` of each.
  public var values: [String]? {
    get { storage.fields.values }
    set { update { $0.values = newValue } }
  }

  /// `AliasTarget`.
  public var aliasTarget: Alias? {
    get { storage.fields.rare?.fields.aliasTarget }
    set { update { $0.changeRare { $0.aliasTarget = newValue } } }
  }

  /// `HealthCheckId`.
  public var healthCheckID: String? {
    get { storage.fields.rare?.fields.healthCheckID }
    set { update { $0.changeRare { $0.healthCheckID = newValue } } }
  }

  /// `TrafficPolicyInstanceId`.
  public var trafficPolicyInstanceID: String? {
    get { storage.fields.rare?.fields.trafficPolicyInstanceID }
    set { update { $0.changeRare { $0.trafficPolicyInstanceID = newValue } } }
  }

  /// A set without content and policy.
  public init(name: String, type: String) {
    storage = Storage(Fields(name: name, type: type))
  }

  fileprivate struct Fields: Sendable, Hashable {
    var name: String
    var type: String
    var ttl: Int?
    var values: [String]?
    /// Nil where the set has none of them.
    private(set) var rare: Rare?

    init(name: String, type: String) {
      self.name = name
      self.type = type
    }

    mutating func changeRare(_ change: (inout RareFields) -> Void) {
      var fields = rare?.fields ?? RareFields()
      change(&fields)
      rare = fields == RareFields() ? nil : .box(fields)
    }
  }

  /// What few sets have, in a place of its own, so that the others take little room.
  fileprivate indirect enum Rare: Sendable, Hashable {
    case box(RareFields)

    var fields: RareFields {
      switch self {
      case .box(let fields): fields
      }
    }
  }

  fileprivate struct RareFields: Sendable, Hashable {
    var setIdentifier: String?
    var weight: Int?
    var region: String?
    var geoLocation: GeoLocation?
    var failover: String?
    var multiValueAnswer: Bool?
    var cidrRouting: CIDRRouting?
    var geoProximity: GeoProximity?
    var aliasTarget: Alias?
    var healthCheckID: String?
    var trafficPolicyInstanceID: String?
  }

  /// The fields behind a reference, for copies that cost little.
  private final class Storage: Sendable {
    let fields: Fields
    let size: RequestSize

    init(_ fields: Fields) {
      self.fields = fields
      size = RequestSize(values: fields.values, alias: fields.rare?.fields.aliasTarget)
    }
  }

  /// What the set counts in a CREATE or DELETE.
  var size: RequestSize { storage.size }

  private mutating func update(_ change: (inout Fields) -> Void) {
    var fields = storage.fields
    change(&fields)
    storage = Storage(fields)
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
    storage = Storage(Fields(set))
  }
}

extension ResourceRecordSet: Hashable {
  /// Whether all members are written alike.
  public static func == (a: ResourceRecordSet, b: ResourceRecordSet) -> Bool {
    a.storage === b.storage || a.storage.fields == b.storage.fields
  }

  /// Whether the sets are one and the same value, and so equal; false tells nothing.
  func isIdentical(to other: ResourceRecordSet) -> Bool { storage === other.storage }

  /// Hashes all members.
  public func hash(into hasher: inout Hasher) { hasher.combine(storage.fields) }
}

extension ResourceRecordSet.Fields {
  fileprivate init(_ set: RecordSet) {
    self.init(name: set.owner.route53, type: set.type.description)
    switch set.content {
    case .records(let ttl, let data):
      self.ttl = Int(ttl.rawValue)
      values = data.map { set.writtenValues[$0] ?? $0.route53 }
    case .alias(let target):
      changeRare {
        $0.aliasTarget = ResourceRecordSet.Alias(
          hostedZoneID: target.hostedZoneID, dnsName: target.name.route53,
          evaluatesTargetHealth: target.evaluatesTargetHealth)
      }
    case .trafficPolicyInstance(let id, _, _):
      changeRare { $0.trafficPolicyInstanceID = id }
    }
    if let id = set.healthCheckID { changeRare { $0.healthCheckID = id } }
    if let routing = set.routing { changeRare { $0.put(routing) } }
  }
}

extension ResourceRecordSet.RareFields {
  fileprivate mutating func put(_ routing: Routing) {
    setIdentifier = routing.setIdentifier
    switch routing.policy {
    case .weighted(let weight): self.weight = Int(weight)
    case .latency(let region): self.region = region
    case .geolocation(let place): geoLocation = place
    case .failover(let role): failover = role.rawValue
    case .multivalue: multiValueAnswer = true
    case .cidr(let collection, let location):
      cidrRouting = ResourceRecordSet.CIDRRouting(collectionID: collection, locationName: location)
    case .geoproximity(let place): geoProximity = place
    }
  }
}
