/// The fields of an SOA record (RFC 1035 section 3.3.13).
public struct SOA: Sendable, Hashable {
  /// The primary name server.
  public let mname: Name
  /// The responsible mailbox, its first label being the local part.
  public let rname: Name
  /// The version of the zone (RFC 1982).
  public let serial: UInt32
  /// Seconds after which a secondary asks for the serial.
  public let refresh: UInt32
  /// Seconds after which a failed refresh is tried again.
  public let retry: UInt32
  /// Seconds after which a secondary that reaches no primary stops to answer.
  public let expire: UInt32
  /// The negative TTL in seconds; the SOA's own TTL bounds it too (RFC 2308 section 5).
  public let minimum: UInt32

  /// The fields, if the data are an SOA record's.
  public init?(_ data: RecordData) {
    guard data.type == .soa else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    do {
      mname = try reader.name()
      rname = try reader.name()
      serial = UInt32(try reader.number(4))
      refresh = UInt32(try reader.number(4))
      retry = UInt32(try reader.number(4))
      expire = UInt32(try reader.number(4))
      minimum = UInt32(try reader.number(4))
    } catch { return nil }
  }
}

extension SOA {
  /// The data of an SOA record with its serial raised (RFC 1982); nil if they are none.
  ///
  /// - Parameter step: by how much, at least 1 and far below 2^31.
  public static func raisingSerial(of data: RecordData, by step: UInt32 = 1) -> RecordData? {
    guard let soa = SOA(data) else { return nil }
    // The serial and four times are the last 20 octets.
    let place = data.octets.endIndex - 20
    let serial = soa.serial &+ step
    let octets = (0..<4).map { UInt8(truncatingIfNeeded: serial >> (24 - 8 * UInt32($0))) }
    return RecordData(
      type: .soa, octets: data.octets[..<place] + octets + data.octets[(place + 4)...])
  }
}
