/// Asks many questions of many servers at once.
///
///     let engine = QueryEngine(servers: addresses)
///     var cursors = Array(repeating: 0, count: addresses.count)
///     let statistics = engine.run { server in
///       guard cursors[server] < questions.count else { return nil }
///       defer { cursors[server] += 1 }
///       return Query(questions[cursors[server]], tag: cursors[server])
///     } finished: { server, query, outcome in
///       if case .reply(let reply) = outcome { note(server, query.tag, reply) }
///     }
///
/// One thread, the one that calls `run`, serves all servers with sockets of its own that never
/// block. Every server goes at its own pace: its own window, its own token bucket, its own pauses.
public struct QueryEngine: Sendable {
  /// The servers; a server is named by its index in the calls.
  public let servers: [ServerAddress]
  /// How they are asked.
  public let options: QueryOptions
  let environment: QueryEnvironment

  /// An engine.
  public init(
    servers: [ServerAddress], options: QueryOptions = QueryOptions(),
    environment: QueryEnvironment = .system
  ) {
    self.servers = servers
    self.options = options
    self.environment = environment
  }

  /// Runs until no server has a query in flight and `next` gives none for any.
  ///
  /// Blocks the calling thread, which must not be one of the cooperative pool. Both closures are
  /// called on it.
  ///
  /// - Parameters:
  ///   - cancellation: ends the run within a tenth of a second; queries in flight then end as
  ///     `.cancelled`, and no further ones are taken.
  ///   - next: the next query for a server; nil for none at present. It is asked again after
  ///     outcomes were reported, so that a caller may ask further by what it learnt.
  ///   - finished: called once for each query that `next` gave.
  /// - Returns: for each server what happened.
  public func run(
    cancellation: QueryCancellation? = nil,
    next: (_ server: Int) -> Query?,
    finished: (_ server: Int, _ query: Query, _ outcome: QueryOutcome) -> Void
  ) -> [QueryStatistics] {
    var run = QueryRun(self)
    return run.run(cancellation: cancellation, next: next, finished: finished)
  }
}
