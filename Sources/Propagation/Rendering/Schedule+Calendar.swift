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
    let instants = steps.map(\.instant)
    return iCalendar(named: "Move of \(zone) to Route 53", instants, in: localTime) { calendar in
      for step in steps {
        calendar.component("VEVENT") { write(step, in: localTime, sequence: sequence, to: &$0) }
      }
    }
  }

  /// How long an event without a length of its own is shown.
  private static let shownDuration: TimeSpan = .minutes(15)

  func write(
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
