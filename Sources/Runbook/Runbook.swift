public import Propagation

/// What one works from during a migration: every step in its order, and the way back.
public struct Runbook: Sendable {
  /// The zone's name, absolute, in presentation form.
  public let zone: String
  /// The plan that it is part of.
  public let planID: String
  /// What stands in the way; with any there is nothing to do but to settle them.
  public let blockers: [String]
  /// The plan at a glance.
  public let summary: [(label: String, value: Prose)]
  /// What the reader has to know before anything else.
  public let warnings: [String]
  /// The steps; empty if the plan is blocked.
  public let chapters: [RunbookChapter]
  /// The way back, by how far one came; empty if the plan is blocked.
  public let rollback: [RunbookStep]
  /// How to use the rollback steps.
  public static let rollbackIntroduction = """
    Begin with the step that \u{201C}If it fails\u{201D} names, and go on to the last. What was never \
    done needs no way back: the step says how to see that.
    """
  /// The dates and shares.
  public let schedule: Schedule

  /// Whether something stands in the way.
  public var isBlocked: Bool { !blockers.isEmpty }

  /// Writes the runbook of a plan.
  public init(_ facts: RunbookFacts) {
    let writer = RunbookWriter(facts: facts)
    zone = facts.zone
    planID = facts.planID
    blockers = facts.blockers
    schedule = facts.schedule
    summary = writer.summary
    warnings = facts.notes + facts.schedule.warnings
    chapters = facts.blockers.isEmpty ? writer.chapters : []
    rollback = facts.blockers.isEmpty ? writer.rollback : []
  }
}
