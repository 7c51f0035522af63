/// The fields of a DS or CDS record (RFC 4034 section 5).
public struct DS: Sendable, Hashable {
  /// The tag of the key that it refers to.
  public let keyTag: UInt16
  /// The key's algorithm, by its number in IANA's registry.
  public let algorithm: UInt8
  /// The digest's algorithm, by its number in IANA's registry.
  public let digestType: UInt8
  /// The digest of owner and key.
  public let digest: ArraySlice<UInt8>

  /// The fields, if the data are a DS or CDS record's.
  public init?(_ data: RecordData) {
    guard data.type == .ds || data.type == .cds else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    do {
      keyTag = UInt16(try reader.number(2))
      algorithm = try reader.octet()
      digestType = try reader.octet()
    } catch { return nil }
    digest = reader.rest()
  }
}
