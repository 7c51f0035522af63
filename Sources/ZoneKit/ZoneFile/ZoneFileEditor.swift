public import Diagnostics

/// A change to a zone that an editor writes into the text it was read from.
public enum ZoneEdit: Sendable {
  /// Gives the records at these indices this TTL.
  case setTTL(records: [Int], ttl: TTL)
  /// Gives the record at the index other data of its type.
  case setData(record: Int, data: RecordData)
  /// Takes the record at the index out.
  case remove(record: Int)
  /// Puts a record behind the one at the index.
  case insert(Record, after: Int)
}

/// Why a change could not be written into a zone file.
public enum ZoneEditError: Error, Sendable, CustomStringConvertible {
  /// The record was not read from a file, or its entry cannot be found again.
  case noEntry(record: Int)
  /// Records that one `$GENERATE` line makes would have to differ.
  case generated(Location)
  /// The edited text does not read back as the zone that was asked for, as where one file is
  /// included twice.
  case notAsAsked(String)

  /// What happened, in a sentence.
  public var description: String {
    switch self {
    case .noEntry(let record): "record \(record + 1) has no entry in a file that could be edited"
    case .generated(let location):
      "\(location.source.name):\(location.start.line): the records of one $GENERATE cannot be "
        + "changed apart: write them out first"
    case .notAsAsked(let what): "the edited file would not mean what was asked: \(what)"
    }
  }
}

/// Writes changes into zone files: every octet that a change does not touch stays, comments and
/// layout too. What it writes is read back and compared before it is returned.
public struct ZoneFileEditor {
  private let zone: Zone
  private let options: ZoneFileOptions

  /// An editor of the files that `zone` was read from, with the options it was read with.
  public init(_ zone: Zone, options: ZoneFileOptions = .init()) {
    self.zone = zone
    self.options = options
  }

  /// The files of the zone with the changes made, in the order of `Zone.sources`.
  ///
  /// - Throws: `ZoneEditError`; nothing is then changed.
  public func apply(_ edits: [ZoneEdit]) throws(ZoneEditError) -> [SourceFile] {
    let wanted = try Self.applied(edits, to: zone)
    for makesTTLsExplicit in [false, true] {
      let files = try write(edits, makesTTLsExplicit: makesTTLsExplicit)
      let result = reread(files).zone
      if result.elementsEqual(wanted) { return files }
      if makesTTLsExplicit {
        let difference = zip(result, wanted).first { $0 != $1 }
        throw .notAsAsked(
          difference.map { "'\($0.0)' instead of '\($0.1)'" }
            ?? "\(result.count) records instead of \(wanted.count)")
      }
    }
    return zone.sources
  }

  /// The records that the zone should hold afterwards.
  private static func applied(
    _ edits: [ZoneEdit], to zone: Zone
  ) throws(ZoneEditError) -> [Record] {
    var slots: [[Record]] = zone.map { [$0] }
    var insertions: [Int: [Record]] = [:]
    for edit in edits {
      switch edit {
      case .setTTL(let records, let ttl):
        for record in records where slots.indices.contains(record) && !slots[record].isEmpty {
          slots[record][0].ttl = ttl
        }
      case .setData(let record, let data):
        guard slots.indices.contains(record), !slots[record].isEmpty else {
          throw .noEntry(record: record)
        }
        slots[record][0].data = data
      case .remove(let record):
        guard slots.indices.contains(record) else { throw .noEntry(record: record) }
        slots[record] = []
      case .insert(let record, let index):
        guard slots.indices.contains(index) else { throw .noEntry(record: index) }
        insertions[index, default: []].append(record)
      }
    }
    return slots.indices.flatMap { slots[$0] + (insertions[$0] ?? []) }
  }

  // MARK: Writing

  private func write(
    _ edits: [ZoneEdit], makesTTLsExplicit: Bool
  ) throws(ZoneEditError) -> [SourceFile] {
    var replacements = Replacements(count: zone.sources.count)
    var ttls: [Int: TTL] = [:]
    if makesTTLsExplicit {
      for index in zone.indices where !zone.statesTTL(ofRecord: index) {
        ttls[index] = zone[index].ttl
      }
    }
    for case .setTTL(let records, let ttl) in edits {
      for record in records where zone[record].ttl != ttl || ttls[record] != nil {
        ttls[record] = ttl
      }
    }
    try setTTLs(ttls, &replacements)
    for edit in edits {
      switch edit {
      case .setTTL: break
      case .setData(let record, let data):
        try setData(data, of: record, &replacements)
      case .remove(let record): try remove(record, &replacements)
      case .insert(let record, let index):
        let entry = try anatomy(of: index)
        replacements.add(
          source(of: index), entry.lines.upperBound..<entry.lines.upperBound,
          Array("\(record)\n".utf8))
      }
    }
    return replacements.apply(to: zone.sources)
  }

  /// Replaces TTLs that are stated and puts in those that are not.
  private func setTTLs(
    _ ttls: [Int: TTL], _ replacements: inout Replacements
  ) throws(ZoneEditError) {
    var generated: [Location: TTL] = [:]
    for (record, ttl) in ttls.sorted(by: { $0.key < $1.key }) {
      let entry = try anatomy(of: record)
      if entry.isGenerate, let location = zone.location(ofRecord: record) {
        if let before = generated.updateValue(ttl, forKey: location) {
          guard before == ttl else { throw .generated(location) }
          continue
        }
      }
      if let token = entry.ttl {
        replacements.add(source(of: record), token.range, Array(ttl.description.utf8))
      } else {
        let place = (entry.recordClass ?? entry.type).start
        replacements.add(source(of: record), place..<place, Array("\(ttl) ".utf8))
      }
    }
  }

  /// Replaces the tokens of the fields that differ, such as the serial of an SOA record; the whole
  /// data where fields and tokens do not go one by one.
  private func setData(
    _ data: RecordData, of record: Int, _ replacements: inout Replacements
  ) throws(ZoneEditError) {
    let entry = try anatomy(of: record)
    guard !entry.isGenerate else { throw generated(record) }
    let source = source(of: record)
    guard let old = zone[record].data.fields, let new = data.fields,
      old.count == entry.data.count, data.type == zone.type(ofRecord: record)
    else {
      return replacements.add(source, entry.dataRange, Array(data.presentation().utf8))
    }
    for (index, token) in entry.data.enumerated() where old[index].octets != new[index].octets {
      var reader = RecordDataReader(new[index].octets, escapes: .decimal)
      var text: [UInt8] = []
      guard (try? reader.append(new[index].field.form, to: &text)) != nil else {
        throw .noEntry(record: record)
      }
      replacements.add(source, token.outerRange, text)
    }
  }

  /// Takes the lines of a record out; where they hold a comment, they stay as comments. A record
  /// behind it that inherits its owner gets it.
  private func remove(_ record: Int, _ replacements: inout Replacements) throws(ZoneEditError) {
    let entry = try anatomy(of: record)
    guard !entry.isGenerate else { throw generated(record) }
    let source = source(of: record)
    if let owner = entry.owner, record + 1 < zone.count, self.source(of: record + 1) == source {
      let next = try anatomy(of: record + 1)
      if next.owner == nil {
        let name = zone.sources[source].octets(in: owner.range)
        replacements.add(source, next.lines.lowerBound..<next.lines.lowerBound, name)
      }
    }
    let text = zone.sources[source].octets(in: entry.lines)
    replacements.add(source, entry.lines, entry.hasComment(in: text) ? commented(text) : [])
  }

  /// Whole lines, each as a comment.
  private func commented(_ lines: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for line in lines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    where !line.isEmpty {
      result += [UInt8(ascii: ";")] + line + [UInt8(ascii: "\n")]
    }
    return result
  }

  private func source(of record: Int) -> Int { Int(zone.entries[record].source) }

  private func generated(_ record: Int) -> ZoneEditError {
    zone.location(ofRecord: record).map { .generated($0) } ?? .noEntry(record: record)
  }

  private func anatomy(of record: Int) throws(ZoneEditError) -> EntryAnatomy {
    guard zone.indices.contains(record), zone.entries[record].source != Zone.noSource else {
      throw .noEntry(record: record)
    }
    let start = Int(zone.entries[record].position)
    guard
      let anatomy = zone.sources[source(of: record)].withOctets({ EntryAnatomy(at: start, in: $0) })
    else { throw .noEntry(record: record) }
    return anatomy
  }

  /// Reads edited files, in place of those they were made from.
  ///
  /// - Parameter files: as `apply` returns them.
  package func reread(_ files: [SourceFile]) -> ZoneReading {
    guard let top = files.first else { return ZoneReading(zone: zone, findings: []) }
    var options = options
    let edited = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
    let open = self.options.open
    options.open = { (path: String, includedFrom: Location) throws(SourceFileError) in
      if let file = edited[path] {
        return SourceFile(
          name: path, octets: file.octets(in: 0..<file.count), includedFrom: includedFrom)
      }
      return try open(path, includedFrom)
    }
    return ZoneFileReader.read(top, options: options)
  }
}

/// Replacements gathered for each file.
private struct Replacements {
  private var lists: [[(range: Range<Int>, octets: [UInt8])]]
  /// What is replaced already: a file that is included twice is edited once.
  private var replaced: [Set<Range<Int>>]

  init(count: Int) {
    lists = Array(repeating: [], count: count)
    replaced = Array(repeating: [], count: count)
  }

  mutating func add(_ source: Int, _ range: Range<Int>, _ octets: [UInt8]) {
    guard range.isEmpty || replaced[source].insert(range).inserted else { return }
    lists[source].append((range, octets))
  }

  func apply(to sources: [SourceFile]) -> [SourceFile] {
    zip(sources, lists).map { source, list in
      guard !list.isEmpty else { return source }
      var result: [UInt8] = []
      var position = 0
      for (range, octets) in list.enumerated().sorted(by: {
        ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
      }).map(\.element) where range.lowerBound >= position {
        result += source.octets(in: position..<range.lowerBound)
        if range.isEmpty, range.lowerBound == source.count, result.last != UInt8(ascii: "\n"),
          !result.isEmpty
        {
          result.append(UInt8(ascii: "\n"))
        }
        result += octets
        position = range.upperBound
      }
      result += source.octets(in: position..<source.count)
      return SourceFile(name: source.name, octets: result, includedFrom: source.includedFrom)
    }
  }
}
