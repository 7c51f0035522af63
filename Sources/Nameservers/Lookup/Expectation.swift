public import ZoneKit

/// What the content of a zone lets a server say to a question.
public struct Expectation: Sendable, Hashable {
  /// The answers, any of which is right: one, but where Route 53 chooses among several sets by
  /// weight, latency, place or health.
  public var answers: [Answer]
  /// Whether a part of the data is right too: a multivalue answer of more than eight sets, or of
  /// sets with a health check.
  public var allowsPart: Bool
  /// The aliases to resources of AWS that answer: with what data, no content can tell.
  public var resources: [Name]
  /// The same of all sets at the name.
  public var resourcesAtName: [Name] = []
  /// What in the content the answer comes from.
  public var basis: Basis

  /// An expectation.
  public init(
    _ answers: [Answer], allowsPart: Bool = false, resources: [Name] = [], basis: Basis = .name
  ) {
    self.answers = answers
    self.allowsPart = allowsPart
    self.resources = resources
    self.basis = basis
  }

  /// What in a content an answer comes from.
  public enum Basis: Sendable, Hashable {
    /// The name itself.
    case name
    /// A name that is there only because others lie below it (RFC 4592 section 2.2.2).
    case emptyNonTerminal
    /// A wildcard.
    case wildcard(Name)
    /// A zone cut at or above the name.
    case cut(Name)
    /// A DNAME above the name.
    case dname(Name)
    /// That nothing is there.
    case nothing
    /// That the name lies outside the zone.
    case outside
  }

  /// Whether more than one answer is right, or the answer is not known.
  public var isVarying: Bool { answers.count > 1 || allowsPart || !resources.isEmpty }

  /// Whether an answer is one of those that are right. TTLs count only with `withTTL`.
  public func admits(_ answer: Answer, withTTL: Bool = false) -> Bool {
    answers.contains { known in
      switch AnswerDifference(from: known, to: answer) {
      case nil: return true
      case .ttl: return !withTTL
      case .value where allowsPart && known.kind == .data && answer.kind == .data:
        guard let all = known.sets.first, let part = answer.sets.first else { return false }
        return all.owner == part.owner && Set(all.data).isSuperset(of: part.data)
      default: return false
      }
    }
  }
}
