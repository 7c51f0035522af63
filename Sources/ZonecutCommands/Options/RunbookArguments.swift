import ArgumentParser
import Runbook

/// How the commands of a runbook reach servers and clock: options of the commands that write one.
struct RunbookArguments: ParsableArguments {
  @Option(
    name: .customLong("resolver"), parsing: .singleValue,
    help: ArgumentHelp(
      "A resolver that the runbook's tests ask (default: public ones). Repeats.",
      valueName: "address"))
  var resolvers: [String] = []

  @Option(
    name: .customLong("old-server"), parsing: .singleValue,
    help: ArgumentHelp(
      "An old server as it is asked (default: the names of the NS set). Repeats.",
      valueName: "address"))
  var oldServers: [String] = []

  @Option(
    name: .customLong("new-server"), parsing: .singleValue,
    help: ArgumentHelp(
      "A new server as it is asked (default: the names of the hosted zone). Repeats.",
      valueName: "address"))
  var newServers: [String] = []

  @Option(
    name: .customLong("parent-server"), parsing: .singleValue,
    help: ArgumentHelp(
      "A server of the parent zone (default: looked up). Repeats.", valueName: "address"))
  var parentServers: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where the old primary has the zone's file (default: \(RunbookSettings.usualPrimaryDirectory)).",
      valueName: "directory"))
  var primaryDirectory: String?

  @Option(
    help: ArgumentHelp(
      "A shell command that prints the instant, for rehearsals (default: date in UTC).",
      valueName: "command"))
  var clockCommand: String?

  /// The settings of a runbook.
  var settings: RunbookSettings {
    RunbookSettings(
      clockCommand: clockCommand ?? RunbookSettings.systemClock,
      resolvers: resolvers.isEmpty ? RunbookSettings.publicResolvers : resolvers,
      oldServers: oldServers, newServers: newServers, parentServers: parentServers,
      primaryDirectory: primaryDirectory ?? RunbookSettings.usualPrimaryDirectory)
  }

  /// The words that give what is not the default.
  var words: [String] {
    let repeated = [
      ("--resolver", resolvers), ("--old-server", oldServers), ("--new-server", newServers),
      ("--parent-server", parentServers),
    ]
    var words = repeated.flatMap { option, values in values.flatMap { [option, $0] } }
    if let primaryDirectory { words += ["--primary-directory", primaryDirectory] }
    if let clockCommand { words += ["--clock-command", clockCommand] }
    return words
  }

  /// These, where they are given, and those of another command line otherwise.
  func over(_ other: RunbookArguments) -> RunbookArguments {
    var merged = other
    if !resolvers.isEmpty { merged.resolvers = resolvers }
    if !oldServers.isEmpty { merged.oldServers = oldServers }
    if !newServers.isEmpty { merged.newServers = newServers }
    if !parentServers.isEmpty { merged.parentServers = parentServers }
    merged.primaryDirectory = primaryDirectory ?? other.primaryDirectory
    merged.clockCommand = clockCommand ?? other.clockCommand
    return merged
  }
}
