import Nameservers
import TestSupport
import Testing
import ZoneKit

/// RFC 7766: queries over TCP.
@Suite(.serialized) struct EngineTCPTests {
  private static func truncated(_ query: [UInt8], _: Int) -> [ScriptedServer.Action] {
    [
      .send(
        reply(to: query) {
          $0.isTruncated = true
          $0.answer = []
        })
    ]
  }

  private func run(
    _ asked: [Query], tcp: ScriptedServer.Script?
  ) async throws -> EngineRun {
    let server = try ScriptedServer(udp: Self.truncated, tcp: tcp)
    defer { server.stop() }
    return await QueryEngine(servers: [server.address], environment: .hasty()).ask(asked)
  }

  @Test func truncatedRepliesAreFetchedOverTCP() async throws {
    let asked = queries(100)
    let run = try await run(asked, tcp: { query, _ in [.send(reply(to: query))] })
    for query in asked {
      let reply = run.reply(to: query.tag)
      #expect(answers(reply, query.question))
      #expect(reply?.isOverTCP == true && reply?.wasTruncated == true)
    }
    #expect(run.statistics[0].truncated == 100)
    #expect(run.statistics[0].connections == 1)
  }

  /// Eight queries gather at the server; their replies go back last first, in pieces.
  @Test func repliesMayComeInAnyOrderAndInPieces() async throws {
    let gathered = Gathered()
    let asked = queries(32)
    let run = try await run(
      asked,
      tcp: { query, _ in
        let octets = gathered.add(query, until: 8).reversed().flatMap { query in
          let octets = reply(to: query)
          return [UInt8(octets.count >> 8), UInt8(octets.count & 255)] + octets
        }
        return stride(from: 0, to: octets.count, by: 7).map {
          .sendRaw(Array(octets[$0..<min($0 + 7, octets.count)]))
        }
      })
    for query in asked { #expect(answers(run.reply(to: query.tag), query.question)) }
  }

  @Test func connectionsThatCloseAfterEachReplyWillDo() async throws {
    let asked = queries(3)
    let run = try await run(asked, tcp: { query, _ in [.send(reply(to: query)), .close] })
    for query in asked { #expect(answers(run.reply(to: query.tag), query.question)) }
  }

  @Test func refusedTCP() async throws {
    let run = try await run(queries(1), tcp: nil)
    #expect(run.failure() == .truncated(.refused))
  }

  @Test func closedTCP() async throws {
    let run = try await run(queries(1), tcp: { _, _ in [.close] })
    #expect(run.failure() == .truncated(.closed))
  }

  @Test func halfClosedTCP() async throws {
    let run = try await run(queries(1), tcp: { _, _ in [.closeHalf] })
    #expect(run.failure() == .truncated(.closed))
  }

  @Test func silentTCP() async throws {
    let run = try await run(queries(2), tcp: { _, _ in [] })
    #expect(run.failure(of: 0) == .truncated(.timedOut))
    #expect(run.failure(of: 1) == .truncated(.timedOut))
  }

  @Test func slowTCP() async throws {
    let run = try await run(queries(1), tcp: { query, _ in [.sendRaw([0, 200, query[0]])] })
    #expect(run.failure() == .truncated(.timedOut))
  }

  @Test func garbageOverTCP() async throws {
    let run = try await run(
      queries(1), tcp: { _, _ in (0..<100).map { _ in .send([1, 2, 3, 4]) } })
    #expect(run.failure() == .truncated(.closed))
  }

  @Test func malformedOverTCP() async throws {
    let run = try await run(
      queries(1), tcp: { query, _ in [.send(reply(to: query).dropLast())] })
    #expect(run.failure() == .truncated(.malformed))
  }

  @Test func truncatedOverTCP() async throws {
    let run = try await run(
      queries(1), tcp: { query, _ in [.send(reply(to: query) { $0.isTruncated = true })] })
    #expect(run.failure() == .truncated(.malformed))
  }

  @Test func endlessOverTCP() async throws {
    let run = try await run(
      queries(1), tcp: { _, _ in [.sendForEver([UInt8](repeating: 9, count: 60_000))] })
    #expect(run.failure() == .truncated(.closed))
  }

  @Test func queriesMayGoOverTCPAlone() async throws {
    let asked = queries(200, isOverTCP: true)
    let run = try await run(asked, tcp: { query, _ in [.send(reply(to: query))] })
    for query in asked { #expect(answers(run.reply(to: query.tag), query.question)) }
    #expect(run.statistics[0].truncated == 0)
  }
}
