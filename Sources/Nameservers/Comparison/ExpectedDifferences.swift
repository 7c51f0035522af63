public import ZoneKit

/// Which differences are expected, so that they are shown but fail nothing.
public struct ExpectedDifferences: Sendable {
  /// Names and types declared by the person.
  public var declared: [Pattern]
  /// Whether TTLs may differ: the plan lowers them.
  public var ttl: Bool
  let apex: Name

  /// Expectations for a zone.
  public init(apex: Name, declared: [Pattern] = [], ttl: Bool = false) {
    self.apex = apex
    self.declared = declared
    self.ttl = ttl
  }

  /// A name, or with `*.` in front all names below it, and a type or any.
  public struct Pattern: Sendable, Hashable {
    /// The name; for a wildcard also what it covers.
    public var name: Name
    /// The type; nil for any.
    public var type: RecordType?

    /// A pattern.
    public init(name: Name, type: RecordType? = nil) {
      self.name = name
      self.type = type
    }

    /// Whether the pattern is of a question.
    public func matches(_ question: Question) -> Bool {
      guard type == nil || type == question.type else { return false }
      if name == question.name { return true }
      guard name.isWildcard, let parent = name.parent else { return false }
      return question.name.isBelow(parent)
    }
  }

  /// Why a difference is expected; nil if it is not.
  func reason(
    for question: Question, _ difference: AnswerDifference, old: Expectation, new: Expectation
  ) -> String? {
    if question.name == apex, question.type == .soa { return "each side has its own SOA" }
    if question.name == apex, question.type == .ns { return "each side has its own name servers" }
    if !question.name.isAtOrBelow(apex) { return "names outside the zone are none of its business" }
    if question.type.isZoneSigning { return "a signer's own records; each signer has others" }
    if difference == .ttl {
      if let old = old.answers.first?.negativeTTL, let new = new.answers.first?.negativeTTL {
        return "negative answers are kept \(new) s instead of \(old) s, as the SOA says"
      }
      if ttl { return "TTLs were declared to differ" }
    }
    if Self.isAlias(old, for: new) || Self.isAlias(new, for: old) {
      return "an alias answers for the resource that the other side's CNAME leads to"
    }
    if declared.contains(where: { $0.matches(question) }) { return "declared" }
    return nil
  }

  /// Whether one side has an alias to what the other's CNAME leads to.
  private static func isAlias(_ alias: Expectation, for cname: Expectation) -> Bool {
    guard !alias.resourcesAtName.isEmpty, let set = cname.answers.first?.sets.first,
      set.type == .cname, let target = set.data.first?.names.first
    else { return false }
    return alias.resourcesAtName.contains { resource in
      // AWS names load balancers with and without this label.
      resource == target || resource == (try? target.prepending(label: "dualstack".utf8))
        || target == (try? resource.prepending(label: "dualstack".utf8))
    }
  }
}
