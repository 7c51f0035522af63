import Nameservers
import TestSupport
import Testing
import ZoneKit

/// RFC 5452 section 9.1, RFC 7873 section 5.3: what is believed.
@Suite(.serialized) struct AcceptanceTests {
  /// What is no reply to the query, each with its name.
  static let impostors: [(String, @Sendable ([UInt8]) -> [ScriptedServer.Action])] = [
    ("wrong id", { query in [.send(changed(reply(to: query), 0, by: 1))] }),
    ("wrong name", { query in [.send(reply(to: query) { $0.questions[0].name = name("x.") })] }),
    ("wrong type", { query in [.send(reply(to: query) { $0.questions[0].type = .mx })] }),
    (
      "wrong class",
      { query in [.send(reply(to: query) { $0.questions[0].recordClass = .ch })] }
    ),
    ("other letter case", { query in [.send(changed(reply(to: query), 13, by: 0x20))] }),
    ("a query", { query in [.send(query)] }),
    ("an update", { query in [.send(reply(to: query) { $0.opcode = 5 })] }),
    ("no question", { query in [.send(reply(to: query) { $0.questions = [] })] }),
    ("two questions", { query in [.send(reply(to: query) { $0.questions += $0.questions })] }),
    ("another port", { query in [.sendFromElsewhere(reply(to: query))] }),
    ("cut off", { query in [.send(reply(to: query).dropLast())] }),
    ("more behind it", { query in [.send(reply(to: query) + [0])] }),
    ("a header", { query in [.send(Array(reply(to: query).prefix(12)))] }),
    ("nothing", { _ in [.send([])] }),
    ("two octets", { query in [.send(Array(query.prefix(2)))] }),
    ("oversize", { query in [.send(reply(to: query) + [UInt8](repeating: 0, count: 8_000))] }),
    ("a loop of pointers", { query in [.send(loop(query))] }),
    (
      "another client's cookie",
      { query in
        [
          .send(
            reply(to: query) {
              $0.edns = EDNS(options: [.init(code: 10, octets: Array(repeating: 7, count: 16))])
            })
        ]
      }
    ),
  ]

  private static func changed(_ octets: [UInt8], _ index: Int, by bits: UInt8) -> [UInt8] {
    var octets = octets
    octets[index] ^= bits
    return octets
  }

  /// A record whose owner is a pointer to itself.
  private static func loop(_ query: [UInt8]) -> [UInt8] {
    let octets = reply(to: query) { message in
      message.answer = []
      message.edns = nil
    }
    let place = UInt8(octets.count)
    var looped = octets + [0xC0, place, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]
    looped[7] = 1
    return looped
  }

  @Test(arguments: impostors.indices) func impostorsAreIgnored(index: Int) async throws {
    let (label, impostor) = Self.impostors[index]
    let server = try ScriptedServer(udp: { query, _ in impostor(query) + [.send(reply(to: query))] }
    )
    defer { server.stop() }
    let asked = queries(5)
    let run = await QueryEngine(servers: [server.address], environment: .hasty()).ask(asked)
    for query in asked { #expect(answers(run.reply(to: query.tag), query.question), "\(label)") }
    if label != "another port", label != "nothing" { #expect(run.statistics[0].ignored >= 5) }
  }

  @Test(arguments: impostors.indices) func impostorsAloneAreNoReply(index: Int) async throws {
    let impostor = Self.impostors[index].1
    let server = try ScriptedServer(udp: { query, _ in impostor(query) })
    defer { server.stop() }
    let run = await QueryEngine(servers: [server.address], environment: .hasty()).ask(queries(1))
    #expect(run.failure() != nil)
  }

  @Test(arguments: SeededGenerator.seeds(5)) func garbageIsIgnored(seed: UInt64) async throws {
    let server = try ScriptedServer(udp: { query, number in
      var random = SeededGenerator(seed: seed &* 1_000 &+ UInt64(number))
      let good = reply(to: query)
      var actions: [ScriptedServer.Action] = []
      for _ in 0..<20 {
        // The header's flags and everything behind may change, not the question: a change in the
        // data alone would be a good reply.
        let garbage =
          Array(query.prefix(2)) + random.octets(Int.random(in: 0...600, using: &random))
        actions.append(.send(garbage))
      }
      return actions + [.send(good)]
    })
    defer { server.stop() }
    let asked = queries(10)
    let run = await QueryEngine(servers: [server.address], environment: .hasty()).ask(asked)
    for query in asked { #expect(answers(run.reply(to: query.tag), query.question)) }
  }

  @Test func repliesThatComeTwiceCountOnce() async throws {
    let server = try ScriptedServer(udp: { query, _ in
      [.send(reply(to: query)), .send(reply(to: query)), .send(reply(to: query))]
    })
    defer { server.stop() }
    let asked = queries(50)
    let run = await QueryEngine(servers: [server.address], environment: .hasty()).ask(asked)
    for query in asked { #expect(answers(run.reply(to: query.tag), query.question)) }
    #expect(run.statistics[0].replies == 50)
    #expect(run.statistics[0].ignored >= 90)
  }

  /// Each reply is sent when the next query comes: the first tries are over by then.
  @Test func lateRepliesAnswerNobodyElse() async throws {
    let last = LastReply()
    let server = try ScriptedServer(
      udp: { query, _ in last.exchange(reply(to: query)).map { [.send($0)] } ?? [] },
      tcp: { query, _ in [.send(reply(to: query))] })
    defer { server.stop() }
    var options = QueryOptions()
    options.window = 1
    let asked = queries(6)
    let run = await QueryEngine(servers: [server.address], options: options, environment: .hasty())
      .ask(asked)
    for query in asked { #expect(answers(run.reply(to: query.tag), query.question)) }
  }
}
