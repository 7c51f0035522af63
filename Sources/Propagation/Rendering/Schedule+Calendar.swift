import Diagnostics

extension Schedule {
  /// The schedule as an iCalendar object (RFC 5545): one event a step, with alarms before what is
  /// to be done. The UID of a step is the same in every plan of a zone, so that a calendar that
  /// reads a newer plan moves the events.
  ///
  /// - Parameters:
  ///   - localTime: The zone in which the events are shown, defined within the object for as long
  ///     as the schedule lasts; nil: UTC.
  ///   - sequence: The revision of the plan: calendars keep the event with the highest.
  public func calendar(in localTime: LocalTime? = nil, sequence: Int = 0) -> String {
    var writer = ICalendarWriter()
    writer.component("VCALENDAR") { calendar in
      calendar.line("VERSION", "2.0")
      calendar.line("PRODID", "-//zonecut//schedule//EN")
      calendar.line("CALSCALE", "GREGORIAN")
      calendar.line("METHOD", "PUBLISH")
      calendar.textLine("X-WR-CALNAME", "Move of \(zone) to Route 53")
      if let localTime { define(localTime, in: &calendar) }
      for step in steps {
        calendar.component("VEVENT") { write(step, in: localTime, sequence: sequence, to: &$0) }
      }
    }
    return writer.text
  }

  /// How long an event without a length of its own is shown.
  private static let shownDuration: TimeSpan = .minutes(15)

  private func write(
    _ step: Step, in localTime: LocalTime?, sequence: Int, to event: inout ICalendarWriter
  ) {
    event.textLine("UID", "\(step.id.rawValue).\(zone)@zonecut")
    // The plan's own instant stands for the moment of writing: no clock is read.
    event.line("DTSTAMP", start.iCalendar())
    event.line("SEQUENCE", String(max(0, sequence)))
    if let localTime {
      event.line(
        "DTSTART;TZID=" + Self.parameter(localTime.name),
        step.instant.iCalendar(offset: localTime.offset(at: step.instant)))
    } else {
      event.line("DTSTART", step.instant.iCalendar())
    }
    let lasting = step.duration > .zero ? step.duration : Self.shownDuration
    event.line("DURATION", "PT\(lasting.seconds)S")
    event.textLine("SUMMARY", "\(zone) \(step.title)")
    var description = ["\(relative(step.instant)), T being the cutover. " + step.why]
    if let decidedBy = step.decidedBy { description.append("Decided by: \(decidedBy)") }
    if let shortenedBy = step.shortenedBy { description.append("Shortened by: \(shortenedBy)") }
    event.textLine("DESCRIPTION", description.joined(separator: "\n"))
    event.line("TRANSP", step.isWait ? "TRANSPARENT" : "OPAQUE")
    for lead in step.alarms {
      event.component("VALARM") { alarm in
        alarm.line("ACTION", "DISPLAY")
        alarm.line("TRIGGER", "-PT\(lead.seconds / 60)M")
        alarm.textLine("DESCRIPTION", "\(zone) \(step.title) in \(lead)")
      }
    }
  }

  /// The zone's offsets from the first step to the last.
  private func define(_ localTime: LocalTime, in calendar: inout ICalendarWriter) {
    guard let first = steps.map(\.instant).min(), let last = steps.map(\.instant).max() else {
      return
    }
    let opening = first - .days(1)
    let initial = localTime.offset(at: opening)
    let transitions = localTime.transitions(in: opening...(last + .days(1)))
    // Summer time is what is ahead of the least offset of the time in question.
    let standard = transitions.map(\.to).min().map { min($0, initial) } ?? initial
    let all = [LocalTime.Transition(instant: opening, from: initial, to: initial)] + transitions
    calendar.component("VTIMEZONE") { zone in
      zone.textLine("TZID", localTime.name)
      for change in all {
        zone.component(change.to > standard ? "DAYLIGHT" : "STANDARD") { observance in
          observance.line("DTSTART", change.instant.iCalendar(offset: change.from))
          observance.line("TZOFFSETFROM", Self.offset(change.from))
          observance.line("TZOFFSETTO", Self.offset(change.to))
        }
      }
    }
  }

  /// `+0800`, with seconds where there are any.
  private static func offset(_ span: TimeSpan) -> String {
    let (hours, rest) = span.seconds.magnitude.quotientAndRemainder(dividingBy: 3_600)
    let fields = [hours, rest / 60] + (rest % 60 == 0 ? [] : [rest % 60])
    return (span.seconds < 0 ? "-" : "+")
      + fields.map { ($0 < 10 ? "0" : "") + String($0) }.joined()
  }

  /// A parameter's value, quoted where it has to be; it cannot hold a quote (RFC 5545,
  /// section 3.1).
  private static func parameter(_ text: String) -> String {
    let shown = visible(text).unicodeScalars.filter { $0 != "\"" }
    let needsQuotes = shown.contains { ":;,".unicodeScalars.contains($0) }
    return needsQuotes ? "\"\(String(shown))\"" : String(shown)
  }
}

extension Step {
  /// Whether it is a stretch of time in which nothing is to be done.
  public var isWait: Bool { id == .waitBefore || id == .freeze || id == .ttlBound }

  /// How long before it an alarm is due.
  var alarms: [TimeSpan] {
    switch id {
    case .waitBefore, .freeze: []
    case .lowerTTLs, .removeDS, .redelegate, .publishDS, .decommission:
      [.hours(24), Schedule.shortAlarm]
    default: [Schedule.shortAlarm]
    }
  }
}

extension Schedule {
  /// The alarm before every step that is to be done.
  static let shortAlarm: TimeSpan = .minutes(15)
}
