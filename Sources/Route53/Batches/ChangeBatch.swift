public import Diagnostics
public import RecordSets

/// A request to change record sets (`ChangeBatch` in the Amazon Route 53 API reference): applied as
/// a whole or not at all, its changes in their order.
public struct ChangeBatch: Sendable, Hashable {
  /// At most `RequestLimits.commentCount` characters.
  public var comment: String?
  /// The changes, in the order they take effect.
  public var changes: [Change]

  /// A batch.
  public init(comment: String? = nil, changes: [Change]) {
    self.comment = comment
    self.changes = changes
  }

  /// What the batch counts against the limits of a request.
  public var size: RequestSize { changes.reduce(RequestSize()) { $0 + $1.size } }
}

/// One change of a batch.
public struct Change: Sendable, Hashable {
  /// What is done.
  public var action: Action
  /// To what set.
  public var set: ResourceRecordSet
  /// Where it was read, if it was.
  public var location: Location?

  /// A change.
  public init(_ action: Action, _ set: ResourceRecordSet, at location: Location? = nil) {
    self.action = action
    self.set = set
    self.location = location
  }

  /// A change of a set that is at hand.
  public init(_ action: Action, _ set: RecordSet) {
    self.init(action, ResourceRecordSet(set))
  }

  /// `ChangeAction`.
  public enum Action: String, Sendable, Hashable, CaseIterable {
    /// Adds a set that does not exist.
    case create = "CREATE"
    /// Removes a set, given exactly as it is.
    case delete = "DELETE"
    /// Adds a set, or puts it in the place of the one with the same key.
    case upsert = "UPSERT"

    /// How often a set counts against the limits of a request.
    var weight: Int { self == .upsert ? 2 : 1 }
  }

  /// What the change counts against the limits of a request.
  public var size: RequestSize {
    return set.size * action.weight
  }
}
