public import RecordSets
import Diagnostics
public import ZoneKit

extension Sequence<RecordSet> {
  /// The sets as a CloudFormation template (JSON): `AWS::Route53::RecordSetGroup` resources, each
  /// no larger than one request to the service.
  ///
  /// Source: `AWS::Route53::RecordSetGroup` in the AWS CloudFormation user guide. A template has
  /// no word for a traffic policy instance.
  public func cloudFormation(apex: Name) -> Conversion {
    var losses: [Conversion.Loss] = []
    var groups: [[JSONOutput]] = []
    var size = RequestSize.limit
    for set in inRoute53Order {
      if let reason = set.isKeptByRoute53(apex: apex) {
        losses.append(.init(set, reason, isExpected: true))
        continue
      }
      if case .trafficPolicyInstance = set.content {
        losses.append(.init(set, "a template cannot hold a traffic policy instance in a group"))
        continue
      }
      let resource = ResourceRecordSet(set)
      size = size + resource.size
      if groups.isEmpty || !size.fits(.limit) {
        groups.append([])
        size = resource.size
      }
      groups[groups.count - 1].append(resource.template)
    }
    let resources = groups.enumerated().map { number, sets in
      JSONOutput.Member(
        "RecordSets\(number + 1)",
        .ordered([
          "Type": "AWS::Route53::RecordSetGroup",
          "Properties": .ordered([
            "HostedZoneName": .string(apex.route53), "RecordSets": .array(sets),
          ]),
        ]))
    }
    let template = JSONOutput.ordered([
      "AWSTemplateFormatVersion": "2010-09-09", "Resources": .ordered(resources),
    ])
    return Conversion(text: template.text(), losses: losses)
  }
}

extension ResourceRecordSet {
  /// The set as a template has it: as in a request, but with TTL a string and values strings.
  fileprivate var template: JSONOutput {
    guard case .ordered(let members) = json else { return json }
    return .ordered(
      members.map { member in
        switch member.key {
        case "TTL": .init("TTL", .string(ttl.map { String($0) } ?? ""))
        case "ResourceRecords":
          .init("ResourceRecords", .array((values ?? []).map(JSONOutput.string)))
        default: member
        }
      })
  }
}
