import ArgumentParser
import Diagnostics
import RecordSets
import Route53
import ZoneKit

/// `zonecut convert ZONE --to FORMAT`
struct ConvertCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Converts between zone files and Route 53 exports.",
    discussion: """
      What becomes of each record is said on standard error. Exit status 1: something could not \
      be carried over.
      """)

  /// What a zone is converted to.
  enum Target: String, ExpressibleByArgument, CaseIterable {
    /// One zone file, `$INCLUDE` and `$GENERATE` written out.
    case zone
    /// Record sets as `aws route53 list-resource-record-sets` prints them.
    case route53
  }

  @Argument(help: "The zone file or Route 53 export, or - for standard input.")
  var zone: String

  @Option(help: "The format of the output.")
  var to: Target

  @Option(help: "The TTLs that enter Route 53: lowered, keep or steady.")
  var ttl: TTLPolicy = .keep

  @OptionGroup var inputs: InputOptions
  @OptionGroup var messages: MessageOptions

  func run(on console: Console) throws -> ExitStatus {
    let side = try InputReader(console: console, options: inputs).side(zone)
    switch (side.content, to) {
    case (.zone(let index), .zone):
      try console.writeData(ZoneFileWriter().write(index.zone))
      return .success
    case (.zone(let index), .route53):
      let translation = try translate(index)
      try console.print(translation.recordSets.exportJSON.text())
      if !messages.quiet { console.writeMessage(Array(translation.ledger.text().utf8)) }
      return translation.ledger.isBlocked ? .findings : .success
    case (.recordSets(let sets), .zone):
      return try writeZone(sets, side, console)
    case (.recordSets(let sets), .route53):
      try console.print(sets.exportJSON.text())
      return .success
    }
  }

  private func translate(_ index: ZoneIndex) throws(CommandError) -> Translation {
    do throws(LedgerError) {
      return try Translation(of: index, options: .init(ttl: ttl))
    } catch {
      throw .internalFault(error)
    }
  }

  /// Writes the sets that a zone file can hold, and says which it cannot.
  private func writeZone(
    _ sets: [RecordSet], _ side: ComparedSide, _ console: Console
  ) throws -> ExitStatus {
    var records: [Record] = []
    var leftOut = 0
    for set in sets {
      guard case .records(let ttl, let data) = set.content, set.routing == nil else {
        leftOut += 1
        let what = set.routing.map { "routing \($0)" } ?? "an alias or a traffic policy"
        console.say("\(side.name): left out: \(set.key): a zone file has no word for \(what)")
        continue
      }
      records += data.map { Record(owner: set.owner, ttl: ttl, data: $0) }
    }
    let zone = Zone(apex: side.apex, records: records)
    try console.writeData(ZoneFileWriter(isSorted: true).write(zone))
    if !messages.quiet {
      console.say(
        "\(count(sets.count, "record set")): \(sets.count - leftOut) converted, "
          + "\(leftOut) left out")
    }
    return leftOut > 0 ? .findings : .success
  }
}
