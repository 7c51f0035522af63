import RecordSets
import ZoneKit

/// What becomes of one set: created (no old), deleted (no new) or changed.
struct Step {
  let old: RecordSet?
  let new: RecordSet?
  /// The set as it becomes, or as it was if it goes.
  let set: RecordSet

  init(creating new: RecordSet) { (old, self.new, set) = (nil, new, new) }
  init(deleting old: RecordSet) { (self.old, new, set) = (old, nil, old) }
  init(from old: RecordSet, to new: RecordSet) { (self.old, self.new, set) = (old, new, new) }

  var key: RecordSet.Key { self.set.key }

  /// Whether the kind of policy changes.
  var changesKind: Bool {
    guard let old, let new else { return false }
    return old.routing?.policy.kind != new.routing?.policy.kind
  }

  /// Whether the kind of policy changes, or the region, place or role that the set claims.
  var changesClaim: Bool {
    guard let old, let new else { return false }
    return changesKind || old.routing?.policy.claim != new.routing?.policy.claim
  }

  /// Whether the TTL of a weighted set changes, which those of its name and type do together.
  var changesWeightedTTL: Bool {
    guard let old, let new, new.isWeighted else { return false }
    return old.ttl != new.ttl
  }

  /// The changes that make the step, each with the one that undoes it.
  ///
  /// - Parameter replaces: a changed set is deleted and created instead of UPSERTed.
  func changes(replacing replaces: Bool) -> [PlannedChange] {
    switch (old, new) {
    case (let old?, let new?):
      replaces
        ? [PlannedChange(.delete, old), PlannedChange(.create, new)]
        : [PlannedChange(Change(.upsert, new), of: new, undoneBy: Change(.upsert, old))]
    case (let old?, nil): [PlannedChange(.delete, old)]
    case (nil, let new?): [PlannedChange(.create, new)]
    case (nil, nil): []
    }
  }
}

extension RecordSet {
  /// Whether a request for one set is a request for the other: they mean the same, and of a traffic
  /// policy instance, whose TTL and data are the policy's, the id counts alone.
  func isRequested(as other: RecordSet) -> Bool {
    if hasSameMeaning(as: other) { return true }
    guard case .trafficPolicyInstance(let id, _, _) = content,
      case .trafficPolicyInstance(id, _, _) = other.content
    else { return false }
    var (a, b) = (self, other)
    a.content = .trafficPolicyInstance(id: id, ttl: nil, data: [])
    b.content = a.content
    return a.hasSameMeaning(as: b)
  }
}

/// A change of a plan, and the one that undoes it. A class, as it is passed on by many hands and
/// its copies would cost more than the rest of the planning.
final class PlannedChange: Sendable {
  let set: RecordSet
  let change: Change
  let inverse: Change
  /// What the change counts in a request, and its inverse in the one that undoes it.
  let sizes: BothSizes

  init(_ change: Change, of set: RecordSet, undoneBy inverse: Change) {
    self.set = set
    self.inverse = inverse
    self.change = change
    sizes = BothSizes(forward: change.size, back: inverse.size)
  }

  /// Creates or deletes a set, undone by the other.
  convenience init(_ action: Change.Action, _ set: RecordSet) {
    let request = ResourceRecordSet(set)
    self.init(
      Change(action, request), of: set,
      undoneBy: Change(action == .create ? .delete : .create, request))
  }

  var typedName: TypedName { TypedName(owner: set.owner, type: set.type) }
}

/// What changes count in a request, and in the one that undoes them.
struct BothSizes: Sendable {
  var forward = RequestSize()
  var back = RequestSize()

  init(forward: RequestSize = RequestSize(), back: RequestSize = RequestSize()) {
    self.forward = forward
    self.back = back
  }

  init(of changes: [PlannedChange]) {
    for change in changes {
      forward = forward + change.sizes.forward
      back = back + change.sizes.back
    }
  }

  static func + (a: BothSizes, b: BothSizes) -> BothSizes {
    var sum = a
    sum.forward = a.forward + b.forward
    sum.back = a.back + b.back
    return sum
  }

  func fits(_ limit: RequestSize) -> Bool { forward.fits(limit) && back.fits(limit) }
}
