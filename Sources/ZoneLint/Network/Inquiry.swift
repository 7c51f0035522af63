import Diagnostics
import ZoneKit

/// The way to the network for rules that need it: `Linter` collects what they ask and gives them
/// the replies, round after round, as an answer may lead to the next question.
public struct Inquiry {
  /// The server that is asked, as findings name it.
  public var server: String
  /// Asks all the questions. Returns a reply to each, in the same order.
  public var ask: ([NetworkQuestion]) -> [NetworkReply]

  /// The most rounds: an SPF check leads over ten queries at most that count, each followed by one
  /// for addresses, and chains of CNAMEs that leave the zone take a few more.
  public static let maximumRounds = 24
  /// The most questions about a zone. What is asked beyond is reported as undecided.
  public static let maximumQuestions = 5_000

  /// So many questions a round may have in any case, if the limit allows.
  private static let usualCount = 500

  /// How many questions the next round may have: half of those that are left, so that something
  /// remains for where the answers lead.
  static func room(after count: Int) -> Int {
    let rest = max(0, maximumQuestions - count)
    return min(rest, max(usualCount, rest / 2))
  }

  /// Questions of several rules, each once: the first of every rule, then the second, so that a
  /// rule with many takes nothing from the others.
  static func inTurn(_ lists: [[NetworkQuestion]], atMost limit: Int) -> [NetworkQuestion] {
    var questions: [NetworkQuestion] = []
    var seen: Set<NetworkQuestion> = []
    for place in 0..<(lists.map(\.count).max() ?? 0) {
      for list in lists where place < list.count && seen.insert(list[place]).inserted {
        guard questions.count < limit else { return questions }
        questions.append(list[place])
      }
    }
    return questions
  }

  /// A way to the network.
  public init(server: String, ask: @escaping ([NetworkQuestion]) -> [NetworkReply]) {
    self.server = server
    self.ask = ask
  }
}

/// The replies that are known.
struct NetworkAnswers: Sendable {
  private var replies: [NetworkQuestion: NetworkReply] = [:]
  /// The server that was asked.
  let server: String

  init(server: String) { self.server = server }

  var count: Int { replies.count }

  subscript(question: NetworkQuestion) -> NetworkReply? { replies[question] }

  mutating func add(_ questions: some Sequence<NetworkQuestion>, _ replies: [NetworkReply]) {
    for (question, reply) in zip(questions, replies) { self.replies[question] = reply }
  }
}

/// What a rule sees of the network: answers, and nothing of questions without one. A rule cannot
/// mistake a failure for "does not exist", as it never meets one.
struct NetworkView: Sendable {
  private let answers: NetworkAnswers?
  /// What was asked for and has no answer, in order, each once.
  private(set) var open: [NetworkQuestion] = []
  private var noted: Set<NetworkQuestion> = []

  init(_ answers: NetworkAnswers?) { self.answers = answers }

  /// Whether anything may be asked.
  var isConnected: Bool { answers != nil }

  /// The answer; nil where there is none, or none yet.
  mutating func answer(_ question: NetworkQuestion) -> NetworkAnswer? {
    guard let answers else { return nil }
    if case .answer(let answer) = answers[question] { return answer }
    note([question])
    return nil
  }

  /// Takes questions down that have no answer.
  mutating func note(_ questions: [NetworkQuestion]) {
    for question in questions where noted.insert(question).inserted { open.append(question) }
  }

  /// The answer of a resolver.
  mutating func answer(_ name: Name, _ type: RecordType) -> NetworkAnswer? {
    answer(NetworkQuestion(name, type))
  }
}

extension NetworkAnswers {
  /// How many questions there were, with those that were never asked.
  func count(with open: [NetworkQuestion]) -> Int {
    count + open.count { replies[$0] == nil }
  }

  /// What is told of open questions one by one; the rest is counted.
  private static let maximumNotes = 20

  /// The open questions, each with the reason.
  func notes(on open: [NetworkQuestion]) -> [Note] {
    var notes = open.prefix(Self.maximumNotes).map { question in
      if case .failure(let reason) = replies[question] { return Note("\(question): \(reason)") }
      return Note(
        "\(question): not asked, being over the limit of \(Inquiry.maximumQuestions) questions in "
          + "\(Inquiry.maximumRounds) rounds")
    }
    if open.count > notes.count { notes.append(Note("and \(open.count - notes.count) more")) }
    return notes
  }
}
