public import RecordSets
import ZoneKit

extension Sequence<RecordSet> {
  /// The sets in the order in which Route 53 lists them: by name with its labels reversed and a
  /// final dot, as ASCII text, then by type, then by set identifier
  /// (`ListResourceRecordSets` in the API reference).
  public var inRoute53Order: [RecordSet] {
    let sets = Array(self)
    var keys = SortKeys(count: sets.count)
    for set in sets { keys.append { set.appendRoute53Key(to: &$0) } }
    return keys.order(ties: <).map { $0.map { sets[$0] } } ?? sets
  }
}

extension RecordSet {
  /// Appends name, type and set identifier in octets that sort as Route 53 sorts: the parts end in
  /// a zero, which none of them holds.
  fileprivate func appendRoute53Key(to key: inout [UInt8]) {
    owner.forEachLabelFromRight { label in
      for index in label.indices { RecordSet.append(label[index], to: &key) }
      key.append(UInt8(ascii: "."))
    }
    key.append(0)
    key.append(contentsOf: type.description.utf8)
    key.append(0)
    if let setIdentifier { key.append(contentsOf: setIdentifier.utf8) }
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
