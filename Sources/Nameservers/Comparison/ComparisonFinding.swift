public import ZoneKit

/// What was found at one question.
public struct ComparisonFinding: Sendable, Hashable {
  /// The question; nil for what is said of a server as a whole.
  public var question: Question?
  /// How the answers stand to each other.
  public var verdict: ComparisonClass
  /// Why a difference is expected, or what else there is to say.
  public var reason: String?
  /// The addresses of the servers whose answer this is; none offline.
  public var servers: [String]
  /// The old side's answer, a line for each RRset.
  public var old: [String]
  /// The new side's.
  public var new: [String]
  /// What probably lies behind it.
  public var cause: Cause

  /// A finding.
  public init(
    _ verdict: ComparisonClass, question: Question?, servers: [String] = [], old: [String] = [],
    new: [String] = [], cause: Cause, reason: String? = nil
  ) {
    self.question = question
    self.verdict = verdict
    self.reason = reason
    self.servers = servers
    self.old = old
    self.new = new
    self.cause = cause
  }

  /// What findings have in common: one thing to mend.
  public enum Cause: Sendable, Hashable {
    /// The records of a name.
    case name(Name)
    /// A wildcard.
    case wildcard(Name)
    /// The delegation of a zone below.
    case delegation(Name)
    /// A DNAME.
    case dname(Name)
    /// How a server does its work, whatever it is asked.
    case server(String, String)
    /// The zone's delegation at its parent.
    case parent
    /// A difference that is expected, with the reason.
    case expected(String)
  }
}

extension ComparisonFinding.Cause {
  /// What lies behind the difference of two expectations.
  init(_ question: Question, old: Expectation, new: Expectation, contents: [ZoneContent]) {
    for basis in [old.basis, new.basis] {
      if case .cut(let cut) = basis {
        self = .delegation(cut)
        return
      }
    }
    for basis in [old.basis, new.basis] {
      if case .dname(let owner) = basis {
        self = .dname(owner)
        return
      }
    }
    // A name that one content lacks: its absence is the cause, also where a wildcard then answers.
    let enclosers = contents.compactMap { $0.closestEncloser(of: question.name) }
    if let first = enclosers.first, let other = enclosers.first(where: { $0 != first }) {
      self.init(ofName: first.wire.count > other.wire.count ? first : other)
      return
    }
    for basis in [old.basis, new.basis] {
      if case .wildcard(let wildcard) = basis {
        self = .wildcard(wildcard)
        return
      }
    }
    self.init(ofName: enclosers.first ?? question.name)
  }

  private init(ofName name: Name) {
    self = name.isWildcard ? .wildcard(name) : .name(name)
  }
}

extension ComparisonFinding.Cause: CustomStringConvertible {
  /// `the wildcard *.example.com.`
  public var description: String {
    switch self {
    case .name(let name): "\(name)"
    case .wildcard(let name): "the wildcard \(name)"
    case .delegation(let name): "the delegation of \(name)"
    case .dname(let name): "the DNAME at \(name)"
    case .server(let address, let problem): "\(address): \(problem)"
    case .parent: "the delegation at the parent"
    case .expected(let reason): reason
    }
  }
}
