import Diagnostics
import Migration
import Propagation
import Runbook

extension PlanCommand {
  /// Plans the zones of a portfolio: one calendar and one overview, and where asked the plan
  /// directory of each zone.
  func planPortfolio(
    _ file: String, template: RunbookTemplate?, on console: Console
  ) throws -> ExitStatus {
    let maker = PortfolioMaker(
      console: console, file: file, zonesPerWindow: portfolio.zonesPerWindow, inputs: inputs,
      migration: migration, timetable: timetable, rules: rules, settings: try settings.load(),
      runbook: runbook)
    var made = try maker.make()
    let files = PlanFiles.files(of: made.portfolio, in: timetable.localTime)
    try console.write(files, to: out, replacing: replace ? PlanFiles.portfolioFile : nil)
    var status = ExitStatus.success
    if let folder = portfolio.plans {
      status = try writePlans(into: folder, &made, maker, template, on: console)
    }
    console.show(FindingReport(made.findings).findings, color: messages.color)
    switch format {
    case .text: if !messages.quiet { try console.print(made.portfolio.text()) }
    case .json: try console.print(made.portfolio.json())
    }
    return .worse(status, made.findings.isEmpty ? .success : .findings)
  }

  /// Writes the plan directory of each zone. One that cannot be written does not stop the others.
  private func writePlans(
    into folder: String, _ made: inout PortfolioMaker.Made, _ maker: PortfolioMaker,
    _ template: RunbookTemplate?, on console: Console
  ) throws -> ExitStatus {
    do throws(DirectoryError) {
      try DirectoryWriter.makeParent(folder)
    } catch {
      throw CommandError("\(error)")
    }
    var status = ExitStatus.success
    for schedule in made.portfolio.waves.flatMap(\.schedules) {
      guard let row = made.rows[schedule.zone] else { continue }
      do throws(CommandError) {
        let plan = try maker.plan(schedule, row)
        try console.write(
          PlanFiles.files(of: plan, in: timetable.localTime, template: template),
          to: folder + "/" + PlanFiles.directoryName(of: plan),
          replacing: replace ? PlanFiles.planFile : nil)
        if plan.isBlocked { made.findings.append(PortfolioMaker.finding(blocked: plan, row)) }
        if let worst = plan.findings.worst, worst >= rules.failOn {
          status = .worse(status, .findings)
        }
      } catch {
        console.report(error)
        status = .worse(status, error.status)
      }
    }
    return status
  }
}
