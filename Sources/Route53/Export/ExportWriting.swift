public import Diagnostics
public import RecordSets
import ZoneKit

extension Sequence<RecordSet> {
  /// The sets as `aws route53 list-resource-record-sets` prints them, in Route 53's order. A value
  /// that an export wrote in its own way keeps that way.
  public var exportJSON: JSONOutput {
    .ordered(["ResourceRecordSets": .array(inRoute53Order.map { $0.exportJSON })])
  }
}

extension RecordSet {
  /// The set as an export holds it: as in a request, and with the TTL and values that a traffic
  /// policy gives to its instance.
  var exportJSON: JSONOutput {
    var set = ResourceRecordSet(self)
    if case .trafficPolicyInstance(_, let ttl, let data) = content {
      set.ttl = ttl.map { Int($0.rawValue) }
      if !data.isEmpty { set.values = data.map { writtenValues[$0] ?? $0.route53 } }
    }
    return set.json
  }
}
