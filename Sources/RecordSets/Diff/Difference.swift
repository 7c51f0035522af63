public import ZoneKit

/// How the sets of one key differ between two sides.
public struct Difference: Sendable, Hashable {
  /// The set on the old side; nil where it is added.
  public let old: RecordSet?
  /// The set on the new side; nil where it is removed.
  public let new: RecordSet?
  /// What differs, where both sides have the set.
  public let parts: [Part]
  /// The identity of the set.
  public let key: RecordSet.Key

  /// A set that only the new side has.
  init(added new: RecordSet) {
    (old, self.new, parts, key) = (nil, new, [], new.key)
  }

  /// A set that only the old side has.
  init(removed old: RecordSet) {
    (self.old, new, parts, key) = (old, nil, [], old.key)
  }

  /// A set that both sides have; nil if it means the same on both.
  init?(from old: RecordSet, to new: RecordSet) {
    if old.hasSameMeaning(as: new) { return nil }
    (self.old, self.new, parts, key) = (old, new, Part.parts(from: old, to: new), old.key)
  }

  /// What became of a set.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Only the new side has it.
    case added
    /// Only the old side has it.
    case removed
    /// Both have it, with other content.
    case changed
    /// Both have it, and only the TTL differs.
    case ttlOnly
  }

  /// What became of the set.
  public var kind: Kind {
    if old == nil { return .added }
    if new == nil { return .removed }
    if parts.count == 1, case .ttl = parts[0] { return .ttlOnly }
    return .changed
  }

  /// One thing that differs between two sets of the same key.
  public enum Part: Sendable, Hashable {
    /// Data that one side lacks, in order of their octets.
    case values(removed: [RecordData], added: [RecordData])
    /// The TTL. Nil stands for an export that leaves out the TTL of a traffic policy instance.
    case ttl(from: TTL?, to: TTL?)
    /// The alias target; nil on a side that is no alias.
    case alias(from: AliasTarget?, to: AliasTarget?)
    /// The id of a traffic policy instance; nil on a side that has none.
    case trafficPolicyInstance(from: String?, to: String?)
    /// The routing policy; nil on a side with simple routing.
    case routing(from: Routing.Policy?, to: Routing.Policy?)
    /// The id of the health check; nil on a side without one.
    case healthCheck(from: String?, to: String?)

    /// All that differs; empty exactly if the sets mean the same.
    static func parts(from old: RecordSet, to new: RecordSet) -> [Part] {
      var parts: [Part] = []
      let (before, after) = (old.data.canonical, new.data.canonical)
      if before != after {
        let (kept, wanted) = (Set(before), Set(after))
        parts.append(
          .values(
            removed: before.filter { !wanted.contains($0) },
            added: after.filter { !kept.contains($0) }))
      }
      // An alias has no TTL of its own: to or from one, the TTL is no difference by itself.
      if old.ttl != new.ttl, old.aliasTarget == nil, new.aliasTarget == nil {
        parts.append(.ttl(from: old.ttl, to: new.ttl))
      }
      if old.aliasTarget != new.aliasTarget {
        parts.append(.alias(from: old.aliasTarget, to: new.aliasTarget))
      }
      if old.trafficPolicyInstanceID != new.trafficPolicyInstanceID {
        parts.append(
          .trafficPolicyInstance(from: old.trafficPolicyInstanceID, to: new.trafficPolicyInstanceID)
        )
      }
      if old.routing?.policy != new.routing?.policy {
        parts.append(.routing(from: old.routing?.policy, to: new.routing?.policy))
      }
      if old.healthCheckID != new.healthCheckID {
        parts.append(.healthCheck(from: old.healthCheckID, to: new.healthCheckID))
      }
      return parts
    }
  }
}

extension RecordSet {
  /// The id of the traffic policy instance that answers, if one does.
  public var trafficPolicyInstanceID: String? {
    if case .trafficPolicyInstance(let id, _, _) = content { id } else { nil }
  }
}
