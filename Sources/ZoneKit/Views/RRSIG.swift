/// The fields of an RRSIG record (RFC 4034 section 3).
public struct RRSIG: Sendable, Hashable {
  /// The type of the RRset that is signed.
  public let typeCovered: RecordType
  /// The algorithm, by its number in IANA's registry.
  public let algorithm: UInt8
  /// How many labels the signed name has, a wildcard's asterisk not counted.
  public let labels: UInt8
  /// The RRset's TTL in seconds when it was signed.
  public let originalTTL: UInt32
  /// Seconds since 1970 at which it ends, in serial arithmetic (RFC 1982).
  public let expiration: UInt32
  /// Seconds since 1970 at which it begins, in serial arithmetic.
  public let inception: UInt32
  /// The tag of the key.
  public let keyTag: UInt16
  /// The zone that signed.
  public let signer: Name

  /// The fields, if the data are an RRSIG record's.
  public init?(_ data: RecordData) {
    guard data.type == .rrsig else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    do {
      typeCovered = RecordType(rawValue: UInt16(try reader.number(2)))
      algorithm = try reader.octet()
      labels = try reader.octet()
      originalTTL = UInt32(try reader.number(4))
      expiration = UInt32(try reader.number(4))
      inception = UInt32(try reader.number(4))
      keyTag = UInt16(try reader.number(2))
      signer = try reader.name()
    } catch { return nil }
  }
}
