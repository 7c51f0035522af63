public import RecordSets
import ZoneKit

extension Sequence<RecordSet> {
  /// The sets in the order in which Route 53 lists them: by name with its labels reversed and a
  /// final dot, as ASCII text, then by type, then by set identifier
  /// (`ListResourceRecordSets` in the API reference).
  public var inRoute53Order: [RecordSet] {
    let sets = Array(self)
    let keys = sets.map(\.route53OrderKey)
    // Sets are large values: their indices are sorted, and often they stand in order already.
    var order = Array(sets.indices)
    let isSorted = zip(order, order.dropFirst()).allSatisfy {
      !keys[$1].lexicographicallyPrecedes(keys[$0])
    }
    if isSorted { return sets }
    order.sort { a, b in
      keys[a].lexicographicallyPrecedes(keys[b]) || (a < b && keys[a] == keys[b])
    }
    return order.map { sets[$0] }
  }
}

extension RecordSet {
  /// Name, type and set identifier in octets that sort as Route 53 sorts: the parts end in a zero,
  /// which none of them holds.
  fileprivate var route53OrderKey: [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(owner.wire.count + 16)
    for label in owner.labels.reversed() {
      for octet in label { RecordSet.append(octet, to: &key) }
      key.append(UInt8(ascii: "."))
    }
    key.append(0)
    key += type.description.utf8
    key.append(0)
    if let routing { key += routing.setIdentifier.utf8 }
    return key
  }

  /// Appends an octet of a label as Route 53 writes it.
  private static func append(_ octet: UInt8, to text: inout [UInt8]) {
    switch octet {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): text.append(octet | 0x20)
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"):
      text.append(octet)
    default:
      text.append(UInt8(ascii: "\\"))
      for shift in [6, 3, 0] as [UInt8] { text.append(UInt8(ascii: "0") + (octet >> shift & 7)) }
    }
  }
}
