import Foundation
import Nameservers
import Synchronization
import ZoneKit

/// A name of a test.
func name(_ text: String) -> Name {
  do { return try Name(parsing: text) } catch { fatalError("\(text): \(error)") }
}

/// What came of a run, for each server.
struct EngineRun: Sendable {
  var outcomes: [[(query: Query, outcome: QueryOutcome)]]
  var statistics: [QueryStatistics] = []

  /// Of one server's queries, what became of the one with a tag; nil where nothing was reported,
  /// or more than once.
  func outcome(of tag: Int, server: Int = 0) -> QueryOutcome? {
    let found = outcomes[server].filter { $0.query.tag == tag }
    return found.count == 1 ? found[0].outcome : nil
  }

  func reply(to tag: Int = 0, server: Int = 0) -> Reply? {
    if case .reply(let reply)? = outcome(of: tag, server: server) { reply } else { nil }
  }

  func failure(of tag: Int = 0, server: Int = 0) -> QueryFailure? {
    if case .failure(let failure)? = outcome(of: tag, server: server) { failure } else { nil }
  }
}

extension QueryEngine {
  /// Asks every server all questions, on a thread of its own.
  func ask(
    _ queries: [Query], cancellation: QueryCancellation? = nil
  ) async -> EngineRun {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var run = EngineRun(outcomes: Array(repeating: [], count: self.servers.count))
        var cursors = Array(repeating: 0, count: self.servers.count)
        run.statistics = self.run(cancellation: cancellation) { server in
          guard cursors[server] < queries.count else { return nil }
          defer { cursors[server] += 1 }
          return queries[cursors[server]]
        } finished: { server, query, outcome in
          run.outcomes[server].append((query, outcome))
        }
        continuation.resume(returning: run)
      }
    }
  }
}

/// `count` queries for the addresses of different names.
func queries(_ count: Int, isOverTCP: Bool = false) -> [Query] {
  (0..<count).map {
    Query(Question(name("n\($0).example."), .a), tag: $0, isOverTCP: isOverTCP)
  }
}

/// The reply of a good server: an address in which the query's name is found again.
func reply(to query: [UInt8], _ change: (inout Message) -> Void = { _ in }) -> [UInt8] {
  do {
    var message = try Message(parsing: query)
    message.isResponse = true
    message.isAuthoritative = true
    let question = message.questions[0]
    message.answer = [
      Record(
        owner: question.name, ttl: TTL(60),
        data: RecordData(
          type: .txt, octets: ([UInt8(question.name.wire.count)] + question.name.wire)[...]))
    ]
    message.edns?.options = []
    change(&message)
    return try message.octets()
  } catch { fatalError("\(error)") }
}

/// Whether a reply is the one that `reply(to:)` makes for the question.
func answers(_ reply: Reply?, _ question: Question) -> Bool {
  guard let reply, let message = try? reply.message() else { return false }
  return message.questions == [question]
    && message.answer.map { Array($0.data.octets.dropFirst()) } == [Array(question.name.wire)]
}
