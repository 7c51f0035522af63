public import RecordSets
import ZoneKit

extension Sequence<RecordSet> {
  /// The sets in the order in which Route 53 lists them: by name with its labels reversed and a
  /// final dot, as ASCII text, then by type, then by set identifier
  /// (`ListResourceRecordSets` in the API reference).
  public var inRoute53Order: [RecordSet] {
    map { ($0, Route53OrderKey($0)) }.sorted { $0.1 < $1.1 }.map(\.0)
  }
}

private struct Route53OrderKey: Comparable {
  let name: [UInt8]
  let type: String
  let setIdentifier: String

  init(_ set: RecordSet) {
    name = set.owner.route53.utf8.dropLast().split(separator: UInt8(ascii: ".")).reversed()
      .reduce(into: []) { text, label in text += label + [UInt8(ascii: ".")] }
    type = set.type.description
    setIdentifier = set.routing?.setIdentifier ?? ""
  }

  static func < (a: Self, b: Self) -> Bool {
    if a.name != b.name { return a.name.lexicographicallyPrecedes(b.name) }
    return (a.type, a.setIdentifier) < (b.type, b.setIdentifier)
  }
}
