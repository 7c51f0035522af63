/// What belongs together in a zone: names, RRsets, and the empty non-terminals between them.
///
/// Built once over a `Zone` in time linear in its records; lookups are by hash of the folded name.
/// Names and RRsets keep the order of their first record.
public struct ZoneIndex: Sendable {
  /// The zone.
  public let zone: Zone

  /// Names, each once: owners in order of appearance, then empty non-terminals.
  var nodes: [Node] = []
  /// Open-addressed table: the upper half of a name's hash beside its node's number plus one; 0 is
  /// free. Its count is a power of two.
  var slots: [UInt64] = []
  /// Record indices by node and type, in the order of the zone within each.
  var order: [UInt32] = []
  /// Where each RRset begins in `order`, with the end of the last one behind them.
  var rrsetStarts: [UInt32] = []
  /// For each record that is a copy of an earlier one, that one.
  var duplicates: [UInt32: UInt32] = [:]
  /// How many of the names, the first ones, are owners.
  var ownerCount = 0
  /// While the index is built: names with others between them and the apex.
  var deepNodes: [UInt32] = []

  /// A name of the zone.
  struct Node {
    /// Where its wire form begins in the zone's octets, written as where it first occurs.
    var name: UInt32
    /// The number of its first RRset; they go on to that of the next name.
    var firstRRset: UInt32 = 0
    /// Whether it lies at or below the apex.
    var isInside: Bool
  }

  /// Indexes a zone.
  public init(_ zone: Zone) {
    self.zone = zone
    group(addOwners())
    addEmptyNonTerminals()
  }

  /// The numbers of a name's RRsets.
  func rrsetNumbers(ofNode number: Int) -> Range<Int> {
    let end = number + 1 < nodes.count ? Int(nodes[number + 1].firstRRset) : rrsetStarts.count - 1
    return Int(nodes[number].firstRRset)..<end
  }
}
