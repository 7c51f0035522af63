public import Diagnostics
public import RecordSets
import ZoneKit

extension Ledger {
  /// `12 records: 9 carried into 7 record sets, 1 merged, 2 skipped, 0 blocked`.
  public var summary: String {
    let counts = counts
    return "\(counts.total) records: \(counts.carried) carried into \(recordSets.count) record "
      + "sets, \(counts.merged) merged, \(counts.skipped) skipped, \(counts.blocked) blocked"
  }

  /// The ledger for a person: the sums, then the records that are blocked, skipped and merged, by
  /// reason. What is carried is not listed.
  ///
  /// - Parameter limit: how many records are listed for each reason.
  public func text(limit: Int = 10) -> String {
    var lines = [summary]
    for title in ["blocked", "skipped", "merged"] {
      let groups = groups(titled: title)
      if !groups.isEmpty { lines += ["", "\(title):"] }
      for (reason, records) in groups {
        lines.append("  \(reason.message) [\(reason.id)]")
        if let help = reason.help { lines.append("  (\(help))") }
        lines += records.prefix(limit).map { "    " + place(of: $0) + line(of: $0) }
        if records.count > limit { lines.append("    ... and \(records.count - limit) more") }
      }
    }
    let aliases = zone.indices.filter(isAlias)
    if !aliases.isEmpty { lines += ["", "carried as aliases:"] }
    lines += aliases.prefix(limit).map { "    " + place(of: $0) + line(of: $0) }
    if aliases.count > limit { lines.append("    ... and \(aliases.count - limit) more") }
    let mixed = setsOfMixedTTL
    if !mixed.isEmpty {
      lines += ["", "RRsets whose records differ in TTL; the first one's counts:"]
    }
    for set in mixed.prefix(limit) {
      lines.append("    \(place(of: set.recordIndices[0]))\(set.key)")
    }
    if mixed.count > limit { lines.append("    ... and \(mixed.count - limit) more") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Whether a CNAME became an alias.
  private func isAlias(_ record: Int) -> Bool {
    guard case .carried(let set) = outcomes[record], zone.type(ofRecord: record) == .cname else {
      return false
    }
    return recordSets[set].aliasTarget != nil
  }

  /// The sets made of records whose TTLs differ, which Route 53 cannot keep (RFC 2181 section 5.2).
  public var setsOfMixedTTL: [RecordSet] {
    recordSets.filter { set in
      set.recordIndices.contains { zone[$0].ttl != zone[set.recordIndices[0]].ttl }
    }
  }

  /// The records of one kind of outcome by reason, reasons in the order in which they first occur.
  private func groups(titled title: String) -> [(reason: LedgerReason, records: [Int])] {
    var order: [LedgerReason] = []
    var records: [LedgerReason: [Int]] = [:]
    for (index, outcome) in outcomes.enumerated() where outcome.name == title {
      guard let reason = outcome.reason else { continue }
      if records[reason] == nil { order.append(reason) }
      records[reason, default: []].append(index)
    }
    return order.map { ($0, records[$0] ?? []) }
  }

  /// `zone:12: `
  private func place(of record: Int) -> String {
    guard let location = zone.location(ofRecord: record) else { return "" }
    return visible("\(location.source.name):\(location.start.line): ")
  }

  /// The record in one line, cut to a readable length.
  private func line(of record: Int) -> String {
    let line = zone[record].description
    return line.utf8.count <= 100 ? line : String(line.prefix(97)) + "..."
  }

  /// A finding for each RRset that is blocked (an error), or of a type that Route 53 does not take
  /// and that is skipped (a warning), at the place of its first record. A zone of another class is
  /// one finding.
  public var findings: [Finding] {
    var seen: Set<BlockedSet> = []
    let ofZone = LedgerReason.otherClass(zone.recordClass)
    return outcomes.indices.compactMap { index -> Finding? in
      let severity: Severity
      let reason: LedgerReason
      switch outcomes[index] {
      case .blocked(let blocked): (severity, reason) = (.error, blocked)
      case .skipped(let skipped) where skipped.help != nil: (severity, reason) = (.warning, skipped)
      default: return nil
      }
      let record = zone[index]
      let owner = reason == ofZone ? zone.apex : record.owner
      let type = reason == ofZone ? .soa : record.type
      let set = BlockedSet(owner: owner, type: type, reason: reason)
      guard seen.insert(set).inserted else { return nil }
      return Finding(
        rule: reason.id, severity: severity,
        message: "\(owner) \(type): \(reason.message)",
        at: zone.location(ofRecord: index), help: reason.help)
    }
  }

  private struct BlockedSet: Hashable {
    let owner: Name
    let type: RecordType
    let reason: LedgerReason
  }
}

extension Ledger.Outcome {
  /// Why the record is not in a set by itself; nil if it is.
  public var reason: LedgerReason? {
    switch self {
    case .carried: nil
    case .merged: .merged
    case .skipped(let reason), .blocked(let reason): reason
    }
  }
}
