import ArgumentParser
import Migration
import Route53

/// What enters Route 53: the options of every command that makes batches.
struct MigrationArguments: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      """
      The hosted zone that takes over: an export of list-resource-record-sets; its pages, and \
      get-hosted-zone, repeat. Without: a new, empty hosted zone.
      """, valueName: "export"))
  var into: [String] = []

  @Option(
    name: .customLong("zone-id"),
    help: ArgumentHelp("The hosted zone's id, where the export does not say it.", valueName: "id"))
  var zoneID: String?

  @Option(help: "The TTLs that enter Route 53: lowered (and restored later), keep or steady.")
  var ttl: TTLPolicy = .lowered

  @Option(help: "Records of types that Route 53 does not take: block the plan, or skip them.")
  var unsupported: Translation.UnsupportedPolicy = .block

  @Option(help: "CNAMEs to resources of AWS: suggest aliases, convert to them, or never.")
  var alias: AliasPolicy = .suggest

  @Option(help: "The SOA: keep Route 53's, or carry responsible person and negative TTL over.")
  var soa: SOAPolicy = .keep

  @Flag(help: "Delete sets that only the hosted zone has.")
  var prune = false

  @Option(
    help: ArgumentHelp("The most sets that may be deleted, in percent.", valueName: "percent"))
  var maxDeletes = 30

  @Option(
    name: .customLong("keep"), parsing: .singleValue,
    help: ArgumentHelp(
      "Sets that are never deleted: a name with * and ?, and a type: '_* CNAME'. Repeats.",
      valueName: "pattern"),
    transform: { text in
      guard let pattern = KeepPattern(parsing: text) else {
        throw ValidationError("expected a name and, behind a space, a type: '_* CNAME'")
      }
      return Keep(text: text, pattern: pattern)
    })
  var keep: [Keep] = []

  /// A pattern as it was written.
  struct Keep {
    let text: String
    let pattern: KeepPattern
  }

  func validate() throws {
    guard (0...100).contains(maxDeletes) else {
      throw ValidationError("found --max-deletes \(maxDeletes), expected 0 to 100 percent")
    }
  }

  /// Puts the options into those of the planner.
  func apply(to options: inout PlanOptions) {
    options.translation = .init(unsupported: unsupported, ttl: ttl, alias: alias)
    options.soa = soa
    options.prunes = prune
    options.maximumDeletedPercent = maxDeletes
    options.keep = keep.map(\.pattern)
    options.hostedZoneID = zoneID
  }

  /// The words that name the hosted zone.
  var inputWords: [String] {
    into.flatMap { ["--into", $0] } + (zoneID.map { ["--zone-id", $0] } ?? [])
  }

  /// The words that give what is not the default, the hosted zone left out.
  var words: [String] {
    var words: [String] = []
    if ttl != .lowered { words += ["--ttl", ttl.rawValue] }
    if unsupported != .block { words += ["--unsupported", unsupported.rawValue] }
    if alias != .suggest { words += ["--alias", alias.rawValue] }
    if soa != .keep { words += ["--soa", soa.rawValue] }
    if prune { words.append("--prune") }
    if maxDeletes != 30 { words += ["--max-deletes", String(maxDeletes)] }
    for pattern in keep { words += ["--keep", pattern.text] }
    return words
  }
}
