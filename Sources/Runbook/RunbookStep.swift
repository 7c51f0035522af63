public import Propagation

/// One thing to do during the migration, with all that whoever does it has to know.
public struct RunbookStep: Sendable {
  /// The step's lasting name, such as `lower-ttls`: what a link or a note refers to.
  public var id: String
  /// What to do.
  public var title: String
  /// Who does it.
  public var owner: Role
  /// When, at the earliest; nil: as soon as the step before is done.
  public var instant: Instant?
  /// How long it takes.
  public var duration: String
  /// What else the reader has to know of this step at a glance.
  public var mark: Mark?
  /// Why, and what happens.
  public var why: Prose
  /// What to do, in order.
  public var actions: [Block]
  /// How to see that it is done.
  public var verification: [Block]
  /// How to take it back.
  public var undo: [Block]
  /// Where to go on if a check of the step fails.
  public var wayBack: WayBack

  /// A step.
  init(
    _ id: String, _ title: String, owner: Role, at instant: Instant? = nil, takes duration: String,
    mark: Mark? = nil, why: Prose, do actions: [Block], verify: [Block], undo: [Block],
    ifItFails wayBack: WayBack = .undo
  ) {
    self.id = id
    self.title = title
    self.owner = owner
    self.instant = instant
    self.duration = duration
    self.mark = mark
    self.why = why
    self.actions = actions
    verification = verify
    self.undo = undo
    self.wayBack = wayBack
  }

  /// Where to go on if a check of a step fails.
  public enum WayBack: Hashable, Sendable {
    /// The step is undone, and nothing that follows is done.
    case undo
    /// To the rollback step of that id, and all behind it.
    case rollback(String)
  }

  /// Who does a step.
  public enum Role: String, Sendable, CaseIterable {
    /// Edits the old zone, runs the commands.
    case dnsEngineer = "DNS engineer"
    /// Has the registrar's login.
    case registrant = "Holder of the registrar account"
    /// Decides go or no-go, keeps the clock.
    case lead = "Migration lead"
    /// Know mail, web and the rest, and look at them.
    case serviceOwners = "Owners of mail, web and other services"
  }

  /// What a step is besides something to do.
  public enum Mark: String, Sendable {
    /// The migration does not go on unless all conditions hold.
    case gate = "GATE"
    /// Going on would break the zone.
    case hardStop = "HARD STOP"
    /// From here on the way back takes as long as caches do.
    case slowReturn = "FROM HERE THE WAY BACK IS SLOW"
    /// From here on there is no way back.
    case pointOfNoReturn = "POINT OF NO RETURN"
    /// May be left out.
    case optional = "OPTIONAL"
  }

  /// What stands for any text in what a command prints.
  static let anything = "…"

  /// A paragraph of a step.
  public enum Block: Sendable {
    /// Sentences.
    case text(Prose)
    /// Points, ticked off one by one.
    case checklist([Prose])
    /// Lines for a POSIX shell, run in the plan's directory, and what to expect of them.
    case command(String, expect: Prose?)
    /// What the command above prints: `…` stands for any text, and alone on a
    /// line for any lines. What was never seen is told from what was observed in tests.
    case output(String, isObserved: Bool)
    /// What stands before the text of an output.
    static func outputLabel(_ text: String, isObserved: Bool) -> String {
      let notes = [
        isObserved ? nil : "as documented, not observed",
        text.contains(RunbookStep.anything) ? "\(RunbookStep.anything) stands for anything" : nil,
      ].compactMap { $0 }
      return notes.isEmpty ? "Output:" : "Output (\(notes.joined(separator: "; "))):"
    }
    /// A file's text, to be copied.
    case file(String)
    /// Names and values.
    case table(head: [String], rows: [[Prose]])
  }
}

/// Steps that belong together.
public struct RunbookChapter: Sendable {
  /// What the steps are for.
  public var title: String
  /// The steps, in order.
  public var steps: [RunbookStep]
  /// Whether its steps are another way to do what others do.
  public var isAppendix = false
}
