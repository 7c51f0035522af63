/// The fields of an NSEC record (RFC 4034 section 4).
public struct NSEC: Sendable, Hashable {
  /// The next owner in canonical order; the apex behind the last.
  public let next: Name
  /// The types at the owner, ascending.
  public let types: [RecordType]

  /// The fields, if the data are an NSEC record's.
  public init?(_ data: RecordData) {
    guard data.type == .nsec else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    var types: [RecordType] = []
    do {
      next = try reader.name()
      while !reader.isAtEnd {
        let window = UInt16(try reader.octet()) << 8
        let bits = try reader.octets(Int(try reader.octet()))
        for (place, octet) in bits.enumerated() {
          for bit in 0..<8 where octet & (0x80 >> UInt8(bit)) != 0 {
            types.append(RecordType(rawValue: window | UInt16((place * 8 + bit) & 0xFF)))
          }
        }
      }
    } catch { return nil }
    self.types = types
  }
}
