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

  @Option(
    help: ArgumentHelp(
      "The most record sets that the hosted zone takes, where AWS has raised its quota.",
      valueName: "sets"))
  var quota: Int?

  @Option(
    help: ArgumentHelp(
      """
      What each request leaves free of its limits: records, or records:characters \
      (100:2000).
      """, valueName: "records"),
    transform: { text in
      guard let reserve = RequestSize(reserve: text) else {
        throw ValidationError(
          "expected fewer records than \(RequestLimits.elements), and with a colon fewer "
            + "characters than \(RequestLimits.characters): 100:2000")
      }
      return reserve
    })
  var reserve = RequestSize()

  /// A pattern as it was written.
  struct Keep {
    let text: String
    let pattern: KeepPattern
  }

  func validate() throws {
    guard (0...100).contains(maxDeletes) else {
      throw ValidationError("found --max-deletes \(maxDeletes), expected 0 to 100 percent")
    }
    if let quota, quota < 1 {
      throw ValidationError("found --quota \(quota), expected a number of record sets")
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
    options.setLimit = quota
    options.reserve = reserve
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
    if let quota { words += ["--quota", String(quota)] }
    if reserve != RequestSize() {
      words += ["--reserve", "\(reserve.elements):\(reserve.characters)"]
    }
    return words
  }
}

extension RequestSize {
  /// Reads `records` or `records:characters`; nil if a request would have no room left.
  fileprivate init?(reserve text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count <= 2, let elements = parts[0],
      let characters = parts.count == 2 ? parts[1] : 0,
      (0..<RequestLimits.elements).contains(elements),
      (0..<RequestLimits.characters).contains(characters)
    else { return nil }
    self.init(elements: elements, characters: characters)
  }
}
