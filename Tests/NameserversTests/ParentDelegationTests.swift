import Foundation
import Nameservers
import Testing
import ZoneKit

/// What is believed of a parent's server: a referral for NS, and an authoritative answer for DS.
@Suite struct ParentDelegationTests {
  private static let zone = name("example.com.")

  private static func record(_ type: RecordType, _ ttl: UInt32, _ text: String) throws -> Record {
    Record(owner: zone, ttl: TTL(ttl), data: try RecordData(parsing: text, type: type))
  }

  /// Asks a server that answers for NS and DS as the closure fills in.
  private func ask(
    _ answer: @escaping @Sendable (inout Message, RecordType) throws -> Void
  ) async throws -> Result<ParentDelegation, ParentDelegationError> {
    let server = try ScriptedServer(udp: { query, _ in
      guard var message = try? Message(parsing: query), let type = message.questions.first?.type
      else { return [] }
      message.isResponse = true
      try? answer(&message, type)
      return (try? message.octets()).map { [.send($0)] } ?? []
    })
    defer { server.stop() }
    let address = server.address
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let result = Result { () throws(ParentDelegationError) in
          try ParentDelegation.ask([address], for: Self.zone)
        }
        continuation.resume(returning: result)
      }
    }
  }

  private static func refer(_ message: inout Message) throws {
    message.authority = [try record(.ns, 172_800, "ns1.example.net.")]
  }

  @Test func aReferralAndNoDS() async throws {
    let result = try await ask { message, type in
      if type == .ns { try Self.refer(&message) } else { message.isAuthoritative = true }
    }
    let delegation = try result.get()
    #expect(delegation.ttl == TTL(172_800))
    #expect(delegation.dsTTL == nil)
  }

  @Test(arguments: [ResponseCode.servFail, .refused])
  func aFailedAnswerIsNotNoDS(code: ResponseCode) async throws {
    let result = try await ask { message, type in
      if type == .ns { try Self.refer(&message) } else { message.responseCode = code }
    }
    #expect(throws: ParentDelegationError.self) { try result.get() }
  }

  @Test func anAnswerWithoutAuthorityIsNotNoDS() async throws {
    let result = try await ask { message, type in
      if type == .ns { try Self.refer(&message) }
    }
    #expect(throws: ParentDelegationError.self) { try result.get() }
  }

  @Test func aResolverIsNoSource() async throws {
    let result = try await ask { message, _ in
      message.isRecursionAvailable = true
      message.answer = [try Self.record(.ns, 299, "ns1.example.net.")]
    }
    let error = #expect(throws: ParentDelegationError.self) { try result.get() }
    #expect(error?.description.contains("is a resolver") == true)
  }
}
