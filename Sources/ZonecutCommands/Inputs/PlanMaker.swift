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

  func plan() throws(CommandError) -> Plan {
    let reader = InputReader(console: console, options: inputs)
    if ([zone] + migration.into).count(where: { $0 == "-" }) > 1 {
      throw .usage("standard input can be read only once")
    }
    var planInputs = PlanInputs(
      reading: try reader.zone(zone), zoneFileOptions: inputs.zoneFile)
    if !migration.into.isEmpty {
      let export = try reader.export(migration.into)
      planInputs.target = PlanInputs.Target(
        sources: export.sources, apex: export.apex, recordSets: export.content.recordSets,
        description: export.content.description)
    }
    planInputs.settings = settings?.source
    var options = PlanOptions(timetable: timetable.options(on: console))
    migration.apply(to: &options)
    options.lint = try rules.configuration(otherwise: [.migration])
    if let settings {
      options.lint = settings.merged(
        into: options.lint, of: rules, for: planInputs.reading.zone.apex)
    }
    options.inputArguments = [zone] + migration.inputWords
    options.choices =
      inputs.words + migration.words + timetable.words + rules.words
      + (settings?.words ?? [])
    options.batchChoices = inputs.words + migration.words
    options.dates = TimetableArguments.words(for: options.timetable.timing)
    do {
      return try Planner.plan(planInputs, options: options)
    } catch {
      throw CommandError(error, zone: zone)
    }
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
