public import Diagnostics
public import ZoneKit

/// A resource record set as Route 53 keeps it: the records of one owner and type, or an alias, or
/// one of several sets of the same owner and type among which a routing policy chooses.
///
/// Source: `ResourceRecordSet` in the Amazon Route 53 API reference, 2013-04-01.
public struct RecordSet: Sendable {
  @usableFromInline private(set) var storage: Storage

  /// The owner.
  public var owner: Name {
    @inlinable get { storage.fields.owner }
    set { update { $0.owner = newValue } }
  }

  /// The type.
  public var type: RecordType {
    @inlinable get { storage.fields.type }
    set { update { $0.type = newValue } }
  }

  /// What the set answers with.
  public var content: Content {
    @inlinable get { storage.fields.content }
    set { update { $0.content = newValue } }
  }

  /// How Route 53 chooses among the sets of this owner and type; nil for simple routing.
  public var routing: Routing? {
    @inlinable get { storage.fields.routing }
    set { update { $0.routing = newValue } }
  }

  /// The id of a health check.
  public var healthCheckID: String? {
    @inlinable get { storage.fields.healthCheckID }
    set { update { $0.healthCheckID = newValue } }
  }

  /// Where the set, or its first record, was read.
  public var location: Location? {
    @inlinable get { storage.fields.location }
    set { update { $0.location = newValue } }
  }

  /// The zone's records that it came from, as indices into the `Zone`; empty for a set that was
  /// not translated from one.
  public var recordIndices: [Int] {
    @inlinable get { storage.fields.recordIndices }
    set { update { $0.recordIndices = newValue } }
  }

  /// The text of each value that an export writes otherwise than we would (`"a""b"`, a target
  /// without its final dot): a DELETE must repeat the values exactly. Empty for most sets.
  public var writtenValues: [RecordData: String] {
    @inlinable get { storage.fields.writtenValues }
    set { update { $0.writtenValues = newValue } }
  }

  /// A record set.
  public init(
    owner: Name, type: RecordType, content: Content, routing: Routing? = nil,
    healthCheckID: String? = nil, location: Location? = nil, recordIndices: [Int] = [],
    writtenValues: [RecordData: String] = [:]
  ) {
    storage = Storage(
      Fields(
        owner: owner, type: type, content: content, routing: routing,
        healthCheckID: healthCheckID, location: location, recordIndices: recordIndices,
        writtenValues: writtenValues))
  }

  @usableFromInline struct Fields: Sendable, Hashable {
    @usableFromInline var owner: Name
    @usableFromInline var type: RecordType
    @usableFromInline var content: Content
    @usableFromInline var routing: Routing?
    @usableFromInline var healthCheckID: String?
    @usableFromInline var location: Location?
    @usableFromInline var recordIndices: [Int]
    @usableFromInline var writtenValues: [RecordData: String]
  }

  /// The fields behind a reference: sets pass through many hands, and copies of so many fields
  /// would cost more than all that is done with them. Other modules look at a field in place, too,
  /// as the accessors are inlined into them.
  @usableFromInline final class Storage: Sendable {
    @usableFromInline let fields: Fields

    init(_ fields: Fields) { self.fields = fields }
  }

  private mutating func update(_ change: (inout Fields) -> Void) {
    var fields = storage.fields
    change(&fields)
    storage = Storage(fields)
  }

  /// What a set answers with: exactly one of these. What few sets have lies in a place of its own,
  /// so that the others take little room; the policies of routing as well.
  public enum Content: Sendable, Hashable {
    /// Records that share a TTL.
    case records(ttl: TTL, data: [RecordData])
    /// Another set of the zone, or a resource of AWS.
    indirect case alias(AliasTarget)
    /// The answer of a traffic policy instance, by its id. Its TTL and data, where an export
    /// shows them, are the policy's.
    indirect case trafficPolicyInstance(id: String, ttl: TTL?, data: [RecordData])
  }

  /// The identity of a set in its zone: a diff that leaves a part out takes changes for none.
  public struct Key: Sendable, Hashable {
    /// The owner.
    public var owner: Name
    /// The type.
    public var type: RecordType
    /// The set identifier; nil for simple routing.
    public var setIdentifier: String?

    /// A key.
    @inlinable public init(owner: Name, type: RecordType, setIdentifier: String? = nil) {
      self.owner = owner
      self.type = type
      self.setIdentifier = setIdentifier
    }
  }

  /// What tells the set from its siblings; nil for simple routing.
  @inlinable public var setIdentifier: String? { storage.fields.routing?.setIdentifier }

  /// The set's identity.
  @inlinable public var key: Key {
    Key(owner: owner, type: type, setIdentifier: setIdentifier)
  }

  /// The TTL; nil for an alias.
  public var ttl: TTL? {
    switch content {
    case .records(let ttl, _): ttl
    case .trafficPolicyInstance(_, let ttl, _): ttl
    case .alias: nil
    }
  }

  /// The data; empty for an alias.
  public var data: [RecordData] {
    switch content {
    case .records(_, let data), .trafficPolicyInstance(_, _, let data): data
    case .alias: []
    }
  }

  /// The target of an alias; nil for what is none.
  @inlinable public var aliasTarget: AliasTarget? {
    if case .alias(let target) = storage.fields.content { target } else { nil }
  }
}

extension RecordSet: Hashable {
  /// Whether all fields are equal, those that tell where a set was read among them.
  public static func == (a: RecordSet, b: RecordSet) -> Bool {
    a.storage === b.storage || a.storage.fields == b.storage.fields
  }

  /// Hashes all fields.
  public func hash(into hasher: inout Hasher) { hasher.combine(storage.fields) }

  /// Whether the sets are one and the same value, and so equal; false tells nothing.
  @inlinable public func isIdentical(to other: RecordSet) -> Bool { storage === other.storage }
}

/// The target of an alias (`AliasTarget` in the API reference).
public struct AliasTarget: Sendable, Hashable {
  /// The id of the hosted zone that the target lies in.
  public var hostedZoneID: String
  /// The target's name.
  public var name: Name
  /// Whether an unhealthy target is left out of answers.
  public var evaluatesTargetHealth: Bool

  /// An alias target.
  public init(hostedZoneID: String, name: Name, evaluatesTargetHealth: Bool) {
    self.hostedZoneID = hostedZoneID
    self.name = name
    self.evaluatesTargetHealth = evaluatesTargetHealth
  }
}

/// A routing policy of a set, with the identifier that tells it from its siblings.
public struct Routing: Sendable, Hashable {
  /// 1 to 128 characters, unique among the sets of one owner and type.
  public var setIdentifier: String
  /// The policy.
  public var policy: Policy

  /// A routing.
  public init(setIdentifier: String, policy: Policy) {
    self.setIdentifier = setIdentifier
    self.policy = policy
  }

  /// The policies of Route 53.
  public indirect enum Policy: Sendable, Hashable {
    /// In proportion to a weight from 0 to 255.
    case weighted(UInt8)
    /// By latency to an AWS region.
    case latency(region: String)
    /// By the place of the client.
    case geolocation(GeoLocation)
    /// Primary while healthy, else secondary.
    case failover(FailoverRole)
    /// Up to eight healthy sets at random.
    case multivalue
    /// By the client's address block.
    case cidr(collectionID: String, locationName: String)
    /// By distance, with a bias.
    case geoproximity(GeoProximity)
  }
}

/// A place (`GeoLocation`): a continent, or a country with or without a subdivision.
public struct GeoLocation: Sendable, Hashable {
  /// Two letters.
  public var continentCode: String?
  /// Two letters, or `*` for wherever no other set applies.
  public var countryCode: String?
  /// One to three letters or digits.
  public var subdivisionCode: String?

  /// A place.
  public init(
    continentCode: String? = nil, countryCode: String? = nil, subdivisionCode: String? = nil
  ) {
    self.continentCode = continentCode
    self.countryCode = countryCode
    self.subdivisionCode = subdivisionCode
  }
}

/// `Failover`.
public enum FailoverRole: String, Sendable, Hashable {
  /// Answers while healthy.
  case primary = "PRIMARY"
  /// Answers otherwise.
  case secondary = "SECONDARY"
}

/// `GeoProximityLocation`: an AWS region, a local zone group, or coordinates; and a bias.
public struct GeoProximity: Sendable, Hashable {
  /// An AWS region.
  public var awsRegion: String?
  /// A local zone group.
  public var localZoneGroup: String?
  /// Latitude and longitude in degrees, as text with at most two places.
  public var coordinates: Coordinates?
  /// -99 to 99.
  public var bias: Int?

  /// A proximity location.
  public init(
    awsRegion: String? = nil, localZoneGroup: String? = nil, coordinates: Coordinates? = nil,
    bias: Int? = nil
  ) {
    self.awsRegion = awsRegion
    self.localZoneGroup = localZoneGroup
    self.coordinates = coordinates
    self.bias = bias
  }

  /// `Coordinates`, kept as the text that the service keeps.
  public struct Coordinates: Sendable, Hashable {
    /// Degrees north, -90 to 90.
    public var latitude: String
    /// Degrees east, -180 to 180.
    public var longitude: String

    /// Coordinates.
    public init(latitude: String, longitude: String) {
      self.latitude = latitude
      self.longitude = longitude
    }
  }
}
