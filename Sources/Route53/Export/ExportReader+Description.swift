import Diagnostics
import RecordSets
import ZoneKit

extension HostedZoneDescription {
  /// What shows that descriptions and a listing of record sets, given together, are not of one
  /// zone, or not of one moment.
  ///
  /// - Parameters:
  ///   - descriptions: all that were read.
  ///   - sets: the listing, of the zone at `apex`.
  static func findings(
    _ descriptions: [HostedZoneDescription], with sets: [RecordSet], apex: Name
  ) -> [Finding] {
    let own = descriptions.filter { $0.name == apex }
    guard let description = own.first else {
      return descriptions.prefix(1).map { other in
        Finding(
          rule: "r53-export-other-zone", severity: .error,
          message: descriptions.count == 1
            ? "this describes the hosted zone \(other.name), but the record sets are those of \(apex)"
            : "none of the hosted zones described here is \(apex), whose record sets are given",
          at: other.location, help: "give description and export of one hosted zone")
      }
    }
    if own.count > 1 {
      // A public and a private zone, say, of one name: nothing says which one was listed.
      let ids = own.map(\.id).joined(separator: ", ")
      return [
        Finding(
          rule: "r53-export-other-zone", severity: .error,
          message: "several hosted zones are named \(apex): \(visible(ids))", at: own[1].location,
          help: "describe the one whose record sets are given: aws route53 get-hosted-zone --id ID")
      ]
    }
    // Its servers tell nothing: an NS set of one's own names stands in zones with white labels.
    return description.countFinding(sets).map { [$0] } ?? []
  }

  private func countFinding(_ sets: [RecordSet]) -> Finding? {
    guard let recordSetCount, recordSetCount != sets.count else { return nil }
    return Finding(
      rule: "r53-export-stale", severity: .error,
      message:
        "the hosted zone holds \(recordSetCount) record sets by this description, and the export "
        + "has \(sets.count): one of them is older than a change, or not whole", at: location,
      help: "fetch both again: zonecut fetch route53 \(visible(id))")
  }
}
