import Foundation
import Propagation
import Testing

/// Another reader of iCalendar: the Python package of that name.
@Suite struct `The calendar as another parser reads it` {
  /// Prints a line an event: UID, start in seconds since 1970, length in seconds.
  static let script = """
    import sys, icalendar
    calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
    for event in calendar.walk("VEVENT"):
        seconds = int(event["DTSTART"].dt.timestamp())
        print(event["UID"], seconds, int(event["DURATION"].dt.total_seconds()))
    """

  static func python(_ arguments: [String], input: String = "") throws -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let (source, sink) = (Pipe(), Pipe())
    process.standardInput = source
    process.standardOutput = sink
    process.standardError = FileHandle.nullDevice
    try process.run()
    try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try source.fileHandleForWriting.close()
    let output = try sink.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: output, as: UTF8.self) : nil
  }

  static let isAvailable = (try? python(["-c", "import icalendar"])) != nil

  @Test(
    .enabled(if: isAvailable, "needs the PyPI package icalendar"),
    arguments: [true, false])
  func `every instant, across a change of clocks`(local: Bool) throws {
    let inputs = try `The calendar (RFC 5545)`.berlin()
    let schedule = try Schedule(inputs)
    let text = schedule.calendar(in: local ? inputs.calendar?.localTime : nil)
    let output = try #require(try Self.python(["-c", Self.script], input: text))
    let lines = output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.count == schedule.steps.count)
    for (step, fields) in zip(schedule.steps, lines) {
      #expect(fields[0] == "\(step.id.rawValue).example.com.@zonecut")
      #expect(Int64(fields[1]) == step.instant.secondsSince1970)
      if step.duration > .zero { #expect(Int64(fields[2]) == step.duration.seconds) }
    }
  }
}
