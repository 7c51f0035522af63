import Diagnostics
import Propagation

/// Writes a runbook from what is true of a migration.
struct RunbookWriter {
  let facts: RunbookFacts

  typealias Block = RunbookStep.Block

  var schedule: Schedule { facts.schedule }
  var zone: String { facts.zone }

  /// The chapters in the order of the procedure.
  var chapters: [RunbookChapter] {
    [
      RunbookChapter(
        title: "Inventory and access", steps: [shell, access, inventory, findings]),
      RunbookChapter(title: "Rehearsal", steps: [rehearsal, rehearsalEnd]),
      RunbookChapter(title: "Lower the TTLs and wait", steps: [lowerTTLs, waitBefore]),
      RunbookChapter(
        title: "Record the old delegation and freeze",
        steps: [recordDelegation] + (schedule.dsWait == nil ? [] : [removeDS]) + [freeze]),
      RunbookChapter(
        title: "Load the new zone and compare", steps: [planAgain, load, compare, goNoGo]),
      RunbookChapter(title: "Glue, locks and DS", steps: [glueAndLocks, noDS]),
      RunbookChapter(
        title: "Redelegate",
        steps: [redelegate] + (facts.switchedFiles.isEmpty ? [] : [switchOldNS])),
      RunbookChapter(
        title: "Test",
        steps: [testAtOnce, testAt25Minutes, testAtParentTTL, testAt24Hours].inOrderOfTime),
      RunbookChapter(title: "Parallel run", steps: [parallelRun]),
      RunbookChapter(
        title: "Restore and clean up",
        steps: [restoreTTLs] + (facts.isSigned ? [sign] : []) + [decommission, cleanUp]),
      appendix,
    ].filter { !$0.steps.isEmpty }
  }

  /// The plan at a glance.
  var summary: [(label: String, value: Prose)] {
    var rows: [(label: String, value: Prose)] = [
      ("Zone", "\(code: zone)"),
      ("Plan", "\(code: facts.planID)"),
      ("From", "\(code: facts.zoneFile)"),
      (
        "Into",
        facts.exports.isEmpty
          ? "a new, empty hosted zone" : "the hosted zone of \(codes: facts.exports)"
      ),
      ("Records", "\(facts.ledgerSummary)"),
      ("Difference", "\(facts.differenceSummary)"),
      ("Findings", "\(facts.findingsSummary) (lint.txt)"),
    ]
    guard facts.blockers.isEmpty else { return rows }
    rows += [
      ("Lower the TTLs", "\(schedule.start)"),
      ("Cutover", "\(schedule.cutover), \(schedule.cutover - schedule.start) later"),
      (
        "Old servers off",
        "\(schedule.end) at the earliest, \(schedule.end - schedule.cutover) after the cutover"
      ),
      ("A rollback takes", "up to \(schedule.rollback) after the redelegation"),
      (
        "Parent's NS TTL",
        "\(schedule.parentNS.inForce.seconds) s"
          + (schedule.parentNS.isAssumed ? " (\(strong: "assumed"): " : " (")
          + "\(schedule.parentNS.source))"
      ),
    ]
    return rows
  }

  // MARK: - Parts of steps

  /// The instant of a step of the schedule.
  func instant(_ id: Step.ID) -> Instant? { schedule.steps.first { $0.id == id }?.instant }

  /// The names of the old servers.
  var oldServers: [String] { facts.oldServers.map(\.name) }

  /// The new servers' names; a placeholder where they are not known yet.
  var newServers: [String] {
    facts.newServers.isEmpty
      ? (1...4).map { "new-name-server-\($0).invalid." } : facts.newServers
  }

  /// The zone's name without its first label.
  var parent: String {
    var isEscaped = false
    for index in zone.indices {
      if isEscaped {
        isEscaped = false
      } else if zone[index] == "\\" {
        isEscaped = true
      } else if zone[index] == "." {
        let rest = zone[zone.index(after: index)...]
        return rest.isEmpty ? "." : String(rest)
      }
    }
    return "."
  }

  /// The registrar's list of name servers, as the command of Route 53 Domains takes it.
  func nameserverList(_ servers: [RunbookFacts.Server]) -> String {
    let items = servers.map { server -> JSONOutput in
      let name = JSONOutput.Member("Name", .string(server.name.droppingFinalDot))
      guard isInZone(server.name), !server.addresses.isEmpty else { return .ordered([name]) }
      let glue = server.addresses.map(JSONOutput.string)
      return .ordered([name, .init("GlueIps", .array(glue))])
    }
    return Shell.word(JSONOutput.array(items).text(pretty: false))
  }

  /// Whether a name lies at or below the zone's apex, as text.
  func isInZone(_ name: String) -> Bool {
    let (name, zone) = (name.lowercased(), zone.lowercased())
    return name == zone || name.hasSuffix("." + zone)
  }

  /// The checks of a step of the schedule: shares at an instant, in words.
  func share(at span: TimeSpan) -> Prose? {
    guard let row = schedule.shares.rows.first(where: { $0.after == span }),
      let planning = row.shares.first
    else { return nil }
    let percent = Int((planning * 1_000).rounded())
    return
      "By the planning rule \(percent / 10).\(percent % 10) % of clients ask the new servers by then; the others see the old ones, and nothing is wrong."
  }
}

extension [RunbookStep] {
  /// The steps by their instants; those of one instant, or without one, as they stand.
  fileprivate var inOrderOfTime: [RunbookStep] {
    enumerated().sorted {
      ($0.element.instant ?? .earliest, $0.offset) < ($1.element.instant ?? .earliest, $1.offset)
    }.map(\.element)
  }
}

extension String {
  /// The name without the dot of the root.
  var droppingFinalDot: String { count > 1 && hasSuffix(".") ? String(dropLast()) : self }
}
