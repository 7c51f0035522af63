import Foundation
import TestSupport
import Testing
import ZonecutCommands

/// `--resolve`: the delegation as servers of the parent zone publish it.
@Suite(.serialized, .needsNameServers) struct `--resolve` {
  static let company = sample("company/example.com.zone")

  static let parent = """
    $ORIGIN com.
    $TTL 86400
    @ SOA ns.com. hostmaster.com. 1 7200 900 1209600 300
    @ NS ns
    ns A 127.0.0.1
    example 172800 NS ns1.example.net.
    example 172800 NS ns2.example.net.
    example 3600 DS 1 8 2 AABBCCDDEEFF00112233445566778899AABBCCDDEEFF00112233445566778899

    """

  private func serving(
    _ zone: String, _ text: String, _ check: (_ server: String) throws -> Void
  ) throws {
    try withTemporaryDirectory { folder in
      let file = folder + "/zone"
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      let server = try LoopbackServer(.bind, zones: [.init(zone, file: file)])
      defer { server.stop() }
      try check(server.address)
    }
  }

  @Test func `the TTLs at the parent are asked for`() throws {
    try serving("com", Self.parent) { server in
      let result = zonecut(
        "schedule", Self.company, "--start", "2026-12-01T09:00:00Z", "--format", "json",
        "--resolve", server)
      #expect(result.status == .success, "\(result.messages)")
      let given = zonecut(
        "schedule", Self.company, "--start", "2026-12-01T09:00:00Z", "--format", "json",
        "--parent-ttl", "172800", "--parent-ds", "present", "--ds-ttl", "3600")
      #expect(
        result.output.replacing("asked of \(server)", with: "given with --parent-ttl")
          == given.output)
      #expect(result.output.contains("asked of \(server)"))
    }
  }

  @Test func `a server that is not the parent's is no source`() throws {
    let child = """
      $TTL 300
      @ SOA ns1.example.net. host 1 7200 900 1209600 300
      @ NS ns1.example.net.

      """
    try serving("example.com", child) { server in
      let result = zonecut("schedule", Self.company, "--resolve", server)
      #expect(result.status == .failure)
      #expect(
        result.messages.contains(
          "--resolve: \(server) serves example.com. itself: expected a server of its parent"))
    }
    try serving("org", Self.parent.replacing("$ORIGIN com.", with: "$ORIGIN org.")) { server in
      let result = zonecut("schedule", Self.company, "--resolve", server)
      #expect(result.status == .failure)
      #expect(result.messages.contains("\(server) answers REFUSED for example.com."))
    }
  }

  @Test(arguments: [["--parent-ttl", "1h"], ["--parent-ds", "present"], ["--ds-ttl", "1h"]])
  func `it is an alternative to what it asks for`(options: [String]) {
    let result = zonecut(["schedule", Self.company, "--resolve", "127.0.0.1"] + options)
    #expect(result.status == .usage)
  }
}
