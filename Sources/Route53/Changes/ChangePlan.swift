public import Diagnostics
public import RecordSets
import ZoneKit

/// The change batches that lead a hosted zone to the wanted sets and back, proven, or what stands
/// in the way.
public struct ChangePlan: Sendable {
  /// The batches, in the order in which they are applied; none if something blocks the plan.
  public internal(set) var batches: [PlannedBatch] = []
  /// What the files of the batches hold, in their order.
  public internal(set) var texts: [BatchTexts] = []
  /// For after the parallel run: gives the apex NS set its steady TTL. It is no part of the load,
  /// and numbered by itself. Nil if the plan leaves that set alone or is blocked.
  public internal(set) var restore: PlannedBatch?
  /// All sets of the zone once the batches are applied, in order of their keys.
  public internal(set) var wanted: [RecordSet] = []
  /// Sets of the hosted zone that are not wanted and stay, in order of their keys.
  public internal(set) var kept: [RecordSet] = []
  /// Sets that are deleted as they are not wanted, in order of their keys.
  public internal(set) var pruned: [RecordSet] = []
  /// Sets that are deleted as wanted ones take their place: a CNAME where there is to be an A. They
  /// count as deletions like those that are pruned.
  public internal(set) var replaced: [RecordSet] = []
  /// What stands in the way.
  public internal(set) var blockers: [ChangeBlocker] = []
  /// That the batches were proven; nil if something blocks the plan.
  public internal(set) var proof: Proof?
  /// Why they could not be proven: a fault of the planning, and never of an input.
  public internal(set) var proofFailure: ProofFailure?
  /// The zone once the batches are applied, as the start of what follows; nil if something blocks
  /// the plan.
  public internal(set) var end: HostedZone?
  /// Whether the apex NS set is left alone because its name servers are not known yet.
  public internal(set) var lacksNameServers = false

  /// Whether something stands in the way.
  public var isBlocked: Bool { !blockers.isEmpty }

  /// What the batches count, each against the limits of its request.
  public var sizes: [RequestSize] { batches.map(\.batch.size) }
}

/// A batch with the one that undoes it.
public struct PlannedBatch: Sendable, Hashable {
  /// The name of the batch's file: `01-load`. The order of the names is the order in which batches
  /// are applied.
  public let name: String
  /// The name of the rollback's file: `01-undo-03-load` undoes the last of three batches. The order
  /// of these names, too, is the order in which they are applied.
  public let rollbackName: String
  /// What is applied.
  public let batch: ChangeBatch
  /// The exact inverse, in reverse order, for a zone in the state that the batch leads to.
  public let rollback: ChangeBatch

  /// A batch with the one that undoes it.
  public init(name: String, rollbackName: String, batch: ChangeBatch, rollback: ChangeBatch) {
    self.name = name
    self.rollbackName = rollbackName
    self.batch = batch
    self.rollback = rollback
  }

  /// The batch's file: `01-load.json`.
  public var fileName: String { name + ".json" }

  /// The rollback's file: `01-undo-03-load.json`.
  public var rollbackFileName: String { rollbackName + ".json" }
}

/// Why changes cannot be planned.
public struct ChangeBlocker: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reason, a sentence without final full stop.
  public let reason: String
  /// The set; nil if it is the plan as a whole.
  public let key: RecordSet.Key?
  /// Where the set was read.
  public let location: Location?
  /// The way out, if one is known.
  public let help: String?

  init(
    _ reason: String, key: RecordSet.Key? = nil, location: Location? = nil, help: String? = nil
  ) {
    self.reason = reason
    self.key = key
    self.location = location
    self.help = help
  }

  /// The set and the reason.
  public var description: String { (key.map { "\($0): " } ?? "") + reason }
}
