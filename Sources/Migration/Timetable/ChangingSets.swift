public import RecordSets
public import Route53
public import ZoneKit

extension Translation {
  /// The RRsets that clients get from the new servers with other data, or no longer.
  ///
  /// - Parameter index: the zone that was translated.
  public func changingSets(of index: ZoneIndex) -> Set<RecordSet.Key> {
    let carried = Dictionary(
      recordSets.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var keys: Set<RecordSet.Key> = []
    for rrset in index.rrsets where !rrset.type.isZoneSigning {
      let key = RecordSet.Key(owner: rrset.owner, type: rrset.type)
      if carried[key]?.data.canonical != rrset.data.canonical { keys.insert(key) }
    }
    return keys
  }
}
