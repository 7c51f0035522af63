/// Why the service refuses a change batch: every fault of it that was found.
public struct ChangeBatchRejection: Error, Sendable, Hashable {
  /// The faults, those of the whole batch first, then in order of the changes.
  public let messages: [Message]

  /// The error code: `InvalidInput` if any message is one, since the service reads a request's form
  /// before it looks at the zone.
  public var code: Code {
    messages.contains { $0.code == .invalidInput } ? .invalidInput : .invalidChangeBatch
  }

  /// An error code of the service.
  public enum Code: String, Sendable, Hashable {
    /// The changes do not go with the zone.
    case invalidChangeBatch = "InvalidChangeBatch"
    /// The request is malformed.
    case invalidInput = "InvalidInput"
  }

  /// One fault, in the service's own words where they are known.
  public struct Message: Sendable, Hashable, CustomStringConvertible {
    /// The change, counted from 0; nil for the batch as a whole.
    public let change: Int?
    /// The error code.
    public let code: Code
    /// What the service says.
    public let text: String

    /// `change 3: Tried to create ...`, the change counted from 1.
    public var description: String { (change.map { "change \($0 + 1): " } ?? "") + text }
  }
}

extension ChangeBatchRejection: CustomStringConvertible {
  /// The code and all messages, in one line.
  public var description: String {
    "\(code.rawValue): [\(messages.map(\.description).joined(separator: ", "))]"
  }
}

/// A fault of one record set: code and words of the service.
struct SetFault: Error, Hashable {
  var code: ChangeBatchRejection.Code
  var text: String

  init(_ text: String, code: ChangeBatchRejection.Code = .invalidChangeBatch) {
    self.text = text
    self.code = code
  }
}
