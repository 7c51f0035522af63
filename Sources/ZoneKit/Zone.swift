public import Diagnostics

/// A zone as it was read: every record of the input in its order, also those that a server would
/// not serve (duplicates, names outside the zone, other classes), so that nothing is lost.
///
/// Storage is flat: names and data in one buffer of octets, records in one array of 24 octets
/// each. An element is a light view into them. What belongs together is found by `ZoneIndex`.
public struct Zone: Sendable {
  /// The apex: the owner of the first SOA record; without one, the origin that the reader was
  /// given, or the root.
  public let apex: Name
  /// The class of the SOA record, else of the first record.
  public let recordClass: RecordClass
  /// Whether there is an SOA record.
  public let hasSOA: Bool
  /// The files that records were read from, the first being the one that includes the others.
  public let sources: [SourceFile]

  let entries: [Entry]
  let octets: [UInt8]

  /// The most records that a zone holds: their numbers are kept in 32 bits.
  public static let maximumCount = Int(UInt32.max) - 1

  /// A record in storage.
  struct Entry {
    /// Where the owner's wire form begins.
    var owner: UInt32
    /// Where the two octets of RDLENGTH begin, with the data behind them.
    var data: UInt32
    /// Where in the source the record begins.
    var position: UInt32
    var ttl: UInt32
    var type: UInt16
    var recordClass: UInt16
    /// Which of the sources; 65,535 for none.
    var source: UInt16
    var flags: Flags
  }

  struct Flags: OptionSet {
    let rawValue: UInt16
    /// The record has no TTL of its own.
    static let inheritsTTL = Flags(rawValue: 1)
    /// The TTL has to be settled by the SOA record.
    static let needsTTL = Flags(rawValue: 2)
    /// Made by `$GENERATE`.
    static let isGenerated = Flags(rawValue: 4)
  }

  /// The number of the source of records that come from none.
  static let noSource = UInt16.max
  init(_ builder: consuming ZoneBuilder, apex fallback: Name) {
    let soa = builder.entries.first { $0.type == RecordType.soa.rawValue }
    let first = builder.entries.first
    recordClass = RecordClass(rawValue: soa?.recordClass ?? first?.recordClass ?? 1)
    hasSOA = soa != nil
    sources = builder.sources
    entries = builder.entries
    octets = builder.octets
    apex = soa.map { Zone.name(at: Int($0.owner), in: builder.octets) } ?? fallback
  }

  /// A zone of records that are at hand.
  ///
  /// - Parameter apex: the apex, where no record is an SOA.
  public init(apex: Name, records: some Sequence<Record>) {
    var builder = ZoneBuilder()
    for record in records { builder.append(record) }
    self.init(builder, apex: apex)
  }

  static func name(at offset: Int, in octets: [UInt8]) -> Name {
    var end = offset
    while octets[end] != 0 { end += 1 + Int(octets[end]) }
    return Name(unchecked: octets[offset...end])
  }
}

extension Zone: RandomAccessCollection {
  /// A record's place in the order of the input.
  public typealias Index = Int
  /// 0.
  public var startIndex: Int { 0 }
  /// The count of records.
  public var endIndex: Int { entries.count }

  /// The record at `index`, in the order of the input.
  public subscript(index: Int) -> Record {
    let entry = entries[index]
    return Record(
      owner: Zone.name(at: Int(entry.owner), in: octets),
      recordClass: RecordClass(rawValue: entry.recordClass), ttl: TTL(entry.ttl),
      data: data(of: entry))
  }

  func data(of entry: Entry) -> RecordData {
    let start = Int(entry.data) + 2
    let count = Int(octets[start - 2]) << 8 | Int(octets[start - 1])
    return RecordData(type: RecordType(entry.type), octets: octets[start..<(start + count)])
  }

  /// The type of the record at `index`, without building the record.
  public func type(ofRecord index: Int) -> RecordType { RecordType(entries[index].type) }

  /// Where the record at `index` stands: from its owner (or its type, where the owner is
  /// inherited) to the end of its data. Nil for a record that was not read from a source.
  public func location(ofRecord index: Int) -> Location? {
    let entry = entries[index]
    guard entry.source != Zone.noSource else { return nil }
    let source = sources[Int(entry.source)]
    let start = Int(entry.position)
    return Location(source, start..<source.withOctets { Zone.endOfEntry(at: start, in: $0) })
  }

  private static func endOfEntry(at start: Int, in text: Span<UInt8>) -> Int {
    var lexer = Lexer(at: start)
    var end = start
    while let token = try? lexer.next(in: text), !token.isEnd { end = token.outerRange.upperBound }
    return Swift.max(end, Swift.min(start + 1, text.count))
  }

  /// Whether the record at `index` has a TTL of its own rather than `$TTL` or an earlier one's.
  public func statesTTL(ofRecord index: Int) -> Bool {
    !entries[index].flags.contains(.inheritsTTL)
  }
}

/// Gathers records into the flat storage of a zone.
struct ZoneBuilder {
  var entries: [Zone.Entry] = []
  var octets: [UInt8] = []
  var sources: [SourceFile] = []

  /// Makes room for the records that so many octets of text mostly hold.
  mutating func reserveRoom(forTextOf count: Int) {
    octets.reserveRoom(count + count / 8)
    entries.reserveRoom(count / 36 + 16)
  }

  mutating func append(_ record: Record) {
    let owner = UInt32(octets.count)
    octets.append(contentsOf: record.owner.wire)
    let data = UInt32(octets.count)
    octets.append(big: UInt16(record.data.octets.count))
    octets.append(contentsOf: record.data.octets)
    entries.append(
      Zone.Entry(
        owner: owner, data: data, position: 0, ttl: record.ttl.rawValue,
        type: record.type.rawValue, recordClass: record.recordClass.rawValue,
        source: Zone.noSource, flags: []))
  }
}
