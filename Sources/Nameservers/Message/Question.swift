public import ZoneKit

/// What a query asks for (RFC 1035 section 4.1.2).
public struct Question: Hashable, Sendable {
  /// The name asked for.
  public var name: Name
  /// The type asked for.
  public var type: RecordType
  /// The class asked for.
  public var recordClass: RecordClass

  /// A question.
  public init(_ name: Name, _ type: RecordType, recordClass: RecordClass = .in) {
    self.name = name
    self.type = type
    self.recordClass = recordClass
  }
}

extension Question: CustomStringConvertible {
  /// As a zone file would write it: `www.example.com. IN A`.
  public var description: String { "\(name) \(recordClass) \(type)" }
}
