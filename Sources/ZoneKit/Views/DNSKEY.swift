/// The fields of a DNSKEY or CDNSKEY record (RFC 4034 section 2).
public struct DNSKEY: Sendable, Hashable {
  /// The flags: 256 marks a zone key, 1 a secure entry point.
  public let flags: UInt16
  /// Always 3.
  public let protocolNumber: UInt8
  /// The algorithm, by its number in IANA's registry.
  public let algorithm: UInt8
  /// The public key in the algorithm's form.
  public let publicKey: ArraySlice<UInt8>
  /// The key tag (RFC 4034 appendix B; algorithm 1 by its own rule).
  public let keyTag: UInt16

  /// Whether the key is meant to be referred to by a DS record.
  public var isSecureEntryPoint: Bool { flags & 1 != 0 }

  /// The fields, if the data are a DNSKEY or CDNSKEY record's.
  public init?(_ data: RecordData) {
    guard data.type == .dnskey || data.type == .cdnskey else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    do {
      flags = UInt16(try reader.number(2))
      protocolNumber = try reader.octet()
      algorithm = try reader.octet()
    } catch { return nil }
    publicKey = reader.rest()
    if algorithm == 1 {
      keyTag = publicKey.dropLast().suffix(2).reduce(0) { $0 << 8 | UInt16($1) }
    } else {
      var sum: UInt32 = 0
      for (place, octet) in data.octets.enumerated() {
        sum &+= place % 2 == 0 ? UInt32(octet) << 8 : UInt32(octet)
      }
      keyTag = UInt16(truncatingIfNeeded: sum &+ sum >> 16)
    }
  }
}
