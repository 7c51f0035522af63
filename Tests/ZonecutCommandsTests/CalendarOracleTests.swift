import Foundation
import Propagation
import TestSupport
import Testing
import ZonecutCommands

@Suite struct `Calendars of the command as another parser reads them` {
  /// Schedules that clocks change in the midst of, with the offsets (in hours) before and after:
  /// Berlin puts them forward on 28 March 2027, Sydney back on 4 April.
  static let zones: [(String, Int64, Int64)] = [
    ("Europe/Berlin", 1, 2), ("Australia/Sydney", 11, 10),
  ]

  static let dates = [
    "--start", "2027-03-22T08:00:00Z", "--parent-ttl", "172800", "--parallel-run", "21d",
  ]

  @Test(
    .enabled(if: PythonCalendar.isAvailable, "needs the PyPI package icalendar"), arguments: zones)
  func `schedule --tz: right instants, and what local clocks show`(
    timeZone: String, before: Int64, after: Int64
  ) throws {
    let arguments =
      ["schedule", sample("reverse/2.0.192.in-addr.arpa.zone"), "--tz", timeZone] + Self.dates
    let json = try #require(
      try JSONSerialization.jsonObject(
        with: Data(zonecut(arguments + ["--format", "json"]).output.utf8)) as? [String: Any])
    let steps = try #require(json["steps"] as? [[String: Any]])
    let text = zonecut(arguments + ["--format", "ics"]).output
    #expect(text.contains("DTSTART;TZID=\(timeZone):"))
    let events = try #require(try PythonCalendar.events(of: text))
    #expect(events.count == steps.count)
    var offsets: Set<Int64> = []
    for (step, event) in zip(steps, events) {
      let instant = try Instant(parsing: try #require(step["instant"] as? String))
      #expect(event.start == instant.secondsSince1970)
      let shown = try Instant(parsing: event.clock + "Z")
      let offset = (shown - instant).seconds / 3_600
      #expect((step["local"] as? String)?.hasPrefix(event.clock) == true)
      offsets.insert(offset)
    }
    #expect(offsets == [before, after])
  }

  @Test(
    .enabled(if: PythonCalendar.isAvailable, "needs the PyPI package icalendar"), arguments: zones)
  func `plan --portfolio --tz: the same`(
    timeZone: String, before: Int64, after: Int64
  ) throws {
    let list = "zone,file\n2.0.192.in-addr.arpa,zones/reverse/2.0.192.in-addr.arpa.zone\n"
    try `plan --portfolio`.withPortfolio(list, named: "p.csv") { folder, file in
      let out = folder + "/out"
      let result = zonecut(
        ["plan", "--portfolio", file, "--out", out, "--tz", timeZone] + Self.dates)
      #expect(result.status == .success, "\(result.messages)")
      let json = try #require(
        try JSONSerialization.jsonObject(
          with: Data(`plan --portfolio`.text(out + "/portfolio.json").utf8)) as? [String: Any])
      let wave = try #require((json["waves"] as? [[String: Any]])?.first)
      let cutover = try Instant(parsing: try #require(wave["cutover"] as? String))
      let end = try Instant(parsing: try #require(json["end"] as? String))
      let events = try #require(
        try PythonCalendar.events(of: `plan --portfolio`.text(out + "/portfolio.ics")))
      let starts = Set(events.map(\.start))
      #expect(starts.contains(cutover.secondsSince1970))
      #expect(starts.contains(end.secondsSince1970))
      let offsets = try events.map {
        (try Instant(parsing: $0.clock + "Z").secondsSince1970 - $0.start) / 3_600
      }
      #expect(Set(offsets) == [before, after])
    }
  }
}
