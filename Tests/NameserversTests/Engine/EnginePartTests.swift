import TestSupport
import Testing
import ZoneKit

@testable import Nameservers

/// The engine's parts, each by itself.
@Suite struct EnginePartTests {
  @Test(arguments: [1, 7, 200, 50_000]) func bucketsLetTheirRatePass(rate: Int) {
    var bucket = TokenBucket(perSecond: rate, now: 0)
    var passed = 0
    // Ten seconds in steps of a millisecond.
    for now in stride(from: UInt64(0), through: 10_000_000_000, by: 1_000_000) {
      while bucket.isOpen(at: now) {
        bucket.pay(1)
        passed += 1
      }
      #expect(bucket.closedFor > 0)
    }
    #expect(passed >= rate * 10 && passed <= rate * 10 + max(1, rate / 20) + 1)
  }

  @Test func dearQueriesTakeTheirShare() {
    var bucket = TokenBucket(perSecond: 200, now: 0)
    var passed = 0
    for now in stride(from: UInt64(0), through: 10_000_000_000, by: 1_000_000) {
      while bucket.isOpen(at: now) {
        bucket.pay(4)
        passed += 1
      }
    }
    #expect(passed >= 490 && passed <= 510)
  }

  @Test func healthPausesProbesAndGivesUp() {
    var options = QueryOptions()
    options.pauses = [100, 200]
    var health = ServerHealth(options)
    #expect(health.window(128, at: 0) == 10)
    var paused = (0..<10).map { _ in health.noteFailure(begunAt: 0, at: 5) }
    #expect(paused == Array(repeating: false, count: 9) + [true])
    #expect(health.window(128, at: 50) == 0)
    // A query of before the pause tells nothing of what is after it.
    paused = [health.noteFailure(begunAt: 1, at: 150)]
    #expect(health.window(128, at: 150) == 1)
    paused.append(health.noteFailure(begunAt: 150, at: 160))
    #expect(paused == [false, true])
    #expect(health.window(128, at: 200) == 0)
    health.noteReply()
    #expect(health.window(128, at: 200) == 128)
    for _ in 0..<10 { _ = health.noteFailure(begunAt: 200, at: 300) }
    _ = health.noteFailure(begunAt: 400, at: 400)
    #expect(!health.isGivenUp)
    _ = health.noteFailure(begunAt: 600, at: 600)
    #expect(health.isGivenUp)
  }

  @Test(arguments: [true, false], [[UInt8](), Array(1...16)])
  func queriesAreWhatLibldnsReads(usingEDNS: Bool, serverCookie: [UInt8]) throws {
    var random: any RandomNumberGenerator = SeededGenerator(seed: 1)
    var encoder = QueryEncoder(QueryOptions(), random: &random)
    encoder.serverCookie = serverCookie
    var octets: [UInt8] = [9, 9, 9]
    let question = Question(name("Www.Example.com."), .aaaa)
    let end = encoder.encode(question, id: 0xABCD, usingEDNS: usingEDNS, into: &octets)
    #expect(end == 12 + 17 + 4)
    let cookie = EDNS.Option(
      code: EDNS.Option.cookie, octets: encoder.clientCookie + serverCookie)
    let wanted = Message(
      id: 0xABCD, question: question, edns: usingEDNS ? EDNS(options: [cookie]) : nil)
    #expect(try Message(parsing: octets) == wanted)
  }

  @Test(arguments: [
    ("192.0.2.53", "192.0.2.53"), ("192.0.2.53@53", "192.0.2.53"),
    ("192.0.2.53@5353", "192.0.2.53@5353"), ("2001:db8::53", "2001:db8::53"),
    ("[2001:db8::53]@5353", "2001:db8::53@5353"), ("2001:db8::53@5353", "2001:db8::53@5353"),
    ("::1", "::1"),
  ]) func addresses(text: String, shown: String) throws {
    #expect(ServerAddress(text)?.description == shown)
    #expect(try ServerAddress.resolve(text) == [ServerAddress(text)!])
  }

  @Test(arguments: [
    "", "@53", "192.0.2.53@0", "192.0.2.53@65536", "192.0.2.53@x", "::1:::", "a\0b",
  ])
  func noAddresses(text: String) {
    #expect(ServerAddress(text) == nil)
    #expect(throws: ServerAddressError.self) { try ServerAddress.resolve(text) }
  }

  /// What the layout takes, libldns takes or refuses without harm; what it refuses is no message.
  @Test(arguments: SeededGenerator.seeds(10)) func layoutsOfAnyOctets(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let good = reply(to: (try? Message(id: 1, question: queries(1)[0].question).octets()) ?? [])
    for _ in 0..<2_000 {
      let octets = random.mutated(good)
      guard let layout = MessageLayout(octets.span) else { continue }
      #expect(layout.questionEnd <= octets.count)
      _ = layout.responseCode(octets.span)
      if let range = layout.option(10, octets.span) { #expect(range.upperBound <= octets.count) }
    }
  }
}
