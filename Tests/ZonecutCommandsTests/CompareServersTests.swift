import TestSupport
import Testing
import ZonecutCommands

@Suite("zonecut compare with servers", .serialized, .needsNameServers)
struct CompareServersTests {
  private static let secret = "c2VjcmV0IG9mIGEgdGVzdCBmb3Igem9uZWN1dCBvbmx5"

  private static let zone = """
    $ORIGIN z.test.
    @ 3600 SOA ns1 host 7 7200 900 1209600 300
    @ 3600 NS ns1
    ns1 3600 A 127.0.0.1
    www 300 TXT "a; b" "c"
    *.w 300 A 192.0.2.1

    """

  /// BIND as the old server and NSD as the new one, both with the same zone at one address.
  private func withServers(
    old settings: LoopbackServer.Settings, new text: String? = nil,
    _ body: (_ old: String, _ new: String, _ file: String, _ folder: String) throws -> Void
  ) throws {
    try withTemporaryDirectory { folder in
      let file = try write(Self.zone, to: "old.zone", in: folder)
      let other = try write(text ?? Self.zone, to: "new.zone", in: folder)
      let old = try LoopbackServer(.bind, zones: [.init("z.test", file: file)], settings: settings)
      defer { old.stop() }
      var likewise = LoopbackServer.Settings()
      likewise.addresses = settings.addresses
      let new = try LoopbackServer(
        .nsd, zones: [.init("z.test", file: other)], settings: likewise)
      defer { new.stop() }
      try body(old.address, new.address, file, folder)
    }
  }

  @Test("old servers that answer signed queries alone are asked with the key")
  func signed() throws {
    var settings = LoopbackServer.Settings()
    settings.key = ("key.test.", "hmac-sha256", Self.secret)
    settings.zoneLines = ["allow-query { key \"key.test.\"; };"]
    try withServers(old: settings) { old, new, file, folder in
      let servers = ["--old", old, "--new", new, "--qps", "unlimited"]
      let refused = zonecut(["compare", file] + servers)
      #expect(refused.status == .failure, "\(refused.output)")
      #expect(refused.messages.contains("REFUSED"), "\(refused.messages)")
      let key = try write(Self.secret + "\n", to: "secret", in: folder)
      // The zone's name: the old server transfers it, which it does with the key alone, too.
      for zone in [file, "z.test"] {
        let result = zonecut(
          ["compare", zone] + servers + ["--tsig", "key.test:hmac-sha256:\(key)"])
        #expect(result.status == .success, "\(zone): \(result.output)\(result.messages)")
      }
      let wrong = try write("d3Jvbmc=\n", to: "wrong", in: folder)
      let result = zonecut(
        ["compare", file] + servers + ["--tsig", "key.test:hmac-sha256:\(wrong)"])
      #expect(result.status == .failure, "\(result.output)")
    }
  }

  @Test("a difference is found with the key as well, after it was asked for again")
  func signedDifference() throws {
    var settings = LoopbackServer.Settings()
    settings.key = ("key.test.", "hmac-sha256", Self.secret)
    settings.zoneLines = ["allow-query { key \"key.test.\"; };"]
    let changed = Self.zone.replacing("\"a; b\"", with: "\"a; c\"")
    try withServers(old: settings, new: changed) { old, new, file, folder in
      let result = zonecut(
        ["compare", file, "--old", old, "--new", new, "--qps", "unlimited", "--tsig", "key.test"],
        environment: ["ZONECUT_TSIG_SECRET": Self.secret])
      #expect(result.status == .findings, "\(result.output)\(result.messages)")
      #expect(result.output.contains("www.z.test."), "\(result.output)")
      #expect(!result.output.contains("no reply"), "\(result.output)")
    }
  }

  @Test("servers at IPv6 addresses", .needsIPv6)
  func overIPv6() throws {
    var settings = LoopbackServer.Settings()
    settings.addresses = ["::1"]
    try withServers(old: settings) { old, new, file, _ in
      let result = zonecut(
        ["compare", file, "--old", old, "--new", new, "--qps", "unlimited"])
      #expect(result.status == .success, "\(result.output)\(result.messages)")
      #expect(result.output.contains("old and new answer alike"), "\(result.output)")
    }
  }

  @Test("a key is for servers, and has to be one")
  func usage() {
    let zone = zoneFile("company")
    #expect(zonecut("compare", zone, zone, "--offline", "--tsig", "k").status == .usage)
    let servers = ["--old", "127.0.0.1", "--new", "127.0.0.1"]
    #expect(zonecut(["compare", zone] + servers + ["--tsig", "k:md5"]).status == .usage)
    #expect(zonecut(["compare", zone] + servers + ["--tsig", "k"]).status == .usage)
  }
}
