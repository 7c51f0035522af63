import Diagnostics

/// Content lines of an iCalendar object (RFC 5545), folded and ended by CR LF.
struct ICalendarWriter {
  private(set) var text = ""

  /// The most octets of a line, without its end (RFC 5545, section 3.1).
  static let mostOctets = 75

  /// Writes one content line whose value needs no escaping.
  mutating func line(_ name: String, _ value: String) {
    var octets = 0
    for scalar in (name + ":" + value).unicodeScalars {
      let width = UTF8.width(scalar)
      if octets + width > Self.mostOctets {
        text += "\r\n "
        octets = 1
      }
      text.unicodeScalars.append(scalar)
      octets += width
    }
    text += "\r\n"
  }

  /// Writes one content line whose value is text: backslash, comma, semicolon and line feed are
  /// escaped (RFC 5545, section 3.3.11), other control characters replaced.
  mutating func textLine(_ name: String, _ value: String) {
    var escaped = ""
    let parts = value.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index > 0 { escaped += "\\n" }
      for scalar in visible(String(part)).unicodeScalars {
        if "\\,;".unicodeScalars.contains(scalar) { escaped += "\\" }
        escaped.unicodeScalars.append(scalar)
      }
    }
    line(name, escaped)
  }

  /// Writes a component around the lines that `content` writes.
  mutating func component(_ name: String, _ content: (inout ICalendarWriter) -> Void) {
    line("BEGIN", name)
    content(&self)
    line("END", name)
  }
}

/// An iCalendar object around the events that `content` writes at some instants; the time zone
/// is defined for as long as they last.
func iCalendar(
  named name: String, _ instants: [Instant], in localTime: LocalTime?,
  _ content: (inout ICalendarWriter) -> Void
) -> String {
  var writer = ICalendarWriter()
  writer.component("VCALENDAR") { calendar in
    calendar.line("VERSION", "2.0")
    calendar.line("PRODID", "-//zonecut//schedule//EN")
    calendar.line("CALSCALE", "GREGORIAN")
    calendar.line("METHOD", "PUBLISH")
    calendar.textLine("X-WR-CALNAME", name)
    if let localTime, let first = instants.min(), let last = instants.max() {
      calendar.define(localTime, from: first - .days(1), to: last + .days(1))
    }
    content(&calendar)
  }
  return writer.text
}

extension ICalendarWriter {
  /// Writes a time zone's offsets from one instant to another.
  fileprivate mutating func define(
    _ localTime: LocalTime, from opening: Instant, to closing: Instant
  ) {
    let initial = localTime.offset(at: opening)
    let transitions = localTime.transitions(in: opening...closing)
    // Summer time is what is ahead of the least offset of the time in question.
    let standard = transitions.map(\.to).min().map { min($0, initial) } ?? initial
    let all = [LocalTime.Transition(instant: opening, from: initial, to: initial)] + transitions
    component("VTIMEZONE") { zone in
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
}

extension Instant {
  /// The date-time form of RFC 5545, section 3.3.5: `20261201T090000`, in local time with an
  /// offset, otherwise in UTC with `Z`.
  func iCalendar(offset: TimeSpan? = nil) -> String {
    let digits = (self + (offset ?? .zero)).description.filter { $0 != "-" && $0 != ":" }
    return offset == nil ? digits : String(digits.dropLast())
  }
}

extension LocalTime {
  /// An offset's change.
  struct Transition: Hashable {
    /// The first instant with the new offset.
    let instant: Instant
    let from: TimeSpan
    let to: TimeSpan
  }

  /// The changes of the offset within a range, found by looking once a day.
  func transitions(in range: ClosedRange<Instant>) -> [Transition] {
    var found: [Transition] = []
    var low = range.lowerBound
    while low < range.upperBound {
      let day = min(low + .days(1), range.upperBound)
      let (from, to) = (offset(at: low), offset(at: day))
      if from != to {
        var (before, after) = (low, day)
        while after - before > 1 {
          let middle = before + TimeSpan(seconds: (after - before).seconds / 2)
          if offset(at: middle) == from { before = middle } else { after = middle }
        }
        found.append(Transition(instant: after, from: from, to: to))
      }
      low = day
    }
    return found
  }
}
