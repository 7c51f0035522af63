import Diagnostics
import Nameservers
import ZoneKit
import ZoneLint

/// Asks a resolver, and name servers directly, what lint rules want to know.
///
/// Questions are asked once, whatever the number of zones. A resolver that never replied, or to
/// none of many questions, is not asked again: the rest of its questions fails at once.
final class NetworkInquirer {
  /// The addresses of the resolver; a question goes to the next one where one gives no reply.
  let resolvers: [ServerAddress]
  /// The resolver as it was named.
  let name: String
  /// The port of name servers that are asked directly.
  var directPort = ServerAddress.defaultPort
  /// How the resolver is asked.
  var options = NetworkInquirer.resolverOptions
  /// How name servers are asked directly.
  var directOptions = NetworkInquirer.directOptions
  /// Called at the start of a round and then from time to time with how far it is, and with nil at
  /// the round's end.
  var progress: (Progress?) -> Void = { _ in }

  private(set) var progressed = Progress()
  private var replies: [NetworkQuestion: NetworkReply] = [:]
  private var silent: Set<ServerAddress> = []
  private var alive: Set<ServerAddress> = []
  private var shown: UInt64 = 0

  /// How many questions were asked, and what became of them.
  struct Progress: Hashable {
    var asked = 0
    var done = 0
    var failed = 0
    /// Of `asked`, those that went to name servers directly.
    var direct = 0
  }

  /// A resolver may take a while over a name whose servers are down: two tries and one over TCP,
  /// ten seconds in all. One that stays silent so often in a row is given up after a pause.
  static let resolverOptions: QueryOptions = {
    var options = QueryOptions()
    options.isRecursionDesired = true
    options.timeouts = [2_000_000_000, 3_000_000_000, 5_000_000_000]
    options.failuresUntilPause = silenceCount
    options.pauses = [2_000_000_000]
    return options
  }()

  /// A name server answers from what it has.
  static let directOptions: QueryOptions = {
    var options = QueryOptions()
    options.queriesPerSecond = 20
    options.window = 4
    options.socketsPerServer = 1
    options.timeouts = [1_000_000_000, 2_000_000_000, 2_000_000_000]
    options.failuresUntilPause = 2
    options.pauses = []
    return options
  }()

  /// After so many questions in a row without a reply, a resolver is taken for dead.
  private static let silenceCount = 32
  /// So many name servers are asked at the same time: each takes a socket.
  static let directServerCount = 64
  /// The shortest time between two reports of progress in a round, in nanoseconds.
  private static let progressInterval: UInt64 = 250_000_000

  init(_ resolvers: [ServerAddress], named name: String) {
    self.resolvers = resolvers
    self.name = name
  }

  /// The way to the network for the linter.
  var inquiry: Inquiry {
    Inquiry(server: name) { [self] questions in ask(questions) }
  }

  private func ask(_ questions: [NetworkQuestion]) -> [NetworkReply] {
    let new = questions.filter { replies[$0] == nil }
    guard !new.isEmpty else { return questions.compactMap { replies[$0] } }
    progressed.asked += new.count
    show(at: QueryEnvironment.system.now())
    askResolvers(new.filter { $0.address == nil })
    askDirectly(new.filter { $0.address != nil })
    progressed.done = progressed.asked
    progress(nil)
    for question in new {
      if case .failure = replies[question] { progressed.failed += 1 }
    }
    return questions.map { replies[$0] ?? .failure("not asked") }
  }

  /// Asks one address after the other what those before did not reply to.
  private func askResolvers(_ questions: [NetworkQuestion]) {
    var open = questions
    for resolver in resolvers where !open.isEmpty && !silent.contains(resolver) {
      let count = run([resolver], [open], options)
      if count > 0 {
        alive.insert(resolver)
      } else if !alive.contains(resolver) || open.count >= Self.silenceCount {
        silent.insert(resolver)
      }
      open.removeAll { if case .answer = replies[$0] { true } else { false } }
    }
    for question in open where replies[question] == nil {
      replies[question] = .failure("not asked: the server gave no reply before")
    }
  }

  private func askDirectly(_ questions: [NetworkQuestion]) {
    progressed.direct += questions.count
    var order: [ServerAddress] = []
    var byServer: [ServerAddress: [NetworkQuestion]] = [:]
    for question in questions {
      guard let octets = question.address,
        let address = ServerAddress(octets: octets, port: directPort)
      else {
        replies[question] = .failure("no address of a server")
        continue
      }
      if byServer[address] == nil { order.append(address) }
      byServer[address, default: []].append(question)
    }
    for start in stride(from: 0, to: order.count, by: Self.directServerCount) {
      let servers = Array(order[start..<min(start + Self.directServerCount, order.count)])
      _ = run(servers, servers.map { byServer[$0] ?? [] }, directOptions)
    }
  }

  /// Asks each server its questions. Returns how many replies there were.
  private func run(
    _ servers: [ServerAddress], _ questions: [[NetworkQuestion]], _ options: QueryOptions
  ) -> Int {
    var cursors = Array(repeating: 0, count: servers.count)
    var count = 0
    _ = QueryEngine(servers: servers, options: options).run { server in
      guard cursors[server] < questions[server].count else { return nil }
      defer { cursors[server] += 1 }
      let question = questions[server][cursors[server]]
      return Query(Question(question.name, question.type), tag: cursors[server])
    } finished: { server, query, outcome in
      let question = questions[server][query.tag]
      if case .reply = outcome { count += 1 }
      self.replies[question] = NetworkReply(outcome, to: question)
      self.note()
    }
    return count
  }

  private func note() {
    progressed.done += 1
    let now = QueryEnvironment.system.now()
    guard now &- shown >= Self.progressInterval else { return }
    show(at: now)
  }

  private func show(at now: UInt64) {
    shown = now
    progress(progressed)
  }
}

extension NetworkInquirer {
  /// What was asked, as it stands in a report of findings.
  var json: JSONOutput {
    [
      "server": .string(name), "questions": .int(progressed.asked - progressed.direct),
      "direct": .int(progressed.direct), "unanswered": .int(progressed.failed),
    ]
  }
}

extension NetworkInquirer.Progress {
  /// `asked 127.0.0.1 40 questions and name servers directly 2; 1 without an answer`
  func summary(of server: String) -> String {
    var text = "asked \(server) " + count(asked - direct, "question")
    if direct > 0 { text += " and name servers directly \(direct)" }
    return text + "; " + (failed == 0 ? "all have an answer" : "\(failed) without an answer")
  }
}

extension NetworkReply {
  /// What became of a query.
  init(_ outcome: QueryOutcome, to question: NetworkQuestion) {
    switch outcome {
    case .failure(let failure): self = .failure("\(failure)")
    case .reply(let reply):
      do {
        let message = try reply.message()
        self.init(
          NetworkMessage(
            responseCode: message.responseCode.rawValue,
            responseText: "\(message.responseCode)", isAuthoritative: message.isAuthoritative,
            isRecursionAvailable: message.isRecursionAvailable, answer: message.answer,
            authority: message.authority), to: question)
      } catch {
        self = .failure("a malformed reply: \(error)")
      }
    }
  }
}
