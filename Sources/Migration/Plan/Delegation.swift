public import Propagation
public import Runbook
public import ZoneKit

/// Old and new name servers of a zone: what a rollback of the delegation restores.
public struct Delegation: Sendable {
  /// The zone.
  public let zone: Name
  /// The servers as the zone's own apex NS set has them, with the addresses that the zone has.
  public let old: [Server]
  /// The TTL of the apex NS set.
  public let childTTL: TTL
  /// The TTL of the NS set at the parent.
  public let parentTTL: ParentTTL
  /// What is known of a DS set at the parent.
  public let parentDS: ParentDS
  /// The TTL of that DS set as planned with; nil if there is none to expect.
  public let dsTTL: TimeSpan?
  /// The hosted zone's servers; empty if they are not known yet.
  public let new: [Name]
  /// The hosted zone's id; nil if it is not known.
  public let hostedZoneID: String?

  /// A name server.
  public struct Server: Hashable, Sendable {
    /// Its name.
    public let name: Name
    /// Its addresses in presentation form, where the zone has them: glue, where the name lies in
    /// the zone.
    public let addresses: [String]
  }

  /// The delegation of a zone as its own file has it.
  init(
    of index: ZoneIndex, to new: [Name], hostedZoneID: String?, schedule: Schedule,
    options: TimetableOptions
  ) {
    zone = index.zone.apex
    let ns = index.rrset(index.zone.apex, .ns)
    old = (ns?.data ?? []).flatMap(\.names).map { name in
      let addresses = [RecordType.a, .aaaa].flatMap { index.rrset(name, $0)?.data ?? [] }
      return Server(name: name, addresses: addresses.map(\.description))
    }
    childTTL = ns?.ttl ?? TTL(0)
    parentTTL = schedule.parentNS
    parentDS = options.parentDS
    dsTTL = options.dsTTL(isSigned: index.isSigned)
    self.new = new
    self.hostedZoneID = hostedZoneID
  }
}
