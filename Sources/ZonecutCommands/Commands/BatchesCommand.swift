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
    discussion: """
      Apply each with: aws route53 change-resource-record-sets --hosted-zone-id ID \
      --change-batch file://batches/01-load.json

      Files named restore belong after the parallel run. Exit status 1: something stands in the \
      way, and nothing is written.
      """)

  @Argument(help: "The zone file, or - for standard input.")
  var zone: String

  @Option(
    help: ArgumentHelp("The directory to write; there must be none yet.", valueName: "directory"))
  var out: String

  @Flag(help: "Replace the batches of an earlier run in that directory.")
  var replace = false

  @OptionGroup var inputs: InputOptions
  @OptionGroup(title: "Hosted zone") var migration: MigrationArguments
  @OptionGroup var messages: MessageOptions

  func run(on console: Console) throws -> ExitStatus {
    let plan = try PlanMaker(
      console: console, zone: zone, inputs: inputs, migration: migration,
      timetable: try TimetableArguments.parse([]),
      rules: try RuleOptions.parse(["--rules", "none"]), settings: nil
    ).plan()
    guard !plan.isBlocked else {
      console.show(plan.blockers.map(\.finding), color: messages.color)
      console.say("\(count(plan.blockers.count, "blocker")): no batches are written")
      return .findings
    }
    try console.write(
      PlanFiles.batchesOnly(of: plan), to: out, replacing: replace ? PlanFiles.batchesFile : nil)
    if !messages.quiet {
      var lines = plan.batches.map { batch in
        "\(batch.path): \(count(batch.batch.changes.count, "change")), \(batch.batch.size)"
      }
      lines.append(plan.batches.isEmpty ? "nothing to change" : plan.diff.summary)
      try console.print(lines.map { visible($0) + "\n" }.joined())
    }
    return .success
  }
}
