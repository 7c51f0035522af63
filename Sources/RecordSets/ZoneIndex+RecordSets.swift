public import ZoneKit

extension ZoneIndex {
  /// The RRsets of the zone as record sets of every type, for a comparison of a zone with a zone:
  /// nothing of Route 53's limits applies, so that LOC or DNAME do not vanish. In order of
  /// appearance.
  ///
  /// Records outside the zone, of another class, or that repeat another are no part of the zone;
  /// `standing(ofRecord:)` tells of each.
  public var recordSets: [RecordSet] {
    rrsets.map { rrset in
      RecordSet(
        owner: rrset.owner, type: rrset.type,
        content: .records(ttl: rrset.ttl, data: rrset.data),
        location: rrset.indices.first.flatMap { zone.location(ofRecord: $0) },
        recordIndices: rrset.indices)
    }
  }
}
