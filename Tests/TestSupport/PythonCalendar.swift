import Foundation

/// Another reader of iCalendar: the PyPI package of that name.
public enum PythonCalendar {
  /// An event as it was read.
  public struct Event: Hashable, Sendable {
    /// The UID.
    public let uid: String
    /// The start, in seconds since 1970.
    public let start: Int64
    /// The length in seconds.
    public let duration: Int64
    /// The start as local clocks show it: `2027-03-28T09:00:00`.
    public let clock: String
  }

  private static let script = """
    import sys, icalendar
    calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
    for event in calendar.walk("VEVENT"):
        start = event["DTSTART"].dt
        print(event["UID"], int(start.timestamp()), int(event["DURATION"].dt.total_seconds()),
              start.replace(tzinfo=None).isoformat())
    """

  /// Whether the package is there.
  public static let isAvailable = (try? run("import icalendar", input: "")) != nil

  /// The events of a calendar; nil if it was refused.
  public static func events(of text: String) throws -> [Event]? {
    try run(script, input: text)?.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count == 4, let start = Int64(fields[1]), let duration = Int64(fields[2]) else {
        return nil
      }
      return Event(
        uid: String(fields[0]), start: start, duration: duration, clock: String(fields[3]))
    }
  }

  /// What a script prints; nil if it fails.
  private static func run(_ script: String, input: String) throws -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
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
}
