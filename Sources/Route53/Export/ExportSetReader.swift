import Diagnostics
import RecordSets
import ZoneKit

/// Turns the sets of an export, read as text and numbers, into record sets.
///
/// What a live export holds is legal by definition: codes and ranges that only the service can
/// judge are kept as they are. What cannot be understood becomes a finding.
struct ExportSetReader {
  var findings: [Finding] = []

  /// A set, and where its values stand; nil, and a finding, if it cannot be understood.
  mutating func read(
    _ set: ResourceRecordSet, from value: JSONValue
  ) -> (set: RecordSet, valueLocations: [Location])? {
    let errors = findings.count
    let owner = name(set.name, "Name", at: value["Name"])
    let type = type(set.type, at: value["Type"])
    guard let owner, let type else { return nil }
    let values = value["ResourceRecords"]?.elements.compactMap { $0["Value"] } ?? []
    let data = data(values, type)
    let routing = routing(set, from: value)
    let content = content(set, data.map(\.data), type, from: value)
    guard
      findings.count == errors || !findings[errors...].contains(where: { $0.severity == .error }),
      let content
    else { return nil }
    let written = data.filter { $0.text != $0.data.route53 }.map { ($0.data, $0.text) }
    let recordSet = RecordSet(
      owner: owner, type: type, content: content, routing: routing,
      healthCheckID: set.healthCheckID, location: value.location,
      writtenValues: Dictionary(written) { first, _ in first })
    return (recordSet, values.map(\.location))
  }

  private mutating func report(
    _ message: String, at place: Location?, severity: Severity = .error, help: String? = nil
  ) {
    findings.append(
      Finding(
        rule: "r53-export", severity: severity, message: message, at: place, help: help))
  }

  mutating func name(_ text: String, _ member: String, at value: JSONValue?) -> Name? {
    do throws(NameError) {
      return try Name(route53: text)
    } catch {
      report(
        "\(member): expected a domain name, found \(text.quoted): \(error)", at: value?.location)
      return nil
    }
  }

  private mutating func type(_ text: String, at value: JSONValue?) -> RecordType? {
    if let type = RecordType(mnemonic: text) { return type }
    report("Type: expected a record type such as A, found \(text.quoted)", at: value?.location)
    return nil
  }

  // MARK: - Content

  private mutating func data(
    _ values: [JSONValue], _ type: RecordType
  ) -> [(data: RecordData, text: String)] {
    var seen: Set<RecordData> = []
    return values.compactMap { value in
      guard case .string(let text) = value.kind else { return nil }
      do throws(RecordDataError) {
        let data = try RecordData(route53: text, type: type)
        if !seen.insert(data.canonical).inserted {
          report("the value \(text.quoted) stands twice", at: value.location, severity: .warning)
        }
        if type == .txt || type == .spf, !text.hasPrefix("\"") {
          report(
            "\(type) value without quotes, which Route 53 never writes: each word is read as a "
              + "string", at: value.location, severity: .warning)
        }
        return (data, text)
      } catch {
        findings.append(
          Finding(
            rule: error.rule, severity: .error, message: error.message,
            at: value.location(ofDecoded: error.range)))
        return nil
      }
    }
  }

  private mutating func content(
    _ set: ResourceRecordSet, _ data: [RecordData], _ type: RecordType, from value: JSONValue
  ) -> RecordSet.Content? {
    let ttl = set.ttl.flatMap { checkedTTL($0, at: value["TTL"]) }
    if let id = set.trafficPolicyInstanceID {
      if set.aliasTarget == nil { return .trafficPolicyInstance(id: id, ttl: ttl, data: data) }
    } else if let alias = set.aliasTarget {
      if data.isEmpty { return aliasTarget(alias, ttl, from: value) }
    } else if let ttl, !data.isEmpty {
      return .records(ttl: ttl, data: data)
    }
    report(
      "expected exactly one of AliasTarget, TTL with ResourceRecords, and TrafficPolicyInstanceId",
      at: value.location)
    return nil
  }

  private mutating func checkedTTL(_ seconds: Int, at value: JSONValue?) -> TTL? {
    if let seconds = UInt32(exactly: seconds), TTL(seconds) <= .maximum { return TTL(seconds) }
    report("TTL: expected 0 to \(TTL.maximum), found \(seconds)", at: value?.location)
    return nil
  }

  private mutating func aliasTarget(
    _ alias: ResourceRecordSet.Alias, _ ttl: TTL?, from value: JSONValue
  ) -> RecordSet.Content? {
    if let ttl {
      // moto lists aliases with TTL 0.
      report(
        "an alias has no TTL of its own: \(ttl) is ignored", at: value["TTL"]?.location,
        severity: .warning)
    }
    let text = value["AliasTarget"]?["DNSName"]
    return name(alias.dnsName, "DNSName", at: text).map {
      .alias(
        AliasTarget(
          hostedZoneID: alias.hostedZoneID, name: $0,
          evaluatesTargetHealth: alias.evaluatesTargetHealth))
    }
  }

  // MARK: - Routing

  private mutating func routing(_ set: ResourceRecordSet, from value: JSONValue) -> Routing? {
    let policies = policies(set, from: value)
    guard policies.count <= 1 else {
      report("expected one routing policy, found \(policies.count)", at: value.location)
      return nil
    }
    switch (set.setIdentifier, policies.first) {
    case (let identifier?, let policy?):
      return Routing(setIdentifier: identifier, policy: policy)
    case (nil, nil): return nil
    case (_?, nil):
      report(
        "SetIdentifier without a routing policy (Weight, Region, GeoLocation, Failover, "
          + "MultiValueAnswer, CidrRoutingConfig, GeoProximityLocation)",
        at: value["SetIdentifier"]?.location)
    case (nil, _?):
      report("a routing policy without SetIdentifier", at: value.location)
    }
    return nil
  }

  private mutating func policies(
    _ set: ResourceRecordSet, from value: JSONValue
  ) -> [Routing.Policy] {
    var policies: [Routing.Policy] = []
    if let weight = set.weight {
      if let weight = UInt8(exactly: weight) {
        policies.append(.weighted(weight))
      } else {
        report("Weight: expected 0 to 255, found \(weight)", at: value["Weight"]?.location)
      }
    }
    if let region = set.region { policies.append(.latency(region: region)) }
    if let place = set.geoLocation { policies.append(.geolocation(place)) }
    if let role = set.failover {
      if let role = FailoverRole(rawValue: role) {
        policies.append(.failover(role))
      } else {
        report(
          "Failover: expected PRIMARY or SECONDARY, found \(role.quoted)",
          at: value["Failover"]?.location)
      }
    }
    if set.multiValueAnswer == true { policies.append(.multivalue) }
    if let cidr = set.cidrRouting {
      policies.append(.cidr(collectionID: cidr.collectionID, locationName: cidr.locationName))
    }
    if let place = set.geoProximity { policies.append(.geoproximity(place)) }
    return policies
  }
}
