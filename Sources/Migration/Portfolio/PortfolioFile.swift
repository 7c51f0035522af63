public import Diagnostics
public import Propagation
import Route53
public import Runbook
public import ZoneKit

/// The zones of a portfolio as a person lists them: in YAML a list of mappings, in CSV a header
/// and a line a zone.
public struct PortfolioFile: Sendable {
  /// A zone to be planned.
  public struct Row: Sendable {
    /// Its name.
    public let zone: Name
    /// Where its name stands.
    public let zoneLocation: Location
    /// The path of its zone file, as written.
    public let file: Text
    /// The path of the export of its hosted zone, as written; nil for a new one.
    public let export: Text?
    /// Where its delegation is changed.
    public let registrar: String?
    /// Who goes first: a lower number before a higher one.
    public let priority: Int
    /// The TTL of its NS set at the parent, if it is known.
    public let parentTTL: TimeSpan?
    /// Whether its parent has a DS set, if that was said.
    public let parentDS: ParentDS?
  }

  /// A value and where it stands.
  public struct Text: Hashable, Sendable {
    /// What stands there.
    public let value: String
    /// Where.
    public let location: Location
  }

  /// A column of the file, by the name that its header or key has.
  public enum Column: String, CaseIterable, Sendable {
    case zone, file, export, registrar, priority
    case parentTTL = "parent-ttl"
    case parentDS = "parent-ds"
  }

  /// The rows that can be used, in the order of the file.
  public private(set) var rows: [Row] = []
  /// The rows that cannot, by name where they have one.
  public private(set) var broken: [Portfolio.Unplanned] = []
  /// What is wrong with rows and columns. One broken row does not stop the others.
  public private(set) var findings: [Finding] = []

  /// Reads a file: CSV if its name ends in `.csv`, or the first line names the column `zone` among
  /// others; else YAML, of which JSON is a part.
  public init(_ source: SourceFile) {
    let entries = Self.isCSV(source) ? csv(source) : yaml(source)
    var seen: [Name: Location] = [:]
    for entry in entries { add(entry, &seen) }
  }

  private static func isCSV(_ source: SourceFile) -> Bool {
    if source.name.lowercased().hasSuffix(".csv") { return true }
    guard case .success(let header)? = CSVReader.read(source).first else { return false }
    return header.fields.count > 1
      && header.fields.contains { $0.text.lowercased() == Column.zone.rawValue }
  }
}

/// A row before its values are looked at.
private struct Entry {
  let location: Location
  var values: [PortfolioFile.Column: PortfolioFile.Text] = [:]
  /// What is wrong with its form.
  var findings: [Finding] = []
}

// MARK: - Forms

extension PortfolioFile {
  private mutating func csv(_ source: SourceFile) -> [Entry] {
    var lines = CSVReader.read(source)[...]
    guard let first = lines.popFirst() else {
      findings.append(
        Self.finding("empty", "found no lines, expected a header", Location(source, 0..<0)))
      return []
    }
    guard let columns = header(first) else { return [] }
    return lines.map { line in
      switch line {
      case .failure(let failure):
        var entry = Entry(location: failure.location)
        entry.findings.append(Self.finding("syntax", failure.message, failure.location))
        return entry
      case .success(let row): return Self.entry(row, columns)
      }
    }
  }

  /// The column of each field; nil for those that have none. No columns at all where the header
  /// cannot be used.
  private mutating func header(_ line: Result<CSVReader.Row, CSVReader.Failure>) -> [Column?]? {
    let row: CSVReader.Row
    switch line {
    case .failure(let failure):
      findings.append(Self.finding("syntax", failure.message, failure.location))
      return nil
    case .success(let success): row = success
    }
    var columns: [Column?] = []
    for field in row.fields {
      let column = Column(rawValue: field.text.lowercased())
      if column == nil { findings.append(Self.unknown(field.text, field.location)) }
      if let column, columns.contains(column) {
        findings.append(
          Self.finding(
            "duplicate-column", "the column \(column.rawValue) stands twice", field.location))
        return nil
      }
      columns.append(column)
    }
    for needed in [Column.zone, .file] where !columns.contains(needed) {
      findings.append(
        Self.finding(
          "missing-column", "the header has no column \(needed.rawValue)", row.location,
          help: "the columns are " + Column.allCases.map(\.rawValue).joined(separator: ", ")))
      return nil
    }
    return columns
  }

  private static func entry(_ row: CSVReader.Row, _ columns: [Column?]) -> Entry {
    var entry = Entry(location: row.location)
    if row.fields.count != columns.count {
      entry.findings.append(
        finding(
          "syntax", "found \(row.fields.count) fields, expected \(columns.count) as in the header",
          row.location))
    }
    for (column, field) in zip(columns, row.fields) {
      guard let column, !field.text.isEmpty else { continue }
      entry.values[column] = Text(value: field.text, location: field.location)
    }
    return entry
  }

  private mutating func yaml(_ source: SourceFile) -> [Entry] {
    do throws(JSONError) {
      let documents = try YAMLReader.read(source)
      guard let list = documents.first, documents.count == 1 else {
        throw JSONError(
          "found \(documents.count) documents, expected one list of zones",
          at: Location(source, 0..<0))
      }
      return try list.array("the portfolio").map(Self.entry)
    } catch {
      findings.append(error.finding(rule: "portfolio-syntax"))
      return []
    }
  }

  private static func entry(_ value: JSONValue) -> Entry {
    var entry = Entry(location: value.location)
    guard case .object(let members) = value.kind else {
      entry.findings.append(
        finding("syntax", "found \(value.kindName), expected a zone with its keys", value.location))
      return entry
    }
    for member in members {
      guard let column = Column(rawValue: member.key) else {
        entry.findings.append(unknown(member.key, member.keyLocation))
        continue
      }
      switch member.value.kind {
      case .string(let text), .number(let text):
        if !text.isEmpty {
          entry.values[column] = Text(value: text, location: member.value.location)
        }
      case .null: break
      default:
        entry.findings.append(
          finding(
            "value", "\(column.rawValue): found \(member.value.kindName), expected one value",
            member.value.location))
      }
    }
    return entry
  }
}

// MARK: - Values

extension PortfolioFile {
  private mutating func add(_ entry: Entry, _ seen: inout [Name: Location]) {
    var problems = entry.findings
    func read<Value>(
      _ column: Column, expected: String, _ parse: (String) throws -> Value?
    ) -> Value? {
      guard let text = entry.values[column] else { return nil }
      if let value = try? parse(text.value) { return value }
      problems.append(
        Self.finding(
          "value", "\(column.rawValue): found '\(text.value)', expected \(expected)",
          text.location))
      return nil
    }
    for needed in [Column.zone, .file] where entry.values[needed] == nil && problems.isEmpty {
      problems.append(
        Self.finding("missing-value", "the row has no \(needed.rawValue)", entry.location))
    }
    let zone = read(.zone, expected: "a domain name such as example.com") {
      try Name(parsing: $0, origin: .root)
    }
    let priority = read(.priority, expected: "a whole number") { Int($0) }
    let parentTTL = read(.parentTTL, expected: "a TTL such as 172800 or 48h") {
      try TimeSpan(parsing: $0)
    }
    let states = ParentDS.allCases.map(\.rawValue).joined(separator: ", ")
    let parentDS = read(.parentDS, expected: "one of \(states)") { ParentDS(rawValue: $0) }
    if let zone, let first = seen[zone] {
      problems.append(
        Finding(
          rule: "portfolio-duplicate-zone", severity: .error,
          message: "the zone \(zone) stands here again; the first row counts",
          at: entry.values[.zone]?.location, notes: [Note("the first row", at: first)]))
    }
    findings += problems
    guard problems.isEmpty, let zone, let file = entry.values[.file] else {
      let name = zone?.description ?? "line \(entry.location.start.line)"
      broken.append(
        Portfolio.Unplanned(zone: name, reason: problems.map(\.message).joined(separator: "; ")))
      return
    }
    seen[zone] = entry.values[.zone]?.location
    rows.append(
      Row(
        zone: zone, zoneLocation: entry.values[.zone]?.location ?? entry.location, file: file,
        export: entry.values[.export],
        registrar: entry.values[.registrar]?.value, priority: priority ?? 0, parentTTL: parentTTL,
        parentDS: parentDS))
  }

  private static func finding(
    _ rule: String, _ message: String, _ location: Location, help: String? = nil
  ) -> Finding {
    Finding(
      rule: "portfolio-\(rule)", severity: .error, message: message, at: location, help: help)
  }

  private static func unknown(_ name: String, _ location: Location) -> Finding {
    let names = Column.allCases.map(\.rawValue)
    let near = names.map { (name: $0, distance: editDistance($0, name.lowercased())) }
      .filter { $0.distance <= 2 }.min { $0.distance < $1.distance }
    return finding(
      "unknown-column", "there is no column '\(name)'", location,
      help: near.map { "did you mean \($0.name)?" }
        ?? "the columns are " + names.joined(separator: ", "))
  }
}
