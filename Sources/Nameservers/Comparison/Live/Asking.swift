import ZoneKit

/// What became of one question to one server.
enum Observation: Sendable {
  case answer(Answer)
  case failure(QueryFailure)

  var answer: Answer? {
    if case .answer(let answer) = self { answer } else { nil }
  }
}

extension LiveComparison {
  /// What came of a question to a server of a zone.
  func observation(_ outcome: QueryOutcome, _ question: Question, zone: Name? = nil) -> Observation
  {
    switch outcome {
    case .reply(let reply):
      guard let message = try? reply.message() else { return .failure(.malformed) }
      return .answer(Answer(message, to: question, apex: zone ?? apex))
    case .failure(let failure): return .failure(failure)
    }
  }

  /// Asks each server its own questions, one at a time, from ports that no query came from before.
  ///
  /// - Parameter zone: the zone that the servers are asked for, if it is another.
  func askSlowly(
    _ queries: [[Query]], of servers: [ServerAddress], zone: Name? = nil
  ) -> [[Observation]] {
    var slow = options
    slow.window = 1
    slow.socketsPerServer = 1
    var cursors = servers.map { _ in 0 }
    var observations = queries.map { $0.map { _ in Observation.failure(.cancelled) } }
    _ = QueryEngine(servers: servers, options: slow, environment: environment).run(
      cancellation: cancellation,
      next: { server in
        guard cursors[server] < queries[server].count else { return nil }
        var query = queries[server][cursors[server]]
        query.tag = cursors[server]
        cursors[server] += 1
        return query
      },
      finished: { server, query, outcome in
        observations[server][query.tag] = observation(outcome, query.question, zone: zone)
      })
    return observations
  }
}
