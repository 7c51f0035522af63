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

  @OptionGroup var inputs: InputOptions
  @OptionGroup var messages: MessageOptions

  @Option(help: "The form of the output.")
  var format: Format = .text

  func validate() throws {
    if old == "-", new == "-" { throw ValidationError("only one side can be standard input") }
  }

  func run(on console: Console) throws -> ExitStatus {
    let reader = InputReader(console: console, options: inputs)
    let (old, new) = (try reader.side(old), try reader.side(new))
    guard old.apex == new.apex else {
      throw CommandError(
        "the sides are of different zones: \(old.name) of \(old.apex), \(new.name) of \(new.apex)")
    }
    let (before, after): ([RecordSet], [RecordSet])
    let route53Apex: Name?
    switch (old.content, new.content) {
    case (.zone(let a), .zone(let b)):
      (before, after) = (try records(of: a, old, console), try records(of: b, new, console))
      route53Apex = nil
    case (.zone(let zone), .recordSets(let sets)):
      (before, after, route53Apex) = (try translated(zone, old, console), sets, old.apex)
    case (.recordSets(let sets), .zone(let zone)):
      (before, after, route53Apex) = (sets, try translated(zone, new, console), old.apex)
    case (.recordSets(let a), .recordSets(let b)):
      (before, after, route53Apex) = (a, b, nil)
    }
    let diff = Diff(from: before, to: after, route53Apex: route53Apex)
    switch format {
    case .text: try console.print(diff.text)
    case .json: try console.print(diff.json.text())
    case .markdown: try console.print(diff.markdown)
    }
    return diff.isEmpty ? .success : .findings
  }

  /// The RRsets of a zone as record sets, whatever Route 53 thinks of them.
  private func records(
    of zone: ZoneIndex, _ side: ComparedSide, _ console: Console
  ) throws(CommandError) -> [RecordSet] {
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
    _ zone: ZoneIndex, _ side: ComparedSide, _ console: Console
  ) throws(CommandError) -> [RecordSet] {
    do throws(LedgerError) {
      let translation = try Translation(of: zone, options: .init(unsupported: .skip, ttl: .keep))
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
