import ArgumentParser
import Diagnostics
import Migration

/// `zonecut fetch`
struct FetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Gets the inputs of a plan.",
    subcommands: [FetchAXFRCommand.self, FetchRoute53Command.self])
}

/// `zonecut fetch route53 ZONE --out FILE`
struct FetchRoute53Command: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "route53",
    abstract: "Exports a hosted zone by way of the aws command.",
    discussion: """
      The file holds all record sets, and the zone's id and name servers: what plan and batches \
      take with --into. It is written as a whole or not at all.
      """)

  @Argument(help: "The hosted zone's id, or its name if one hosted zone alone has it.")
  var zone: String

  @Option(help: ArgumentHelp("The file to write; there must be none yet.", valueName: "file"))
  var out: String

  @Flag(help: "Replace that file.")
  var replace = false

  @OptionGroup(title: "Service") var service: ServiceArguments
  @OptionGroup var messages: MessageOptions

  func run(on console: Console) throws -> ExitStatus {
    do {
      try WholeFile.checkFree(out, unless: replace)
      let fetched = try ZoneFetcher(service: service.service(on: console)).fetch(zone)
      try WholeFile.write(fetched.octets, to: out, replacing: replace)
      if !messages.quiet {
        if let note = fetched.note { console.say(note) }
        console.say("\(out): \(fetched.summary)")
      }
      return .success
    } catch let error as ApplyError {
      throw CommandError("\(error)", findings: error.findings)
    } catch {
      throw CommandError("\(error)")
    }
  }
}
