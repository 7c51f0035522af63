public import ZoneKit

/// What a rule asks of the network, where the zone alone cannot tell.
public struct NetworkQuestion: Hashable, Sendable {
  /// The name asked for.
  public var name: Name
  /// The type asked for, of the class IN.
  public var type: RecordType
  /// The address that is asked directly, for what it serves itself: 4 octets or 16. Nil: a
  /// resolver looks it up.
  public var address: [UInt8]?

  /// A question.
  public init(_ name: Name, _ type: RecordType, at address: [UInt8]? = nil) {
    self.name = name
    self.type = type
    self.address = address
  }
}

extension NetworkQuestion: CustomStringConvertible {
  /// `www.example.com. A`, `child.example.com. SOA at 192.0.2.1`
  public var description: String {
    guard let address else { return "\(name) \(type)" }
    let data = RecordData(type: address.count == 4 ? .a : .aaaa, octets: address[...])
    return "\(name) \(type) at \(data)"
  }
}
