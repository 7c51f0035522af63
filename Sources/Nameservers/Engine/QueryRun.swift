#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One run of the engine: the loop over all servers.
struct QueryRun {
  private let servers: [ServerRun]
  private let environment: QueryEnvironment
  private var buffer = DatagramBuffer()

  /// A wait is no longer than this, so that a cancellation is noticed: a tenth of a second.
  private static let longestWait: UInt64 = 100_000_000

  init(_ engine: QueryEngine) {
    environment = engine.environment
    servers = engine.servers.map {
      ServerRun($0, options: engine.options.forServer($0), environment: engine.environment)
    }
  }

  /// Runs until nothing is left to ask or to wait for.
  mutating func run(
    cancellation: QueryCancellation?, next: (Int) -> Query?,
    finished: (Int, Query, QueryOutcome) -> Void
  ) -> [QueryStatistics] {
    while true {
      let now = environment.now()
      if cancellation?.isCancelled == true {
        for server in servers { server.cancel(at: now) }
        _ = report(finished)
        break
      }
      for (index, server) in servers.enumerated() {
        server.expire(at: now)
        server.fill(at: now) { next(index) }
      }
      if report(finished) {
        // Callers may know further questions by now.
        for server in servers { server.isExhausted = false }
        receive(within: 0)
      } else {
        guard servers.contains(where: { $0.inFlight > 0 || !$0.isExhausted }) else { break }
        let event = servers.lazy.map { $0.nextEvent(at: now) }.min() ?? .max
        receive(within: min(event > now ? event - now : 0, Self.longestWait))
      }
    }
    return servers.map(\.statistics)
  }

  /// Reports the outcomes that have gathered. Returns whether there were any.
  private func report(_ finished: (Int, Query, QueryOutcome) -> Void) -> Bool {
    var any = false
    for (index, server) in servers.enumerated() where !server.outcomes.isEmpty {
      any = true
      for (query, outcome) in server.outcomes { finished(index, query, outcome) }
      server.outcomes.removeAll(keepingCapacity: true)
    }
    return any
  }

  /// Waits for datagrams and connections, and takes what they bring.
  private mutating func receive(within span: UInt64) {
    var entries: [pollfd] = []
    for server in servers {
      for socket in server.sockets {
        entries.append(
          pollfd(
            fd: socket.descriptor,
            events: Int16(socket.hasUnsent ? POLLIN | POLLOUT : POLLIN), revents: 0))
      }
      if let connection = server.connection {
        entries.append(pollfd(fd: connection.descriptor, events: connection.events, revents: 0))
      }
    }
    let ready = Sockets.wait(&entries, nanoseconds: environment.waiting(span))
    guard ready > 0 else {
      if span > 0 { environment.waited(span) }
      return
    }
    let now = environment.now()
    var entry = 0
    for server in servers {
      for socket in server.sockets.indices {
        if entries[entry].revents & ~Int16(POLLOUT) != 0 {
          server.receive(fromSocket: socket, &buffer, at: now)
        }
        entry += 1
      }
      if let connection = server.connection {
        if entries[entry].revents & ~Int16(POLLOUT) != 0, connection.isConnected {
          server.receiveOverTCP(at: now)
        }
        entry += 1
      }
    }
  }
}
