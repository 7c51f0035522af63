import RecordSets
import Route53
import Runbook
import ZoneKit

/// What a plan does or assumes that its reader might not expect.
enum PlanNotes {
  /// How many names one note shows.
  private static let mostNamesShown = 5

  /// The notes of a plan that is not blocked.
  static func notes(
    changes: ChangePlan, translation: Translation, oldZone: OldZone, options: PlanOptions,
    isSigned: Bool
  ) -> [String] {
    var notes = self.notes(of: changes)
    let suggestions = translation.suggestions
    if !suggestions.isEmpty {
      notes.append(
        "CNAMEs that could be aliases (--alias convert): \(list(suggestions.map(\.owner.description)))."
      )
    }
    if isSigned, options.timetable.parentDS == .unknown {
      notes.append(
        "The zone is signed and nobody said whether the parent has a DS set (--parent-ds): the "
          + "plan takes it that there is one.")
    }
    if let failure = oldZone.failure { notes.append("Edit the old zone by hand: \(failure).") }
    return notes
  }

  /// What the changes of the hosted zone do that nobody asked for in so many words.
  static func notes(of changes: ChangePlan) -> [String] {
    var notes: [String] = []
    if changes.lacksNameServers {
      notes.append(
        "The name servers of the hosted zone are not known yet: create it, export it, and plan "
          + "again with --into.")
    }
    note(
      changes.replaced.map(\.key.description), "deleted to make place for sets of the zone",
      &notes)
    note(changes.pruned.map(\.key.description), "deleted, as only the hosted zone has them", &notes)
    note(
      changes.kept.map(\.key.description), "left as they are, as only the hosted zone has them",
      &notes)
    return notes
  }

  private static func note(_ keys: [String], _ what: String, _ notes: inout [String]) {
    if keys.isEmpty { return }
    let noun = keys.count == 1 ? "1 record set is" : "\(keys.count) record sets are"
    notes.append("\(noun) \(what): \(list(keys)).")
  }

  private static func list(_ names: [String]) -> String {
    let more = names.count - mostNamesShown
    return names.prefix(mostNamesShown).joined(separator: ", ")
      + (more > 0 ? " and \(more) more" : "")
  }
}
