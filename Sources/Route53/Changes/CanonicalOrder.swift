import RecordSets
import ZoneKit

extension Sequence<RecordSet> {
  /// The sets in order of their keys.
  var inCanonicalOrder: [RecordSet] {
    let sets = Array(self)
    var keys = SortKeys(count: sets.count)
    for set in sets { keys.append { set.owner.appendCanonicalKey(to: &$0) } }
    let order = keys.order { sets[$0].key < sets[$1].key }
    return order.map { $0.map { sets[$0] } } ?? sets
  }
}

extension Name {
  /// Appends octets that sort as names do in canonical order (RFC 4034 section 6.1): the labels from
  /// the right in lower case with a zero behind each; the octets 0 and 1 are told from it by a 1
  /// before them.
  fileprivate func appendCanonicalKey(to key: inout [UInt8]) {
    forEachLabelFromRight { label in
      for index in label.indices {
        let octet = label[index]
        let isCapital = octet &- UInt8(ascii: "A") < 26
        if octet < 2 { key.append(1) }
        key.append(octet < 2 ? octet + 1 : isCapital ? octet | 0x20 : octet)
      }
      key.append(0)
    }
  }
}
