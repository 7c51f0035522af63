/// What became of the fixes of some findings.
public struct FixResult: Sendable, Hashable {
  /// A finding whose fix was not applied.
  public struct Skipped: Sendable, Hashable {
    /// Why a fix is not applied.
    public enum Reason: String, Sendable, Hashable {
      /// It changes a text that an earlier fix changes too. Another run may apply it.
      case conflict = "another fix changes the same text"
      /// It changes more than the one source at hand.
      case otherSource = "it changes another source too"
      /// Its own edits overlap or lie outside the source: a fault of the rule.
      case malformed = "its edits overlap or lie outside the source"
    }

    /// The finding.
    public let finding: Finding
    /// Why its fix was not applied.
    public let reason: Reason
  }

  /// The source's octets with the fixes applied.
  public let octets: [UInt8]
  /// The findings whose fixes were applied, in order of position.
  public let applied: [Finding]
  /// The findings that have a fix for this source which was not applied.
  public let skipped: [Skipped]
}

/// Applies fixes to a source.
public enum FixApplier {
  /// The octets of `source` with the fixes of `findings` applied, as many as agree with each other.
  ///
  /// A fix is applied whole or not at all. Of two that change the same text, the one whose finding
  /// stands first wins; equal edits agree. Findings without a fix, or with one for other sources
  /// only, are passed over.
  public static func apply(_ findings: [Finding], to source: SourceFile) -> FixResult {
    var accepted = EditList(count: source.count)
    var applied: [Finding] = []
    var skipped: [FixResult.Skipped] = []
    for finding in FindingReport(findings).findings {
      guard let edits = finding.fix?.edits else { continue }
      let here = edits.count { $0.location.source === source }
      if here == 0 { continue }
      if here < edits.count {
        skipped.append(.init(finding: finding, reason: .otherSource))
        continue
      }
      var alone = EditList(count: source.count)
      if !alone.insert(edits) {
        skipped.append(.init(finding: finding, reason: .malformed))
      } else if !accepted.insert(edits) {
        skipped.append(.init(finding: finding, reason: .conflict))
      } else {
        applied.append(finding)
      }
    }
    return FixResult(
      octets: accepted.applied(to: source), applied: applied, skipped: skipped)
  }
}

/// Edits of one source in order, none overlapping another.
private struct EditList {
  /// How many octets the source has.
  let count: Int
  private var edits: [Edit] = []

  init(count: Int) { self.count = count }

  /// Takes all of `new`, or none and returns false if one of them overlaps another or one taken
  /// before, or lies outside the source.
  mutating func insert(_ new: [Edit]) -> Bool {
    var own = EditList(count: count)
    for edit in new {
      switch own.room(for: edit) {
      case .free(let index): own.edits.insert(edit, at: index)
      case .taken: continue
      case .none: return false
      }
    }
    guard own.edits.allSatisfy({ room(for: $0) != .none }) else { return false }
    for edit in own.edits {
      if case .free(let index) = room(for: edit) { edits.insert(edit, at: index) }
    }
    return true
  }

  /// Whether an edit fits among those taken.
  private enum Room: Equatable {
    /// At this index.
    case free(Int)
    /// An equal one was taken.
    case taken
    /// It does not.
    case none
  }

  private func room(for edit: Edit) -> Room {
    let range = edit.location.range
    guard range.lowerBound >= 0, range.upperBound <= count else { return .none }
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      let other = edits[middle].location.range
      if (other.lowerBound, other.upperBound) < (range.lowerBound, range.upperBound) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    if low < edits.count {
      let next = edits[low]
      if next == edit { return .taken }
      // Two insertions at one place have no order, and two edits of one range no winner.
      if next.location.range == range || next.location.range.lowerBound < range.upperBound {
        return .none
      }
    }
    if low > 0, edits[low - 1].location.range.upperBound > range.lowerBound { return .none }
    return .free(low)
  }

  func applied(to source: SourceFile) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var offset = 0
    for edit in edits {
      result += source.octets(in: offset..<edit.location.range.lowerBound)
      result += edit.replacement
      offset = edit.location.range.upperBound
    }
    return result + source.octets(in: offset..<count)
  }
}
