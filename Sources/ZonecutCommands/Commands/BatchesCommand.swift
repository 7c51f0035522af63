import ArgumentParser
import Diagnostics
import Migration
import Propagation
import RecordSets
import Route53

/// `zonecut batches ZONE --out DIR`
struct BatchesCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "batches",
    abstract: "Writes proven change batches, and the batches that undo them.",
    usage: """
      zonecut batches ZONE [--into EXPORT] --out DIR
      zonecut batches --empty --into EXPORT --out DIR
      zonecut batches --verify FILE... --from EXPORT
      """,
    discussion: """
      Apply each with: aws route53 change-resource-record-sets --hosted-zone-id ID \
      --change-batch file://batches/01-load.json

      Files named restore belong after the parallel run. Exit status 1: something stands in the \
      way, and nothing is written.

      With --empty there is no zone file: the batches delete all that a rehearsal has put into a \
      hosted zone, and leave SOA and NS of its apex.

      With --verify nothing is planned: change batches of anybody's are applied in turn to a \
      strict model of the hosted zone, offline, and refused in the words of the service. Exit \
      status 1: one is refused.
      """)

  @Argument(help: "The zone file, or - for standard input.")
  var zone: String?

  @Option(
    help: ArgumentHelp("The directory to write; there must be none yet.", valueName: "directory"))
  var out: String?

  @Flag(help: "Replace the batches of an earlier run in that directory.")
  var replace = false

  @Flag(help: "Plan batches that empty the hosted zone of --into again.")
  var empty = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Change batches to check, in the order to apply them.", valueName: "file"))
  var verify: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "The hosted zone that --verify starts from, as --into. Without: a new one named --origin.",
      valueName: "export"))
  var from: [String] = []

  @OptionGroup var inputs: InputOptions
  @OptionGroup(title: "Hosted zone") var migration: MigrationArguments
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if !verify.isEmpty {
      guard zone == nil, out == nil, !empty, !replace, migration.into.isEmpty else {
        throw ValidationError("--verify goes with --from alone: it plans and writes nothing")
      }
      guard !from.isEmpty || inputs.origin != nil else {
        throw ValidationError(
          "--verify needs --from EXPORT, or --origin NAME for a new hosted zone")
      }
      return
    }
    guard from.isEmpty else { throw ValidationError("--from goes with --verify") }
    guard out != nil else { throw ValidationError("expected --out and a directory to write") }
    if empty {
      guard zone == nil, !migration.into.isEmpty else {
        throw ValidationError("--empty takes no zone file, and the hosted zone from --into")
      }
    } else if zone == nil {
      throw ValidationError("expected a zone file, or - for standard input")
    }
  }

  func run(on console: Console) throws -> ExitStatus {
    if !verify.isEmpty { return try verifyFiles(on: console) }
    let set = try planned(on: console)
    console.keep(set)
    guard !set.isBlocked else {
      console.show(set.blockers.map(\.finding), color: messages.color)
      console.say("\(count(set.blockers.count, "blocker")): no batches are written")
      return .findings
    }
    try console.write(
      PlanFiles.files(of: set), to: out ?? "", replacing: replace ? PlanFiles.batchesFile : nil)
    if !messages.quiet {
      var lines = set.batches.map { batch in
        "\(batch.path): \(count(batch.batch.changes.count, "change")), \(batch.batch.size)"
      }
      lines.append(set.batches.isEmpty ? "nothing to change" : set.diff.summary)
      try console.print(lines.map { visible($0) + "\n" }.joined())
      for note in set.notes { console.say(note) }
    }
    return .success
  }

  private func planned(on console: Console) throws -> BatchSet {
    let maker = PlanMaker(
      console: console, zone: zone ?? "-", inputs: inputs, migration: migration,
      timetable: try TimetableArguments.parse([]),
      rules: try RuleOptions.parse(["--rules", "none"]), settings: nil)
    return empty ? try maker.emptying() : try maker.batches()
  }
}
