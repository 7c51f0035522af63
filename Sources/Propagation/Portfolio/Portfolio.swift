/// One zone of many that are to move.
public struct PortfolioZone: Sendable {
  /// Its schedule's inputs. Timing and calendar are the portfolio's: theirs are not looked at.
  public var inputs: ScheduleInputs
  /// Who goes first: a lower number before a higher one.
  public var priority: Int
  /// How many requests of the Route 53 API its load takes.
  public var requests: Int

  /// A zone of a portfolio.
  public init(_ inputs: ScheduleInputs, priority: Int = 0, requests: Int = 1) {
    self.inputs = inputs
    self.priority = priority
    self.requests = requests
  }
}

/// How many zones move at once, and when.
public struct PortfolioLimits: Sendable {
  /// The earliest instant for anything to be done.
  public var start: Instant
  /// The most zones in one change window.
  public var zonesPerWindow: Int
  /// The requests the Route 53 API takes per second and account
  /// (Route 53 Developer Guide, "Quotas").
  public var requestsPerSecond = 5
  /// When changes may be made; without windows every day counts as one.
  public var calendar: ChangeCalendar

  /// Limits.
  public init(start: Instant, zonesPerWindow: Int, calendar: ChangeCalendar = .init()) {
    self.start = start
    self.zonesPerWindow = zonesPerWindow
    self.calendar = calendar
  }
}

/// The timetable of many zones: waves, each with its cutover in a change window.
public struct Portfolio: Hashable, Sendable {
  /// The zones that move in one window.
  public struct Wave: Hashable, Sendable {
    /// Its number, from 1.
    public let number: Int
    /// The cutover of all its zones.
    public let cutover: Instant
    /// Their schedules, in the order of the portfolio's priorities.
    public let schedules: [Schedule]
    /// The requests that loading them takes.
    public let requests: Int
    /// The least time these take at the API's rate.
    public let loading: TimeSpan
    /// Whether that is longer than the schedules have between load and comparison. So it may be
    /// for a zone alone in its wave.
    public let isOverloaded: Bool
  }

  /// The waves, in order of time.
  public let waves: [Wave]
  /// When the first TTLs are lowered; nil if there are no zones.
  public let start: Instant?
  /// When the last old server goes; nil if there are no zones.
  public let end: Instant?
  /// The readers' time zone.
  public let timeZone: String
  /// Offsets of local time at the waves' cutovers, seconds east of UTC.
  public let utcOffsets: [TimeSpan]
}

extension Portfolio {
  /// Plans the waves: zones by priority, then those that can move early, then by name; each into
  /// the first window that has room for it.
  ///
  /// - Throws: `ScheduleError`, with the zone's name, where a zone has no schedule, and for
  ///   limits that allow nothing.
  public init(_ zones: [PortfolioZone], _ limits: PortfolioLimits) throws(ScheduleError) {
    guard limits.zonesPerWindow > 0, limits.requestsPerSecond > 0 else {
      throw ScheduleError(
        "found \(limits.zonesPerWindow) zones a window and \(limits.requestsPerSecond) requests "
          + "a second, expected at least 1 of each")
    }
    let candidates = try Candidate.sorted(zones, limits)
    var slots = Slots(limits, from: candidates.map(\.earliest).min() ?? limits.start)
    for candidate in candidates { try slots.place(candidate) }

    var waves: [Wave] = []
    for slot in slots.filled {
      var schedules: [Schedule] = []
      for zone in slot.zones {
        var inputs = zone.zone.inputs
        inputs.calendar = limits.calendar
        inputs.timing = .cutover(slot.cutover, notBefore: nil)
        schedules.append(try zone.named { () throws(ScheduleError) in try Schedule(inputs) })
      }
      waves.append(
        Wave(
          number: waves.count + 1, cutover: slot.cutover, schedules: schedules,
          requests: slot.requests, loading: slots.loading(slot.requests),
          isOverloaded: slots.loading(slot.requests) > slot.room))
    }
    self.waves = waves
    start = waves.flatMap { $0.schedules.map(\.start) }.min()
    end = waves.flatMap { $0.schedules.map(\.end) }.max()
    timeZone = limits.calendar.localTime.name
    utcOffsets = waves.map { limits.calendar.localTime.offset(at: $0.cutover) }
  }
}
