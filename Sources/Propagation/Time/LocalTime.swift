/// A time zone, passed in as a function: this module knows no zones of its own.
public struct LocalTime: Sendable {
  /// The zone's name, for the reader: `Australia/Perth`.
  public let name: String
  private let offset: @Sendable (Instant) -> TimeSpan

  /// A zone with its offset, in seconds east of UTC, at any instant.
  public init(name: String, offset: @escaping @Sendable (Instant) -> TimeSpan) {
    self.name = name
    self.offset = offset
  }

  /// UTC.
  public static let utc = LocalTime(name: "UTC") { _ in .zero }

  /// Seconds east of UTC at an instant; offsets of a day or more count as zero.
  public func offset(at instant: Instant) -> TimeSpan {
    let offset = offset(instant)
    return abs(offset.seconds) < 86_400 ? offset : .zero
  }

  /// The local day an instant falls on.
  func date(at instant: Instant) -> CivilDate {
    CivilDate(dayNumber: (instant + offset(at: instant)).dayNumber)
  }

  /// The instant at which local clocks show a time of day, in seconds after midnight. Where they
  /// show it twice, the first or the last of the two; where they skip it, the instant they would
  /// have shown it had they not been put forward.
  func instant(_ date: CivilDate, _ secondOfDay: Int64, last: Bool = false) -> Instant {
    let shown = Instant(secondsSince1970: date.dayNumber * 86_400 + secondOfDay)
    // Clocks change by less than a day and rarely: the offsets a day before and a day after are
    // the only candidates.
    let before = offset(at: shown - .days(1))
    let after = offset(at: shown + .days(1))
    let candidates = [shown - before, shown - after].filter { $0 + offset(at: $0) == shown }
    return (last ? candidates.max() : candidates.min()) ?? shown - before
  }
}
