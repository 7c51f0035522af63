import RecordSets
import ZoneKit

/// Settles what sets with a routing policy and aliases answer with.
///
/// Source: "Choosing between alias and non-alias records" and "Choosing a routing policy" in the
/// Amazon Route 53 developer guide.
struct AliasResolver {
  let plain: [Name: ZoneContent.Node]
  let routed: [RecordSet.Key: [RecordSet]]
  /// The owners whose aliases are being followed, so that a loop ends.
  private var path: Set<Name> = []

  /// The most aliases that lead to one another: Route 53 follows no loop, and neither is one
  /// followed here.
  private static let maximumDepth = 16
  /// The most values of a multivalue answer.
  private static let multivalueCount = 8

  /// What sets answer with, by owner and type.
  ///
  /// - Parameters:
  ///   - routed: the sets with a routing policy, and aliases.
  ///   - plain: all others.
  static func resolve(
    _ routed: [RecordSet.Key: [RecordSet]], plain: [Name: ZoneContent.Node]
  ) -> [(RecordSet.Key, ContentSet)] {
    var resolver = AliasResolver(plain: plain, routed: routed)
    return routed.map { key, sets in
      resolver.path = [key.owner]
      return (key, resolver.resolve(sets, type: key.type))
    }
  }

  private init(plain: [Name: ZoneContent.Node], routed: [RecordSet.Key: [RecordSet]]) {
    self.plain = plain
    self.routed = routed
  }

  /// What the sets of one owner and type answer with.
  private mutating func resolve(_ sets: [RecordSet], type: RecordType) -> ContentSet {
    var result = ContentSet(type: type, variants: [])
    var multivalue = Variant(ttl: .maximum, data: [])
    for set in sets {
      switch set.content {
      case .records(let ttl, let data) where set.routing?.policy == .multivalue:
        multivalue.ttl = min(multivalue.ttl, ttl)
        multivalue.data += data
        if set.healthCheckID != nil { result.allowsPart = true }
      case .records(let ttl, let data):
        result.variants.append(Variant(ttl: ttl, data: data.canonical))
      case .alias(let target):
        add(target, type: type, to: &result)
      case .trafficPolicyInstance(_, let ttl?, let data) where !data.isEmpty:
        // The export shows what one place is answered; others may get something else.
        result.variants.append(Variant(ttl: ttl, data: data.canonical))
        result.resources.append(set.owner)
      case .trafficPolicyInstance:
        result.resources.append(set.owner)
      }
    }
    if !multivalue.data.isEmpty {
      multivalue.data = multivalue.data.canonical
      if multivalue.data.count > Self.multivalueCount { result.allowsPart = true }
      result.variants.append(multivalue)
    }
    var seen: Set<Variant> = []
    result.variants.removeAll { !seen.insert($0).inserted }
    return result
  }

  private mutating func add(
    _ target: AliasTarget, type: RecordType, to result: inout ContentSet
  ) {
    let name = target.name
    if let set = plain[name]?[type] {
      result.variants += set.variants
      return
    }
    guard let sets = routed[RecordSet.Key(owner: name, type: type)],
      path.count < Self.maximumDepth, path.insert(name).inserted
    else {
      result.resources.append(name)
      return
    }
    let resolved = resolve(sets, type: type)
    path.remove(name)
    result.variants += resolved.variants
    result.resources += resolved.resources
    result.allowsPart = result.allowsPart || resolved.allowsPart
  }
}
