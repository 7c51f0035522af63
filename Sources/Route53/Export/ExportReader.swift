public import Diagnostics
import RecordSets
import ZoneKit

extension ExportReading {
  /// Reads an export of a hosted zone, in any of the shapes in which the CLI and SDKs leave it:
  /// the CLI's merged listing, a page of the API, a list of pages, a bare array, with or without
  /// a recording's wrapper; JSON, in UTF-8 with or without a byte order mark or in UTF-16 with one,
  /// or YAML. Also the record sets of a CloudFormation template, where they use no functions.
  public init(_ source: SourceFile) { self.init([source]) }

  /// Reads an export that is spread over several files, a page or more in each, in their order.
  ///
  /// - Parameter takesBatches: whether change batches are read, too, as the sets that they put.
  public init(_ sources: [SourceFile], takesBatches: Bool = false) {
    var reader = ExportReader(takesBatches: takesBatches)
    for source in sources { reader.read(source) }
    self = reader.finish()
  }

  /// Whether a source is meant as an export, rather than as a zone file: its first character is a
  /// bracket, or it is YAML that begins as an export or a template does.
  public static func isExport(_ source: SourceFile) -> Bool {
    let head = source.octets(in: 0..<512)
    if head.starts(with: [0xff, 0xfe]) || head.starts(with: [0xfe, 0xff]) { return true }
    let text = head.drop { $0 <= 0x20 || $0 >= 0x80 }
    return text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[")
      || isYAML(text)
  }

  static func isYAML(_ text: ArraySlice<UInt8>) -> Bool {
    let words = text.split(maxSplits: 2) { $0 <= 0x20 }.prefix(2)
      .map { String(decoding: $0, as: UTF8.self) }
    guard let first = words.first, !first.hasPrefix("{"), !first.hasPrefix("[") else {
      return false
    }
    // `-` begins a list, of pages or of record sets; a template names its resources first.
    let key = first == "-" ? words.dropFirst().first ?? "" : first
    return first == "---"
      || (ExportPage.keys + ["Name", "Type", "AliasTarget", "AWSTemplateFormatVersion"]).contains {
        key == $0 + ":"
      }
      || first.hasSuffix(":") && words.count > 1 && words[1].hasSuffix(":")
  }
}

/// Gathers the pages and descriptions of the sources, then makes record sets of them.
private struct ExportReader {
  let takesBatches: Bool
  var findings: [Finding] = []
  var pages: [ExportPage] = []
  var descriptions: [HostedZoneDescription] = []

  // MARK: - Telling documents apart

  mutating func read(_ source: SourceFile) {
    let head = source.octets(in: 0..<512).drop { $0 <= 0x20 || $0 >= 0x80 }
    do throws(JSONError) {
      if ExportReading.isYAML(head) {
        for document in try YAMLReader.read(source) { readDocument(document) }
      } else {
        readDocument(try JSONReader.read(source))
      }
    } catch {
      findings.append(error.finding(rule: "r53-export-syntax"))
    }
  }

  private mutating func readDocument(_ value: JSONValue) {
    switch value.kind {
    case .array(let elements):
      if elements.contains(where: { $0["ResourceRecordSets"] != nil || $0["data"] != nil }) {
        for element in elements { readDocument(element) }
      } else {
        pages.append(ExportPage(sets: elements, object: nil))
      }
    case .object: readObject(value)
    default:
      refuse("expected an export of a hosted zone, found \(value.kindName)", at: value.location)
    }
  }

  private mutating func readObject(_ value: JSONValue) {
    if value["ResourceRecordSets"] != nil {
      readPage(value)
    } else if let data = value["data"], value["status_code"] != nil {
      readDocument(data)
    } else if value["HostedZone"] != nil || value["HostedZones"] != nil {
      readDescriptions(value)
    } else if let changes = (value["ChangeBatch"] ?? value)["Changes"], takesBatches {
      readChanges(changes)
    } else if value["Changes"] != nil || value["ChangeBatch"] != nil {
      refuse(
        "this is a change batch, expected an export of a hosted zone", at: value.location,
        help: "export with: aws route53 list-resource-record-sets --hosted-zone-id ID")
    } else if TemplateReader.isTemplate(value) {
      var reader = TemplateReader()
      reader.read(value)
      findings += reader.findings
      if !reader.sets.isEmpty { pages.append(ExportPage(sets: reader.sets, object: nil)) }
    } else {
      refuse(
        "expected the member \"ResourceRecordSets\"", at: value.location,
        help: "export with: aws route53 list-resource-record-sets --hosted-zone-id ID")
    }
  }

  private mutating func readPage(_ value: JSONValue) {
    var reader = RequestReader(rule: "r53-export")
    let members = reader.object(value, "the export", keys: ExportPage.keys)
    findings += reader.findings
    do throws(JSONError) {
      let sets = try members["ResourceRecordSets"]?.array("ResourceRecordSets") ?? []
      pages.append(ExportPage(sets: sets, object: value))
    } catch {
      findings.append(error.finding(rule: "r53-export"))
    }
    if value["HostedZone"] != nil { readDescriptions(value) }
  }

  /// The sets that a batch creates or puts; what it deletes is none of them.
  private mutating func readChanges(_ changes: JSONValue) {
    do throws(JSONError) {
      var sets: [JSONValue] = []
      for change in try changes.array("Changes") {
        let action = try change.member("Action", of: "a change")
        let set = try change.member("ResourceRecordSet", of: "a change")
        if try action.string("Action") == Change.Action.delete.rawValue {
          findings.append(
            Finding(
              rule: "r53-export", severity: .warning, message: "a set that is deleted is left out",
              at: set.location))
        } else {
          sets.append(set)
        }
      }
      pages.append(ExportPage(sets: sets, object: nil))
    } catch {
      findings.append(error.finding(rule: "r53-export"))
    }
  }

  private mutating func refuse(_ message: String, at place: Location, help: String? = nil) {
    findings.append(
      Finding(
        rule: "r53-export", severity: .error, message: message, at: place, help: help))
  }

  // MARK: - Descriptions of zones

  private mutating func readDescriptions(_ value: JSONValue) {
    let servers = value["DelegationSet"]?["NameServers"]?.elements ?? []
    do throws(JSONError) {
      if let zone = value["HostedZone"] { try readDescription(zone, servers: servers) }
      for zone in value["HostedZones"]?.elements ?? [] { try readDescription(zone, servers: []) }
    } catch {
      findings.append(error.finding(rule: "r53-export"))
    }
    if value["HostedZones"] != nil, value["IsTruncated"]?.kind == .bool(true) {
      refuse(
        "the list of hosted zones is incomplete: more follow", at: value.location,
        help: "list again without --max-items and --no-paginate")
    }
  }

  private mutating func readDescription(
    _ zone: JSONValue, servers: [JSONValue]
  ) throws(JSONError) {
    let id = try zone.member("Id", of: "HostedZone").string("Id")
    let name = try zone.member("Name", of: "HostedZone")
    let text = try name.string("Name")
    var reader = ExportSetReader()
    let apex = reader.name(text, "Name", at: name)
    var nameServers: [Name] = []
    for server in servers {
      let text = try server.string("NameServers")
      if let name = reader.name(text, "NameServers", at: server) { nameServers.append(name) }
    }
    findings += reader.findings
    guard let apex else { return }
    var count: Int?
    if let value = zone["ResourceRecordSetCount"] {
      count = try value.wholeNumber("ResourceRecordSetCount", in: 0...Int(Int32.max))
    }
    descriptions.append(
      HostedZoneDescription(
        id: id.hasPrefix("/hostedzone/") ? String(id.dropFirst("/hostedzone/".count)) : id,
        name: apex, isPrivate: zone["Config"]?["PrivateZone"]?.kind == .bool(true),
        recordSetCount: count, nameServers: nameServers, location: zone.location))
  }

  // MARK: - Record sets

  mutating func finish() -> ExportReading {
    guard !pages.isEmpty else {
      let document: ExportReading.Document? =
        descriptions.isEmpty ? nil : .descriptions(descriptions)
      return ExportReading(document: document, findings: findings)
    }
    findings += ExportPage.completeness(of: pages)
    var recordSets: [RecordSet] = []
    var valueLocations: [[Location]] = []
    var sets = ExportSetReader()
    for value in pages.lazy.flatMap(\.sets).map(\.withoutNulls) {
      var reader = RequestReader(rule: "r53-export")
      let set = reader.recordSet(value)
      sets.findings += reader.findings
      guard let set, let read = sets.read(set, from: value) else { continue }
      recordSets.append(read.set)
      valueLocations.append(read.valueLocations)
    }
    findings += sets.findings
    checkKeys(recordSets)
    let description = description(of: recordSets)
    let apex = recordSets.first { $0.type == .soa }?.owner ?? description?.name
    checkZone(recordSets, apex: apex)
    if let apex {
      findings += HostedZoneDescription.findings(descriptions, with: recordSets, apex: apex)
    }
    return ExportReading(
      document: .export(
        HostedZoneExport(
          recordSets: recordSets, valueLocations: valueLocations, apex: apex,
          description: description)),
      findings: findings)
  }

  /// The description of the zone that the sets belong to.
  private func description(of sets: [RecordSet]) -> HostedZoneDescription? {
    guard let apex = sets.first(where: { $0.type == .soa })?.owner else {
      return descriptions.count == 1 ? descriptions[0] : nil
    }
    return descriptions.first { $0.name == apex }
  }

  private mutating func checkKeys(_ sets: [RecordSet]) {
    var first: [RecordSet.Key: RecordSet] = [:]
    for set in sets {
      if let earlier = first.updateValue(set, forKey: set.key) {
        findings.append(
          Finding(
            rule: "r53-export-duplicate", severity: .error,
            message: "the record set \(set.key) stands twice", at: set.location,
            notes: [Note("here for the first time", at: earlier.location)],
            help: "was a page given twice?"))
      }
    }
  }

  private mutating func checkZone(_ sets: [RecordSet], apex: Name?) {
    guard let apex else {
      findings.append(
        Finding(
          rule: "r53-export-no-soa", severity: .warning,
          message: "the export has no SOA set, which every hosted zone has: is it the whole zone?",
          at: sets.first?.location))
      return
    }
    for set in sets where !set.owner.isAtOrBelow(apex) {
      findings.append(
        Finding(
          rule: "r53-export-out-of-zone", severity: .error,
          message: "\(set.key) is not at or below the zone's name \(apex)", at: set.location,
          help: "give the export of one zone"))
    }
  }
}
