import RecordSets
public import ZoneKit

/// What becomes of CNAMEs that could be aliases.
public enum AliasPolicy: String, Sendable, Hashable, CaseIterable {
  /// They stay CNAMEs and are listed; one at the apex is blocked, and told the way out.
  case suggest
  /// They become aliases.
  case convert
  /// They stay CNAMEs; one at the apex is blocked.
  case never
}

/// A CNAME to a resource of AWS that could be an alias: free of charge, and no second lookup.
public struct AliasSuggestion: Sendable, Hashable {
  /// The CNAME's owner.
  public let owner: Name
  /// The CNAME's index in the zone.
  public let record: Int
  /// What it leads to.
  public let resource: AWSResource
}

/// Where a CNAME leads that could be an alias.
struct AliasResolution {
  /// The resource of AWS; nil if the CNAME leads to a name of the zone.
  let resource: AWSResource?
  /// The target; nil if it is in the zone and the zone's id is not known.
  let target: AliasTarget?
  /// The types to make aliases of.
  let types: [RecordType]
  /// What to do to get there.
  let way: String

  /// Resolves the target of a CNAME; nil if no alias can lead there. Names of the zone are
  /// resolved for the apex only: elsewhere a CNAME does as well.
  init?(of rrset: RRset, in index: ZoneIndex, hostedZoneID: String?) {
    guard let name = rrset.data.first?.names.first else { return nil }
    if let resource = AWSResource(target: name, owner: rrset.owner) {
      self.resource = resource
      target = resource.aliasTarget
      types = resource.service.types
      way =
        "it leads to a \(resource.service.rawValue): --alias convert makes it an alias to "
        + "\(resource.name) in hosted zone \(resource.hostedZoneID)"
      return
    }
    guard rrset.owner == index.zone.apex, name != rrset.owner, let view = index.name(name),
      view.isInside
    else { return nil }
    types = view.types.filter { $0 == .a || $0 == .aaaa }
    guard !types.isEmpty, !view.types.contains(.cname) else { return nil }
    resource = nil
    target = hostedZoneID.map {
      AliasTarget(hostedZoneID: $0, name: name, evaluatesTargetHealth: false)
    }
    way =
      "it leads to a name of the zone: --alias convert makes it an alias to \(name)"
      + (target == nil ? ", which takes the hosted zone's id" : "")
  }
}
