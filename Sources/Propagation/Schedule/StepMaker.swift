/// Writes the steps of a schedule from its waits and its two instants.
struct StepMaker {
  let inputs: ScheduleInputs
  let waits: Waits
  let dates: Dates
  let parallelRun: TimeSpan

  private static let nobody =
    "nobody: copies with the old TTL are in caches already (only fewer periods)"
  private static let registry =
    "the registry, or a registrar that lets the TTL be set (RFC 9803), before the cutover"
  private static let you = "you, at the risk of clients that are left behind"

  /// All steps by instant; those of one instant in the order in which they are done.
  func steps() -> [Step] {
    let all = before() + after()
    return all.enumerated()
      .sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
      .map(\.element)
  }

  private var start: Instant { dates.start }
  private var cutover: Instant { dates.cutover }

  // MARK: Before the cutover

  private func before() -> [Step] {
    var steps = [lowerTTLs(), waitBefore()]
    if let dsWait = waits.dsWait { steps.append(removeDS(dsWait)) }
    let quarter = TimeSpan(seconds: inputs.preparation.seconds / 4)
    let frozen = cutover - inputs.preparation
    steps.append(
      step(
        .recordDelegation, "Record the old delegation", frozen,
        why: "Names, addresses, glue, DS and TTLs at the parent and the registrar are what a "
          + "rollback restores."))
    steps.append(
      step(
        .freeze, "Freeze changes to the zone", frozen,
        duration: dates.end - frozen,
        why: "Until the end of the parallel run both sides must give the same answers: no "
          + "changes, or each change on both sides.",
        decidedBy: "the end of the parallel run"))
    steps.append(
      step(
        .load, "Export afresh and load the new zone", frozen + quarter,
        why: "The apex NS set of the new zone gets TTL \(inputs.newApexNSTTL.seconds): it bounds "
          + "how long a rollback takes."))
    steps.append(
      step(
        .compare, "Compare old and new servers", frozen + quarter * 2,
        why: "Every answer of every server; a difference that is not wanted stops the "
          + "migration while stopping is free."))
    steps.append(goNoGo(frozen + quarter * 3))
    return steps
  }

  private func lowerTTLs() -> Step {
    let lowered = waits.levels.reduce(0) { $0 + $1.members.count }
    let sets = lowered == 1 ? "1 RRset that matters" : "\(lowered) RRsets that matter"
    let what =
      lowered == 0
      ? "No TTL that matters at the cutover has to be lowered."
      : sets + " at the cutover"
        + (waits.levels.contains { $0.members.contains { $0.kind == .parentNS } }
          ? ", the parent's NS set among them" : "")
        + ". The wait counts from when all servers answer with the lowered TTLs."
    return step(.lowerTTLs, "Lower the TTLs", start, why: what)
  }

  private func waitBefore() -> Step {
    guard let decider = waits.before.decider else {
      return step(
        .waitBefore, "No wait for TTLs", start, duration: .zero,
        why: "Nothing was lowered, so no cache holds a longer TTL than the one in force.")
    }
    return step(
      .waitBefore, "Wait for the old TTLs to leave the caches", start,
      duration: waits.before.length,
      why: "\(inputs.periods) periods of \(decider.ttl), the longest original TTL that was "
        + "lowered and matters at the cutover.",
      decidedBy: decider.description, shortenedBy: Self.nobody)
  }

  private func removeDS(_ wait: TimeSpan) -> Step {
    step(
      .removeDS, "Have the DS set removed at the parent",
      dates.dsRemoval, duration: wait,
      why: "DS TTL \(inputs.dsTTL ?? .zero) and negative TTL \(inputs.negativeTTL): until then "
        + "validators expect signatures that only the old servers have. The old side stays "
        + "signed meanwhile.",
      decidedBy: "\(inputs.zone) DS (TTL \(inputs.dsTTL ?? .zero))",
      shortenedBy: "nobody: the DS set is in caches already")
  }

  private func goNoGo(_ instant: Instant) -> Step {
    var conditions = ["the wait for TTLs is over at the cutover", "nothing differs"]
    if waits.dsWait != nil {
      conditions.append("no parent server has a DS set any more, and its wait is over")
    }
    conditions.append("the recorded delegation can be restored")
    return step(
      .goNoGo, "Go or no-go", instant,
      why: "Go only if " + conditions.joined(separator: "; ") + ".")
  }

  // MARK: From the cutover on

  private func after() -> [Step] {
    let parentTTL = inputs.parentNS.inForce
    var steps = [
      step(
        .redelegate, "Redelegate at the registrar", cutover,
        why: "t = 0 is when all parent servers publish the new NS set; should the registry take "
          + "longer, all later instants move with it. The old servers' own NS set may be switched "
          + "now too, never before. A rollback from here on takes up to "
          + "\(waits.rollback).",
        decidedBy: cutoverDecider),
      step(
        .checkNow, "Check at once", cutover,
        why: "Every parent server, every new server, web and mail; if it fails: restore the "
          + "recorded delegation."),
      step(
        .checkAt25Minutes, "Check again after 25 minutes", cutover + Schedule.recheck,
        why: "Five periods of 300 s: the first moment at which most clients with lowered TTLs "
          + "have followed (the share table says how many)."),
      step(
        .checkAtParentTTL, "Check at the parent's NS TTL", cutover + parentTTL,
        why: "\(parentTTL) after the cutover the last cache that honours the parent's TTL has "
          + "let go of the old delegation.",
        decidedBy: "the parent's NS TTL of \(parentTTL)", shortenedBy: Self.registry),
      step(
        .checkAt24Hours, "Check after 24 hours", cutover + Schedule.lastCheck,
        why: "Some networks keep answers for at least 24 h; mail queues, web traffic and the old "
          + "servers' query log."),
      ttlBound(),
    ]
    let end = dates.end
    steps.append(
      step(
        .restoreTTLs, "Restore the TTLs", end,
        why:
          "The delegation goes back to \(inputs.steadyDelegationTTL.seconds) s, the others to what they "
          + "were; web and load-balancer records stay at 300 s or less. From then on a "
          + "rollback is as slow as the restored TTLs.",
        decidedBy: "the end of the parallel run"))
    if waits.dsWait != nil {
      steps.append(
        step(
          .publishDS, "Sign the new zone and publish its DS set", end,
          why: "Only once the new servers sign, and their keys are the ones the DS set names.",
          decidedBy: "the end of the parallel run"))
    }
    steps.append(decommission(end))
    return steps
  }

  private func ttlBound() -> Step {
    let deciders = [
      waits.bound.delegation > .zero ? delegationDecider : nil,
      waits.bound.decider?.description
        ?? (waits.floor > .zero ? "caches with a floor of \(waits.floor)" : nil),
    ].compactMap { $0 }
    return step(
      .ttlBound, "The TTL bound", cutover + waits.bound.length,
      why: "\(waits.bound.delegation) for the delegation and \(waits.bound.record) for the "
        + "longest answer given just before: the last cache that honours TTLs has the new data. "
        + "Caches that stretch TTLs or serve stale answers have no such bound.",
      decidedBy: deciders.isEmpty ? nil : deciders.joined(separator: "; "),
      shortenedBy: deciders.isEmpty ? nil : delegationShortener)
  }

  private func decommission(_ end: Instant) -> Step {
    let why: String
    let decider: String
    if inputs.parallelRun != nil {
      why = "As asked for: \(parallelRun) after the cutover"
      decider = "the length asked for"
    } else if waits.periodsAfter == waits.parallelRun {
      why =
        "\(inputs.periods) periods of the longest TTL in force after the cutover, which is longer "
        + "than the TTL bound of \(waits.bound.length)"
      let held = waits.periodsAfter.seconds / Int64(inputs.periods)
      decider =
        held > waits.bound.delegation.seconds
        ? "a record that changes (TTL \(TimeSpan(seconds: held)))" : delegationDecider
    } else if waits.bound.length < Schedule.lastCheck {
      why =
        "Not before the check after 24 hours, though the TTLs in force would allow it after "
        + "\(max(waits.bound.length, waits.periodsAfter))"
      decider = "the last check"
    } else {
      why = "At the TTL bound, which is longer than \(inputs.periods) periods of the TTLs in force"
      decider = waits.bound.decider?.description ?? delegationDecider
    }
    return step(
      .decommission, "Decommission the old servers", end,
      why: why + ", and only once the old servers' query log is dry; answer REFUSED for a while "
        + "before they are switched off.",
      decidedBy: decider, shortenedBy: Self.you)
  }

  /// What decides the instant of the cutover.
  var cutoverDecider: String {
    if dates.isMovedToWindow {
      return "the first change window for it" + (dates.isWished ? "" : ", after " + waitDecider)
    }
    return dates.isWished ? "the wish" : waitDecider
  }

  /// What decides the least time from the lowering of TTLs to the cutover.
  private var waitDecider: String {
    if let decider = waits.before.decider, waits.lead == waits.before.length {
      return decider.description
    }
    if let dsWait = waits.dsWait, waits.lead == dsWait + inputs.preparation {
      return "\(inputs.zone) DS (TTL \(inputs.dsTTL ?? .zero))"
    }
    return "the preparation of \(inputs.preparation)"
  }

  private var delegationDecider: String {
    let parent = inputs.parentNS.inForce
    if waits.bound.delegation > max(parent, inputs.childNS.lowered) {
      return "caches with a floor of \(waits.bound.delegation)"
    }
    return parent >= inputs.childNS.lowered
      ? "the parent's NS TTL of \(parent)" : "the zone's NS TTL of \(inputs.childNS.lowered)"
  }

  private var delegationShortener: String {
    inputs.parentNS.inForce >= inputs.childNS.lowered
      ? Self.registry : "you, by lowering the zone's NS TTL further"
  }

  private func step(
    _ id: Step.ID, _ title: String, _ instant: Instant, duration: TimeSpan = .zero, why: String,
    decidedBy: String? = nil, shortenedBy: String? = nil
  ) -> Step {
    Step(
      id: id, title: title, instant: instant,
      utcOffset: inputs.calendar?.localTime.offset(at: instant), duration: duration, why: why,
      decidedBy: decidedBy, shortenedBy: shortenedBy)
  }
}
