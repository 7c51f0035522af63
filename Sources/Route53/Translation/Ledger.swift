public import RecordSets
public import ZoneKit

/// What became of every record of a zone on its way into Route 53: one line each, none left out.
public struct Ledger: Sendable {
  /// The zone.
  public let zone: Zone
  /// What became of each record, by its index in the zone.
  public let outcomes: [Outcome]
  /// The sets that carried records went into.
  public let recordSets: [RecordSet]

  /// What became of a record.
  public enum Outcome: Sendable, Hashable {
    /// It is part of the set at this index of `recordSets`.
    case carried(set: Int)
    /// It repeats the record at this index of the zone, which is carried.
    case merged(into: Int)
    /// It is left out, as it should be.
    indirect case skipped(LedgerReason)
    /// It should be carried and cannot be: the migration must not go on like this.
    indirect case blocked(LedgerReason)
  }

  /// Closes the ledger.
  ///
  /// - Parameter outcomes: what became of each record, by its index in the zone; nil where nothing
  ///   was noted.
  /// - Throws: `LedgerError` if a record is not accounted for, or the sums do not agree with the
  ///   record sets.
  init(
    zone: Zone, outcomes: [Outcome?], recordSets: [RecordSet]
  ) throws(LedgerError) {
    guard outcomes.count == zone.count else {
      throw LedgerError("\(outcomes.count) lines for \(zone.count) records")
    }
    var closed: [Outcome] = []
    closed.reserveCapacity(outcomes.count)
    var carried = [Int](repeating: 0, count: recordSets.count)
    for (index, outcome) in outcomes.enumerated() {
      switch outcome {
      case nil: throw LedgerError("record \(index) is not accounted for: \(zone[index])")
      case .carried(let set):
        guard carried.indices.contains(set) else { throw LedgerError("no record set \(set)") }
        carried[set] += 1
      case .merged(let first):
        guard first < index, case .carried = outcomes[first] else {
          throw LedgerError("record \(index) is merged into \(first), which is not carried")
        }
      case .skipped, .blocked: break
      }
      closed.append(outcome!)
    }
    for (count, set) in zip(carried, recordSets) {
      // An alias or a traffic policy instance is one record; a CNAME may have become two aliases,
      // and counts for the first of them.
      let isWhole =
        if case .records = set.content {
          count == set.recordIndices.count && count == set.data.count
        } else {
          set.recordIndices.count == 1
        }
      guard isWhole else {
        throw LedgerError("\(set.key) has \(set.data.count) values from \(count) records")
      }
    }
    self.zone = zone
    self.outcomes = closed
    self.recordSets = recordSets
  }

  /// How many records came to each end.
  public struct Counts: Sendable, Hashable {
    /// Part of a set.
    public var carried = 0
    /// Repeating another record.
    public var merged = 0
    /// Left out for a good reason.
    public var skipped = 0
    /// Not to be carried.
    public var blocked = 0

    /// All records.
    public var total: Int { carried + merged + skipped + blocked }
  }

  /// How many records came to each end; their total is the count of the zone's records.
  public var counts: Counts {
    outcomes.reduce(into: Counts()) { counts, outcome in
      switch outcome {
      case .carried: counts.carried += 1
      case .merged: counts.merged += 1
      case .skipped: counts.skipped += 1
      case .blocked: counts.blocked += 1
      }
    }
  }

  /// Whether a record is blocked.
  public var isBlocked: Bool {
    outcomes.contains { if case .blocked = $0 { true } else { false } }
  }
}

/// A ledger that does not add up: a fault of this program, never of the input.
public struct LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What does not add up.
  public let description: String

  init(_ description: String) { self.description = description }
}
