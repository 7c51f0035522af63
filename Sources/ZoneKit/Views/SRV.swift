/// The fields of an SRV record (RFC 2782).
public struct SRV: Sendable, Hashable {
  /// Lower is tried first.
  public let priority: UInt16
  /// The share among targets of the same priority.
  public let weight: UInt16
  /// The port.
  public let port: UInt16
  /// The host; the root where the service is decidedly not offered.
  public let target: Name

  /// The fields, if the data are an SRV record's.
  public init?(_ data: RecordData) {
    guard data.type == .srv else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    do {
      priority = UInt16(try reader.number(2))
      weight = UInt16(try reader.number(2))
      port = UInt16(try reader.number(2))
      target = try reader.name()
    } catch { return nil }
  }
}
