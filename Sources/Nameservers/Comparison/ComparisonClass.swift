/// How the answers of two sides to one question stand to each other.
public enum ComparisonClass: String, Sendable, Hashable, CaseIterable {
  /// Alike.
  case match
  /// Alike but for TTLs.
  case ttlOnly = "ttl-only"
  /// Both have data, and these differ.
  case value
  /// The old side has data, the new one says that there are none.
  case missing
  /// The new side has data, the old one says that there are none.
  case extra
  /// Another sort of answer: NXDOMAIN for no data, a CNAME for an address, another response code,
  /// no authority.
  case kind
  /// A server does not serve the zone.
  case lame
  /// A server does not answer.
  case unreachable
  /// A difference that was not there when the servers were asked again.
  case flaky
  /// A difference that was declared beforehand, or follows from how the sides work.
  case expected
  /// The old server serves the child zone too, so that it answers where the new one refers.
  case childHosted = "child-hosted"

  /// Whether a comparison with such a finding has found nothing that stands in the way.
  public var isExplained: Bool {
    switch self {
    case .match, .expected, .childHosted: true
    default: false
    }
  }

  init(_ difference: AnswerDifference) {
    self =
      switch difference {
      case .ttl: .ttlOnly
      case .value: .value
      case .missing: .missing
      case .extra: .extra
      case .kind: .kind
      }
  }
}
