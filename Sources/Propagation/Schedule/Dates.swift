/// The instants of a migration's changes, within the calendar.
struct Dates {
  /// When TTLs are lowered.
  let start: Instant
  /// When the DS set is removed, if there is one.
  let dsRemoval: Instant
  /// The cutover.
  let cutover: Instant
  /// When TTLs are restored and the old servers switched off.
  let end: Instant
  /// Whether the calendar puts the cutover later than the waits do.
  let isMovedToWindow: Bool
  /// Whether the wish puts it later than the waits do.
  let isWished: Bool

  /// How long a window has to stay open after a change: until the check is repeated.
  static let watch = Schedule.recheck

  init(_ inputs: ScheduleInputs, _ waits: Waits, parallelRun: TimeSpan) throws(ScheduleError) {
    let calendar = inputs.calendar ?? ChangeCalendar()
    let lead = waits.lead
    let earliest: Instant
    switch inputs.timing {
    case .start(let given), .cutover(_, notBefore: let given?):
      start = try Self.first(calendar, from: given, for: "lowering the TTLs", zone: inputs.zone)
      earliest =
        if case .cutover(let wished, _) = inputs.timing {
          max(wished, start + lead)
        } else {
          start + lead
        }
      cutover = try Self.first(
        calendar, from: earliest, lasting: Self.watch, for: "the cutover", zone: inputs.zone)
    case .cutover(let wished, notBefore: nil):
      earliest = wished
      cutover = try Self.first(
        calendar, from: wished, lasting: Self.watch, for: "the cutover", zone: inputs.zone)
      guard cutover - Instant.earliest > lead,
        let lowering = calendar.lastAllowed(
          notBefore: .earliest, notAfter: cutover - lead, lasting: Self.watch)
      else {
        throw ScheduleError(
          "nothing allows the TTLs of \(inputs.zone) to be lowered \(lead) before the cutover "
            + "\(cutover): choose a later cutover, or widen the change windows")
      }
      start = lowering
    }
    isMovedToWindow = cutover > earliest
    isWished = earliest - start > lead
    // Late, so that the zone is without signatures as briefly as may be. The lowering itself is
    // in a window and early enough.
    let (lowering, cutover) = (start, cutover)
    dsRemoval =
      waits.dsWait.flatMap {
        calendar.lastAllowed(
          notBefore: lowering, notAfter: cutover - ($0 + inputs.preparation), lasting: Self.watch)
      } ?? lowering
    end = try Self.first(
      calendar, from: cutover + parallelRun, for: "restoring the TTLs", zone: inputs.zone)
    guard Instant.latest - end > max(waits.bound.length - parallelRun, Schedule.lastCheck) else {
      throw Self.tooLate(inputs.zone)
    }
  }

  private static func first(
    _ calendar: ChangeCalendar, from earliest: Instant, lasting length: TimeSpan = 1,
    for change: String, zone: String
  ) throws(ScheduleError) -> Instant {
    guard earliest < .latest else { throw tooLate(zone) }
    guard let instant = calendar.firstAllowed(from: earliest, lasting: length) else {
      let windows = calendar.windows.map(\.description).joined(separator: "', '")
      let freezes = calendar.freezes.map(\.description).joined(separator: ", ")
      throw ScheduleError(
        "no change window for \(change) comes from \(earliest) on: it takes \(length) without "
          + "a break in the windows '\(windows)'"
          + (freezes.isEmpty ? "" : " outside the freezes \(freezes)") + "; widen them")
    }
    return instant
  }

  private static func tooLate(_ zone: String) -> ScheduleError {
    ScheduleError(
      "the schedule of \(zone) would end after the year 9999: choose an earlier start")
  }
}
