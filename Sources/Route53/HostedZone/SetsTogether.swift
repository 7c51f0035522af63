import RecordSets
import ZoneKit

// The rules between one set and the others of its owner: "CNAME record type" and "Choosing a
// routing policy" in the Amazon Route 53 developer guide.

extension RecordSet {
  /// What is wrong with this set beside the others of its owner, in the service's words.
  func faults(beside others: [RecordSet], in apex: Name) -> [String] {
    var faults: [String] = []
    let name = owner.route53
    if type == .cname, others.contains(where: { $0.type != .cname }) {
      faults.append(
        "RRSet of type CNAME with DNS name \(name) is not permitted as it conflicts with other "
          + "records with the same DNS name in zone \(apex.route53).")
    }
    if type != .cname, others.contains(where: { $0.type == .cname }) {
      faults.append(
        "RRSet of type \(type) with DNS name \(name) is not permitted because a conflicting RRSet "
          + "of type CNAME with the same DNS name already exists in zone \(apex.route53).")
    }
    let siblings = others.filter { $0.type == type }
    if siblings.isEmpty { return faults }
    let this =
      "RRSet with DNS name \(name), type \(type)"
      + (routing.map { ", SetIdentifier \($0.setIdentifier)" } ?? "")
    let kind = routing?.policy.kind
    if siblings.contains(where: { $0.routing?.policy.kind != kind }) {
      faults.append(
        kind == .multivalue
          ? "\(this) cannot be created because a non multivalue answer rrset exists with the same "
            + "name and type."
          : "\(this) cannot be created as other RRSets exist with the same name and type.")
    } else if let claim = routing?.policy.claim,
      let rival = siblings.first(where: { $0.routing?.policy.claim == claim })
    {
      faults.append(
        "\(this) cannot be created as the RRSet with SetIdentifier "
          + "\(rival.routing?.setIdentifier ?? "") has the same \(kind?.rawValue ?? "policy").")
    }
    let limit =
      kind == .geoproximity
      ? RecordSetLimits.geoproximitySetsPerNameAndType : RecordSetLimits.setsPerNameAndType
    if siblings.count >= limit {
      faults.append("\(this) cannot be created as \(limit) RRSets exist with this name and type.")
    }
    return faults
  }

  /// Whether this set and another of its owner cannot both exist.
  func excludes(_ other: RecordSet) -> Bool {
    if (type == .cname) != (other.type == .cname) { return true }
    guard type == other.type else { return false }
    guard let policy = routing?.policy, let rival = other.routing?.policy else { return true }
    return policy.kind != rival.kind || (policy.claim != nil && policy.claim == rival.claim)
  }
}

extension Routing.Policy {
  /// The kinds of policy; the sets of one name and type have the same.
  enum Kind: String {
    case weighted = "Weight"
    case latency = "Region"
    case geolocation = "GeoLocation"
    case failover = "Failover"
    case multivalue = "MultiValueAnswer"
    case cidr = "CidrRoutingConfig"
    case geoproximity = "GeoProximityLocation"
  }

  var kind: Kind {
    switch self {
    case .weighted: .weighted
    case .latency: .latency
    case .geolocation: .geolocation
    case .failover: .failover
    case .multivalue: .multivalue
    case .cidr: .cidr
    case .geoproximity: .geoproximity
    }
  }

  /// What only one set of a name and type may claim: a region, a place, a role. Nil for weighted
  /// and multivalue sets, which are told apart by their identifiers alone.
  var claim: Routing.Policy? {
    switch self {
    case .weighted, .multivalue: nil
    case .geoproximity(var place):
      // The bias only stretches the region of a place.
      {
        place.bias = nil; return .geoproximity(place)
      }()
    default: self
    }
  }
}
