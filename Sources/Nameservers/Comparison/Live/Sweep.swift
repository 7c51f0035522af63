/// One pass over all questions: every usable server is asked each of them, at its own pace.
///
/// Memory is bounded: a server that is ahead of the slowest by `maximumLead` questions waits.
final class Sweep {
  /// A difference that was seen once, at one server.
  struct Suspect: Sendable, Hashable {
    let question: Question
    /// Indices into the servers: whose answer differs, and whose answer it differs from.
    let server: Int
    let reference: Int
  }

  private(set) var report: ComparisonReport
  private(set) var suspects: [Suspect] = []
  /// How many questions all servers are through with, in order.
  private(set) var done = 0

  private let comparison: LiveComparison
  private let servers: [ComparedServer]
  /// The usable servers, as indices.
  private let asked: [Int]
  private let count: Int
  private var questions: AnyIterator<Question>
  private var pending: [Pending] = []
  /// The index in `pending` of the first that is not done.
  private var head = 0
  private var cursors: [Int]
  private var failures: [[QueryFailure: Int]]
  private var smallTruncated: [Int]
  private var statistics: [QueryStatistics] = []
  private var checkpoint: ComparisonJournal.Checkpoint

  /// How far a server may be ahead of the slowest, in questions.
  private static let maximumLead = 8_192
  /// How many questions are done between two entries of the journal.
  private static let checkpointInterval = 1_000
  /// How many of a server's tokens a question takes that is expected to have a negative answer:
  /// with 200 a second, 67 of those.
  private static let negativeCost = 3
  /// The shortest time between two reports of progress, in nanoseconds.
  private static let progressInterval: UInt64 = 250_000_000

  private struct Pending {
    let question: Question
    var observations: [Observation?]
    var missing: Int
  }

  init(
    _ comparison: LiveComparison, servers: [ComparedServer], questions: LiveQuestions
  ) throws(LiveComparisonError) {
    self.comparison = comparison
    self.servers = servers
    asked = servers.indices.filter { servers[$0].isUsable }
    count = questions.count
    self.questions = questions.makeIterator()
    cursors = asked.map { _ in 0 }
    failures = asked.map { _ in [:] }
    smallTruncated = asked.map { _ in 0 }
    report = ComparisonReport(
      apex: comparison.apex, old: comparison.old.map(\.description),
      new: comparison.new.map(\.description))
    report.questionCount = questions.count
    checkpoint = ComparisonJournal.Checkpoint()
    if let journal = comparison.journal {
      let header = ComparisonJournal.Header(comparison, questions: questions)
      if let earlier = try journal.resume(header) { skip(earlier) }
    }
  }

  /// Leaves out what an earlier run was through with.
  private func skip(_ earlier: ComparisonJournal.Checkpoint) {
    done = earlier.done
    report.addMatch(count: earlier.matches)
    for (reason, count) in earlier.expected.sorted(by: { $0.key < $1.key }) {
      report.addExpected(reason, verdict: .expected, count: count)
    }
    var waiting = earlier.suspects[...]
    for number in 0..<earlier.done {
      guard let question = questions.next() else { return }
      while let next = waiting.first, next.question == number {
        suspects.append(
          Suspect(question: question, server: next.server, reference: next.reference))
        waiting.removeFirst()
      }
    }
    cursors = asked.map { _ in done }
    checkpoint = ComparisonJournal.Checkpoint(done: done)
  }

  func run(progress: (ComparisonProgress) -> Void) {
    let engine = QueryEngine(
      servers: asked.map { servers[$0].address }, options: comparison.options,
      environment: comparison.environment)
    let now = comparison.environment.now
    let (start, first) = (now(), done)
    var shown = start
    statistics = engine.run(
      cancellation: comparison.cancellation, next: { self.next($0) },
      finished: { server, query, outcome in
        self.note(server, query, outcome)
        let time = now()
        if time &- shown >= Self.progressInterval {
          shown = time
          progress(self.progress(from: first, nanoseconds: time &- start))
        }
      })
    write()
    progress(self.progress(from: first, nanoseconds: now() &- start))
  }

  private func progress(from first: Int, nanoseconds: UInt64) -> ComparisonProgress {
    let rate = nanoseconds == 0 ? 0 : Double(done - first) * 1e9 / Double(nanoseconds)
    return ComparisonProgress(
      done: done, total: count, rate: rate,
      remaining: rate > 0 ? Int((Double(count - done) / rate).rounded(.up)) : nil)
  }

  private func next(_ server: Int) -> Query? {
    let offset = head + cursors[server] - done
    if offset == pending.count {
      guard pending.count - head < Self.maximumLead, let question = questions.next() else {
        return nil
      }
      pending.append(
        Pending(
          question: question, observations: asked.map { _ in nil }, missing: asked.count))
    }
    let question = pending[offset].question
    defer { cursors[server] += 1 }
    return Query(question, tag: cursors[server], cost: cost(of: question))
  }

  private func cost(of question: Question) -> Int {
    let isNegative = comparison.contents.contains { content in
      content.lookUp(question.name, question.type).answers.first?.kind.isPositive != true
    }
    return isNegative ? Self.negativeCost : 1
  }

  private func note(_ server: Int, _ query: Query, _ outcome: QueryOutcome) {
    if case .failure(.cancelled) = outcome { return }
    if case .reply(let reply) = outcome, reply.wasTruncated,
      reply.octets.count <= Int(EDNS.defaultPayload)
    {
      smallTruncated[server] += 1
    }
    let offset = head + query.tag - done
    pending[offset].observations[server] = comparison.observation(outcome, query.question)
    pending[offset].missing -= 1
    while head < pending.count, pending[head].missing == 0 {
      judge(pending[head])
      head += 1
      done += 1
      if done - checkpoint.done >= Self.checkpointInterval { write() }
    }
    if head > Self.maximumLead {
      pending.removeFirst(head)
      head = 0
    }
  }

  private func write() {
    guard let journal = comparison.journal, done > checkpoint.done else { return }
    checkpoint.done = done
    journal.append(checkpoint)
    checkpoint = ComparisonJournal.Checkpoint(done: done)
  }

  // MARK: Judging

  private func judge(_ entry: Pending) {
    let answers = entry.observations.map { $0?.answer }
    for (index, observation) in entry.observations.enumerated() {
      if case .failure(let failure)? = observation { failures[index][failure, default: 0] += 1 }
    }
    let olds = asked.indices.filter { servers[asked[$0]].side == .old }
    guard let reference = Self.mostCommon(olds, answers), let old = answers[reference] else {
      return
    }
    for index in asked.indices where index != reference {
      guard let answer = answers[index] else { continue }
      let side = servers[asked[index]].side
      let judgement = comparison.judge(entry.question, old: old, new: answer, at: side)
      switch judgement.verdict {
      case .match:
        if side == .new {
          report.addMatch()
          checkpoint.matches += 1
        }
      case .expected, .childHosted:
        let reason = judgement.reason ?? judgement.verdict.rawValue
        checkpoint.expected[reason, default: 0] += 1
        report.add(
          ComparisonFinding(
            judgement.verdict, question: entry.question, servers: [servers[asked[index]].label],
            old: old.lines, new: answer.lines, cause: .expected(reason), reason: reason))
      default:
        suspects.append(
          Suspect(question: entry.question, server: asked[index], reference: asked[reference]))
        checkpoint.suspects.append(
          ComparisonJournal.Suspect(
            question: done, server: asked[index], reference: asked[reference]))
      }
    }
  }

  /// The first of the servers that give the answer that most of them give.
  private static func mostCommon(_ servers: [Int], _ answers: [Answer?]) -> Int? {
    var votes: [Answer: Int] = [:]
    for server in servers { if let answer = answers[server] { votes[answer, default: 0] += 1 } }
    let most = votes.values.max()
    return servers.first { answers[$0].flatMap { votes[$0] } == most && answers[$0] != nil }
  }

  // MARK: What the servers did

  /// Questions that got no reply, one finding for each server and reason.
  func addFailures(to report: inout ComparisonReport) {
    for (index, failures) in failures.enumerated() {
      for (failure, count) in failures.sorted(by: { "\($0.key)" < "\($1.key)" }) {
        let label = servers[asked[index]].label
        report.add(
          ComparisonFinding(
            .unreachable, question: nil, servers: [label],
            cause: .server(label, "\(failure)"),
            reason: "\(count) of \(self.count) questions got no reply, and were not compared"))
      }
    }
  }

  /// What a person should know of the servers though it changed no answer.
  var notes: [String] {
    var notes: [String] = []
    for (index, statistics) in statistics.enumerated() {
      let label = servers[asked[index]].label
      if smallTruncated[index] > 0 {
        notes.append(
          "\(label): truncated \(smallTruncated[index]) replies that fit a datagram of "
            + "\(EDNS.defaultPayload) octets, then gave them over TCP: it limits the rate of "
            + "replies (try a lower --qps), or truncates everything")
      }
      // One lost in a hundred is what networks do.
      if statistics.retries > statistics.replies / 100, statistics.retries > 2 {
        notes.append(
          "\(label): \(statistics.retries) of \(statistics.sent) queries got no reply at once: the "
            + "network loses packets, or the server limits the rate of replies (try a lower --qps)")
      }
    }
    return notes
  }
}
