import ArgumentParser
import Diagnostics
import Migration
import Propagation
import RecordSets
import Route53

/// `zonecut plan ZONE --out DIR`
struct PlanCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plans the move of a zone: runbook, batches, dates, findings, in one directory.",
    discussion: """
      Exit status 1: the plan is blocked (it then holds no batches and says by what), or a \
      finding has the failing severity (--fail-on). The same inputs and --start give the same \
      octets.
      """)

  @Argument(help: "The zone file, or - for standard input.")
  var zone: String?

  @Option(
    help: ArgumentHelp("The directory to write; there must be none yet.", valueName: "directory"))
  var out: String

  @Flag(help: "Replace an earlier plan in that directory, if nobody has begun to carry it out.")
  var replace = false

  @Option(
    help: ArgumentHelp(
      "The directory of an earlier plan of the zone: its record of the old delegation is carried over.",
      valueName: "directory"))
  var delegationFrom: String?

  @OptionGroup var inputs: InputOptions
  @OptionGroup(title: "Hosted zone") var migration: MigrationArguments
  @OptionGroup(title: "Timetable") var timetable: TimetableArguments
  @OptionGroup var templates: TemplateOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions
  @OptionGroup var settings: SettingsOptions
  @OptionGroup(title: "Runbook") var runbook: RunbookArguments
  @OptionGroup(title: "Many zones") var portfolio: PortfolioArguments
  @OptionGroup var messages: MessageOptions

  /// The forms of what is printed about the plan.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "The form of what is printed: a summary, or the plan itself.")
  var format: Format = .text

  func validate() throws {
    try portfolio.check(zone: zone, migration: migration, timetable: timetable)
    if portfolio.file != nil, delegationFrom != nil {
      throw ValidationError("--delegation-from is for the plan of one zone")
    }
  }

  func run(on console: Console) throws -> ExitStatus {
    let template = try templates.template()
    if let file = portfolio.file { return try planPortfolio(file, template: template, on: console) }
    let plan = try maker(on: console).plan()
    console.keep(plan)
    let files =
      try PlanFiles.files(of: plan, in: timetable.localTime, template: template)
      + recordedDelegation(plan)
    try console.write(files, to: out, replacing: replace ? PlanFiles.planFile : nil)
    switch format {
    case .text:
      if !messages.quiet || plan.isBlocked { try console.print(plan.summary(directory: out)) }
    case .json: try console.print(plan.json.text())
    }
    let fails = plan.findings.worst.map { $0 >= rules.failOn } ?? false
    return plan.isBlocked || fails ? .findings : .success
  }

  /// The record of the old delegation that an earlier plan holds.
  private func recordedDelegation(_ plan: Plan) throws(CommandError) -> [PlanFiles.File] {
    guard let delegationFrom else { return [] }
    do throws(DirectoryError) {
      return try DelegationRecord.files(of: delegationFrom, apex: plan.apex)
    } catch {
      throw CommandError("\(error)")
    }
  }

  /// What makes the plan.
  ///
  /// - Parameter looksAround: whether the default file of settings is taken where none is named.
  func maker(
    on console: Console, lookingAround looksAround: Bool = true
  ) throws(CommandError) -> PlanMaker {
    PlanMaker(
      console: console, zone: zone ?? "-", inputs: inputs, migration: migration,
      timetable: timetable, rules: rules,
      settings: try settings.load(lookingAround: looksAround), runbook: runbook)
  }
}

extension Plan {
  /// The plan in a few lines.
  func summary(directory: String) -> String {
    var rows: [(String, String)] = [
      ("zone", "\(apex)"), ("plan", id),
      ("records", ledger.summary), ("findings", findings.summary),
    ]
    if !isBlocked {
      let load = batches(.load).count
      let restore = batches(.restore).count
      rows += [
        ("difference", diff.summary),
        ("batches", "\(load) to load, \(restore) to restore TTLs; proven, there and back"),
        ("lower TTLs", "\(schedule.start)"),
        ("cutover", "\(schedule.cutover), \(schedule.cutover - schedule.start) later"),
        (
          "old servers off",
          "\(schedule.end) at the earliest, \(schedule.end - schedule.cutover) after the cutover"
        ),
        ("rollback", "up to \(schedule.rollback) after the redelegation"),
      ]
    }
    var lines = isBlocked ? ["BLOCKED: the migration cannot go on like this."] : []
    for blocker in blockers {
      let place = blocker.location.map { "\($0.source.name):\($0.start.line): " } ?? ""
      lines.append("  \(place)\(blocker)")
    }
    if isBlocked { lines.append("") }
    lines += rows.map { label, value in
      label + String(repeating: " ", count: max(1, 17 - label.utf8.count)) + value
    }
    if !isBlocked { lines += [""] + (notes + schedule.warnings).map { "note: " + $0 } }
    lines += ["", "\(directory)/runbook.md is the page to work from."]
    return lines.map { visible($0) + "\n" }.joined()
  }
}
