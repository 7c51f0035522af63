public import RecordSets
import ZoneKit

/// That batches do what they are for: each was applied to the strict model of the hosted zone, the
/// end is the wanted one, and the rollback batches led back to the start exactly.
public struct Proof: Sendable, Hashable {
  /// How many batches were proven.
  public let batchCount: Int
  /// How many changes they hold.
  public let changeCount: Int
  /// The largest counts of a request, rollbacks among them.
  public let largest: RequestSize
  /// How many sets the zone holds at the end.
  public let setCount: Int

  /// A proof; `proveBatches` gives one.
  public init(batchCount: Int, changeCount: Int, largest: RequestSize, setCount: Int) {
    self.batchCount = batchCount
    self.changeCount = changeCount
    self.largest = largest
    self.setCount = setCount
  }
}

/// What of a proof failed.
public struct ProofFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where.
  public let stage: Stage
  /// What.
  public let reason: String

  /// A failure of a proof.
  public init(stage: Stage, reason: String) {
    self.stage = stage
    self.reason = reason
  }

  /// A part of the proof; batches are counted from 0.
  public enum Stage: Sendable, Hashable {
    /// A batch is refused.
    case batch(Int)
    /// The end is not the wanted one.
    case end
    /// A rollback is refused, or does not lead back to where its batch began.
    case rollback(Int)
  }

  /// The stage and the reason.
  public var description: String {
    switch stage {
    case .batch(let index): "batch \(index + 1): \(reason)"
    case .end: "end state: \(reason)"
    case .rollback(let index): "rollback of batch \(index + 1): \(reason)"
    }
  }
}

/// Proves batches and their rollbacks against the strict model.
///
/// - Parameters:
///   - start: the zone before the first batch.
///   - batches: the batches in the order in which they are applied.
///   - wanted: all sets of the zone behind the last of them.
///   - later: a batch that follows once the wanted state is reached, such as the one that raises
///     the TTL of the apex NS set.
/// - Throws: `ProofFailure`.
public func proveBatches(
  start: HostedZone, batches: [PlannedBatch], wanted: [RecordSet], then later: PlannedBatch? = nil
) throws(ProofFailure) -> Proof {
  try proveBatchesAndEnd(start: start, batches: batches, wanted: wanted, then: later).proof
}

/// The same, with the zone in the wanted state.
func proveBatchesAndEnd(
  start: HostedZone, batches: [PlannedBatch], wanted: [RecordSet], then later: PlannedBatch?
) throws(ProofFailure) -> (proof: Proof, end: HostedZone) {
  var replay = Replay(zone: start, setCount: wanted.count)
  for (index, batch) in batches.enumerated() { try replay.apply(batch, at: index) }
  try replay.compare(with: wanted)
  var end = replay.zone
  if let later { try replay.apply(later, at: batches.count) }
  let all = batches + (later.map { [$0] } ?? [])
  for (index, batch) in all.enumerated().reversed() { try replay.undo(batch, at: index) }
  let proof = Proof(
    batchCount: all.count, changeCount: all.reduce(0) { $0 + $1.batch.changes.count },
    largest: replay.largest, setCount: end.count)
  end.startHere()
  return (proof, end)
}

/// A hosted zone led through batches and back.
private struct Replay {
  var zone: HostedZone
  private(set) var largest = RequestSize()
  /// For each batch the owners that it touched, as they were before: by induction, a zone that is
  /// led back to these is led back as a whole.
  private var before: [[TouchedOwner]] = []
  private var counts: [Int] = []

  init(zone: HostedZone, setCount: Int) {
    self.zone = zone
    self.zone.reserveCapacity(setCount)
  }

  mutating func apply(_ batch: PlannedBatch, at index: Int) throws(ProofFailure) {
    counts.append(zone.count)
    before.append(try apply(batch.batch, .batch(index)))
  }

  mutating func undo(_ batch: PlannedBatch, at index: Int) throws(ProofFailure) {
    let undone = try apply(batch.rollback, .rollback(index))
    guard let touched = before.popLast(), let count = counts.popLast() else { return }
    for former in touched where !isSame(zone.heldSets(in: former.place), former.before) {
      let owner = zone.owner(in: former.place)
      throw ProofFailure(
        stage: .rollback(index), reason: "\(owner) is not as it was before the batch")
    }
    // The marks of the zone's owners are the indices in what the rollback touched.
    let common = touched.count { former in
      let mark = zone[markIn: former.place]
      return mark < undone.count && undone[mark].place == former.place
    }
    if common < undone.count {
      let places = Set(touched.map(\.place))
      let others = undone.map(\.place).filter { !places.contains($0) }
      let owner = others.first.map { "\(zone.owner(in: $0))" } ?? "an owner"
      throw ProofFailure(
        stage: .rollback(index), reason: "\(owner) is changed, which the batch leaves alone")
    }
    if zone.count != count {
      throw ProofFailure(
        stage: .rollback(index), reason: "the zone holds \(zone.count) sets, before \(count)")
    }
  }

  /// Whether an owner's sets are the same, to the octets of each value.
  private func isSame(_ now: [HeldSet], _ former: [HeldSet]) -> Bool {
    now.count == former.count
      && zip(now, former).allSatisfy {
        $0.set.isIdentical(to: $1.set) || $0.asRequest.isExactly($1.asRequest)
      }
  }

  private mutating func apply(
    _ batch: ChangeBatch, _ stage: ProofFailure.Stage
  ) throws(ProofFailure) -> [TouchedOwner] {
    let size = batch.size
    largest.elements = max(largest.elements, size.elements)
    largest.characters = max(largest.characters, size.characters)
    do throws(ChangeBatchRejection) {
      return try zone.applyNoting(batch)
    } catch {
      throw ProofFailure(stage: stage, reason: "\(error)")
    }
  }

  func compare(with wanted: [RecordSet]) throws(ProofFailure) {
    var place = 0
    for set in wanted {
      // Most owners were put there in the order in which they are wanted.
      guard let here = zone.place(of: set.owner, from: place),
        let there = zone.heldSet(set.type, set.setIdentifier, in: here)?.set
      else {
        throw ProofFailure(stage: .end, reason: "\(set.key) is missing")
      }
      if !there.isRequested(as: set) {
        throw ProofFailure(stage: .end, reason: "\(set.key) is not the wanted one")
      }
      place = here
    }
    if zone.count != wanted.count {
      throw ProofFailure(
        stage: .end, reason: "the zone holds \(zone.count) sets, wanted are \(wanted.count)")
    }
  }
}
