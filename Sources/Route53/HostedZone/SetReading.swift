import RecordSets
import ZoneKit

/// Reads the sets of requests for one hosted zone, by the rules that concern a set alone.
///
/// Sources: `ResourceRecordSet` in the API reference; "Supported DNS record types" and "Choosing a
/// routing policy" in the Amazon Route 53 developer guide; the service's own messages.
struct SetReading {
  /// The zone's apex.
  let apex: Name
  /// The zone's id; nil if it is not known.
  let zoneID: String?
  /// What was found wrong.
  private(set) var faults: [SetFault] = []

  init(apex: Name, zoneID: String?) {
    self.apex = apex
    self.zoneID = zoneID
  }

  /// What was found since the last call.
  mutating func takeFaults() -> [SetFault] {
    defer { faults = [] }
    return faults
  }

  private mutating func fault(_ text: String) { faults.append(SetFault(text)) }
  private mutating func inputFault(_ text: String) {
    faults.append(SetFault(text, code: .invalidInput))
  }

  /// The key of a set; nil, and a fault, if its name or type is none.
  mutating func key(of set: ResourceRecordSet) -> RecordSet.Key? {
    let type = SetReading.type(set.type)
    if type == nil {
      let types = RecordType.route53.map(\.description).joined(separator: ", ")
      inputFault(
        "Invalid XML ; cvc-enumeration-valid: Value '\(set.type)' is not facet-valid with respect "
          + "to enumeration '[\(types)]'. It must be a value from the enumeration.")
    }
    let owner = name(set.name)
    guard let type, let owner else { return nil }
    return RecordSet.Key(owner: owner, type: type, setIdentifier: set.setIdentifier)
  }

  /// A type of Route 53 by its text, which is written in capitals.
  private static func type(_ text: String) -> RecordType? {
    let word = word(text)
    return types.first { $0.word == word }?.type
  }

  private static let types = RecordType.route53.map { (word: word($0.description), type: $0) }

  /// A text of up to seven octets as a number, to be compared at once; 0 for longer ones, which
  /// no type has.
  private static func word(_ text: String) -> UInt64 {
    let octets = text.utf8
    return octets.count > 7 ? 0 : octets.reduce(UInt64(octets.count)) { $0 << 8 | UInt64($1) }
  }

  /// The set of a CREATE or UPSERT, as far as it can be read, without the written forms of its
  /// values.
  ///
  /// - Parameter key: its key, where it has one.
  mutating func set(
    _ set: ResourceRecordSet, _ key: RecordSet.Key?, action: Change.Action
  ) -> RecordSet? {
    checkForm(set, action: action)
    let routing = routing(set)
    guard let key else { return nil }
    check(key, set)
    guard let content = content(set, of: key) else { return nil }
    return RecordSet(
      owner: key.owner, type: key.type, content: content, routing: routing,
      healthCheckID: set.healthCheckID)
  }

  /// A name of a request; nil, and a fault, if it is none.
  private mutating func name(_ text: String) -> Name? {
    do throws(SetFault) {
      return try Name(request: text).lowercased
    } catch {
      faults.append(error)
      return nil
    }
  }

  // MARK: - Form

  private mutating func checkForm(_ set: ResourceRecordSet, action: Change.Action) {
    let hasValues = !(set.values ?? []).isEmpty
    let contents =
      (set.aliasTarget == nil ? 0 : 1) + (set.ttl != nil || hasValues ? 1 : 0)
      + (set.trafficPolicyInstanceID == nil ? 0 : 1)
    if contents != 1 || (set.ttl != nil) != hasValues {
      inputFault(
        "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], "
          + "or TrafficPolicyInstanceId], but found \(contents > 1 ? "more than one" : "none") in "
          + "Change with [Action=\(action.rawValue), Name=\(set.name), Type=\(set.type), "
          + "SetIdentifier=\(set.setIdentifier ?? "null")]")
    }
    if let ttl = set.ttl, !(0...Int(TTL.maximum.rawValue)).contains(ttl) {
      inputFault("TTL \(ttl) is not in the range from 0 to \(TTL.maximum)")
    }
    if let identifier = set.setIdentifier,
      !(1...RecordSetLimits.setIdentifierCount).contains(identifier.unicodeScalars.count)
    {
      inputFault(
        "SetIdentifier has \(identifier.unicodeScalars.count) characters, expected 1 to "
          + "\(RecordSetLimits.setIdentifierCount)")
    }
    if let id = set.healthCheckID, id.utf8.count > RecordSetLimits.healthCheckIDCount {
      inputFault("HealthCheckId has more than \(RecordSetLimits.healthCheckIDCount) characters")
    }
    if let id = set.trafficPolicyInstanceID, !(1...36).contains(id.utf8.count) {
      inputFault("TrafficPolicyInstanceId has \(id.utf8.count) characters, expected 1 to 36")
    }
    if let id = set.aliasTarget.map({ HostedZone.bareID($0.hostedZoneID) }),
      !(1...32).contains(id.utf8.count)
    {
      inputFault("HostedZoneId has \(id.utf8.count) characters, expected 1 to 32")
    }
  }

  // MARK: - Routing

  private mutating func routing(_ set: ResourceRecordSet) -> Routing? {
    var policies: [Routing.Policy?] = []
    if let weight = set.weight { policies.append(weighted(weight)) }
    if let region = set.region { policies.append(.latency(region: region)) }
    if let place = set.geoLocation { policies.append(geolocation(place)) }
    if let role = set.failover { policies.append(failover(role)) }
    if set.multiValueAnswer == true { policies.append(.multivalue) }
    if let cidr = set.cidrRouting { policies.append(self.cidr(cidr)) }
    if let place = set.geoProximity { policies.append(geoproximity(place)) }
    if policies.count > 1 {
      inputFault(
        "Invalid request: a record set has one routing policy, but \(policies.count) were found")
    }
    guard let identifier = set.setIdentifier else {
      if !policies.isEmpty {
        inputFault("Invalid request: Missing field 'SetIdentifier' in Change with a routing policy")
      }
      return nil
    }
    guard let policy = policies.first else {
      inputFault("Invalid request: SetIdentifier '\(identifier)' goes with a routing policy")
      return nil
    }
    return policy.map { Routing(setIdentifier: identifier, policy: $0) }
  }

  private mutating func weighted(_ weight: Int) -> Routing.Policy? {
    if let weight = UInt8(exactly: weight) { return .weighted(weight) }
    inputFault("Weight \(weight) is not in the range from 0 to 255")
    return nil
  }

  private mutating func failover(_ role: String) -> Routing.Policy? {
    if let role = FailoverRole(rawValue: role) { return .failover(role) }
    inputFault("Failover '\(role)' is neither PRIMARY nor SECONDARY")
    return nil
  }

  private mutating func geolocation(_ place: GeoLocation) -> Routing.Policy? {
    let fits =
      (place.continentCode.map { $0.utf8.count == 2 } ?? true)
      && (place.countryCode.map { (1...2).contains($0.utf8.count) } ?? true)
      && (place.subdivisionCode.map { (1...3).contains($0.utf8.count) } ?? true)
      && (place.continentCode == nil) != (place.countryCode == nil)
      && (place.subdivisionCode == nil || place.countryCode != nil)
    if fits { return .geolocation(place) }
    inputFault(
      "GeoLocation: expected ContinentCode of 2 characters, or CountryCode of 1 to 2 with or "
        + "without SubdivisionCode of 1 to 3")
    return nil
  }

  private mutating func cidr(_ cidr: ResourceRecordSet.CIDRRouting) -> Routing.Policy? {
    if !cidr.collectionID.isUUID {
      inputFault("CollectionId '\(cidr.collectionID)': expected a UUID in lower case")
    }
    let isName = { (octet: UInt8) in
      octet.isLetterOrDigit
        || [UInt8(ascii: "_"), UInt8(ascii: "*"), UInt8(ascii: "-")].contains(octet)
    }
    if (1...16).contains(cidr.locationName.utf8.count), cidr.locationName.utf8.allSatisfy(isName) {
      return .cidr(collectionID: cidr.collectionID, locationName: cidr.locationName)
    }
    inputFault("LocationName '\(cidr.locationName)': expected 1 to 16 of [0-9A-Za-z_*-]")
    return nil
  }

  private mutating func geoproximity(_ place: GeoProximity) -> Routing.Policy? {
    if let bias = place.bias, !(-99...99).contains(bias) {
      inputFault("Bias \(bias) is not in the range from -99 to 99")
      return nil
    }
    if let point = place.coordinates,
      !point.latitude.isDegrees(digits: 2) || !point.longitude.isDegrees(digits: 3)
    {
      inputFault(
        "Coordinates '\(point.latitude)', '\(point.longitude)': expected degrees with at most two "
          + "decimal places")
      return nil
    }
    let places = [
      place.awsRegion != nil, place.localZoneGroup != nil, place.coordinates != nil,
    ].count { $0 }
    if places == 1 { return .geoproximity(place) }
    inputFault(
      "GeoProximityLocation: expected exactly one of AWSRegion, LocalZoneGroup and Coordinates")
    return nil
  }

  // MARK: - Name, type and policy together

  private mutating func check(_ key: RecordSet.Key, _ set: ResourceRecordSet) {
    let type = key.type
    // Worked out only where something is wrong.
    var owner: String { key.owner.route53 }
    if !key.owner.isAtOrBelow(apex) {
      fault(
        "RRSet with DNS name \(owner) is not permitted in zone \(apex.route53)")
    }
    if type == .cname, key.owner == apex {
      fault(
        "RRSet of type CNAME with DNS name \(owner) is not permitted at apex in zone "
          + "\(apex.route53)")
    }
    if type == .soa, key.owner != apex {
      fault("A HostedZone must contain exactly one SOA record.")
    }
    if type == .ns, key.owner.isWildcard {
      fault("RRSet of type NS with DNS name \(owner) is not permitted as it is a wildcard")
    }
    if set.setIdentifier != nil, [.ns, .soa, .ds].contains(type) {
      fault("RRSet of type \(type) with DNS name \(owner) is not permitted with a SetIdentifier")
    }
    if set.multiValueAnswer == true, type == .cname || set.aliasTarget != nil {
      fault(
        "RRSet with DNS name \(owner), type \(type) is not permitted as a multivalue answer: "
          + "expected values, and a type other than CNAME")
    }
    let count = set.values?.count ?? 0
    if count > 1, set.weight != nil || set.region != nil {
      fault(
        "RRSet with DNS name \(owner), type \(type): weighted and latency sets have one value, "
          + "found \(count)")
    }
  }

  // MARK: - Content

  private mutating func content(
    _ set: ResourceRecordSet, of key: RecordSet.Key
  ) -> RecordSet.Content? {
    if let target = set.aliasTarget { return alias(target, of: key) }
    if let id = set.trafficPolicyInstanceID {
      return .trafficPolicyInstance(id: id, ttl: nil, data: [])
    }
    guard let ttl = set.ttl.flatMap(UInt32.init(exactly:)), let values = set.values else {
      return nil
    }
    return .records(ttl: TTL(ttl), data: data(values, of: key))
  }

  private mutating func data(_ values: [String], of key: RecordSet.Key) -> [RecordData] {
    if values.count > RecordSetLimits.valuesPerSet {
      fault("Cannot have more than \(RecordSetLimits.valuesPerSet) records in a RRSet.")
    }
    if values.count > 1, key.type == .cname || key.type == .soa {
      fault("RRSet of type \(key.type) with DNS name \(key.owner.route53) holds one record")
    }
    var seen: Set<RecordData> = []
    var data: [RecordData] = []
    data.reserveCapacity(values.count)
    for value in values {
      // A character is an octet at least.
      if value.utf8.count > RecordSetLimits.valueCount,
        value.unicodeScalars.count > RecordSetLimits.valueCount
      {
        inputFault(
          "Value has \(value.unicodeScalars.count) characters, at most "
            + "\(RecordSetLimits.valueCount) fit")
      }
      do throws(SetFault) {
        let datum = try RecordData(request: value, type: key.type)
        if values.count > 1, !seen.insert(datum.canonical).inserted {
          fault("Duplicate Resource Record: '\(value)'")
        }
        data.append(datum)
      } catch {
        faults.append(error)
      }
    }
    return data
  }

  private mutating func alias(
    _ target: ResourceRecordSet.Alias, of key: RecordSet.Key
  ) -> RecordSet.Content? {
    if key.type == .ns || key.type == .soa {
      fault("RRSet of type \(key.type) with DNS name \(key.owner.route53) cannot be an alias")
    }
    if target.evaluatesTargetHealth, target.hostedZoneID == AliasZones.cloudFront {
      fault("EvaluateTargetHealth must be set to false for an alias to a CloudFront distribution")
    }
    guard let name = name(target.dnsName) else { return nil }
    let alias = AliasTarget(
      hostedZoneID: HostedZone.bareID(target.hostedZoneID), name: name,
      evaluatesTargetHealth: target.evaluatesTargetHealth)
    if let zoneID, alias.hostedZoneID == zoneID, !name.isAtOrBelow(apex) {
      fault(
        "Tried to create an alias that targets \(name.route53), type \(key.type) in zone "
          + "\(zoneID), but the alias target name does not lie within the target zone")
    }
    return .alias(alias)
  }
}

extension UInt8 {
  /// Whether it is an ASCII letter or digit.
  fileprivate var isLetterOrDigit: Bool {
    self &- 48 < 10 || (self | 0x20) &- UInt8(ascii: "a") < 26
  }
}

extension String {
  /// Whether this is a UUID in lower case (`UUID` in the API model).
  fileprivate var isUUID: Bool {
    let groups = utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12]
      && groups.joined().allSatisfy { $0 &- 48 < 10 || $0 &- UInt8(ascii: "a") < 6 }
  }

  /// Whether this is a sign if any, one to `digits` digits, and a point with at most two more if
  /// any (`Latitude` and `Longitude` in the API model).
  fileprivate func isDegrees(digits: Int) -> Bool {
    var rest = utf8[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      rest.removeFirst()
    }
    let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, (1...digits).contains(whole.count) else {
      return false
    }
    return parts.dropFirst().allSatisfy { $0.count <= 2 }
      && parts.joined().allSatisfy { $0 &- 48 < 10 }
  }
}
