/// The fields of an MX record (RFC 1035 section 3.3.9).
public struct MX: Sendable, Hashable {
  /// Lower is tried first.
  public let preference: UInt16
  /// The host that takes the mail; the root where none does (RFC 7505).
  public let exchange: Name

  /// Whether it says that the domain takes no mail (RFC 7505 section 3).
  public var isNull: Bool { exchange.isRoot }

  /// The fields, if the data are an MX record's.
  public init?(_ data: RecordData) {
    guard data.type == .mx else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    do {
      preference = UInt16(try reader.number(2))
      exchange = try reader.name()
    } catch { return nil }
  }
}
