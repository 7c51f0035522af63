public import ArgumentParser

/// The command `zonecut`.
public struct Zonecut: ParsableCommand {
  /// Names, texts and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "zonecut",
    abstract: "Plans the move of a DNS zone from BIND to Amazon Route 53, and proves the plan.",
    discussion: """
      The commands read files and write files; apply alone changes anything beyond, and asks first.

      Exit status: 0 nothing found, or all done; 1 findings, differences or a blocker; 2 an input \
      is unusable or an operation failed; 64 wrong usage; 70 an internal fault.
      """,
    version: version,
    subcommands: [
      LintCommand.self, DiffCommand.self, ScheduleCommand.self, ConvertCommand.self,
      BatchesCommand.self, PlanCommand.self, RunbookCommand.self, CompareCommand.self,
      FormatCommand.self,
      RulesCommand.self, ApplyCommand.self, FetchCommand.self,
    ])

  /// The version of the command and of the documents that it writes.
  public static let version = "0.1.0"

  /// The command without a subcommand.
  public init() {}
}
