import Diagnostics
import ZoneKit

// How sets and their parts read in messages and differences. Text that comes from an input and is
// neither a name nor record data is quoted, control characters escaped.

extension RecordSet.Key: CustomStringConvertible {
  /// `www.example.com. A`, or `www.example.com. A "blue"`.
  public var description: String {
    "\(owner) \(type)" + (setIdentifier.map { " \($0.quoted)" } ?? "")
  }
}

extension RecordSet.Content {
  /// The content, a line for each datum: `300 A 192.0.2.1`, `A alias www.example.com. in "Z1"`.
  func lines(type: RecordType) -> [String] {
    switch self {
    case .records(let ttl, let data):
      return data.canonical.map { "\(ttl) \(type) \($0)" }
    case .alias(let target):
      return ["\(type) alias \(target)"]
    case .trafficPolicyInstance(let id, let ttl, let data):
      let policy = "\(type) traffic policy instance \(id.quoted)"
      let values = data.canonical.map { "\(ttl.map { "\($0) " } ?? "")\(type) \($0)" }
      return [policy] + values
    }
  }
}

extension AliasTarget: CustomStringConvertible {
  /// `www.example.com. in "Z2FDTNDATAQYW2"`, and whether the target's health counts.
  public var description: String {
    "\(name) in \(hostedZoneID.quoted)" + (evaluatesTargetHealth ? ", target health" : "")
  }
}

extension Routing: CustomStringConvertible {
  /// `weighted 10 "blue"`.
  public var description: String { "\(policy) \(setIdentifier.quoted)" }
}

extension Routing.Policy: CustomStringConvertible {
  /// `weighted 10`, `latency "eu-west-1"`, `failover PRIMARY`.
  public var description: String {
    switch self {
    case .weighted(let weight): "weighted \(weight)"
    case .latency(let region): "latency \(region.quoted)"
    case .geolocation(let place): "geolocation \(place)"
    case .failover(let role): "failover \(role.rawValue)"
    case .multivalue: "multivalue"
    case .cidr(let collection, let location):
      "cidr collection \(collection.quoted) location \(location.quoted)"
    case .geoproximity(let place): "geoproximity \(place)"
    }
  }
}

extension GeoLocation: CustomStringConvertible {
  /// `continent "EU"`, `country "US" subdivision "WA"`.
  public var description: String {
    [
      continentCode.map { "continent \($0.quoted)" }, countryCode.map { "country \($0.quoted)" },
      subdivisionCode.map { "subdivision \($0.quoted)" },
    ].compactMap { $0 }.joined(separator: " ")
  }
}

extension GeoProximity: CustomStringConvertible {
  /// `region "eu-west-1" bias 10`.
  public var description: String {
    [
      awsRegion.map { "region \($0.quoted)" },
      localZoneGroup.map { "local zone group \($0.quoted)" },
      coordinates.map { "at \($0.latitude.quoted), \($0.longitude.quoted)" },
      bias.map { "bias \($0)" },
    ].compactMap { $0 }.joined(separator: " ")
  }
}

extension String {
  /// The text in quotes, with nothing in it that would move a cursor, turn the line around or end
  /// it.
  package var quoted: String {
    var text = "\""
    for scalar in unicodeScalars {
      if scalar == "\"" || scalar == "\\" { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
    return visible(text + "\"")
  }
}
