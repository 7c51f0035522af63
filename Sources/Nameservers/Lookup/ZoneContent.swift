public import RecordSets
public import ZoneKit

/// The content of a zone as a name server holds it: what stands at each name, and which names
/// exist because others lie below them.
///
/// Signatures and the records that prove denial (RRSIG, NSEC, NSEC3) are left out, as they answer
/// no question that is asked without DNSSEC: a zone that is signed anew has others.
public struct ZoneContent: Sendable {
  /// The apex.
  public let apex: Name
  /// What the person calls it: the name of its file.
  public let label: String
  /// Whether it is that of a hosted zone of Route 53.
  public let isRoute53: Bool

  /// All names of the zone, ancestors up to the apex included.
  var nodes: [Name: Node]
  /// Whether a name below the apex has NS, or any name DNAME: only then do ancestors matter.
  var hasRedirections = false
  /// How long negative answers are kept (RFC 2308 section 5); nil without an SOA.
  var negativeTTL: TTL?

  /// What stands at a name.
  struct Node: Sendable {
    /// Ascending by type.
    var sets: [ContentSet] = []

    subscript(type: RecordType) -> ContentSet? { sets.first { $0.type == type } }
  }

  /// The content of a zone: of every type, whatever Route 53 thinks of it. Names outside the zone
  /// and records of other classes are no part of it.
  public init(_ index: ZoneIndex, label: String) {
    self.init(
      apex: index.zone.apex, label: label, isRoute53: false,
      sets: index.rrsets.lazy.map {
        RecordSet(owner: $0.owner, type: $0.type, content: .records(ttl: $0.ttl, data: $0.data))
      })
  }

  /// The content of a hosted zone. Aliases to names of the zone answer with what stands there.
  public init(hostedZone sets: [RecordSet], apex: Name, label: String) {
    self.init(apex: apex, label: label, isRoute53: true, sets: sets)
  }

  private init(
    apex: Name, label: String, isRoute53: Bool, sets: some Sequence<RecordSet>
  ) {
    self.apex = apex
    self.label = label
    self.isRoute53 = isRoute53
    nodes = [apex: Node()]
    var routed: [RecordSet.Key: [RecordSet]] = [:]
    for set in sets where set.owner.isAtOrBelow(apex) && !Self.isLeftOut(set.type) {
      addAncestors(of: set.owner)
      if case .records(let ttl, let data) = set.content, set.routing == nil {
        nodes[set.owner, default: Node()].sets.append(
          ContentSet(type: set.type, variants: [Variant(ttl: ttl, data: data.canonical)]))
      } else {
        routed[RecordSet.Key(owner: set.owner, type: set.type), default: []].append(set)
      }
      hasRedirections =
        hasRedirections || set.type == .dname || set.type == .ns && set.owner != apex
    }
    for (key, set) in AliasResolver.resolve(routed, plain: nodes) {
      nodes[key.owner, default: Node()].sets.append(set)
    }
    for name in nodes.keys where nodes[name]!.sets.count > 1 {
      nodes[name]!.sets.sort { $0.type < $1.type }
    }
    if let variant = nodes[apex]?[.soa]?.variants.first, let data = variant.data.first,
      let soa = SOA(data)
    {
      negativeTTL = min(variant.ttl, TTL(soa.minimum))
    }
  }

  private static func isLeftOut(_ type: RecordType) -> Bool {
    type == .rrsig || type == .nsec || type == .nsec3
  }

  private mutating func addAncestors(of owner: Name) {
    var name = owner
    while nodes[name] == nil {
      nodes[name] = Node()
      guard let parent = name.parent else { return }
      name = parent
    }
  }
}

/// An RRset of a content, or several among which Route 53 chooses.
struct ContentSet: Sendable {
  let type: RecordType
  /// What it may answer with.
  var variants: [Variant]
  /// Whether parts of them are right too.
  var allowsPart = false
  /// Names of resources of AWS that it may answer for.
  var resources: [Name] = []
}

/// Data that share a TTL, in canonical form and order.
struct Variant: Sendable, Hashable {
  var ttl: TTL
  var data: [RecordData]
}

extension ZoneContent {
  /// How many names there are, those included that exist only because others lie below.
  public var nameCount: Int { nodes.count }

  /// All names, in no order.
  public var names: some Collection<Name> { nodes.keys }

  /// Whether a name exists.
  public func contains(_ name: Name) -> Bool { nodes[name] != nil }

  /// The types at a name, ascending; empty where nothing stands.
  public func types(at name: Name) -> [RecordType] { nodes[name]?.sets.map(\.type) ?? [] }

  /// Whether a name exists and nothing stands there.
  public func isEmptyNonTerminal(_ name: Name) -> Bool { nodes[name]?.sets.isEmpty ?? false }

  /// The nearest existing name at or above `name` (RFC 4592 section 3.3.1); nil outside the zone.
  public func closestEncloser(of name: Name) -> Name? {
    guard name.isAtOrBelow(apex) else { return nil }
    var candidate = name
    while nodes[candidate] == nil {
      guard let parent = candidate.parent else { return nil }
      candidate = parent
    }
    return candidate
  }

  /// The wildcard that answers for a name that does not exist; nil if there is none.
  public func sourceOfSynthesis(of name: Name) -> Name? {
    guard let wildcard = closestEncloser(of: name)?.wildcardChild, contains(wildcard) else {
      return nil
    }
    return wildcard
  }
}

extension ZoneContent {
  /// Names that are there only because others lie below, and that a wildcard above would answer
  /// for were it not for RFC 4592 section 2.2.2; in canonical order.
  var emptyNonTerminalsUnderWildcards: [Name] {
    nodes.lazy.filter { $0.value.sets.isEmpty && $0.key != apex }.map(\.key)
      .filter { name in
        var ancestor = name
        while let parent = ancestor.parent, parent.isAtOrBelow(apex) {
          if let wildcard = parent.wildcardChild, contains(wildcard), wildcard != name {
            return true
          }
          ancestor = parent
        }
        return false
      }.sorted()
  }

  /// Names with sets among which Route 53 chooses, or aliases to resources; in canonical order.
  var varyingNames: [Name] {
    nodes.lazy.filter {
      $0.value.sets.contains { $0.variants.count > 1 || $0.allowsPart || !$0.resources.isEmpty }
    }.map(\.key).sorted()
  }
}
