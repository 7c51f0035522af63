import Diagnostics
import ZoneKit

/// How `lint --fix` settles the findings of a rule.
///
/// Only what cannot hurt is done: what is served stays as it is, or is cached for a shorter time.
public struct RuleFix: Sendable {
  /// What is done, in a few words: "remove the second one".
  public let title: String
  let change: Change

  /// What is changed.
  enum Change: Sendable {
    /// The text, as the finding itself says.
    case asFound
    /// The text, as worked out from the finding.
    case text(@Sendable (Finding) -> [Edit])
    /// The zone, given the record that the finding points to. No changes where there is no safe
    /// one.
    case records(@Sendable (LintContext, Int) -> [ZoneEdit])
  }

  /// A fix that is part of the finding.
  static func asFound(_ title: String) -> RuleFix { RuleFix(title: title, change: .asFound) }

  /// A fix of the text.
  static func text(_ title: String, _ edits: @escaping @Sendable (Finding) -> [Edit]) -> RuleFix {
    RuleFix(title: title, change: .text(edits))
  }

  /// A fix of the zone's records.
  static func records(
    _ title: String, _ edits: @escaping @Sendable (LintContext, Int) -> [ZoneEdit]
  ) -> RuleFix {
    RuleFix(title: title, change: .records(edits))
  }

  /// Lowers the TTL of the record's set to what `limit` gives; nil leaves the set alone.
  static func loweringTTL(
    _ title: String, to limit: @escaping @Sendable (LintContext, LintRRset) -> UInt32?
  ) -> RuleFix {
    .records(title) { context, record in
      guard let rrset = context.zone.rrset(ofRecord: record), let limit = limit(context, rrset)
      else { return [] }
      return [.setTTL(records: rrset.records.map(Int.init), ttl: TTL(limit))]
    }
  }
}

extension LintZone {
  /// The RRset that a record belongs to.
  func rrset(ofRecord record: Int) -> LintRRset? {
    self[index.zone.owner(ofRecord: record), index.zone.type(ofRecord: record)]
  }
}
