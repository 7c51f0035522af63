/// When changes may be made: in windows, and not during freezes.
public struct ChangeCalendar: Sendable {
  /// The time zone of the windows and freezes.
  public var localTime: LocalTime
  /// The windows; empty: at any time.
  public var windows: [ChangeWindow]
  /// The freezes.
  public var freezes: [ChangeFreeze]

  /// A calendar.
  public init(
    localTime: LocalTime = .utc, windows: [ChangeWindow] = [], freezes: [ChangeFreeze] = []
  ) {
    self.localTime = localTime
    self.windows = windows
    self.freezes = freezes
  }

  /// Windows come back every week; two weeks cover one lost to a change of clocks.
  private static let horizon: TimeSpan = .days(15)

  /// The first instant, not before `earliest`, from which on changes may be made for `length`;
  /// nil if there is none.
  func firstAllowed(from earliest: Instant, lasting length: TimeSpan) -> Instant? {
    var from = earliest
    var limit = from + Self.horizon
    while from <= limit {
      if let frozen = freeze(at: from) {
        from = frozen.upperBound
        limit = max(limit, from + Self.horizon)
        if from == .latest { return nil }
        continue
      }
      // The next moment at which the answer can be another one: a freeze's beginning or end, a
      // window's opening.
      let room = openUntil(from)
      if let room, room - from >= length { return from }
      guard let next = nextChange(after: from) else { return nil }
      from = next
    }
    return nil
  }

  /// The last instant, not after `latest` and not before `earliest`, at which a change may be
  /// made in a window that stays open for `length` from then on; nil if there is none.
  func lastAllowed(
    notBefore earliest: Instant, notAfter latest: Instant, lasting length: TimeSpan = 1
  ) -> Instant? {
    var until = latest
    var limit = until - Self.horizon
    while until >= earliest, until >= limit {
      if let frozen = freeze(at: until) {
        until = frozen.lowerBound - 1
        limit = min(limit, until - Self.horizon)
        if until <= .earliest { return nil }
        continue
      }
      if windows.isEmpty { return until }
      // The last window to open by then.
      var best: Instant?
      for day in localDays(around: until, back: 8, forward: 0) {
        for window in openings(on: day) where window.lowerBound <= until {
          let last = min(window.upperBound - length, until)
          if last >= window.lowerBound, last > best ?? .earliest { best = last }
        }
      }
      guard let best, best >= earliest else { return nil }
      if freeze(at: best) == nil { return best }
      until = best
    }
    return nil
  }

  /// Until when changes may be made without a break from an instant that is not frozen; nil if
  /// no window is open.
  func openUntil(_ instant: Instant) -> Instant? {
    var end: Instant = .latest
    if !windows.isEmpty {
      let open = localDays(around: instant, back: 2, forward: 1).flatMap(openings)
      guard var last = open.filter({ $0.contains(instant) }).map(\.upperBound).max() else {
        return nil
      }
      // Windows that touch are one.
      while let further = open.first(where: { $0.contains(last) })?.upperBound { last = further }
      end = last
    }
    for freeze in freezes.map(bounds) where freeze.lowerBound > instant {
      end = min(end, freeze.lowerBound)
    }
    return end
  }

  /// The next opening of a window or end of a freeze.
  private func nextChange(after instant: Instant) -> Instant? {
    let openings = localDays(around: instant, back: 1, forward: 8).flatMap(openings)
      .map(\.lowerBound)
    let thaws = freezes.map { bounds($0).upperBound }
    return (openings + thaws).filter { $0 > instant }.min()
  }

  /// The freeze that covers an instant.
  private func freeze(at instant: Instant) -> Range<Instant>? {
    freezes.lazy.map(bounds).first { $0.contains(instant) }
  }

  private func bounds(_ freeze: ChangeFreeze) -> Range<Instant> {
    let start = localTime.instant(freeze.first, 0)
    let end = localTime.instant(freeze.last, 86_400)
    return start..<max(start, end)
  }

  /// The days from some before to some after the local day of an instant.
  private func localDays(around instant: Instant, back: Int64, forward: Int64) -> [CivilDate] {
    let today = localTime.date(at: instant).dayNumber
    return (today - back...today + forward).map { CivilDate(dayNumber: $0) }
  }

  /// When the windows that open on a day are open.
  private func openings(on day: CivilDate) -> [Range<Instant>] {
    windows.filter { $0.days.contains(day.weekday) }.map { window in
      let start = localTime.instant(day, window.opens)
      return start..<max(start, localTime.instant(day, window.closes, last: true))
    }
  }
}

extension CivilDate {
  /// The day of the week; 1 is Monday, 7 is Sunday (ISO 8601).
  public var weekday: Int {
    // 1970-01-01 was a Thursday.
    Int(((dayNumber + 3) % 7 + 7) % 7) + 1
  }
}
