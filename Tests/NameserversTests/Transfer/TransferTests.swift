import Foundation
import Nameservers
import TestSupport
import Testing
import ZoneKit

/// RFC 5936, against a server that does what the test says.
@Suite(.serialized) struct TransferTests {
  private func soa(_ serial: UInt32 = 1) -> Record {
    record("z.test.", .soa, "ns.z.test. host.z.test. \(serial) 7200 900 1209600 300")
  }

  private func record(_ owner: String, _ type: RecordType, _ text: String) -> Record {
    do {
      return Record(
        owner: name(owner), ttl: TTL(60), data: try RecordData(parsing: text, type: type))
    } catch { fatalError("\(error)") }
  }

  private func transfer(
    limits: TransferLimits = TransferLimits(), _ script: @escaping ScriptedServer.Script
  ) async throws -> Result<[Record], TransferError> {
    let server = try ScriptedServer(tcp: script)
    defer { server.stop() }
    var transfer = ZoneTransfer(name("z.test."), from: server.address, environment: .hasty())
    transfer.limits = limits
    return await transfer.records()
  }

  private func messages(_ query: [UInt8], _ parts: [[Record]]) -> [ScriptedServer.Action] {
    parts.map { records in .send(reply(to: query) { $0.answer = records }) }
  }

  private func failure(_ result: Result<[Record], TransferError>) -> String {
    if case .failure(let error) = result { error.description } else { "no error" }
  }

  @Test func recordsOfAllMessages() async throws {
    let a = record("a.z.test.", .a, "192.0.2.1")
    let b = record("b.z.test.", .txt, "text")
    let result = try await transfer { query, _ in messages(query, [[soa()], [a, b], [soa()]]) }
    #expect(try result.get() == [soa(), a, b])
  }

  @Test func anotherSOAAtTheEnd() async throws {
    let result = try await transfer { query, _ in messages(query, [[soa(1), soa(2)]]) }
    #expect(failure(result).contains("try again"))
  }

  @Test func noSOAAtTheBeginning() async throws {
    let a = record("a.z.test.", .a, "192.0.2.1")
    #expect(failure(try await transfer { query, _ in messages(query, [[a]]) }).contains("not with"))
  }

  @Test func recordsOfOtherZones() async throws {
    let a = record("a.example.", .a, "192.0.2.1")
    let result = try await transfer { query, _ in messages(query, [[soa(), a, soa()]]) }
    #expect(failure(result).contains("no record of z.test."))
  }

  @Test func recordsBehindTheEnd() async throws {
    let a = record("a.z.test.", .a, "192.0.2.1")
    let result = try await transfer { query, _ in messages(query, [[soa(), soa(), a]]) }
    #expect(failure(result).contains("behind the SOA"))
  }

  @Test(arguments: [
    (ResponseCode.refused, "allow-transfer"), (.notAuth, "not authoritative"),
    (.notImp, "export the zone"), (.servFail, "log"),
  ]) func refusalsAreExplained(code: ResponseCode, words: String) async throws {
    let result = try await transfer { query, _ in
      [
        .send(
          reply(to: query) {
            $0.responseCode = code
            $0.answer = []
          })
      ]
    }
    #expect(failure(result).contains(words))
    #expect(failure(result).contains(code.description))
  }

  @Test func connectionsThatEndEarly() async throws {
    for end in [ScriptedServer.Action.close, .closeHalf] {
      let result = try await transfer { query, _ in messages(query, [[soa()]]) + [end] }
      #expect(failure(result).contains("before the transfer was complete"))
    }
  }

  @Test func silence() async throws {
    let result = try await transfer { query, _ in messages(query, [[soa()]]) }
    #expect(failure(result).contains("no octet within 60 s"))
  }

  @Test func endlessTransfers() async throws {
    let many = (0..<200).map { record("r\($0).z.test.", .a, "192.0.2.1") }
    var limits = TransferLimits()
    limits.recordCount = 100_000
    let result = try await transfer(limits: limits) { query, _ in
      messages(query, [[soa()]]) + [.sendForEver(reply(to: query) { $0.answer = many })]
    }
    #expect(failure(result).contains("more than 100000 records"))
    limits.recordCount = .max
    limits.octetCount = 1_000_000
    let large = try await transfer(limits: limits) { query, _ in
      messages(query, [[soa()]]) + [.sendForEver(reply(to: query) { $0.answer = many })]
    }
    #expect(failure(large).contains("more than 1000000 octets"))
  }

  @Test func otherIDsAndQuestions() async throws {
    for change: @Sendable (inout Message) -> Void in [
      { $0.id ^= 1 }, { $0.questions[0].name = name("y.test.") }, { $0.isResponse = false },
    ] {
      let result = try await transfer { query, _ in
        [
          .send(
            reply(to: query) {
              $0.answer = [soa(), soa()]
              change(&$0)
            })
        ]
      }
      #expect(failure(result).contains("no part of the transfer"))
    }
  }

  @Test(arguments: SeededGenerator.seeds(10)) func garbage(seed: UInt64) async throws {
    let result = try await transfer { query, _ in
      var random = SeededGenerator(seed: seed)
      let good = reply(to: query) { $0.answer = [soa(), soa()] }
      return [.send(random.mutated(good, changes: 8)), .sendRaw(random.octets(5_000)), .close]
    }
    if case .success(let records) = result { #expect(records.count >= 1) }
  }
}

extension ZoneTransfer {
  /// All records, fetched on a thread of its own.
  func records() async -> Result<[Record], TransferError> {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var all: [Record] = []
        let result = Result { () throws(TransferError) in
          _ = try self.run { records in all += records }
        }
        continuation.resume(returning: result.map { all })
      }
    }
  }
}
