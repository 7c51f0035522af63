import Diagnostics
public import RecordSets
import Route53
public import ZoneKit

/// The batches that change a hosted zone, and those that undo them, without a migration around
/// them.
public struct BatchSet: Sendable {
  /// Twelve hexadecimal digits, the same for the same inputs and choices.
  public let id: String
  /// The zone.
  public let apex: Name
  /// The hosted zone's id; nil if it is not known.
  public let hostedZoneID: String?
  /// What stands in the way. With any there are no batches.
  public let blockers: [Plan.Blocker]
  /// The batches in the order to apply them, proven.
  public let batches: [Plan.BatchFile]
  /// What they do that nobody asked for in so many words.
  public let notes: [String]
  private let before: HostedZone
  private let after: HostedZone?
  /// What the batches were planned from. To let go of a large zone takes its time, and whoever keeps
  /// the batches to the end of the process needs none.
  private let origin: any Sendable

  init(
    id: String, apex: Name, hostedZoneID: String?, blockers: [Plan.Blocker],
    batches: [Plan.BatchFile], notes: [String], before: HostedZone, after: HostedZone?,
    origin: any Sendable
  ) {
    self.id = id
    self.apex = apex
    self.hostedZoneID = hostedZoneID
    self.blockers = blockers
    self.batches = batches
    self.notes = notes
    self.before = before
    self.after = after
    self.origin = origin
  }

  /// Whether something stands in the way.
  public var isBlocked: Bool { !blockers.isEmpty }

  /// What the batches of the load change; worked out at each look.
  public var diff: Diff { Diff(from: before.sets, to: (after ?? before).sets) }
}
