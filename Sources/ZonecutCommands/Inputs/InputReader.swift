import Diagnostics
import RecordSets
import Route53
import ZoneKit

/// Opens and reads the inputs of a command. What cannot be used ends the command with one message.
struct InputReader {
  let console: Console
  let options: InputOptions

  /// The most octets at the start of a source that are looked at to tell what it is.
  private static let probeCount = 4_096

  /// Opens `path`, or standard input for `-`.
  func open(_ path: String) throws(CommandError) -> SourceFile {
    do {
      return path == "-" ? try console.standardInput() : try SourceFile.open(path: path)
    } catch {
      throw CommandError(error)
    }
  }

  /// Whether a source is an export rather than a zone file: its name ends in `.json`, or it begins
  /// as a JSON array or object does.
  static func isExport(_ source: SourceFile) -> Bool {
    source.name.hasSuffix(".json") || beginsAsJSON(source)
  }

  private static func beginsAsJSON(_ source: SourceFile) -> Bool {
    // Byte order marks, the zero octets of UTF-16, and white space come before the first character.
    let skipped: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0x00, 0x20, 0x09, 0x0A, 0x0D]
    let first = source.octets(in: 0..<probeCount).first { !skipped.contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  // MARK: Zone files

  /// Reads a zone file that has to be whole: no errors, and an SOA record.
  func zone(_ path: String) throws(CommandError) -> ZoneReading {
    try zone(open(path))
  }

  /// Reads a zone file that has to be whole.
  func zone(_ source: SourceFile) throws(CommandError) -> ZoneReading {
    if source.count == 0 { throw CommandError("\(source.name): is empty, expected a zone file") }
    if Self.beginsAsJSON(source) {
      throw CommandError("\(source.name): is JSON, expected a zone file")
    }
    let reading = ZoneFileReader.read(source, options: options.zoneFile)
    let errors = reading.findings.filter { $0.severity == .error }
    guard errors.isEmpty else {
      throw CommandError(
        "\(source.name): \(count(errors.count, "error")), so the zone is incomplete",
        findings: errors)
    }
    guard reading.zone.hasSOA else {
      throw CommandError(
        reading.zone.isEmpty
          ? "\(source.name): no records, expected a zone file"
          : "\(source.name): no SOA record, expected the file of a whole zone")
    }
    return reading
  }
}

/// `1 error`, `3 errors`.
func count(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)" + (number == 1 ? "" : "s")
}
