import RecordSets
import Route53
import TestSupport
import ZoneKit

extension SeededGenerator {
  /// Record sets of a zone with every policy, odd names and odd text; SOA and NS at the apex.
  mutating func recordSets(apex: Name, count: Int) throws -> [RecordSet] {
    var sets = [
      RecordSet(
        owner: apex, type: .soa,
        content: .records(
          ttl: TTL(900),
          data: [
            try RecordData(
              parsing: "ns-1.awsdns-1.com. a\\.b.amazon.com. 1 7200 900 1209600 86400", type: .soa)
          ])),
      RecordSet(
        owner: apex, type: .ns,
        content: .records(
          ttl: TTL(172_800), data: [try RecordData(parsing: "ns-1.awsdns-1.com.", type: .ns)])),
    ]
    for number in 0..<count {
      let owner = try name(number, apex: apex)
      if oneIn(3) {
        for member in 0..<Int.random(in: 1...3, using: &self) {
          let identifier = text(maximum: 12) + "\(member)"
          sets.append(
            RecordSet(
              owner: owner, type: .a, content: try content(.a, apex: apex, maximum: 1),
              routing: Routing(setIdentifier: identifier, policy: policy()),
              healthCheckID: oneIn(2) ? "check-\(member)" : nil))
        }
      } else {
        let type = [RecordType.a, .aaaa, .txt, .mx, .caa, .srv].randomElement(using: &self)!
        sets.append(
          RecordSet(
            owner: owner, type: type, content: try content(type, apex: apex, maximum: 4),
            healthCheckID: oneIn(10) ? text(maximum: 8) : nil))
      }
    }
    return sets
  }

  private mutating func name(_ number: Int, apex: Name) throws -> Name {
    var label = octets(Int.random(in: 1...5, using: &self))
    if oneIn(2) { label = label.map { 97 + $0 % 26 } }
    let own = try apex.prepending(label: label + Array("\(number)".utf8))
    return oneIn(5) ? try own.prepending(label: Array("*".utf8)) : own
  }

  private mutating func text(maximum: Int) -> String {
    let characters: [Character] = ["a", "B", " ", "\"", "\\", ";", "\u{1}", "\u{7F}", "é", "="]
    return String(
      (0..<Int.random(in: 1...maximum, using: &self)).map { _ in
        characters.randomElement(using: &self)!
      })
  }

  private mutating func content(
    _ type: RecordType, apex: Name, maximum: Int
  ) throws -> RecordSet.Content {
    if type == .a || type == .aaaa, oneIn(4) {
      return .alias(
        AliasTarget(
          hostedZoneID: oneIn(2) ? "ZSELF" : "ZOTHER", name: try name(0, apex: apex),
          evaluatesTargetHealth: oneIn(2)))
    }
    var data: [RecordData] = []
    for number in 0..<Int.random(in: 1...maximum, using: &self) {
      switch type {
      case .a: data.append(try RecordData(parsing: "192.0.2.\(number)", type: .a))
      case .aaaa: data.append(try RecordData(parsing: "2001:db8::\(number)", type: .aaaa))
      case .mx:
        let name = try name(number, apex: apex)
        data.append(try RecordData(parsing: "\(number) \(name)", type: .mx))
      case .srv: data.append(try RecordData(parsing: "\(number) 0 0 .", type: .srv))
      case .caa:
        data.append(try RecordData(parsing: "0 issue \"ca\(number).example\"", type: .caa))
      default:
        let string = [UInt8(5)] + octets(4) + [UInt8(number)]
        data.append(RecordData(type: .txt, octets: (string + [1, 120])[...]))
      }
    }
    if type == .a, oneIn(10) {
      let isBare = oneIn(2)
      return .trafficPolicyInstance(
        id: "policy \"\(data.count)\"", ttl: isBare ? nil : TTL(60), data: isBare ? [] : data)
    }
    return .records(ttl: TTL(UInt32.random(in: 0...100_000, using: &self)), data: data)
  }

  private mutating func policy() -> Routing.Policy {
    switch Int.random(in: 0..<8, using: &self) {
    case 0: .weighted(UInt8.random(in: 0...255, using: &self))
    case 1: .latency(region: "eu-west-1")
    case 2: .geolocation(GeoLocation(continentCode: "EU"))
    case 3: .geolocation(GeoLocation(countryCode: "US", subdivisionCode: "WA"))
    case 4: .failover(oneIn(2) ? .primary : .secondary)
    case 5: .cidr(collectionID: "c-1", locationName: "*")
    case 6:
      .geoproximity(
        GeoProximity(
          coordinates: GeoProximity.Coordinates(latitude: "49.22", longitude: "-74.01"),
          bias: oneIn(2) ? nil : -5))
    default: .multivalue
    }
  }
}
