import Nameservers
import TestSupport
import Testing
import ZoneKit

/// Retries, cookies, pauses and pace.
@Suite(.serialized) struct EnginePaceTests {
  @Test func silenceOverUDPLeadsToTCP() async throws {
    let server = try ScriptedServer(tcp: { query, _ in [.send(reply(to: query))] })
    defer { server.stop() }
    let asked = queries(20)
    let run = await QueryEngine(servers: [server.address], environment: .hasty()).ask(asked)
    for query in asked {
      #expect(answers(run.reply(to: query.tag), query.question))
      #expect(run.reply(to: query.tag)?.tries == 3)
    }
    #expect(run.statistics[0].retries == 40)
  }

  @Test func lostQueriesAreAskedAgain() async throws {
    let server = try ScriptedServer(udp: { query, number in
      number % 3 == 2 ? [.send(reply(to: query))] : []
    })
    defer { server.stop() }
    let asked = queries(1)
    var options = QueryOptions()
    options.timeouts = [1_000_000_000, 1_000_000_000, 1_000_000_000, 1_000_000_000]
    let run = await QueryEngine(servers: [server.address], options: options, environment: .hasty())
      .ask(asked)
    #expect(answers(run.reply(), asked[0].question))
    #expect(run.reply()?.tries == 3)
  }

  /// RFC 7873 section 5.3, RFC 9018
  @Test func cookiesAreKeptAndBadCookieGoesAgain() async throws {
    let server = try ScriptedServer(udp: { query, _ in
      let message = try? Message(parsing: query)
      let cookie = message?.edns?.options.first { $0.code == EDNS.Option.cookie }?.octets ?? []
      let given = Array(cookie.prefix(8)) + Array(repeating: 42, count: 16)
      return [
        .send(
          reply(to: query) {
            $0.edns?.options = [.init(code: EDNS.Option.cookie, octets: given)]
            guard cookie != given else { return }
            $0.responseCode = .badCookie
            $0.answer = []
          })
      ]
    })
    defer { server.stop() }
    let asked = queries(30)
    var options = QueryOptions()
    options.window = 4
    let run = await QueryEngine(servers: [server.address], options: options, environment: .hasty())
      .ask(asked)
    for query in asked { #expect(answers(run.reply(to: query.tag), query.question)) }
    #expect(run.statistics[0].sent <= 34)
  }

  /// RFC 6891 section 7
  @Test(arguments: [true, false]) func serversWithoutEDNS(headerOnly: Bool) async throws {
    let server = try ScriptedServer(udp: { query, _ in
      guard query[11] > 0 else { return [.send(reply(to: query))] }
      let refusal = reply(to: query) {
        $0.responseCode = .formErr
        $0.answer = []
        $0.edns = nil
        if headerOnly { $0.questions = [] }
      }
      return [.send(refusal)]
    })
    defer { server.stop() }
    let asked = queries(20)
    var options = QueryOptions()
    options.window = 1
    let run = await QueryEngine(servers: [server.address], options: options, environment: .hasty())
      .ask(asked)
    for query in asked {
      #expect(answers(run.reply(to: query.tag), query.question))
      #expect(run.reply(to: query.tag)?.usedEDNS == false)
    }
    #expect(run.statistics[0].sent == 21)
  }

  @Test func deadServersArePausedAndThenGivenUp() async throws {
    let silent = try ScriptedServer()
    defer { silent.stop() }
    let good = try ScriptedServer(udp: { query, _ in [.send(reply(to: query))] })
    defer { good.stop() }
    let closed = ServerAddress("127.0.0.1@\(try LoopbackServer.freePort(at: ["127.0.0.1"]))")!
    var options = QueryOptions()
    options.queriesPerSecond = nil
    let asked = queries(2_000)
    let run = await QueryEngine(
      servers: [silent.address, good.address, closed], options: options, environment: .hasty()
    ).ask(asked)
    for server in [0, 2] {
      #expect(run.outcomes[server].count == 2_000)
      #expect(run.failure(of: 0, server: server) != nil)
      #expect(run.failure(of: 1_999, server: server) == .serverGivenUp)
      #expect(run.statistics[server].pauses == 2)
      // Ten queries and one after each pause, two tries of each over UDP.
      #expect(run.statistics[server].sent <= 12 * 3)
    }
    #expect(run.failure(of: 0, server: 0) == .connectionRefused)
    #expect(run.failure(of: 0, server: 2) == .connectionRefused)
    for query in asked { #expect(answers(run.reply(to: query.tag, server: 1), query.question)) }
  }

  @Test func cancellationEndsTheRun() async throws {
    let cancellation = QueryCancellation()
    let server = try ScriptedServer(udp: { query, number in
      if number == 20 { cancellation.cancel() }
      return number < 20 ? [.send(reply(to: query))] : []
    })
    defer { server.stop() }
    let run = await QueryEngine(servers: [server.address], environment: .system)
      .ask(queries(1_000), cancellation: cancellation)
    #expect(run.statistics[0].replies == 20)
    #expect(run.outcomes[0].count < 1_000)
    #expect(run.statistics[0].failures == run.outcomes[0].count - 20)
  }

  @Test func theRateIsKept() async throws {
    let server = try ScriptedServer(udp: { query, _ in [.send(reply(to: query))] })
    defer { server.stop() }
    var options = QueryOptions()
    options.queriesPerSecond = 1_000
    let environment = QueryEnvironment.hasty()
    let start = environment.now()
    let run = await QueryEngine(
      servers: [server.address], options: options, environment: environment
    )
    .ask(queries(2_000))
    let seconds = Double(environment.now() - start) / 1_000_000_000
    #expect(run.statistics[0].replies == 2_000)
    #expect(seconds > 1.9)
  }
}
