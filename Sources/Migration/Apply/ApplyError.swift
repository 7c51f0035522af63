public import Diagnostics
public import RecordSets

/// Why batches are not applied, or not further.
public struct ApplyError: Error, Sendable, CustomStringConvertible {
  /// What kind of reason it is.
  public let kind: Kind
  /// What happened and what to do, in sentences without a final full stop.
  public let messages: [String]
  /// What explains it, each at its place.
  public let findings: [Finding]
  /// How the hosted zone differs from what was expected.
  public let difference: Diff?

  /// Kinds of reasons.
  public enum Kind: Sendable, Hashable {
    /// The hosted zone is not as the plan expects it.
    case difference
    /// Something is unusable, or failed.
    case failure
  }

  /// A failure.
  init(_ messages: String..., findings: [Finding] = []) {
    kind = .failure
    self.messages = messages
    self.findings = findings
    difference = nil
  }

  /// A failure of the service, or of the command that asks it.
  init(_ error: AWSError, _ more: String...) {
    kind = .failure
    messages = ["\(error)"] + more
    findings = []
    difference = nil
  }

  /// A hosted zone that is not as expected.
  init(difference: Diff?, findings: [Finding] = [], _ messages: String...) {
    kind = .difference
    self.messages = messages
    self.findings = findings
    self.difference = difference
  }

  /// The messages in one line.
  public var description: String { messages.joined(separator: "; ") }
}
