public import Diagnostics
public import Propagation
public import RecordSets
public import Route53
public import Runbook
public import ZoneKit

/// The plan of a zone's move to Route 53: a value, made by `Planner.plan` from inputs and options
/// alone.
public struct Plan: Sendable {
  /// Twelve hexadecimal digits, the same for the same zone files, sets of the hosted zone and
  /// choices; dates do not count.
  public let id: String
  /// The zone.
  public let apex: Name
  /// What it was made from.
  public let inputs: [InputRecord]
  /// The command line that makes it again.
  public let arguments: [String]
  /// What stands in the way. With any there are no batches.
  public let blockers: [Blocker]
  /// What was found in the zone.
  public let findings: FindingReport
  /// What became of each record.
  public let ledger: Ledger
  /// What the load batches change in the hosted zone.
  public let diff: Diff
  /// The batches in the order to apply them: those that load the zone, then those that restore
  /// its TTLs after the parallel run.
  public let batches: [BatchFile]
  /// That the load batches were proven; nil if the plan is blocked.
  public let proof: Proof?
  /// The dates.
  public let schedule: Schedule
  /// Old and new name servers.
  public let delegation: Delegation
  /// The old zone's files with changes.
  public let oldZone: OldZone
  /// The questions that a comparison of servers asks.
  public let queries: [Query]
  /// What the plan does or assumes that its reader might not expect.
  public let notes: [String]
  /// The page to work from.
  public let runbook: Runbook

  /// Whether something stands in the way.
  public var isBlocked: Bool { !blockers.isEmpty }

  /// The batches of one phase.
  public func batches(_ phase: BatchFile.Phase) -> [BatchFile] {
    batches.filter { $0.phase == phase }
  }

  /// Something that stands in the way of the migration.
  public struct Blocker: Hashable, Sendable, CustomStringConvertible {
    /// Its id: a rule's, or that of a safety check.
    public let id: String
    /// What it is, in a sentence without a final full stop.
    public let message: String
    /// The way out, if one is known.
    public let help: String?
    /// Where, if it has a place.
    public let location: Location?

    init(_ id: String, _ message: String, help: String? = nil, at location: Location? = nil) {
      self.id = id
      self.message = message
      self.help = help
      self.location = location
    }

    /// The sentence, and the way out.
    public var description: String { message + (help.map { " (\($0))" } ?? "") }

    /// The blocker as a finding of severity error.
    public var finding: Finding {
      Finding(rule: id, severity: .error, message: message, at: location, help: help)
    }
  }

  /// A batch with its place in the plan's directory.
  public struct BatchFile: Hashable, Sendable {
    /// When it is applied.
    public enum Phase: String, Sendable {
      /// Before the cutover.
      case load
      /// After the parallel run.
      case restore
    }

    /// When it is applied.
    public let phase: Phase
    /// What is applied.
    public let batch: ChangeBatch
    /// The path of its file in the plan's directory: `batches/01-load.json`.
    public let path: String
    /// What undoes it.
    public let rollback: ChangeBatch
    /// The path of that file, numbered in the order in which rollbacks are applied: the first
    /// undoes the last batch, `rollback/01-undo-02-restore.json`.
    public let rollbackPath: String
    /// What the files hold.
    let texts: BatchTexts

    init(
      phase: Phase, batch: ChangeBatch, path: String, rollback: ChangeBatch, rollbackPath: String,
      texts: BatchTexts
    ) {
      self.phase = phase
      self.batch = batch
      self.path = path
      self.rollback = rollback
      self.rollbackPath = rollbackPath
      self.texts = texts
    }
  }

  /// A question to a name server.
  public struct Query: Hashable, Sendable {
    /// The name.
    public let owner: Name
    /// The type.
    public let type: RecordType
  }
}
