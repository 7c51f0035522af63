import ArgumentParser
import Diagnostics
import RecordSets
import Route53
import ZoneKit

/// `zonecut diff OLD NEW`
struct DiffCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Prints the difference in meaning between two sides, record set by record set.",
    discussion: """
      Each side is a zone file or a Route 53 export (a .json file, or text that begins as JSON). \
      Zones compare as records. Beside an export a zone counts as what Route 53 can hold of it, \
      and what it cannot is said on standard error; SOA and NS of the apex are then expected to \
      differ. Exit status 1: the sides differ.
      """)

  /// The forms of a difference.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }

  @Argument(help: "The old side, or - for standard input.")
  var old: String

  @Argument(help: "The new side, or - for standard input.")
  var new: String

  @Option(
    name: .customLong("zone-id"),
    help: ArgumentHelp("The hosted zone's id: $self in a zone file.", valueName: "id"))
  var zoneID: String?

  @OptionGroup var inputs: InputOptions
  @OptionGroup var messages: MessageOptions

  @Option(help: "The form of the output.")
  var format: Format = .text

  func validate() throws {
    if old == "-", new == "-" { throw ValidationError("only one side can be standard input") }
  }

  func run(on console: Console) throws -> ExitStatus {
    let reader = InputReader(console: console, options: inputs)
    let (old, new) = (
      try reader.side(old, hostedZoneID: zoneID), try reader.side(new, hostedZoneID: zoneID)
    )
    guard old.apex == new.apex else {
      throw CommandError(
        "the sides are of different zones: \(old.name) of \(old.apex), \(new.name) of \(new.apex)")
    }
    // A zone beside a hosted zone counts as what Route 53 can hold of it; two zones as they are.
    let isBesideExport = old.isExport != new.isExport
    let before = try recordSets(of: old, asRoute53: isBesideExport, console)
    let after = try recordSets(of: new, asRoute53: isBesideExport, console)
    let diff = Diff(from: before, to: after, route53Apex: isBesideExport ? old.apex : nil)
    switch format {
    case .text: try console.print(diff.text)
    case .json: try console.print(diff.json.text())
    case .markdown: try console.print(diff.markdown)
    }
    return diff.isEmpty ? .success : .findings
  }

  private func recordSets(
    of side: ComparedSide, asRoute53: Bool, _ console: Console
  ) throws(CommandError) -> [RecordSet] {
    switch side.content {
    case .recordSets(let sets): return sets
    case .zone(let index):
      if asRoute53 {
        return try translated(index, side, console) { options throws(LedgerError) in
          try Translation(of: index, options: options)
        }
      }
      return records(of: index, side, console)
    case .annotated(let zone):
      if asRoute53 {
        return try translated(zone.index, side, console) { options throws(LedgerError) in
          try Translation(of: zone, options: options)
        }
      }
      return zone.recordSets
    }
  }

  /// The RRsets of a zone as record sets, whatever Route 53 thinks of them.
  private func records(
    of zone: ZoneIndex, _ side: ComparedSide, _ console: Console
  ) -> [RecordSet] {
    let left = zone.zone.indices.count {
      switch zone.standing(ofRecord: $0) {
      case .outOfZone, .otherClass: true
      case .member, .duplicate: false
      }
    }
    if left > 0, !messages.quiet {
      console.say(
        "\(side.name): \(count(left, "record")) outside the zone or of another class not compared")
    }
    return zone.rrsets.map {
      RecordSet(owner: $0.owner, type: $0.type, content: .records(ttl: $0.ttl, data: $0.data))
    }
  }

  /// The record sets that Route 53 can hold of a zone. What it cannot hold is said.
  private func translated(
    _ zone: ZoneIndex, _ side: ComparedSide, _ console: Console,
    by translate: (Translation.Options) throws(LedgerError) -> Translation
  ) throws(CommandError) -> [RecordSet] {
    do throws(LedgerError) {
      let translation = try translate(
        .init(unsupported: .skip, ttl: .keep, hostedZoneID: zoneID))
      if !messages.quiet {
        for finding in translation.ledger.findings {
          console.say("\(side.name): not compared: \(finding.message)")
        }
      }
      // SOA and NS of the apex are no part of a translation, and shown all the same.
      let apex = [RecordType.soa, .ns].compactMap { zone.rrset(side.apex, $0) }.map {
        RecordSet(owner: $0.owner, type: $0.type, content: .records(ttl: $0.ttl, data: $0.data))
      }
      return translation.recordSets + apex
    } catch {
      throw .internalFault(error)
    }
  }
}
