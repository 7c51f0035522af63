import Diagnostics
import Migration
import Propagation
import Route53
import Runbook
import ZoneKit

/// Reads the zones of a portfolio one by one and plans their moves in waves. What is wrong with
/// one zone does not stop the others.
struct PortfolioMaker {
  let console: Console
  let file: String
  let zonesPerWindow: Int
  let inputs: InputOptions
  let migration: MigrationArguments
  let timetable: TimetableArguments
  let rules: RuleOptions
  /// The file of settings, where there is one.
  let settings: Settings?
  let runbook: RunbookArguments

  /// A portfolio and what was found on the way.
  struct Made {
    let portfolio: Portfolio
    /// The zones that are planned, by name.
    let rows: [String: PortfolioFile.Row]
    var findings: [Finding]
  }

  func make() throws(CommandError) -> Made {
    let source = try InputReader(console: console, options: inputs).open(file)
    let list = PortfolioFile(source)
    var findings = list.findings
    var unplanned = list.broken
    var zones: [PortfolioZone] = []
    for row in list.rows {
      do throws(CommandError) {
        zones.append(try zone(row))
      } catch {
        if error.status == .internalFault { throw error }
        findings.append(Self.finding(error, row))
        unplanned.append(
          .init(zone: row.zone.description, reason: error.messages.joined(separator: "; ")))
      }
    }
    guard !zones.isEmpty else {
      throw CommandError("\(file): no zone can be planned", findings: findings)
    }
    let options = timetable.options(on: console)
    guard case .start(let start) = options.timing else {
      throw .usage("a portfolio's cutovers follow from --start and the change windows")
    }
    let limits = PortfolioLimits(
      start: start, zonesPerWindow: zonesPerWindow, calendar: options.calendar ?? .init())
    let portfolio: Portfolio
    do {
      portfolio = try Portfolio(zones, limits, unplanned: unplanned)
    } catch {
      throw CommandError("\(file): \(error)", findings: findings)
    }
    let rows = Dictionary(
      list.rows.map { ($0.zone.description, $0) }, uniquingKeysWith: { first, _ in first })
    for zone in portfolio.unplanned.dropFirst(unplanned.count) {
      guard let row = rows[zone.zone] else { continue }
      findings.append(Self.finding(CommandError(zone.reason), row))
    }
    return Made(portfolio: portfolio, rows: rows, findings: findings)
  }

  /// Plans one zone of the portfolio by itself, on the dates of its wave.
  func plan(_ schedule: Schedule, _ row: PortfolioFile.Row) throws(CommandError) -> Plan {
    var migration = migration
    migration.into = row.export.map { [path($0)] } ?? []
    var timetable = timetable(of: row)
    timetable.start = schedule.start
    timetable.cutover = schedule.cutover
    return try PlanMaker(
      console: console, zone: path(row.file), inputs: inputs(of: row), migration: migration,
      timetable: timetable, rules: rules, settings: settings, runbook: runbook
    ).plan()
  }

  // MARK: - One zone

  private func zone(_ row: PortfolioFile.Row) throws(CommandError) -> PortfolioZone {
    let reader = InputReader(console: console, options: inputs(of: row))
    let reading = try reader.zone(path(row.file))
    try check(reading.zone.apex, of: row, in: row.file)
    if let export = row.export {
      try check(reader.export([path(export)]).apex, of: row, in: export)
    }
    let index = ZoneIndex(reading.zone)
    var options = PlanOptions(timetable: timetable(of: row).options(on: console))
    migration.apply(to: &options)
    do {
      let translation = try Translation(of: index, options: options.translation)
      let blockers = translation.ledger.findings.filter { $0.severity == .error }
      guard blockers.isEmpty else {
        throw CommandError(
          "\(path(row.file)): \(count(blockers.count, "record")) cannot enter Route 53, so the "
            + "move is blocked", findings: blockers)
      }
      return PortfolioZone(
        try ScheduleInputs(
          of: index, changing: translation.changingSets(of: index), options: options.timetable),
        priority: row.priority, requests: translation.loadRequests, registrar: row.registrar)
    } catch let error as CommandError {
      throw error
    } catch let error as LedgerError {
      throw .internalFault(error)
    } catch {
      throw CommandError("\(path(row.file)): \(error)")
    }
  }

  private func check(
    _ apex: Name, of row: PortfolioFile.Row, in file: PortfolioFile.Text
  ) throws(CommandError) {
    guard apex == row.zone else {
      throw CommandError("\(path(file)): is the zone \(apex), expected \(row.zone)")
    }
  }

  private func inputs(of row: PortfolioFile.Row) -> InputOptions {
    var inputs = inputs
    inputs.origin = row.zone
    return inputs
  }

  private func timetable(of row: PortfolioFile.Row) -> TimetableArguments {
    var timetable = timetable
    if let parentTTL = row.parentTTL {
      timetable.parentTTL = parentTTL
      timetable.loweredParentTTL = timetable.loweredParentTTL.map { min($0, parentTTL) }
    }
    timetable.parentDS = row.parentDS ?? timetable.parentDS
    return timetable
  }

  /// A path of the portfolio, seen from where the command runs.
  private func path(_ text: PortfolioFile.Text) -> String {
    guard !text.value.hasPrefix("/"), let slash = file.lastIndex(of: "/") else {
      return text.value
    }
    return file[...slash] + text.value
  }

  // MARK: - Findings

  /// The most findings of a zone that are shown with its row.
  private static let mostNotes = 3

  /// Why a zone is not planned, at its row.
  private static func finding(_ error: CommandError, _ row: PortfolioFile.Row) -> Finding {
    Finding(
      rule: "portfolio-zone", severity: .error, message: error.messages.joined(separator: "; "),
      at: row.file.location, notes: notes(error.findings))
  }

  /// What blocks a zone's plan, at its row.
  static func finding(blocked plan: Plan, _ row: PortfolioFile.Row) -> Finding {
    let blockers = plan.blockers.map(\.finding)
    return Finding(
      rule: "portfolio-blocked", severity: .error,
      message: "the plan of \(plan.apex) is blocked: \(count(blockers.count, "blocker"))",
      at: row.zoneLocation, notes: notes(blockers))
  }

  private static func notes(_ findings: [Finding]) -> [Note] {
    findings.prefix(mostNotes).map { Note($0.message, at: $0.location) }
  }
}
