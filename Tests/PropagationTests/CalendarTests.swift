import TestSupport
import Testing

@testable import Propagation

@Suite struct `The calendar (RFC 5545)` {
  /// Content lines, unfolded.
  static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    for line in text.components(endingIn: "\r\n") {
      if line.hasPrefix(" "), let last = lines.indices.last {
        lines[last] += line.dropFirst()
      } else {
        lines.append(line)
      }
    }
    return lines
  }

  static func berlin() throws -> ScheduleInputs {
    var inputs = ScheduleSamples.com
    // The cutover falls into winter time, the end of the parallel run into summer time.
    inputs.timing = .start(try Instant(parsing: "2027-03-20T08:00:00Z"))
    inputs.dsTTL = 86_400
    inputs.calendar = ChangeCalendar(localTime: `Change calendars`.berlin)
    return inputs
  }

  @Test func `golden files`() throws {
    let utc = try Schedule(ScheduleSamples.com)
    expectSnapshot(utc.calendar(), named: "com.ics")
    let inputs = try Self.berlin()
    let local = try Schedule(inputs)
    let text = local.calendar(in: inputs.calendar?.localTime, sequence: 3)
    expectSnapshot(text, named: "berlin.ics")
  }

  @Test(arguments: ScheduleSamples.all)
  func `lines end in CR LF and have at most 75 octets`(
    name: String, inputs: ScheduleInputs
  ) throws {
    var inputs = inputs
    inputs.zone = String(repeating: "bücher-", count: 30) + ".example."
    let text = try Schedule(inputs).calendar()
    #expect(text.hasSuffix("END:VCALENDAR\r\n"))
    for line in text.components(endingIn: "\r\n") {
      #expect(line.utf8.count <= 75)
      #expect(!line.utf8.contains(0x0A) && !line.utf8.contains(0x0D))
    }
    // Folding loses nothing.
    #expect(Self.lines(text).contains { $0.hasSuffix("lower-ttls.\(inputs.zone)@zonecut") })
  }

  @Test func `the same step has the same UID in a later plan`() throws {
    var later = ScheduleSamples.com
    later.timing = .start(ScheduleSamples.start + .days(3))
    later.periods = 2
    func uids(_ inputs: ScheduleInputs) throws -> [String] {
      Self.lines(try Schedule(inputs).calendar()).filter { $0.hasPrefix("UID:") }.sorted()
    }
    #expect(try uids(later) == uids(ScheduleSamples.com))
    #expect(Set(try uids(later)).count == (try Schedule(later).steps.count))
  }

  @Test func `instants survive a change of clocks`() throws {
    let inputs = try Self.berlin()
    let schedule = try Schedule(inputs)
    let lines = Self.lines(schedule.calendar(in: inputs.calendar?.localTime))
    #expect(lines.contains("DTSTART;TZID=Europe/Berlin:20270325T090000"))
    #expect(lines.contains("DTSTART;TZID=Europe/Berlin:20270404T100000"))
    // The definition gives the change of 28 March: 02:00 becomes 03:00.
    let daylight = try #require(lines.firstIndex(of: "BEGIN:DAYLIGHT"))
    #expect(
      lines[(daylight + 1)...(daylight + 3)] == [
        "DTSTART:20270328T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
      ])
  }

  @Test func `text is escaped, and cannot begin a line of its own`() throws {
    var inputs = ScheduleSamples.com
    inputs.zone = "a;b,c\\d\r\nBEGIN:VEVENT.com."
    let lines = Self.lines(try Schedule(inputs).calendar())
    #expect(lines.count { $0 == "BEGIN:VEVENT" } == (try Schedule(inputs).steps.count))
    #expect(lines.contains { $0.hasPrefix(#"SUMMARY:a\;b\,c\\d"#) })
  }

  @Test func `every component is closed`() throws {
    let inputs = try Self.berlin()
    var open: [Substring] = []
    for line in Self.lines(try Schedule(inputs).calendar(in: inputs.calendar?.localTime)) {
      if line.hasPrefix("BEGIN:") { open.append(line.dropFirst(6)) }
      if line.hasPrefix("END:") { #expect(open.popLast() == line.dropFirst(4)) }
    }
    #expect(open.isEmpty)
  }
}

extension String {
  /// The parts before each end mark.
  func components(endingIn end: String) -> [String] {
    var parts: [String] = []
    var part: [UInt8] = []
    let mark = Array(end.utf8)
    for octet in utf8 {
      part.append(octet)
      if part.suffix(mark.count) == mark[...] {
        parts.append(String(decoding: part.dropLast(mark.count), as: UTF8.self))
        part = []
      }
    }
    return parts
  }
}
