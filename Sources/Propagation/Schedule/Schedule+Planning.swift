extension Schedule {
  /// When the checks after the cutover are repeated: five periods of 300 s.
  public static let recheck: TimeSpan = .minutes(25)
  /// When they are done for the last time; some networks keep every answer that long.
  public static let lastCheck: TimeSpan = .hours(24)

  /// Computes the schedule.
  ///
  /// - Throws: `ScheduleError` for a TTL, share or count out of range, and where the last step
  ///   would lie beyond the year 9999.
  public init(_ inputs: ScheduleInputs) throws(ScheduleError) {
    try inputs.validate()
    let waits = Waits(inputs)
    let parallelRun = inputs.parallelRun ?? waits.parallelRun
    let dates = try Dates(inputs, waits, parallelRun: parallelRun)
    let (start, cutover) = (dates.start, dates.cutover)

    zone = inputs.zone
    self.start = start
    self.cutover = cutover
    timeZone = inputs.calendar?.localTime.name
    wish = Self.wish(inputs, waits, dates)
    childNS = inputs.childNS
    parentNS = inputs.parentNS
    periods = inputs.periods
    waitBefore = waits.before
    dsWait = waits.dsWait
    bound = waits.bound
    rollback = waits.rollback
    self.parallelRun = parallelRun
    end = dates.end
    shares = ShareTable(inputs, lead: cutover - start, bound: waits.bound.length)
    recordChanges = Self.recordChanges(inputs, waits, lead: cutover - start)
    lead = LeadEffect(inputs.childNS, lead: cutover - start)
    advice = Advice.all(inputs, waits)
    warnings = Self.warnings(inputs, waits, parallelRun: parallelRun)
    let maker = StepMaker(inputs: inputs, waits: waits, dates: dates, parallelRun: parallelRun)
    steps = maker.steps()
    cutoverDecidedBy = maker.cutoverDecider
  }

  private static func wish(_ inputs: ScheduleInputs, _ waits: Waits, _ dates: Dates) -> Wish? {
    guard case .cutover(let wished, let notBefore) = inputs.timing else { return nil }
    // Without a limit the start follows from the wish, and nothing is too early.
    let available = notBefore == nil ? waits.lead : max(wished - dates.start, .zero)
    let shortfall = notBefore == nil ? .zero : max((dates.start + waits.lead) - wished, .zero)
    // What the lowered TTLs are lowered to does not matter for who still holds the old one.
    let held = CachedTTL(
      .zero, loweredFrom: waits.before.decider?.ttl ?? .zero, lead: available)
    return Wish(
      cutover: wished, latestStart: wished - waits.lead, tooEarlyBy: shortfall,
      strandedHalfLife: HoldingRule.halfLife.shareHoldingOriginal(held),
      strandedStrict: HoldingRule.strict.shareHoldingOriginal(held),
      dsStillCached: waits.dsWait.map { available < $0 } ?? false,
      isOutsideWindows: inputs.calendar.map {
        $0.firstAllowed(from: wished, lasting: Dates.watch) != wished
      } ?? false)
  }

  private static func recordChanges(
    _ inputs: ScheduleInputs, _ waits: Waits, lead: TimeSpan
  ) -> [RecordChange] {
    var groups: [LoweredTTL: [RecordTTL]] = [:]
    for record in inputs.records where record.changes {
      groups[record.ttl, default: []].append(record)
    }
    let longestFirst = groups.sorted {
      ($0.key.lowered, $0.key.original) > ($1.key.lowered, $1.key.original)
    }
    return longestFirst.map { ttl, records in
      let cached = CachedTTL(ttl.lowered, loweredFrom: ttl.original, lead: lead)
      return RecordChange(
        ttl: ttl, examples: records.prefix(3).map { "\($0.name) \($0.type)" },
        count: records.count,
        halfLife: Quantiles(CacheModel(.halfLife, cached, classes: inputs.cacheClasses)),
        strict: Quantiles(CacheModel(.strict, cached, classes: inputs.cacheClasses)),
        bound: waits.bound.delegation + max(ttl.lowered, waits.floor))
    }
  }

  private static func warnings(
    _ inputs: ScheduleInputs, _ waits: Waits, parallelRun: TimeSpan
  ) -> [String] {
    var warnings: [String] = []
    let parent = inputs.parentNS
    if parent.isAssumed {
      warnings.append(
        "The parent's NS TTL of \(parent.ttl.seconds) s is assumed (\(parent.source)); "
          + "ask the parent's servers for it.")
    }
    if parent.inForce > inputs.childNS.lowered, inputs.parentCentricShare > 0 {
      warnings.append(
        "Resolvers that go by the parent keep the old servers for up to \(parent.inForce) "
          + "whatever the zone's own NS TTL is.")
    }
    if inputs.dsTTL != nil {
      warnings.append(
        "A DS set at the parent is a hard stop: redelegating while it is published or still cached "
          + "makes the zone bogus for every validator.")
    }
    if parallelRun < waits.bound.length {
      warnings.append(
        "The parallel run of \(parallelRun) ends before the TTL bound of \(waits.bound.length): "
          + "caches that honour their TTLs would still ask the old servers.")
    } else if parallelRun < waits.periodsAfter {
      warnings.append(
        "The parallel run of \(parallelRun) is shorter than \(inputs.periods) periods "
          + "(\(waits.periodsAfter)) of the longest TTL in force.")
    }
    if inputs.cacheClasses.contains(where: { $0.isSticky && $0.share > 0 }) {
      warnings.append(
        "Some caches are said never to let go: no wait is long enough for them, and the TTL "
          + "bound does not cover them.")
    }
    return warnings
  }
}

extension Schedule.LeadEffect {
  init(_ childNS: LoweredTTL, lead: TimeSpan) {
    let cached = CachedTTL(childNS.lowered, loweredFrom: childNS.original, lead: lead)
    length = lead
    holdingOriginal = HoldingRule.halfLife.shareHoldingOriginal(cached)
    shareAtRecheck = CacheModel(.halfLife, cached).share(after: Schedule.recheck)
    shareAtRecheckWithoutOld = CacheModel(.halfLife, CachedTTL(childNS.lowered))
      .share(after: Schedule.recheck)
  }
}
