import ArgumentParser
import Diagnostics
import RecordSets
import Route53
import ZoneKit

/// `zonecut convert ZONE --to FORMAT`
struct ConvertCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Converts zone files and Route 53 exports, also for other tools.",
    discussion: """
      Zone files may hold aliases and routing policies in the forms of cli53; written ones do. \
      What becomes of each record, and what the target has no word for, is said on standard \
      error. Exit status 1: something could not be carried over.
      """)

  /// What is converted to.
  enum Target: String, ExpressibleByArgument, CaseIterable {
    /// One zone file, `$INCLUDE` and `$GENERATE` written out.
    case zone
    /// Record sets as `aws route53 list-resource-record-sets` prints them.
    case route53
    /// A change batch that creates the sets in a new hosted zone, if one request takes them.
    case batch
    /// A CloudFormation template.
    case cloudformation
    /// Resources of Terraform.
    case terraform
    /// A zone of octoDNS.
    case octodns
  }

  @Argument(help: "A zone file, Route 53 export or change batch, or - for standard input.")
  var zone: String

  @Option(help: "The format of the output.")
  var to: Target

  @Option(help: "The TTLs that enter Route 53: lowered, keep or steady.")
  var ttl: TTLPolicy = .keep

  @Option(help: "Records of types that Route 53 does not take: block or skip them.")
  var unsupported: Translation.UnsupportedPolicy = .block

  @Option(help: "CNAMEs to resources of AWS: suggest aliases, convert to them, or never.")
  var alias: AliasPolicy = .suggest

  @Option(
    name: .customLong("zone-id"),
    help: ArgumentHelp("The hosted zone's id: $self in a zone file.", valueName: "id"))
  var zoneID: String?

  @OptionGroup var inputs: InputOptions
  @OptionGroup var messages: MessageOptions

  func run(on console: Console) throws -> ExitStatus {
    let reader = InputReader(console: console, options: inputs)
    let source = try reader.open(zone)
    if InputReader.isExport(source) {
      let export = try reader.export([source], takesBatches: true)
      if !messages.quiet { console.show(export.findings.filter { $0.severity == .warning }) }
      return try write(export.content.recordSets, of: export.apex, console)
    }
    let annotated = try reader.annotatedZone(source, hostedZoneID: zoneID)
    if to == .zone, annotated.annotations.isEmpty {
      try console.writeData(ZoneFileWriter().write(annotated.index.zone))
      return .success
    }
    let apex = annotated.index.zone.apex
    if to == .zone { return try write(annotated.recordSets, of: apex, console) }
    let translation = try translate(annotated)
    if !messages.quiet { console.writeMessage(Array(translation.ledger.text().utf8)) }
    let status = try write(translation.recordSets, of: apex, console)
    return translation.ledger.isBlocked ? .findings : status
  }

  private func translate(_ zone: AnnotatedZone) throws(CommandError) -> Translation {
    do throws(LedgerError) {
      return try Translation(
        of: zone,
        options: .init(unsupported: unsupported, ttl: ttl, alias: alias, hostedZoneID: zoneID))
    } catch {
      throw .internalFault(error)
    }
  }

  private func write(
    _ sets: [RecordSet], of apex: Name, _ console: Console
  ) throws -> ExitStatus {
    let conversion: Conversion
    switch to {
    case .zone:
      try console.print(sets.zoneText(apex: apex, hostedZoneID: zoneID))
      return .success
    case .route53:
      try console.print(sets.exportJSON.text())
      return .success
    case .batch: return try writeBatch(sets, of: apex, console)
    case .cloudformation: conversion = sets.cloudFormation(apex: apex)
    case .terraform: conversion = sets.terraform(apex: apex)
    case .octodns: conversion = sets.octoDNS(apex: apex)
    }
    try console.print(conversion.text)
    if !messages.quiet { console.show(conversion.findings) }
    return conversion.isComplete ? .success : .findings
  }

  private func writeBatch(
    _ sets: [RecordSet], of apex: Name, _ console: Console
  ) throws -> ExitStatus {
    let plan = ChangePlan(from: .new(apex: apex, id: zoneID), to: sets)
    guard !plan.isBlocked else {
      console.show(
        plan.blockers.map {
          Finding(rule: "r53-change", severity: .error, message: "\($0)", at: $0.location)
        }, color: messages.color)
      return .findings
    }
    guard plan.batches.count == 1 else {
      throw CommandError(
        plan.batches.isEmpty
          ? "no record sets to create: SOA and NS of the apex are Route 53's"
          : "\(plan.batches.count) requests are needed: zonecut batches writes them, and their "
            + "rollbacks")
    }
    try console.print(plan.batches[0].batch.text)
    return .success
  }
}
