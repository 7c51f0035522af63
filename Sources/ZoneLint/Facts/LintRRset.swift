import Diagnostics
import RecordSets
import ZoneKit

/// A name of a `LintZone` with what stands there.
struct LintName {
  let zone: LintZone
  let number: Int

  /// The name.
  var name: Name { zone.index.name(numbered: number) }
  /// Whether nothing stands there, but something below.
  var isEmptyNonTerminal: Bool { !zone.index.hasRecords(number) }

  /// The RRsets there, by type number.
  var rrsets: some RandomAccessCollection<LintRRset> {
    zone.index.rrsets(ofName: number).lazy.map { LintRRset(zone: zone, number: $0) }
  }

  /// The RRset of a type.
  subscript(type: RecordType) -> LintRRset? {
    zone.index.rrsets(ofName: number).first { zone.index.type(numbered: $0) == type }
      .map { LintRRset(zone: zone, number: $0) }
  }

  /// Where its first record stands; for an empty non-terminal, nil.
  var firstLocation: Location? { rrsets.first?.location }

  /// Whether the name is the apex.
  var isApex: Bool { zone.index.number(of: zone.apex) == number }
}

/// The records of one owner and type in a `LintZone`; in a hosted zone those of all its record
/// sets of that owner and type.
struct LintRRset {
  let zone: LintZone
  let number: Int

  /// The type.
  var type: RecordType { zone.index.type(numbered: number) }
  /// Owner and what else stands there.
  var name: LintName { zone.name(ofRRset: number) }
  /// The owner.
  var owner: Name { name.name }
  /// The TTL of the first record, which a server takes for all.
  var ttl: TTL { zone.index.zone.ttl(ofRecord: firstRecord) }
  /// Where the first record stands.
  var location: Location? { zone.location(ofRecord: firstRecord) }

  private var firstRecord: Int { zone.firstRecord(ofRRset: number) }
  /// Indices of all its records, repeated ones included.
  var records: ArraySlice<UInt32> { zone.index.records(ofRRset: number) }

  /// The different values.
  var values: some Collection<LintValue> {
    records.lazy.filter { zone.index.original(ofRecord: Int($0)) == nil }
      .map { LintValue(zone: zone, record: Int($0)) }
  }

  /// Whether it is an alias of Route 53, or several.
  var isAlias: Bool { values.contains { $0.data.octets.isEmpty } && zone.isExport }

  /// How it is called in messages: `www.example.com. A`.
  var description: String { "\(owner) \(type)" }
}

/// One record of an RRset.
struct LintValue {
  let zone: LintZone
  /// Its index in the zone.
  let record: Int

  /// The data; without octets for an alias.
  var data: RecordData { zone.index.zone.data(ofRecord: record) }
  /// How many octets the data have.
  var octetCount: Int { zone.index.zone.octetCount(ofRecord: record) }
  /// The owner.
  var owner: Name { zone.index.zone.owner(ofRecord: record) }
  /// The TTL.
  var ttl: TTL { zone.index.zone.ttl(ofRecord: record) }
  /// Where it stands.
  var location: Location? { zone.location(ofRecord: record) }

  /// Where a name in its data stands, else the record.
  func location(of name: Name) -> Location? {
    word(spelling: name)?.location ?? location
  }

  /// The last word of the record's text that spells `name`, and whether it does so as a relative
  /// name.
  func word(spelling name: Name) -> (location: Location, isRelative: Bool)? {
    guard !zone.isExport else { return nil }
    let wanted = name.lowercased
    for word in zone.index.zone.words(ofRecord: record).reversed() {
      let text = String(decoding: word.source.octets(in: word.range), as: UTF8.self)
      guard let spelt = try? Name(parsing: text, origin: .root) else { continue }
      if text.hasSuffix("."), spelt == wanted { return (word, false) }
      if !text.hasSuffix("."), LintValue.isPrefix(spelt, of: wanted) { return (word, true) }
    }
    return nil
  }

  /// Whether the labels of `relative` are the first ones of `name`.
  private static func isPrefix(_ relative: Name, of name: Name) -> Bool {
    let labels = relative.wire.dropLast()
    return labels.count < name.wire.count
      && Array(relative.lowercased.wire.dropLast()) == Array(name.wire.prefix(labels.count))
  }
}
