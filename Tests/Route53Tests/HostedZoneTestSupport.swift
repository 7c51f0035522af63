import RecordSets
import Route53
import ZoneKit

/// The set of a request: `rrset("www", "A", "192.0.2.1")`, the name relative to example.com unless
/// it ends with a dot.
func rrset(
  _ name: String, _ type: String, _ values: String..., ttl: Int? = 300, id: String? = nil,
  change: (inout ResourceRecordSet) -> Void = { _ in }
) -> ResourceRecordSet {
  var set = ResourceRecordSet(name: absolute(name), type: type)
  if !values.isEmpty {
    set.ttl = ttl
    set.values = values
  }
  set.setIdentifier = id
  change(&set)
  return set
}

/// The alias set of a request; the target relative to example.com unless it ends with a dot.
func alias(
  _ name: String, _ type: String = "A", to target: String, zone: String = "ZTEST",
  id: String? = nil, change: (inout ResourceRecordSet) -> Void = { _ in }
) -> ResourceRecordSet {
  var set = ResourceRecordSet(name: absolute(name), type: type)
  set.aliasTarget = ResourceRecordSet.Alias(
    hostedZoneID: zone, dnsName: absolute(target), evaluatesTargetHealth: false)
  set.setIdentifier = id
  change(&set)
  return set
}

private func absolute(_ name: String) -> String {
  if name == "@" { return "example.com." }
  return name.isEmpty || name.hasSuffix(".") ? name : name + ".example.com."
}

extension Name {
  /// A name that is known to be one.
  init(_ text: StaticString) {
    guard let name = try? Name(route53: "\(text)") else { preconditionFailure("\(text)") }
    self = name
  }
}

extension HostedZone {
  /// Name servers such as a new zone gets.
  static let exampleNameServers = [
    Name("ns-1.awsdns-01.com."), Name("ns-513.awsdns-01.net."), Name("ns-1025.awsdns-01.org."),
    Name("ns-1537.awsdns-01.co.uk."),
  ]

  /// The zone example.com, id ZTEST, with four name servers.
  static var example: HostedZone {
    .new(apex: Name("example.com."), delegationSet: exampleNameServers, id: "ZTEST")
  }

  /// The zone example.com with more sets, in the order given.
  static func example(_ sets: [ResourceRecordSet]) throws -> HostedZone {
    var zone = HostedZone.example
    for set in sets { try zone.apply(ChangeBatch(changes: [Change(.create, set)])) }
    return zone
  }

  /// Why the zone refuses the changes; nil if it takes them.
  func rejection(of changes: [Change], comment: String? = nil) -> ChangeBatchRejection? {
    var zone = self
    do throws(ChangeBatchRejection) {
      try zone.apply(ChangeBatch(comment: comment, changes: changes))
      return nil
    } catch {
      return error
    }
  }
}
