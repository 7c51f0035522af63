import ArgumentParser

/// Many zones in one run of `plan`.
struct PortfolioArguments: ParsableArguments {
  @Option(
    name: .customLong("portfolio"),
    help: ArgumentHelp(
      """
      Plan many zones in waves, in place of one: a YAML or CSV file with the columns zone, file, \
      export, registrar, priority, parent-ttl, parent-ds; paths are relative to it.
      """, valueName: "file"))
  var file: String?

  @Option(help: ArgumentHelp("The most zones in one change window.", valueName: "count"))
  var zonesPerWindow = 10

  @Option(
    name: .customLong("plans"),
    help: ArgumentHelp(
      "Write the plan directory of each zone of the portfolio too, below this one.",
      valueName: "directory"))
  var plans: String?

  /// Refuses what does not go together.
  func check(
    zone: String?, migration: MigrationArguments, timetable: TimetableArguments
  ) throws {
    guard (zone == nil) != (file == nil) else {
      throw ValidationError("expected a zone file, or --portfolio with a list of them")
    }
    guard file != nil else {
      if plans != nil { throw ValidationError("--plans needs --portfolio") }
      return
    }
    if !migration.into.isEmpty || migration.zoneID != nil {
      throw ValidationError("the hosted zones of a portfolio are given by its column export")
    }
    if timetable.cutover != nil {
      throw ValidationError("a portfolio's cutovers follow from --start and the change windows")
    }
    if !timetable.parentServers.isEmpty {
      throw ValidationError("the parents of a portfolio's zones are given by its column parent-ttl")
    }
    guard zonesPerWindow > 0 else {
      throw ValidationError("found --zones-per-window \(zonesPerWindow), expected 1 or more")
    }
  }
}
