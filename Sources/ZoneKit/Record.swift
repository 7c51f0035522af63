/// A resource record (RFC 1035 section 3.2.1).
///
/// A record of a `Zone` is a light view: its owner and data are slices of the zone's storage.
public struct Record: Hashable, Sendable {
  /// The owner.
  public var owner: Name
  /// The class.
  public var recordClass: RecordClass
  /// The time to live.
  public var ttl: TTL
  /// Type and data.
  public var data: RecordData

  /// The type.
  public var type: RecordType { data.type }

  /// A record.
  public init(owner: Name, recordClass: RecordClass = .in, ttl: TTL, data: RecordData) {
    self.owner = owner
    self.recordClass = recordClass
    self.ttl = ttl
    self.data = data
  }
}

extension Record: CustomStringConvertible {
  /// One line of a zone file, everything absolute: `www.example.com. 300 IN A 192.0.2.1`.
  public var description: String { "\(owner) \(ttl) \(recordClass) \(type) \(data)" }
}

/// All records of one owner, class and type (RFC 2181 section 5).
public struct RRset: Sendable {
  /// The owner, written as at its first record.
  public let owner: Name
  /// The type.
  public let type: RecordType
  /// The TTL of the first record, which counts for all (RFC 2181 section 5.2).
  public let ttl: TTL
  /// The different data, in the order of the zone.
  public let data: [RecordData]
  /// Where in the zone the records of `data` stand, in the same order: the first of each data.
  public let indices: [Int]

  /// An RRset.
  public init(owner: Name, type: RecordType, ttl: TTL, data: [RecordData], indices: [Int] = []) {
    self.owner = owner
    self.type = type
    self.ttl = ttl
    self.data = data
    self.indices = indices
  }
}
