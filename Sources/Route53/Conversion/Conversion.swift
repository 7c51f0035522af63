public import Diagnostics
public import RecordSets
import ZoneKit

/// Record sets written for another tool, and what that tool has no word for.
public struct Conversion: Sendable {
  /// The document.
  public let text: String
  /// What the document lacks, in the order of the sets.
  public let losses: [Loss]

  /// A set that is left out, or of which a part is.
  public struct Loss: Sendable, Hashable {
    /// The set.
    public let key: RecordSet.Key
    /// Whether the whole set is left out.
    public let isOmitted: Bool
    /// Why: a sentence without full stop.
    public let reason: String
    /// Whether it is as it should be: every hosted zone has an SOA and NS set of its own.
    public let isExpected: Bool
    /// Where the set was read.
    public let location: Location?

    init(
      _ set: RecordSet, _ reason: String, isOmitted: Bool = true, isExpected: Bool = false
    ) {
      key = set.key
      self.isOmitted = isOmitted
      self.isExpected = isExpected
      self.reason = reason
      location = set.location
    }
  }

  /// Whether nothing is lost that should not be.
  public var isComplete: Bool { losses.allSatisfy { $0.isExpected } }

  /// The losses as findings at the places of their sets: warnings, or remarks where expected.
  public var findings: [Finding] {
    losses.map {
      Finding(
        rule: "r53-convert-loss", severity: $0.isExpected ? .info : .warning,
        message: "\($0.key)\($0.isOmitted ? " is left out" : ""): \($0.reason)", at: $0.location)
    }
  }
}

extension RecordSet {
  /// Why no tool that fills a hosted zone writes this set; nil if it does.
  func isKeptByRoute53(apex: Name) -> String? {
    guard owner == apex, type == .soa || type == .ns else { return nil }
    return "the hosted zone keeps the \(type) set that Route 53 gave it"
  }
}
