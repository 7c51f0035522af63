/// The fields of an SVCB or HTTPS record (RFC 9460 section 2).
public struct SVCB: Sendable, Hashable {
  /// 0 for an alias; else lower is tried first.
  public let priority: UInt16
  /// The host; the root for the owner itself.
  public let target: Name
  /// Keys and values in wire form, in order.
  public let parameters: [Parameter]

  /// One parameter.
  public struct Parameter: Sendable, Hashable {
    /// The key, by its number in IANA's registry: 0 mandatory, 1 alpn, 2 no-default-alpn, 7 dohpath.
    public let key: UInt16
    /// The value in wire form.
    public let value: ArraySlice<UInt8>
  }

  /// Whether it sends clients to another name and says nothing itself.
  public var isAlias: Bool { priority == 0 }

  /// The value of a key, if it is there.
  public func value(ofKey key: UInt16) -> ArraySlice<UInt8>? {
    parameters.first { $0.key == key }?.value
  }

  /// The fields, if the data are an SVCB or HTTPS record's.
  public init?(_ data: RecordData) {
    guard data.type == .svcb || data.type == .https else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    var parameters: [Parameter] = []
    do {
      priority = UInt16(try reader.number(2))
      target = try reader.name()
      while !reader.isAtEnd {
        let key = UInt16(try reader.number(2))
        let value = try reader.octets(Int(try reader.number(2)))
        parameters.append(Parameter(key: key, value: value))
      }
    } catch { return nil }
    self.parameters = parameters
  }
}
