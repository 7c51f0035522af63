/// What becomes of one question in a comparison.
struct Judgement: Sendable, Hashable {
  var verdict: ComparisonClass
  /// Why it is expected.
  var reason: String?

  static let match = Judgement(verdict: .match)
}

extension ExpectedDifferences {
  /// Judges what two sides say to a question, each with all that is right for it.
  func judge(_ question: Question, old: Expectation, new: Expectation) -> Judgement {
    guard let difference = Self.difference(from: old, to: new) else { return .match }
    if let reason = reason(for: question, difference, old: old, new: new) {
      return Judgement(verdict: .expected, reason: reason)
    }
    return Judgement(verdict: ComparisonClass(difference))
  }

  /// How two sides differ; nil if they do not. A side that may answer in several ways is like one
  /// whose answers are all among these.
  static func difference(from old: Expectation, to new: Expectation) -> AnswerDifference? {
    guard old.isVarying || new.isVarying else {
      return AnswerDifference(from: old.answers[0], to: new.answers[0])
    }
    if Set(old.resources) == Set(new.resources) {
      let isAmong = { (a: Expectation, b: Expectation, withTTL: Bool) in
        a.answers.allSatisfy { b.admits($0, withTTL: withTTL) }
      }
      if isAmong(old, new, true) || isAmong(new, old, true) { return nil }
      if isAmong(old, new, false) || isAmong(new, old, false) { return .ttl }
    }
    guard let a = old.answers.first, let b = new.answers.first else {
      // An alias to a resource has data, but nobody knows which.
      let (a, b) = (old.answers.first?.kind ?? .data, new.answers.first?.kind ?? .data)
      if a.isPositive && b.isNegative { return .missing }
      if a.isNegative && b.isPositive { return .extra }
      return a == b ? .value : .kind
    }
    switch AnswerDifference(from: a, to: b) {
    case nil, .ttl: return .value
    case let difference?: return difference
    }
  }
}
