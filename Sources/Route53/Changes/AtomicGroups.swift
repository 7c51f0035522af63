import RecordSets
import ZoneKit

/// The changes of one owner in groups, each of which stays in one request: else a name would be
/// gone, or a change refused, between two.
struct AtomicGroups {
  private(set) var groups: [[PlannedChange]] = []
  private(set) var blockers: [ChangeBlocker] = []
  private let limit: RequestSize

  /// - Parameters:
  ///   - steps: the steps of one owner, in order of their keys.
  ///   - limit: what one request may count.
  init(_ steps: ArraySlice<Step>, limit: RequestSize) {
    self.limit = limit
    if steps.count == 1 {
      append(Array(steps), because: nil)
      return
    }
    let deleted = steps.filter { $0.new == nil }
    let put = steps.filter { $0.new != nil }
    let swapsCNAME = deleted.contains { deleted in
      put.contains { ($0.set.type == .cname) != (deleted.set.type == .cname) }
    }
    if swapsCNAME {
      append(Array(steps), because: "a CNAME and what takes its place")
      return
    }
    var rest = steps
    while let type = rest.first?.set.type {
      let ofType = rest.prefix { $0.set.type == type }
      rest = rest.dropFirst(ofType.count)
      append(ofType: Array(ofType))
    }
  }

  private mutating func append(ofType steps: [Step]) {
    if steps.count == 1 { return append(steps, because: nil) }
    if steps.contains(where: \.changesWeightedTTL) {
      return append(steps, because: "weighted sets that change their TTL together")
    }
    let gone = steps.filter { $0.new == nil || $0.changesClaim }.compactMap(\.old)
    let takesPlace = steps.contains { step in
      gone.contains { $0.key != step.key && step.new?.excludes($0) == true }
    }
    if takesPlace {
      return append(steps, because: "sets of one name and type whose routing changes")
    }
    // The others go together if they can: a policy is best changed in one moment.
    let together = changes(steps)
    if fits(together) {
      groups.append(together)
    } else {
      for step in steps { append([step], because: nil) }
    }
  }

  /// Appends steps as one group, or a blocker if no request takes it.
  private mutating func append(_ steps: [Step], because reason: String?) {
    guard let first = steps.first else { return }
    let group = changes(steps)
    if fits(group) { return groups.append(group) }
    let size = BothSizes(of: group)
    let most = size.forward.fits(limit) ? size.back : size.forward
    let text =
      if let reason, steps.count > 1 {
        "\(reason) change in one request or not at all: they count \(most), and a request takes "
          + "\(limit)"
      } else if first.old != nil, first.new != nil {
        "the set cannot be changed in one request: an UPSERT counts twice, and DELETE and CREATE "
          + "of the old and new values count \(most), while a request takes \(limit)"
      } else {
        "the set counts \(most), and a request takes \(limit)"
      }
    let location = (first.new ?? first.old)?.location
    blockers.append(ChangeBlocker(text, key: first.key, location: location))
  }

  private func fits(_ group: [PlannedChange]) -> Bool { BothSizes(of: group).fits(limit) }

  private func changes(_ steps: [Step]) -> [PlannedChange] {
    if steps.count == 1, steps[0].old == nil || steps[0].new == nil {
      return steps[0].changes(replacing: false)
    }
    return steps.flatMap { step in
      let upsert = step.changes(replacing: false)
      let replaces = step.changesKind || (step.changesClaim && steps.count > 1)
      return replaces || !fits(upsert) ? step.changes(replacing: true) : upsert
    }
  }
}
