import Diagnostics
import Migration
import Route53
import ZoneKit
import ZoneLint

/// Reads the inputs of a plan and makes it: what `plan`, `batches` and `runbook` have in common.
struct PlanMaker {
  let console: Console
  let zone: String
  let inputs: InputOptions
  let migration: MigrationArguments
  let timetable: TimetableArguments
  let rules: RuleOptions
  /// The file of settings, where there is one.
  let settings: Settings?
  /// Nil: the usual settings of the runbook.
  var runbook: RunbookArguments?

  func plan() throws(CommandError) -> Plan {
    try make { inputs, options throws(PlanError) in
      try Planner.plan(inputs, options: options)
    }
  }

  /// The batches alone.
  func batches() throws(CommandError) -> BatchSet {
    try make { inputs, options throws(PlanError) in
      try Planner.batches(inputs, options: options)
    }
  }

  /// The batches that empty the hosted zone again.
  func emptying() throws(CommandError) -> BatchSet {
    let export = try InputReader(console: console, options: inputs).export(migration.into)
    let options = try options(for: export.apex)
    do throws(PlanError) {
      return try Planner.emptying(target(export), options: options)
    } catch {
      throw CommandError(error, zone: export.name)
    }
  }

  private func make<Made>(
    _ make: (PlanInputs, PlanOptions) throws(PlanError) -> Made
  ) throws(CommandError) -> Made {
    if ([zone] + migration.into).count(where: { $0 == "-" }) > 1 {
      throw .usage("standard input can be read only once")
    }
    let planInputs = try planInputs()
    let options = try options(for: planInputs.reading.zone.apex)
    do throws(PlanError) {
      return try make(planInputs, options)
    } catch {
      throw CommandError(error, zone: zone)
    }
  }

  private func planInputs() throws(CommandError) -> PlanInputs {
    let reader = InputReader(console: console, options: inputs)
    let source = try reader.open(zone)
    Planner.makeRoom(forFileOf: source.count)
    let export = migration.into.isEmpty ? nil : try reader.export(migration.into)
    var planInputs: PlanInputs
    if AnnotatedZone.holdsForms(source) {
      let id = migration.zoneID ?? export?.content.description?.id
      planInputs = PlanInputs(
        annotated: try reader.annotatedZone(source, hostedZoneID: id),
        zoneFileOptions: inputs.zoneFile)
    } else {
      planInputs = PlanInputs(
        reading: try reader.zone(source), zoneFileOptions: inputs.zoneFile)
    }
    planInputs.target = export.map(target)
    planInputs.settings = settings?.source
    return planInputs
  }

  private func target(_ export: Export) -> PlanInputs.Target {
    PlanInputs.Target(
      sources: export.sources, apex: export.apex, recordSets: export.content.recordSets,
      description: export.content.description)
  }

  private func options(for apex: Name) throws(CommandError) -> PlanOptions {
    let timetable = try timetable.resolved(for: apex)
    var options = PlanOptions(timetable: timetable.options(on: console))
    migration.apply(to: &options)
    options.lint = try rules.configuration(otherwise: [.migration])
    // lint.txt holds all that is found in a zone as large as Route 53 takes without being asked.
    options.lint.maximumFindings = 10_000
    if let settings {
      options.lint = settings.merged(
        into: options.lint, of: rules, for: apex)
    }
    options.inputArguments = [zone] + migration.inputWords
    options.choices =
      inputs.words + migration.words + timetable.words + rules.words
      + (settings?.words ?? [])
    options.batchChoices = inputs.words + migration.words
    if let runbook {
      options.settings = runbook.settings
      options.settingWords = runbook.words
    }
    options.dates = TimetableArguments.words(for: options.timetable.timing)
    return options
  }
}

extension Console {
  /// Writes files into a directory, as a whole or not at all.
  func write(
    _ files: [PlanFiles.File], to directory: String, replacing marker: String?
  ) throws(CommandError) {
    do throws(DirectoryError) {
      try DirectoryWriter().write(files, to: directory, replacing: marker)
    } catch {
      throw CommandError("\(error)")
    }
  }
}
