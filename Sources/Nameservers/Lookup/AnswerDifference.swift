/// How two answers to one question differ.
public enum AnswerDifference: Sendable, Hashable {
  /// In the TTLs of the data, or of the negative answer, alone.
  case ttl
  /// In the data.
  case value
  /// The first has data, the second says that there are none.
  case missing
  /// The second has data, the first says that there are none.
  case extra
  /// In the sort of answer, its response code, or in the authority for it.
  case kind

  /// The difference; nil if there is none.
  public init?(from old: Answer, to new: Answer) {
    if old == new { return nil }
    guard old.kind == new.kind, old.isAuthoritative == new.isAuthoritative else {
      switch (old.kind, new.kind) {
      case (let a, let b) where a.isPositive && b.isNegative: self = .missing
      case (let a, let b) where a.isNegative && b.isPositive: self = .extra
      default: self = .kind
      }
      return
    }
    let hasSameData =
      old.sets.count == new.sets.count
      && zip(old.sets, new.sets).allSatisfy { $0.hasSameData(as: $1) }
    self = hasSameData ? .ttl : .value
  }
}
