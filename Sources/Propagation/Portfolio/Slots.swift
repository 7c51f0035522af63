/// A zone that waits for a place in a window.
struct Candidate {
  let zone: PortfolioZone
  /// The first instant at which it could move.
  let earliest: Instant
  /// What its schedule leaves for the load, from the export to the comparison.
  let room: TimeSpan

  /// All zones that can have a schedule, in the order in which they are given places.
  static func sorted(
    _ zones: [PortfolioZone], _ limits: PortfolioLimits, _ failures: inout Failures
  ) throws(ScheduleError) -> [Candidate] {
    guard let first = limits.calendar.firstAllowed(from: limits.start, lasting: Dates.watch) else {
      throw ScheduleError("no change window comes from \(limits.start) on: widen the windows")
    }
    let candidates = zones.compactMap { zone in
      failures.collect(zone) { () throws(ScheduleError) in
        try zone.inputs.validate()
        return Candidate(
          zone: zone, earliest: first + Waits(zone.inputs).lead,
          room: TimeSpan(seconds: zone.inputs.preparation.seconds / 4))
      }
    }
    return candidates.sorted {
      ($0.zone.priority, $0.earliest, $0.zone.inputs.zone)
        < ($1.zone.priority, $1.earliest, $1.zone.inputs.zone)
    }
  }
}

/// The windows of a portfolio, opened one after the other as they are needed.
struct Slots {
  struct Slot {
    let cutover: Instant
    var zones: [Candidate] = []
    var requests = 0
    /// The least room for loading that one of its zones has.
    var room: TimeSpan = .longestTTL
  }

  private let limits: PortfolioLimits
  private var slots: [Slot] = []
  /// From when on the next window is looked for.
  private var next: Instant

  /// Windows from an instant on.
  init(_ limits: PortfolioLimits, from first: Instant) {
    self.limits = limits
    next = first
  }

  /// The windows that have zones.
  var filled: [Slot] { slots.filter { !$0.zones.isEmpty } }

  /// The time that some requests take at the API's rate.
  func loading(_ requests: Int) -> TimeSpan {
    let rate = limits.requestsPerSecond
    return TimeSpan(seconds: Int64(requests / rate + (requests % rate == 0 ? 0 : 1)))
  }

  /// Puts a zone into the first window that has room.
  mutating func place(_ candidate: Candidate) throws(ScheduleError) {
    let requests = max(0, candidate.zone.requests)
    while slots.last.map({ $0.cutover < candidate.earliest }) ?? true { try open() }
    var index = firstSlot(from: candidate.earliest)
    while true {
      if index == slots.count { try open() }
      let slot = slots[index]
      let (sum, overflow) = slot.requests.addingReportingOverflow(requests)
      let room = min(slot.room, candidate.room)
      // A zone that is too large for any window gets one of its own.
      let fits = !overflow && loading(sum) <= room
      if slot.zones.isEmpty || (slot.zones.count < limits.zonesPerWindow && fits) {
        slots[index].zones.append(candidate)
        slots[index].requests = sum
        slots[index].room = room
        return
      }
      index += 1
    }
  }

  /// The index of the first window at or after an instant.
  private func firstSlot(from instant: Instant) -> Int {
    var (low, high) = (0, slots.count)
    while low < high {
      let middle = (low + high) / 2
      if slots[middle].cutover < instant { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Opens the next window.
  private mutating func open() throws(ScheduleError) {
    guard
      let cutover = limits.calendar.firstAllowed(from: next, lasting: Dates.watch),
      cutover < .latest
    else {
      throw ScheduleError("no change window for a cutover comes from \(next) on: widen the windows")
    }
    slots.append(Slot(cutover: cutover))
    next = limits.calendar.end(ofWindowAt: cutover)
  }
}

extension ChangeCalendar {
  /// When the window that is open at an instant is over; after a day where there are no windows,
  /// or one follows the other without a break.
  func end(ofWindowAt instant: Instant) -> Instant {
    let day = instant + .days(1)
    return windows.isEmpty ? day : min(openUntil(instant) ?? day, day)
  }
}
