public import RecordSets
import ZoneKit

extension ChangePlan {
  /// Plans the changes from what a hosted zone holds to what is wanted, and proves them.
  ///
  /// SOA and NS of the apex are the service's and never taken from `wanted`: the NS set keeps its
  /// name servers and gets another TTL, as `options` say.
  ///
  /// - Parameters:
  ///   - zone: the hosted zone as it is.
  ///   - wanted: the sets that it is to hold, in any order.
  ///   - options: how.
  public init(from zone: HostedZone, to wanted: [RecordSet], options: ChangeOptions = .init()) {
    var planner = ChangePlanner(zone: zone, options: options)
    planner.compare(with: wanted)
    planner.makeGroups()
    planner.makeBatches()
    planner.proveAndWrite()
    planner.explain()
    self = planner.plan
  }

  /// Plans the batches that empty a zone again, down to SOA and NS of the apex: the rehearsal's
  /// end.
  public init(emptying zone: HostedZone, options: ChangeOptions = .init()) {
    var options = options
    options.prunes = true
    options.maximumDeletedPercent = 100
    options.keep = []
    options.cutoverNSTTL = nil
    options.apexSOA = nil
    options.batchName = "empty"
    self.init(from: zone, to: [], options: options)
  }
}

/// A plan while it is being made.
private struct ChangePlanner {
  let zone: HostedZone
  let options: ChangeOptions
  var plan = ChangePlan()
  /// What becomes of the sets, in order of their keys.
  private var steps: [Step] = []
  /// Why the batches could not be proven.
  private var unproven: ProofFailure?
  /// The changes, those of a group one behind the other.
  private var changes: [PlannedChange] = []
  /// How many changes each group has.
  private var groupCounts: [Int] = []
  /// Where the changes of an owner stand that has several.
  private var sharedOwners: [Range<Int>] = []

  init(zone: HostedZone, options: ChangeOptions) {
    self.zone = zone
    self.options = options
    plan.lacksNameServers = options.cutoverNSTTL != nil && zone.hasPlaceholderNameServers
  }

  private mutating func block(_ reason: String, _ set: RecordSet? = nil) {
    plan.blockers.append(ChangeBlocker(reason, key: set?.key, location: set?.location))
  }

  // MARK: - What differs

  mutating func compare(with wanted: [RecordSet]) {
    let authority = zone.sets(at: zone.apex).filter(zone.isApexAuthority)
    let own = wanted.filter { !zone.isApexAuthority($0) }
    plan.wanted = withoutRepeated((authority.map(plannedAuthority) + own).inCanonicalOrder)
    var foundCount = 0
    for set in plan.wanted {
      guard let old = zone.heldSet(like: set) else {
        steps.append(.creation(set))
        continue
      }
      foundCount += 1
      if !old.set.isRequested(as: set) { steps.append(.change(from: old.whole, to: set)) }
    }
    if foundCount < zone.count { sortExtra() }
    checkDeletions(of: zone.count - authority.count)
  }

  /// The sets without those that repeat the key of the one before.
  private mutating func withoutRepeated(_ sets: [RecordSet]) -> [RecordSet] {
    let isRepeated = { (index: Int) in
      index > 0 && sets[index].owner == sets[index - 1].owner
        && sets[index].key == sets[index - 1].key
    }
    let repeated = sets.indices.filter(isRepeated)
    for index in repeated { block("the set is wanted twice", sets[index]) }
    return repeated.isEmpty ? sets : sets.indices.filter { !isRepeated($0) }.map { sets[$0] }
  }

  /// Decides what becomes of sets that are not wanted.
  private mutating func sortExtra() {
    let wanted = Dictionary(grouping: plan.wanted, by: \.owner)
    let isWanted = { (set: RecordSet) in wanted[set.owner]?.contains { $0.key == set.key } ?? false
    }
    for set in zone.sets where !isWanted(set) {
      let isKept = options.keep.contains { $0.matches(set.key, apex: zone.apex) }
      if !isKept, wanted[set.owner]?.contains(where: { $0.excludes(set) }) == true {
        plan.replaced.append(set)
      } else if !isKept, options.prunes {
        plan.pruned.append(set)
      } else {
        plan.kept.append(set)
      }
    }
    if !plan.kept.isEmpty { plan.wanted = (plan.wanted + plan.kept).inCanonicalOrder }
    steps += (plan.pruned + plan.replaced).map(Step.deletion)
    steps.sort { $0.key < $1.key }
  }

  /// Deletions are deletions, whether asked for or to make place: all count.
  private mutating func checkDeletions(of count: Int) {
    let (pruned, replaced) = (plan.pruned.count, plan.replaced.count)
    guard (pruned + replaced) * 100 > options.maximumDeletedPercent * count else { return }
    let why = replaced == 0 ? "" : ", \(replaced) of them to make place for sets of the zone"
    plan.blockers.append(
      ChangeBlocker(
        "\(pruned + replaced) of \(count) sets would be deleted\(why), at most "
          + "\(options.maximumDeletedPercent) % may be",
        help: "if that is as it should be, raise --max-deletes"))
  }

  /// SOA or NS of the apex as the plan leaves it.
  private func plannedAuthority(_ set: RecordSet) -> RecordSet {
    if set.type == .soa { return options.apexSOA ?? set }
    guard let ttl = options.cutoverNSTTL, !plan.lacksNameServers else { return set }
    return set.with(ttl: ttl)
  }

  // MARK: - Groups and batches

  mutating func makeGroups() {
    changes.reserveCapacity(steps.count)
    groupCounts.reserveCapacity(steps.count)
    var start = 0
    while start < steps.count {
      let owner = steps[start].set.owner
      var end = start + 1
      while end < steps.count, steps[end].set.owner == owner { end += 1 }
      defer { start = end }
      // Most owners have one set, and most of these are new.
      if end - start == 1, case .creation(let set) = steps[start] {
        let change = PlannedChange(.create, set)
        if change.sizes.fits(options.limit) {
          changes.append(change)
          groupCounts.append(1)
          continue
        }
      }
      let first = changes.count
      let made = AtomicGroups(steps[start..<end], limit: options.limit)
      for group in made.groups {
        changes += group
        groupCounts.append(group.count)
      }
      plan.blockers += made.blockers
      if changes.count - first > 1 { sharedOwners.append(first..<changes.count) }
    }
  }

  mutating func makeBatches() {
    if plan.isBlocked { return }
    var dependencies = ChangeDependencies(changes, sharedOwners: sharedOwners, in: zone)
    dependencies.merge(groupCounts)
    if let cycle = dependencies.cycle {
      return block("alias sets need each other in a circle", changes[cycle].set)
    }
    let sizes = (0..<dependencies.groupCount).map { group in
      dependencies.changes(ofGroup: group).reduce(BothSizes()) { $0 + changes[$1].sizes }
    }
    for (group, size) in sizes.enumerated() where !size.fits(options.limit) {
      let members = dependencies.changes(ofGroup: group)
      block(
        "\(members.count) changes that need each other count \(size.forward), and a request takes "
          + "\(options.limit)", members.first.map { changes[$0].set })
    }
    if plan.isBlocked { return }
    let packing = Packing(
      sizes: sizes, order: Array(sizes.indices), graph: dependencies.graph,
      leaders: sizes.indices.filter { group in
        dependencies.changes(ofGroup: group).contains { index in
          changes[index].type.isAuthority && zone.isApexAuthority(changes[index].set)
        }
      },
      limit: options.limit)
    plan.batches = packing.requests.enumerated().map { index, groups in
      PlannedBatch(
        groups.flatMap { dependencies.changes(ofGroup: $0) }.map { changes[$0] }, index + 1,
        of: packing.requests.count, options.batchName, planID: options.planID)
    }
    plan.restore = restore()
  }

  /// The batch that gives the apex NS set its steady TTL.
  private func restore() -> PlannedBatch? {
    guard options.cutoverNSTTL != nil, !plan.lacksNameServers,
      let set = plan.wanted.first(where: { zone.isApexAuthority($0.key) && $0.type == .ns }),
      set.ttl != options.steadyNSTTL
    else { return nil }
    let step = Step.change(from: set, to: set.with(ttl: options.steadyNSTTL))
    return PlannedBatch(
      step.changes(replacing: false), 1, of: 1, "restore-ns", planID: options.planID)
  }

  /// Changes from which on it pays to have another thread write the texts.
  private static let changesForAThread = 500

  /// Proves the batches, and writes their texts meanwhile.
  mutating func proveAndWrite() {
    if plan.isBlocked { return }
    let batches = plan.batches
    if changes.count < Self.changesForAThread {
      prove()
      if plan.proof != nil { plan.texts = batches.map(BatchTexts.init) }
    } else {
      let (texts, _) = concurrentMap(batches.count) {
        BatchTexts(batches[$0])
      } beside: {
        prove()
      }
      if plan.proof != nil { plan.texts = texts }
    }
  }

  private mutating func prove() {
    do throws(ProofFailure) {
      let proven = try proveBatchesAndEnd(
        start: zone, batches: plan.batches, wanted: plan.wanted, then: plan.restore)
      (plan.proof, plan.end) = (proven.proof, proven.end)
    } catch {
      unproven = error
      plan.batches = []
      plan.restore = nil
    }
  }

  /// Says of a plan that stands for nothing which sets the service would refuse, each with its
  /// words. What is proven needs no such look: the model has taken every set of it.
  mutating func explain() {
    if plan.proof != nil { return }
    let changed = Set(steps.compactMap(\.new?.key))
    let faults = WantedZone(zone: zone, wanted: plan.wanted).faults(changed: changed)
    plan.blockers = faults + plan.blockers
    guard let unproven, faults.isEmpty else { return }
    block("the batches cannot be proven: \(unproven)")
    plan.proofFailure = unproven
  }
}

extension RecordSet {
  /// The set with another TTL, if it has one.
  fileprivate func with(ttl: TTL) -> RecordSet {
    var set = self
    if case .records(_, let data) = content { set.content = .records(ttl: ttl, data: data) }
    return set
  }
}

extension PlannedBatch {
  /// Batch `number` of `count`; the rollbacks are numbered from the last batch to the first.
  fileprivate init(
    _ changes: [PlannedChange], _ number: Int, of count: Int, _ purpose: String, planID: String
  ) {
    let width = max(2, String(count).utf8.count)
    let name = "\(PlannedBatch.padded(number, to: width))-\(purpose)"
    let undone = PlannedBatch.padded(count + 1 - number, to: width)
    self.init(
      name: name, rollbackName: "\(undone)-undo-\(name)",
      batch: ChangeBatch(
        comment: "zonecut \(planID) \(purpose) \(number)/\(count)",
        changes: changes.map(\.change)),
      rollback: ChangeBatch(
        comment: "zonecut \(planID) undo \(purpose) \(number)/\(count)",
        changes: changes.reversed().map(\.inverse)))
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
