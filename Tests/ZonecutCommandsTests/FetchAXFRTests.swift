import Foundation
import TestSupport
import Testing
import ZonecutCommands

@Suite("fetch axfr", .serialized, .needsNameServers)
struct FetchAXFRTests {
  private static let secret = "c2VjcmV0IG9mIGEgdGVzdCBmb3Igem9uZWN1dCBvbmx5"

  private func withServer(
    _ brand: LoopbackServer.Brand, address: String = "127.0.0.1", key: Bool = false,
    _ body: (_ server: String, _ folder: String) throws -> Void
  ) throws {
    try withTemporaryDirectory { folder in
      let file = folder + "/z.test.zone"
      try """
      $ORIGIN z.test.
      @ 3600 SOA ns1 host 7 7200 900 1209600 300
      @ 3600 NS ns1
      ns1 3600 A 127.0.0.1
      www 300 TXT "a; b" "c"

      """.write(toFile: file, atomically: false, encoding: .utf8)
      var settings = LoopbackServer.Settings()
      settings.addresses = [address]
      if key { settings.key = ("key.test.", "hmac-sha256", Self.secret) }
      let server = try LoopbackServer(
        brand, zones: [.init("z.test", file: file)], settings: settings)
      defer { server.stop() }
      try body(server.address, folder)
    }
  }

  @Test(
    "the fetched zone does not differ from what is served",
    arguments: ["127.0.0.1", "::1"].filter(LoopbackServer.canListen))
  func roundTrip(address: String) throws {
    try withServer(.nsd, address: address) { server, folder in
      let out = folder + "/out.zone"
      let fetched = zonecut("fetch", "axfr", "z.test", "--server", server, "--out", out)
      #expect(fetched.status == .success)
      #expect(fetched.messages.contains("4 records, serial 7, from \(server)"))
      #expect(zonecut("diff", folder + "/z.test.zone", out).status == .success)
      let again = zonecut("fetch", "axfr", "z.test", "--server", server, "--out", out)
      #expect(again.status == .failure && again.messages.contains("--replace"))
      let printed = zonecut("fetch", "axfr", "z.test.", "--server", server, "--quiet")
      #expect(printed.status == .success && printed.messages.isEmpty)
      #expect(FileManager.default.contents(atPath: out) == Data(printed.output.utf8))
    }
  }

  @Test("a key from a file, from tsig-keygen's output, or from the environment")
  func keys() throws {
    try withServer(.bind, key: true) { server, folder in
      let refused = zonecut("fetch", "axfr", "z.test", "--server", server)
      #expect(refused.status == .failure && refused.output.isEmpty)
      #expect(refused.messages.contains("REFUSED") && refused.messages.contains("--tsig"))
      let plain = folder + "/plain"
      let clause = folder + "/clause"
      try (Self.secret + "\n").write(toFile: plain, atomically: false, encoding: .utf8)
      try """
      key "key.test" {
        algorithm hmac-sha256;
        secret "\(Self.secret)";
      };
      """.write(toFile: clause, atomically: false, encoding: .utf8)
      for key in ["key.test:hmac-sha256:\(plain)", "key.test:HMAC-SHA256:\(clause)"] {
        let fetched = zonecut("fetch", "axfr", "z.test", "--server", server, "--tsig", key)
        #expect(fetched.status == .success, "\(fetched.messages)")
      }
      let fetched = zonecut(
        "fetch", "axfr", "z.test", "--server", server, "--tsig", "key.test",
        environment: ["ZONECUT_TSIG_SECRET": Self.secret])
      #expect(fetched.status == .success, "\(fetched.messages)")
    }
  }

  @Test("nothing is left of a transfer that fails")
  func failures() throws {
    try withServer(.knot) { server, folder in
      let out = folder + "/out.zone"
      let failed = zonecut("fetch", "axfr", "other.test", "--server", server, "--out", out)
      #expect(failed.status == .failure)
      #expect(failed.messages.contains("not authoritative") || failed.messages.contains("REFUSED"))
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(!files.contains { $0.hasPrefix("out.zone") })
    }
  }

  @Test("wrong words")
  func usage() {
    #expect(
      zonecut("fetch", "axfr", "z.test", "--server", "127.0.0.1", "--tsig", "k:md5").status
        == .usage)
    #expect(
      zonecut("fetch", "axfr", "z.test", "--server", "127.0.0.1", "--tsig", "k").status == .usage)
    #expect(zonecut("fetch", "axfr", "z..test", "--server", "127.0.0.1").status == .failure)
    #expect(zonecut("fetch", "axfr", "z.test", "--server", "127.0.0.1@0").status == .failure)
  }
}
