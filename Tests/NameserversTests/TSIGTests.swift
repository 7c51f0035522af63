import CLDNS
import Nameservers
import TestSupport
import Testing
import ZoneKit

@testable import Nameservers

/// RFC 8945, with libldns as a second opinion.
@Suite struct TSIGTests {
  private func key(_ algorithm: TSIGKey.Algorithm, secretCount: Int) -> TSIGKey {
    TSIGKey(
      name: name("Key.Test."), algorithm: algorithm, secret: Array(repeating: 7, count: secretCount)
    )
  }

  /// RFC 4231 section 4.3
  @Test func knownCode() {
    let code = HMAC.code(
      Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8), .hmacSHA256)
    let hex = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    #expect(hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  /// Version 1.8 of libldns has no hmac-sha384.
  @Test(
    arguments: TSIGKey.Algorithm.allCases.filter { $0 != .hmacSHA384 },
    [1, 32, 63, 64, 65, 128, 200])
  func libldnsAgrees(algorithm: TSIGKey.Algorithm, count: Int) throws {
    let key = key(algorithm, secretCount: count)
    var query = try Message(id: 99, question: Question(name("a.test."), .a)).octets()
    _ = key.sign(&query, at: QueryEnvironment.system.wallClock())
    var packet: UnsafeMutablePointer<ldns_pkt>?
    #expect(unsafe ldns_wire2pkt(&packet, query, query.count) == LDNS_STATUS_OK)
    defer { unsafe ldns_pkt_free(packet) }
    let encoded = Self.base64(key.secret)
    #expect(
      unsafe ldns_pkt_tsig_verify(packet, query, query.count, "key.test.", encoded, nil))
  }

  @Test func signaturesCoverEverything() throws {
    let key = key(.hmacSHA256, secretCount: 32)
    var query = try Message(id: 99, question: Question(name("a.test."), .a)).octets()
    _ = key.sign(&query, at: 1_000_000)
    // As a reply whose request had no MAC, the digest of a query is another.
    #expect(throws: TSIGError.self) {
      try key.verify(query[...], requestMAC: [1], at: 1_000_000)
    }
  }

  @Test(arguments: SeededGenerator.seeds(10)) func anyOctetsCanBeVerified(seed: UInt64) throws {
    let key = key(.hmacSHA256, secretCount: 32)
    var random = SeededGenerator(seed: seed)
    var query = try Message(id: 99, question: Question(name("a.test."), .a)).octets()
    _ = key.sign(&query, at: 1_000_000)
    for _ in 0..<500 {
      let changed = random.mutated(query)
      #expect(throws: TSIGError.self) {
        try key.verify(changed[...], requestMAC: [1], at: 1_000_000)
      }
    }
  }

  @Test func secretsAreNotPrinted() throws {
    let key = try TSIGKey(name: name("k."), algorithm: .hmacSHA256, base64: "c2VjcmV0")
    #expect(!"\(key)".contains("115") && !String(reflecting: key).contains("115"))
    #expect(throws: TSIGError.self) {
      try TSIGKey(name: name("k."), algorithm: .hmacSHA256, base64: "not base64!")
    }
  }

  private static func base64(_ octets: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: octets.count, by: 3) {
      let part = octets[start..<min(start + 3, octets.count)]
      let bits = part.reduce(0) { $0 << 8 | Int($1) } << ((3 - part.count) * 8)
      for place in 0..<4 {
        text.append(place <= part.count ? digits[bits >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }
}
