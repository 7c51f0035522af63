public import ZoneKit

/// The difference in meaning between two sides, each the record sets of a zone.
///
/// Sets are matched by owner, type and set identifier. Data are compared as sets in canonical form;
/// order, letter case of names and the places that things were read do not count.
public struct Diff: Sendable, Hashable {
  /// What differs, in canonical order of the keys.
  public let differences: [Difference]
  /// What differs by design, in the same order: SOA and NS of the apex where a side is Route 53,
  /// which keeps its own. Not counted among `differences`, yet always shown.
  public let expected: [Difference]
  /// How many sets mean the same on both sides.
  public let unchangedCount: Int

  /// Compares two sides.
  ///
  /// - Parameters:
  ///   - old: the sets of the old side, in any order.
  ///   - new: the sets of the new side, in any order.
  ///   - route53Apex: the apex of the zone, where a side is a hosted zone of Route 53 and the other
  ///     is not its copy: SOA and NS there are expected to differ. Nil to expect nothing.
  public init(
    from old: some Collection<RecordSet>, to new: some Collection<RecordSet>,
    route53Apex: Name? = nil
  ) {
    // A side should hold a key once; if it does not, its sets are matched in their order.
    var waiting: [RecordSet.Key: [RecordSet]] = [:]
    waiting.reserveCapacity(old.count)
    for set in old { waiting[set.key, default: []].append(set) }
    for key in waiting.keys where waiting[key]!.count > 1 { waiting[key]!.reverse() }
    var all: [Difference] = []
    var unchangedCount = 0
    for set in new {
      if let counterpart = waiting[set.key]?.popLast() {
        if let difference = Difference(from: counterpart, to: set) {
          all.append(difference)
        } else {
          unchangedCount += 1
        }
      } else {
        all.append(Difference(added: set))
      }
    }
    for set in waiting.values.joined() { all.append(Difference(removed: set)) }
    all.sort { ($0.key, $0.kind.rawValue) < ($1.key, $1.kind.rawValue) }
    let isExpected = { (difference: Difference) in
      let key = difference.key
      return (key.type == .soa || key.type == .ns) && key.owner == route53Apex
    }
    self.differences = all.filter { !isExpected($0) }
    self.expected = all.filter(isExpected)
    self.unchangedCount = unchangedCount
  }

  /// Whether the sides mean the same, expected differences aside.
  public var isEmpty: Bool { differences.isEmpty }

  /// The differences of one kind, in canonical order.
  public func differences(_ kind: Difference.Kind) -> [Difference] {
    differences.filter { $0.kind == kind }
  }

  /// How many differences of one kind there are.
  public func count(_ kind: Difference.Kind) -> Int {
    differences.count { $0.kind == kind }
  }

  /// `12 added, 3 removed, 2 changed, 1 TTL only`, or `no differences`; then what was expected,
  /// and how many sets are the same.
  public var summary: String {
    let counts = [
      (count(.added), "added"), (count(.removed), "removed"), (count(.changed), "changed"),
      (count(.ttlOnly), "TTL only"),
    ].map { "\($0) \($1)" }
    return [
      isEmpty ? "no differences" : counts.joined(separator: ", "),
      expected.isEmpty ? nil : "\(expected.count) expected", "\(unchangedCount) the same",
    ].compactMap { $0 }.joined(separator: "; ")
  }
}
