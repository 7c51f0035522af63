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

  /// Whether a source is an export rather than a zone file: its name ends in `.json`, or its text
  /// is that of an export.
  static func isExport(_ source: SourceFile) -> Bool {
    source.name.hasSuffix(".json") || ExportReading.isExport(source)
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

  /// The same of a source that is open.
  func zone(_ source: SourceFile) throws(CommandError) -> ZoneReading {
    if source.count == 0 { throw CommandError("\(source.name): is empty, expected a zone file") }
    if Self.beginsAsJSON(source) {
      throw CommandError("\(source.name): is JSON, expected a zone file")
    }
    let reading = ZoneFileReader.read(source, options: options.zoneFile)
    try refuseErrors(in: reading.findings, of: source.name, what: "the zone is incomplete")
    guard reading.zone.hasSOA else {
      throw CommandError(
        reading.zone.isEmpty
          ? "\(source.name): no records, expected a zone file"
          : "\(source.name): no SOA record, expected the file of a whole zone")
    }
    return reading
  }

  func refuseErrors(
    in findings: [Finding], of name: String, what: String
  ) throws(CommandError) {
    let errors = findings.filter { $0.severity == .error }
    guard !errors.isEmpty else { return }
    throw CommandError(
      "\(name): \(count(errors.count, "error")), so \(what)", findings: errors)
  }

  // MARK: Exports

  /// Reads an export of a hosted zone that has to be whole, in one file or several: its pages, and
  /// what `get-hosted-zone` says of it.
  func export(_ paths: [String]) throws(CommandError) -> Export {
    var sources: [SourceFile] = []
    for path in paths { sources.append(try open(path)) }
    return try export(sources)
  }

  /// The same of sources that are open.
  ///
  /// - Parameter takesBatches: whether change batches are read, too, as the sets that they put.
  func export(
    _ sources: [SourceFile], takesBatches: Bool = false
  ) throws(CommandError) -> Export {
    let name = sources.map(\.name).joined(separator: ", ")
    for source in sources where source.count == 0 {
      throw CommandError("\(source.name): is empty, expected a Route 53 export")
    }
    let reading = ExportReading(sources, takesBatches: takesBatches)
    try refuseErrors(in: reading.findings, of: name, what: "the export is not used")
    guard let export = reading.export else {
      throw CommandError(
        "\(name): describes hosted zones without their record sets, expected an export of "
          + "list-resource-record-sets")
    }
    guard let apex = export.apex ?? options.origin, !export.recordSets.isEmpty else {
      throw CommandError(
        "\(name): no SOA set, which every hosted zone has, expected the export of a whole zone"
          + (export.recordSets.isEmpty ? "" : "; --origin gives the name of the zone of a part"))
    }
    if let stray = export.recordSets.first(where: { !$0.owner.isAtOrBelow(apex) }) {
      throw CommandError("\(name): \(stray.key) does not lie in the zone \(apex)")
    }
    return Export(
      name: name, sources: sources, apex: apex, content: export, findings: reading.findings)
  }
}

/// A hosted zone as it was exported.
struct Export {
  /// What the user calls it.
  let name: String
  let sources: [SourceFile]
  /// The zone's name.
  let apex: Name
  let content: HostedZoneExport
  /// What was found on the way, none of it an error.
  let findings: [Finding]
}

/// `1 error`, `3 errors`.
func count(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)" + (number == 1 ? "" : "s")
}
