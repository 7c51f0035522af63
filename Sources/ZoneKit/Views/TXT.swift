/// The strings of a TXT or SPF record (RFC 1035 section 3.3.14).
public struct TXT: Sendable, Hashable {
  /// The character-strings, each of up to 255 octets.
  public let strings: [ArraySlice<UInt8>]

  /// The strings put together without anything between, as SPF, DKIM and DMARC read them
  /// (RFC 7208 section 3.3).
  public var joined: [UInt8] { strings.flatMap { $0 } }

  /// The strings, if the data are a TXT or SPF record's.
  public init?(_ data: RecordData) {
    guard data.type == .txt || data.type == .spf else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    var strings: [ArraySlice<UInt8>] = []
    do {
      while !reader.isAtEnd { strings.append(try reader.octets(Int(try reader.octet()))) }
    } catch { return nil }
    self.strings = strings
  }
}
