import Nameservers
import TestSupport
import Testing
import ZoneKit

/// RFC 1035 section 4, RFC 6891
@Suite struct MessageTests {
  private func sample() throws -> Message {
    var message = Message(
      id: 4711, question: Question(try Name(parsing: "www.example.com."), .a),
      edns: EDNS(
        payload: 1232, wantsDNSSEC: true,
        options: [EDNS.Option(code: EDNS.Option.cookie, octets: [1, 2, 3, 4, 5, 6, 7, 8])]))
    message.isResponse = true
    message.isAuthoritative = true
    message.responseCode = .badCookie
    for (type, text) in [
      (RecordType.a, "192.0.2.1"), (.mx, "10 mail.example.com."), (.txt, #""a" "b c""#),
      (.svcb, "1 svc.example.com. alpn=h2 port=53"), (.caa, "0 issue \"ca.example\""),
      (RecordType(rawValue: 65280), "\\# 3 010203"),
    ] {
      message.answer.append(
        Record(
          owner: try Name(parsing: "WWW.example.com."), ttl: TTL(300),
          data: try RecordData(parsing: text, type: type)))
    }
    return message
  }

  @Test func readsBackWhatItWrites() throws {
    let message = try sample()
    #expect(try Message(parsing: message.octets()) == message)
  }

  @Test func octetsBehindTheLastRecordAreNoMessage() throws {
    let octets = try sample().octets()
    #expect(throws: MessageError.self) { try Message(parsing: octets + [0]) }
    #expect(throws: MessageError.self) { try Message(parsing: octets.dropLast()) }
  }

  @Test(arguments: SeededGenerator.seeds(20)) func anyOctetsCanBeRead(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let octets = try sample().octets()
    for _ in 0..<500 {
      let changed = random.mutated(octets)
      if let message = try? Message(parsing: changed) {
        #expect(message.answer.allSatisfy { $0.data.octets.count <= 65_535 })
      }
    }
    for count in 0..<200 { _ = try? Message(parsing: random.octets(count)) }
  }
}
