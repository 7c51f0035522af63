import Diagnostics
import Foundation
import Nameservers
import TestSupport
import Testing
import ZoneKit

/// Transfers from the name servers of the field: what is fetched and read is what they serve.
@Suite(.serialized, .needsNameServers) struct ServerTransferTests {
  private static let secret = "c2VjcmV0IG9mIGEgdGVzdCBmb3Igem9uZWN1dCBvbmx5"

  /// A zone with odd names and types, and `count` more records.
  private static func zoneText(_ count: Int) -> String {
    var text = """
      $ORIGIN z.test.
      $TTL 3600
      @ SOA ns1 host 7 7200 900 1209600 300
      @ NS ns1
      @ MX 10 Mail
      ns1 A 127.0.0.1
      ns1 AAAA ::1
      *.wild TXT "a \\"quoted\\" text" "and \\200 octets"
      a\\.b A 192.0.2.7
      a\\032b A 192.0.2.8
      \\@ A 192.0.2.9
      \\$x 60 A 192.0.2.10
      sub NS ns1.sub
      ns1.sub A 192.0.2.11
      caa CAA 0 issue "ca.example"
      srv SRV 1 2 3 target
      odd TYPE65280 \\# 3 010203
      tlsa TLSA 3 1 1 aabbcc

      """
    for index in 0..<count { text += "h\(index) A 192.0.2.\(index % 250)\n" }
    return text
  }

  private static func records(ofFile path: String) throws -> Set<Record> {
    let reading = ZoneFileReader.read(
      try SourceFile.open(path: path), options: ZoneFileOptions(origin: name("z.test.")))
    #expect(!reading.hasErrors)
    return canonical(Array(reading.zone))
  }

  /// NSD serves names in data in lower case, and compression may change the case of others.
  private static func canonical(_ records: [Record]) -> Set<Record> {
    Set(
      records.map {
        Record(owner: $0.owner, recordClass: $0.recordClass, ttl: $0.ttl, data: $0.data.canonical)
      })
  }

  /// Serves, fetches, reads.
  private func roundTrip(
    _ brand: LoopbackServer.Brand, address: String, key: TSIGKey?, count: Int
  ) async throws {
    try await withTemporaryDirectory { folder in
      let source = folder + "/z.test.zone"
      try Self.zoneText(count).write(toFile: source, atomically: false, encoding: .utf8)
      var settings = LoopbackServer.Settings()
      settings.addresses = [address]
      if key != nil { settings.key = ("key.test.", "hmac-sha256", Self.secret) }
      let server = try LoopbackServer(
        brand, zones: [.init("z.test", file: source)], settings: settings)
      defer { server.stop() }
      let target = folder + "/fetched.zone"
      let transfer = ZoneTransfer(
        name("z.test."), from: ServerAddress(server.address)!, key: key)
      let records = try await transfer.records().get()
      let sink = try ZoneFileSink(path: target)
      try sink.append(records)
      try sink.finish()
      let wanted = try Self.records(ofFile: source)
      #expect(Self.canonical(records) == wanted)
      #expect(records.count == wanted.count)
      #expect(try Self.records(ofFile: target) == wanted)
    }
  }

  @Test(arguments: LoopbackServer.Brand.allCases) func plain(brand: LoopbackServer.Brand)
    async throws
  {
    try await roundTrip(brand, address: "127.0.0.1", key: nil, count: 100)
  }

  @Test(arguments: LoopbackServer.Brand.allCases) func overIPv6(brand: LoopbackServer.Brand)
    async throws
  {
    try await roundTrip(brand, address: "::1", key: nil, count: 100)
  }

  /// RFC 8945 section 5.3.1; large enough for messages without a signature of their own.
  @Test(arguments: LoopbackServer.Brand.allCases) func signed(brand: LoopbackServer.Brand)
    async throws
  {
    let key = try TSIGKey(name: name("key.test."), algorithm: .hmacSHA256, base64: Self.secret)
    try await roundTrip(brand, address: "127.0.0.1", key: key, count: 200_000)
  }

  @Test(arguments: LoopbackServer.Brand.allCases) func refusals(brand: LoopbackServer.Brand)
    async throws
  {
    try await withTemporaryDirectory { folder in
      let source = folder + "/z.test.zone"
      try Self.zoneText(0).write(toFile: source, atomically: false, encoding: .utf8)
      var settings = LoopbackServer.Settings()
      settings.key = ("key.test.", "hmac-sha256", Self.secret)
      let server = try LoopbackServer(
        brand, zones: [.init("z.test", file: source)], settings: settings)
      defer { server.stop() }
      let address = ServerAddress(server.address)!
      func failure(_ zone: String, _ key: TSIGKey?) async -> String {
        switch await ZoneTransfer(name(zone), from: address, key: key).records() {
        case .success: "no error"
        case .failure(let error): error.description
        }
      }
      let wrongSecret = try TSIGKey(name: name("key.test."), algorithm: .hmacSHA256, base64: "AAAA")
      let wrongName = try TSIGKey(
        name: name("other.test."), algorithm: .hmacSHA256, base64: Self.secret)
      #expect(await failure("z.test.", wrongSecret).contains("BADSIG"))
      #expect(await failure("z.test.", wrongName).contains("BADKEY"))
      let plain = await failure("z.test.", nil)
      #expect(plain.contains("REFUSED") || plain.contains("NOTAUTH"))
      let other = await failure("other.test.", nil)
      #expect(other.contains("REFUSED") || other.contains("NOTAUTH"))
    }
  }
}
