import Diagnostics
import Foundation
import Nameservers
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint
@testable import ZonecutCommands

/// `lint --resolve`: what the network tells of a zone.
@Suite("zonecut lint --resolve", .serialized) struct LintResolveTests {
  /// A zone without faults of its own.
  static let ground = """
    $ORIGIN example.com.
    $TTL 3600
    @ SOA ns1.example.net. hostmaster.example.com. 5 14400 3600 1209600 900
    @ 86400 NS ns1.example.net.
    @ 86400 NS ns2.example.net.

    """

  /// What the ground leads to. Nobody listens at port 53 of those addresses.
  static let world = """
    example.com. SOA ns1.example.net. hostmaster.example.com. 5 14400 3600 1209600 900
    ns1.example.net. A 127.0.0.201
    ns2.example.net. A 127.0.0.202

    """

  /// Lints the ground with more records in a world with more.
  private func lint(
    _ zone: String, in world: String, lifetime: Int = .max, options: [String] = []
  ) throws -> CommandResult {
    let server = try WorldServer(Self.world + world, lifetime: lifetime)
    return withExtendedLifetime(server) {
      zonecut(
        ["lint", "-", "--resolve", server.address, "--disable", "no-mail-lockdown"] + options,
        input: Self.ground + zone)
    }
  }

  @Test func `targets elsewhere that do not exist are found at their place`() throws {
    let result = try lint(
      """
      @ MX 10 mx.example.net.
      ftp CNAME files.example.net.
      shop CNAME www.gone.net.
      _sip._tcp SRV 0 0 5060 sip.example.net.
      """,
      in: """
        mx.example.net. NXDOMAIN
        files.example.net. CNAME old.example.net.
        old.example.net. NXDOMAIN
        gone.net. NXDOMAIN
        sip.example.net. TXT "no address"
        """)
    for text in [
      "<stdin>:6:9: warning: MX target mx.example.net. does not exist [mx-target-no-address]",
      "<stdin>:7:11: warning: CNAME target files.example.net., by way of old.example.net., does not "
        + "exist [cname-dangling]",
      "<stdin>:8:12: error: CNAME target www.gone.net. does not exist: whoever registers gone.net. "
        + "answers for shop.example.com. [takeover-cname]",
      "<stdin>:9:24: warning: SRV target sip.example.net. has no address [srv-target-no-address]",
    ] {
      #expect(result.output.contains(text), "\(result.output)")
    }
    #expect(result.status == .findings)
    #expect(result.messages.contains("zonecut: asked 127.0.0.1@"), "\(result.messages)")
  }

  @Test func `without it the output says nothing of that`() {
    let result = zonecut(
      "lint", "-", "--disable", "no-mail-lockdown",
      input: Self.ground + "shop CNAME www.gone.net.\n")
    #expect(!result.output.contains("gone.net. does not exist"))
    #expect(!result.messages.contains("asked"))
  }

  @Test func `SPF is followed into other zones`() throws {
    let includes = (0..<6).map { "include:s\($0).example.net" }.joined(separator: " ")
    let records = (0..<6).map { "s\($0).example.net. TXT \"v=spf1 a:h.example.net -all\"\n" }
    let result = try lint(
      "@ TXT \"v=spf1 \(includes) -all\"\n",
      in: records.joined() + "h.example.net. A 127.0.0.9\n")
    #expect(
      result.output.contains("needs at least 12 queries, at most 10 are made [spf-lookups]"),
      "\(result.output)")
  }

  @Test(arguments: ["SERVFAIL", "REFUSED", "SILENT"])
  func `no answer is never "does not exist"`(mark: String) throws {
    let result = try lint(
      "ftp CNAME files.example.net.\n", in: "files.example.net. \(mark)\n")
    #expect(!result.output.contains("does not exist"), "\(result.output)")
    #expect(!result.output.contains("[cname-dangling]"), "\(result.output)")
    #expect(result.output.contains("[resolve-undecided]"), "\(result.output)")
    // The last try goes over TCP, where nobody listens.
    let reason = mark == "SILENT" ? "connection refused" : mark
    #expect(result.output.contains("files.example.net. A: \(reason)"), "\(result.output)")
  }

  @Test func `a server that dies on the way leaves the rest undecided`() throws {
    let zone = (0..<40).map { "a\($0) CNAME t\($0).example.net.\n" }.joined()
    let world = (0..<40).map { "t\($0).example.net. NXDOMAIN\n" }.joined()
    let result = try lint(zone, in: world, lifetime: 20, options: ["--format", "json"])
    #expect(result.status == .success || result.status == .findings, "\(result.messages)")
    let found = result.output.components(separatedBy: "\"rule\": \"cname-dangling\"").count - 1
    #expect(found < 20, "\(result.output)")
    #expect(result.output.contains("\"rule\": \"resolve-undecided\""), "\(result.output)")
    #expect(result.messages.contains("without an answer"), "\(result.messages)")
  }

  @Test func `a terminal shows how far it is, and keeps nothing of that`() throws {
    let server = try WorldServer(Self.world)
    let result = withExtendedLifetime(server) {
      zonecut(
        ["lint", "-", "--resolve", server.address], input: Self.ground + "a CNAME b.example.net.\n",
        isTerminal: true)
    }
    #expect(result.messages.hasPrefix("\rasked 0 of "), "\(result.messages)")
    let parts = result.messages.split(separator: "\r")
    // The last line is cleared, and the summary follows.
    #expect(parts.last?.hasPrefix("\u{1b}[Kzonecut: asked ") == true, "\(result.messages)")
  }

  /// It may be slow over one name, and know the next.
  @Test func `a resolver that was silent once is asked again`() throws {
    let world = try WorldServer("a.example.net. A 127.0.0.9\nb.example.net. SILENT\n")
    let inquirer = NetworkInquirer(try ServerAddress.resolve(world.address), named: world.address)
    inquirer.options.timeouts = [300_000_000, 300_000_000]
    func ask(_ name: String) throws -> NetworkReply? {
      inquirer.inquiry.ask([NetworkQuestion(try Name(parsing: name), .a)]).first
    }
    let first = try ask("a.example.net.")
    let second = try ask("b.example.net.")
    let third = try ask("c.a.example.net.")
    guard case .answer = first, case .failure = second, case .answer(let answer) = third else {
      Issue.record("\(String(describing: [first, second, third]))")
      return
    }
    #expect(answer.kind == .nameError)
    withExtendedLifetime(world) {}
  }

  @Test(arguments: ["127.0.0.1@0", "127.0.0.1@x", "", "1:2"])
  func `an address that is none is wrong usage`(address: String) {
    let result = zonecut("lint", "-", "--resolve", address, input: Self.ground)
    #expect(result.status == .usage)
    #expect(result.messages.contains("--resolve"), "\(result.messages)")
  }

  @Test func `it goes with finding, not with fixing`() {
    let result = zonecut("lint", "-", "--diff", "--resolve", "127.0.0.1", input: Self.ground)
    #expect(result.status == .usage)
  }

  @Test(.needsNameServers) func `servers of a delegation are asked themselves`() throws {
    try withTemporaryDirectory { folder in
      let file = folder + "/good"
      try Data(
        """
        $TTL 60
        @ SOA ns.example.net. h.example.net. 1 1 1 1 1
        @ NS ns.example.net.
        """.utf8
      ).write(to: URL(filePath: file))
      var settings = LoopbackServer.Settings()
      settings.addresses = ["127.0.0.2"]
      let child = try LoopbackServer(
        .nsd, zones: [.init("good.example.com", file: file)], settings: settings)
      defer { child.stop() }
      let world = try WorldServer(Self.world + "ns.example.net. A 127.0.0.2\n")
      let inquirer = NetworkInquirer(try ServerAddress.resolve(world.address), named: world.address)
      inquirer.directPort = child.port
      let reading = ZoneFileReader.read(
        .init(
          name: "zone",
          text: Self.ground + "good NS ns.example.net.\nbad NS ns.example.net.\n"))
      let findings = Linter.lint(reading, inquiry: inquirer.inquiry)
      let found = findings.filter { $0.rule == "takeover-ns" }.map(\.message)
      #expect(
        found == [
          "NS target ns.example.net. does not serve bad.example.com. (REFUSED): whoever can create "
            + "a zone of that name there answers for it"
        ])
      // Nobody serves the zone itself: that the primary does not is not known.
      #expect(
        findings.first { $0.rule == "resolve-undecided" }?.notes.map(\.message) == [
          "example.com. SOA at 127.0.0.201: connection refused: nobody listens there"
        ])
    }
  }

  @Test(.needsNameServers) func `a resolver of the field passes on what it learns`() throws {
    let world = try WorldServer(
      Self.world + """
        gone.net. NXDOMAIN
        failing.example.net. SERVFAIL
        files.example.net. CNAME old.example.org.
        s.example.net. TXT "v=spf1 include:t.example.net include:gone.net -all"
        t.example.net. TXT "other"
        """)
    var settings = LoopbackServer.Settings()
    settings.forwarderPort = world.port
    let resolver = try LoopbackServer(.bind, zones: [], settings: settings)
    defer { resolver.stop() }
    let result = withExtendedLifetime(world) {
      zonecut(
        "lint", "-", "--resolve", resolver.address, "--format", "json",
        input: Self.ground + """
          @ TXT "v=spf1 include:s.example.net -all"
          a CNAME www.gone.net.
          b CNAME files.example.net.
          c CNAME failing.example.net.

          """)
    }
    for text in [
      "CNAME target www.gone.net. does not exist: whoever registers gone.net. answers for",
      "CNAME target files.example.net., by way of old.example.org., does not exist",
      "SPF record of example.com.: t.example.net., which is included, has no SPF record\"",
      "gone.net., which is included, has no SPF record: whoever registers gone.net. may send in its",
      "failing.example.net. A: SERVFAIL", "\"server\": \"\(resolver.address)\"",
    ] {
      #expect(result.output.contains(text), "\(text): \(result.output)")
    }
    #expect(!result.output.contains("failing.example.net. does not exist"))
  }

  @Test(.needsNameServers, arguments: [LoopbackServer.Brand.bind, .knot])
  func `an authoritative server of the whole world will do`(brand: LoopbackServer.Brand) throws {
    try withTemporaryDirectory { folder in
      let apexes = ["example.net", "net"]
      for apex in apexes {
        let text = """
          $TTL 60
          @ SOA ns1.example.net. h.example.net. 1 1 1 1 1
          @ NS ns1.example.net.
          \(apex == "net" ? "example NS ns1.example.net." : "ns1 A 127.0.0.201\nns2 A 127.0.0.202")

          """
        try Data(text.utf8).write(to: URL(filePath: folder + "/" + apex))
      }
      let server = try LoopbackServer(
        brand, zones: apexes.map { .init($0, file: folder + "/" + $0) })
      defer { server.stop() }
      let result = zonecut(
        "lint", "-", "--resolve", server.address,
        input: Self.ground + """
          a CNAME files.example.net.
          b CNAME www.gone.net.
          c CNAME www.elsewhere.org.

          """)
      #expect(result.output.contains("CNAME target files.example.net. does not exist"))
      #expect(result.output.contains("whoever registers gone.net. answers for b.example.com."))
      #expect(!result.output.contains("elsewhere.org. does not exist"))
      #expect(result.output.contains("www.elsewhere.org. A: REFUSED"), "\(result.output)")
    }
  }
}
