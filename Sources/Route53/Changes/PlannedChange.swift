import RecordSets
import ZoneKit

/// What becomes of one set.
enum Step: Sendable {
  case creation(RecordSet)
  case deletion(RecordSet)
  case change(from: RecordSet, to: RecordSet)

  /// The set as it was; nil if it is created.
  var old: RecordSet? {
    switch self {
    case .creation: nil
    case .deletion(let old), .change(from: let old, to: _): old
    }
  }

  /// The set as it becomes; nil if it goes.
  var new: RecordSet? {
    switch self {
    case .deletion: nil
    case .creation(let new), .change(from: _, to: let new): new
    }
  }

  /// The set as it becomes, or as it was if it goes.
  var set: RecordSet {
    switch self {
    case .creation(let set), .deletion(let set), .change(from: _, to: let set): set
    }
  }

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
    switch self {
    case .creation(let new): [PlannedChange(.create, new)]
    case .deletion(let old): [PlannedChange(.delete, old)]
    case .change(from: let old, to: let new):
      replaces
        ? [PlannedChange(.delete, old), PlannedChange(.create, new)]
        : [PlannedChange(from: old, to: new)]
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

/// A change of a plan, and the one that undoes it.
struct PlannedChange: Sendable {
  let set: RecordSet
  let action: Change.Action
  private let request: ResourceRecordSet
  /// What the inverse puts or deletes: the set as it was, or this one again.
  private let former: ResourceRecordSet
  /// What the change counts in a request, and its inverse in the one that undoes it.
  let sizes: BothSizes
  /// Of the set: said here, too, for passes over all changes that ask for no more of them.
  let type: RecordType
  let isAlias: Bool

  private init(
    _ action: Change.Action, _ set: RecordSet, _ request: ResourceRecordSet,
    former: ResourceRecordSet
  ) {
    self.set = set
    self.action = action
    self.request = request
    self.former = former
    type = set.type
    isAlias = set.aliasTarget != nil
    // The inverse of an UPSERT is one, and no other action is.
    sizes = BothSizes(forward: request.size * action.weight, back: former.size * action.weight)
  }

  /// Creates or deletes a set, undone by the other.
  init(_ action: Change.Action, _ set: RecordSet) {
    let request = ResourceRecordSet(set)
    self.init(action, set, request, former: request)
  }

  /// Puts a set in the place of another of the same key, undone by that.
  init(from old: RecordSet, to new: RecordSet) {
    self.init(.upsert, new, ResourceRecordSet(new), former: ResourceRecordSet(old))
  }

  var change: Change { Change(action, request) }

  var inverse: Change {
    let inverse: Change.Action =
      switch action {
      case .create: .delete
      case .delete: .create
      case .upsert: .upsert
      }
    return Change(inverse, former)
  }

  var typedName: TypedName { TypedName(owner: set.owner, type: type) }
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
