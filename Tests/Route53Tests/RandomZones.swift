import RecordSets
import Route53
import TestSupport
import ZoneKit

/// Random hosted zones with sets of all kinds, small enough that two of them often meet at a name.
struct RandomZones {
  var random: SeededGenerator
  private let owners = [
    "@", "www", "api", "mail", "*", "a.b", "*.w", "_dmarc", "x\\056y", "deep.er.a.b",
  ]
  /// The TTL that weighted sets of a zone share.
  private var weightedTTL = 60
  /// Which policy the sets of an owner have, mostly.
  private var policyShift = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A zone of up to `count` sets more than a new one has.
  mutating func zone(count: Int) -> HostedZone {
    grow(.example, by: count)
  }

  /// A zone with some sets of another: the same, changed or left out, and others.
  mutating func zone(like other: HostedZone, count: Int) -> HostedZone {
    var zone = HostedZone.example
    let emptied = Set(owners.filter { _ in random.oneIn(4) }.map { rrset($0, "A").name })
    for set in other.sets where !emptied.contains(set.owner.route53) && !random.oneIn(4) {
      var request = ResourceRecordSet(set)
      if random.oneIn(3) { change(&request) }
      add(request, to: &zone)
    }
    return grow(zone, by: count)
  }

  private mutating func grow(_ zone: HostedZone, by count: Int) -> HostedZone {
    weightedTTL = [60, 300, 3_600].randomElement(using: &random) ?? 60
    policyShift = Int.random(in: 0..<3, using: &random)
    var zone = zone
    for _ in 0..<count { add(request(in: zone), to: &zone) }
    return zone
  }

  private func add(_ set: ResourceRecordSet, to zone: inout HostedZone) {
    try? zone.apply(ChangeBatch(changes: [Change(.create, set)]))
  }

  private mutating func change(_ set: inout ResourceRecordSet) {
    if set.ttl != nil, set.weight == nil { set.ttl = 30 * Int.random(in: 1...100, using: &random) }
    if set.weight != nil { set.weight = Int.random(in: 0...255, using: &random) }
    if set.region != nil { set.region = region() }
    if let role = set.failover { set.failover = role == "PRIMARY" ? "SECONDARY" : "PRIMARY" }
    if set.geoLocation != nil { set.geoLocation = place() }
    if random.oneIn(2), let values = set.values {
      set.values = values.dropLast() + [value(set.type)]
    }
  }

  private mutating func request(in zone: HostedZone) -> ResourceRecordSet {
    let owner = owners.randomElement(using: &random) ?? "@"
    let type =
      ["A", "A", "AAAA", "TXT", "CNAME", "CNAME", "MX", "NS"].randomElement(using: &random) ?? "A"
    var set = rrset(owner, type)
    route(&set)
    if random.oneIn(4), let target = zone.sets.randomElement(using: &random) {
      set.aliasTarget = ResourceRecordSet.Alias(
        hostedZoneID: random.oneIn(4) ? "ZELSEWHERE" : "ZTEST", dnsName: target.owner.route53,
        evaluatesTargetHealth: random.oneIn(2))
      if !random.oneIn(4) { set.type = target.type.description }
    } else if random.oneIn(20) {
      set.trafficPolicyInstanceID = "policy-\(Int.random(in: 0..<3, using: &random))"
    } else {
      set.ttl = set.weight == nil ? 60 * Int.random(in: 0...5, using: &random) : weightedTTL
      let count = set.weight == nil && set.region == nil ? Int.random(in: 1...4, using: &random) : 1
      set.values = (0..<count).map { _ in value(type) }
    }
    if random.oneIn(5) { set.healthCheckID = "check" }
    return set
  }

  private mutating func route(_ set: inout ResourceRecordSet) {
    // Addresses of some owners are always routed, so that groups of several sets come about.
    let isAddress = set.type == "A" || set.type == "AAAA"
    guard isAddress && set.name.utf8.count % 2 == 0 || random.oneIn(4) else { return }
    set.setIdentifier = ["one", "two", "three", "four"].randomElement(using: &random)
    let usual = set.name.utf8.count + set.type.utf8.count + policyShift
    switch random.oneIn(5) ? Int.random(in: 0..<7, using: &random) : usual % 7 {
    case 0: set.weight = Int.random(in: 0...255, using: &random)
    case 1: set.region = region()
    case 2:
      set.geoLocation = place()
    case 3: set.failover = random.oneIn(2) ? "PRIMARY" : "SECONDARY"
    case 4: set.multiValueAnswer = true
    case 5:
      set.cidrRouting = ResourceRecordSet.CIDRRouting(
        collectionID: "c8c02a84-aaaa-bbbb-e0d2-d833a2f80106",
        locationName: random.oneIn(2) ? "*" : "office")
    default:
      set.geoProximity = GeoProximity(
        awsRegion: region(), bias: random.oneIn(2) ? nil : Int.random(in: -99...99, using: &random))
    }
  }

  private mutating func place() -> GeoLocation {
    let country = ["*", "DE", "US"].randomElement(using: &random)
    return random.oneIn(3) ? GeoLocation(continentCode: "EU") : GeoLocation(countryCode: country)
  }

  private mutating func region() -> String {
    ["eu-west-1", "us-east-1", "ap-south-1"].randomElement(using: &random) ?? "eu-west-1"
  }

  private mutating func value(_ type: String) -> String {
    let number = Int.random(in: 0..<250, using: &random)
    return switch type {
    case "A": "192.0.2.\(number)"
    case "AAAA": "2001:db8::\(String(number, radix: 16))"
    case "CNAME", "NS": random.oneIn(2) ? "t\(number).example.net." : "t\(number).Example.net"
    case "MX": "\(number) mx\(number).example.com."
    default: random.oneIn(2) ? "\"v=\(number)\"\"b\"" : "\"\\303\\244 \(number)\" \"\\\"c\\\"\""
    }
  }
}
