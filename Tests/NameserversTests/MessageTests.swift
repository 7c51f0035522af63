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

  /// libldns reads and writes NSAP-PTR and SINK wrongly, and loses all else in the message with them.
  @Test func dataAreReadAndWrittenAsTheyStand() throws {
    let all: [(type: UInt16, octets: [UInt8])] = [
      (65_534, [1, 2, 3]), (23, [1, 0x62, 2, 0x63, 0x64, 0]), (1, [192, 0, 2, 1]),
      (40, [0x59, 0x59, 0x7F, 0x5C, 0x13, 0x48]), (65_534, []), (23, [0]),
    ]
    var octets: [UInt8] = [0, 1, 0x84, 0, 0, 0, 0, 3, 0, 2, 0, 1]
    for (type, data) in all {
      octets += [1, 0x61, 0, UInt8(type >> 8), UInt8(type & 255), 0, 1, 0, 0, 1, 44]
      octets += [0, UInt8(data.count)] + data
    }
    let message = try Message(parsing: octets)
    let sections = [message.answer, message.authority, message.additional]
    #expect(sections.map(\.count) == [3, 2, 1])
    #expect(sections.joined().map(\.type.rawValue) == all.map(\.type))
    #expect(sections.joined().map { Array($0.data.octets) } == all.map(\.octets))
    #expect(try Message(parsing: message.octets()) == message)
    let cut = octets.dropLast() + [5]
    #expect(throws: MessageError.self) { try Message(parsing: cut) }
  }

  @Test("an OPT record whose fields are all 0 is one") func emptyEDNS() throws {
    var message = try sample()
    message.edns = EDNS(payload: 0, wantsDNSSEC: false, options: [])
    #expect(try Message(parsing: message.octets()).edns == message.edns)
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
      guard let message = try? Message(parsing: changed), let written = try? message.octets()
      else { continue }
      #expect(try Message(parsing: written) == message)
    }
    for count in 0..<200 { _ = try? Message(parsing: random.octets(count)) }
  }
}
