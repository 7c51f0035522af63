/// One zone of many that are to move.
public struct PortfolioZone: Sendable {
  /// Its schedule's inputs. Timing and calendar are the portfolio's: theirs are not looked at.
  public var inputs: ScheduleInputs
  /// Who goes first: a lower number before a higher one.
  public var priority: Int
  /// How many requests of the Route 53 API its load takes.
  public var requests: Int
  /// Where its delegation is changed, for the reader; nil if nobody said.
  public var registrar: String?

  /// A zone of a portfolio.
  public init(
    _ inputs: ScheduleInputs, priority: Int = 0, requests: Int = 1, registrar: String? = nil
  ) {
    self.inputs = inputs
    self.priority = priority
    self.requests = requests
    self.registrar = registrar
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
    /// Its zones, in the order of the portfolio's priorities.
    public let moves: [Move]
    /// Their schedules.
    public var schedules: [Schedule] { moves.map(\.schedule) }
    /// The requests that loading them takes.
    public let requests: Int
    /// The least time these take at the API's rate.
    public let loading: TimeSpan
    /// Whether that is longer than the schedules have between load and comparison. So it may be
    /// for a zone alone in its wave.
    public let isOverloaded: Bool
  }

  /// A zone that has its place.
  public struct Move: Hashable, Sendable {
    /// Its schedule.
    public let schedule: Schedule
    /// Where its delegation is changed, if that was said.
    public let registrar: String?
  }

  /// A zone that has none.
  public struct Unplanned: Hashable, Sendable {
    /// Its name, absolute, in presentation form.
    public let zone: String
    /// Why, without a final full stop.
    public let reason: String

    /// A zone without a place.
    public init(zone: String, reason: String) {
      self.zone = zone
      self.reason = reason
    }
  }

  /// The waves, in order of time.
  public let waves: [Wave]
  /// The zones that are in none, in the order given.
  public let unplanned: [Unplanned]
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
  /// the first window that has room for it. A zone that has no schedule does not stop the others.
  ///
  /// - Parameter unplanned: zones of which it is known already that they have no schedule.
  /// - Throws: `ScheduleError` for limits that allow nothing, and, with the zone's name, where
  ///   no zone at all has a schedule.
  public init(
    _ zones: [PortfolioZone], _ limits: PortfolioLimits, unplanned: [Unplanned] = []
  ) throws(ScheduleError) {
    guard limits.zonesPerWindow > 0, limits.requestsPerSecond > 0 else {
      throw ScheduleError(
        "found \(limits.zonesPerWindow) zones a window and \(limits.requestsPerSecond) requests "
          + "a second, expected at least 1 of each")
    }
    var failures = Failures()
    let candidates = try Candidate.sorted(zones, limits, &failures)
    var slots = Slots(limits, from: candidates.map(\.earliest).min() ?? limits.start)
    for candidate in candidates {
      failures.collect(candidate.zone) { () throws(ScheduleError) in try slots.place(candidate) }
    }

    var waves: [Wave] = []
    for slot in slots.filled {
      let moves = slot.zones.compactMap { candidate in
        failures.collect(candidate.zone) { () throws(ScheduleError) in
          var inputs = candidate.zone.inputs
          inputs.calendar = limits.calendar
          inputs.timing = .cutover(slot.cutover, notBefore: nil)
          return Move(schedule: try Schedule(inputs), registrar: candidate.zone.registrar)
        }
      }
      if moves.isEmpty { continue }
      waves.append(
        Wave(
          number: waves.count + 1, cutover: slot.cutover, moves: moves,
          requests: slot.requests, loading: slots.loading(slot.requests),
          isOverloaded: slots.loading(slot.requests) > slot.room))
    }
    if waves.isEmpty, let first = failures.first { throw first }
    self.waves = waves
    self.unplanned = unplanned + failures.unplanned
    let schedules = waves.flatMap(\.schedules)
    start = schedules.map(\.start).min()
    end = schedules.map(\.end).max()
    timeZone = limits.calendar.localTime.name
    utcOffsets = waves.map { limits.calendar.localTime.offset(at: $0.cutover) }
  }
}

/// What goes wrong with single zones.
struct Failures {
  private(set) var unplanned: [Portfolio.Unplanned] = []
  /// The first of them, with the zone's name.
  private(set) var first: ScheduleError?

  /// The value of `body`; nil where it throws, which is kept as the zone's failure.
  @discardableResult mutating func collect<Value>(
    _ zone: PortfolioZone, _ body: () throws(ScheduleError) -> Value
  ) -> Value? {
    do {
      return try body()
    } catch {
      let name = zone.inputs.zone
      unplanned.append(Portfolio.Unplanned(zone: name, reason: error.description))
      first = first ?? ScheduleError("\(name): \(error.description)")
      return nil
    }
  }
}
