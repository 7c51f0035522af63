/// The fields of a CAA record (RFC 8659 section 4.1).
public struct CAA: Sendable, Hashable {
  /// The flags; the highest bit marks the property critical.
  public let flags: UInt8
  /// The property: `issue`, `issuewild`, `iodef`; letters and digits, as written.
  public let tag: String
  /// The property's value, octets that are no UTF-8 replaced.
  public let value: String

  /// Whether a certificate authority that does not know the property must not issue.
  public var isCritical: Bool { flags & 0x80 != 0 }

  /// The fields, if the data are a CAA record's.
  public init?(_ data: RecordData) {
    guard data.type == .caa else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    do {
      flags = try reader.octet()
      tag = String(decoding: try reader.octets(Int(try reader.octet())), as: UTF8.self)
    } catch { return nil }
    value = String(decoding: reader.rest(), as: UTF8.self)
  }
}
