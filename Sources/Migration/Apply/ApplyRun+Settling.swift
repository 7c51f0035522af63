import Diagnostics
import RecordSets
import Route53

/// What became of a batch, and whether the hosted zone is as it should be.
extension ApplyRun {
  /// The record sets of the hosted zone as they are.
  func fetch() throws(ApplyError) -> [RecordSet] {
    let fetcher = ZoneFetcher(service: applier.service)
    return try fetcher.zone(fetcher.export(of: zoneID), id: zoneID, apex: plan.zone).sets
  }

  /// Stops at a change that somebody else made.
  mutating func compare(with found: [RecordSet]) throws(ApplyError) {
    let diff = strays(found, from: expected)
    guard diff.isEmpty else {
      let touched = plan.touchedKeys
      let isElsewhere = diff.differences.allSatisfy { !touched.contains($0.key) }
      throw ApplyError(
        difference: diff,
        "somebody else has changed the hosted zone: it is not as the plan left it, and nothing "
          + "more is sent",
        isElsewhere
          ? "the plan leaves these sets alone: --allow-other-changes goes on"
          : "see to it that the hosted zone is as it was, then run the same again")
    }
    guard options.allowsOtherChanges else { return }
    let others = Diff(from: expected.sets, to: found)
    if others.isEmpty { return }
    applier.report(.otherChanges(count: others.differences.count))
    // From here on they belong to what is expected.
    expected = try ZoneFetcher.zone(found, id: zoneID, apex: plan.zone)
  }

  /// How a hosted zone differs from what it should be, changes that are borne with left out.
  private func strays(_ found: [RecordSet], from zone: HostedZone) -> Diff {
    guard options.allowsOtherChanges else { return Diff(from: zone.sets, to: found) }
    let touched = plan.touchedKeys
    return Diff(
      from: zone.sets.filter { touched.contains($0.key) },
      to: found.filter { touched.contains($0.key) })
  }

  // MARK: - An answer that is not known

  /// Settles a batch of an earlier run that was announced, and whose answer is not known.
  mutating func settle(_ move: Move) throws(ApplyError) {
    let path = file(move).path
    switch try outcome(of: move, in: fetch()) {
    case .applied(let zone):
      expected = zone
      try write(.foundApplied(move))
      applier.report(.settled(file: path, wasApplied: true))
    case .notApplied:
      try write(.foundNotApplied(move))
      applier.report(.settled(file: path, wasApplied: false))
    case .neither(let diff):
      throw ApplyError(
        difference: diff,
        "\(path) was about to be sent, and the hosted zone is neither as before nor as behind it: "
          + "somebody else has changed it; nothing more is sent",
        "see to it that the hosted zone is as it was, then run the same again")
    }
  }

  /// Settles a batch whose sending has failed: the service may have taken it all the same.
  mutating func settle(_ move: Move, after failure: AWSError) throws(ApplyError) {
    let path = file(move).path
    let found: [RecordSet]
    do throws(ApplyError) {
      found = try fetch()
    } catch {
      throw ApplyError(
        failure, "\(error)",
        "what became of \(path) is not known: run the same again, and the hosted zone shows it")
    }
    switch try outcome(of: move, in: found) {
    case .applied(let zone):
      expected = zone
      try write(.foundApplied(move))
      applier.report(.settled(file: path, wasApplied: true))
    case .notApplied:
      throw ApplyError(failure, "\(path) was not applied: run the same again to go on with it")
    case .neither(let diff):
      throw ApplyError(
        difference: diff, "\(failure)",
        "the hosted zone is neither as before nor as behind \(path): somebody else has changed it")
    }
  }

  private enum Outcome {
    case applied(HostedZone)
    case notApplied
    /// The difference from the nearer of the two states.
    case neither(Diff)
  }

  private func outcome(
    of move: Move, in found: [RecordSet]
  ) throws(ApplyError) -> Outcome {
    let fromBefore = strays(found, from: expected)
    if fromBefore.isEmpty { return .notApplied }
    var after = expected
    try Self.apply(file(move), to: &after)
    let fromAfter = strays(found, from: after)
    if fromAfter.isEmpty { return .applied(after) }
    let isNearer = fromAfter.differences.count < fromBefore.differences.count
    return .neither(isNearer ? fromAfter : fromBefore)
  }

  // MARK: - Waiting

  /// Waits until a batch that was sent is in sync.
  mutating func wait(for change: AWSRoute53.ChangeInfo, of move: Move) throws(ApplyError) {
    let path = file(move).path
    let isInSync: Bool
    do throws(AWSError) {
      isInSync = try applier.service.waitUntilInSync(change)
    } catch {
      throw ApplyError(
        error, "\(path) was sent as change \(change.id): run the same again to go on from there")
    }
    guard isInSync else {
      throw ApplyError(
        "\(path) was sent as change \(change.id), and is still not in sync: run the same again "
          + "to wait longer")
    }
    try write(.inSync(move))
  }

  /// Waits for a batch that an earlier run has sent.
  mutating func resumeWait(_ changeID: String, of move: Move) throws(ApplyError) {
    let path = file(move).path
    applier.report(.waiting(file: path))
    let change: AWSRoute53.ChangeInfo
    do throws(AWSError) {
      change = try applier.service.status(ofChange: changeID)
    } catch {
      guard error.kind == .noSuchChange else {
        throw ApplyError(error, "\(path) was sent as change \(changeID)")
      }
      // Long ago, then: that the zone holds it is seen next.
      applier.report(.forgotten(file: path))
      return try write(.inSync(move))
    }
    try wait(for: change, of: move)
  }
}
