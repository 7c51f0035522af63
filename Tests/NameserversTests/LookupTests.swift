import Diagnostics
import Nameservers
import RecordSets
import Testing
import ZoneKit

/// Answers of a content, by the example of RFC 4592 section 2.2.1 and beyond.
@Suite("lookup in a content")
struct LookupTests {
  private static let text = """
    $ORIGIN example.
    $TTL 3600
    @ SOA ns.example.com. host 1 7200 900 86400 600
    @ NS ns.example.com.
    *.example. TXT "this is a wildcard"
    *.example. MX 10 host1.example.
    sub.*.example. TXT "this is not a wildcard"
    host1 A 192.0.2.1
    _ssh._tcp.host1 SRV 0 0 22 host1
    _ssh._tcp.host2 SRV 0 0 22 host1
    subdel NS ns.example.com.
    subdel NS ns.subdel
    ns.subdel A 192.0.2.9
    subdel DS 1 13 2 0101010101010101010101010101010101010101010101010101010101010101
    alias CNAME host1
    tree DNAME other.example.
    """

  private func content() throws -> ZoneContent {
    let source = try #require(Self.zone)
    return ZoneContent(source, label: "zone")
  }

  private static let zone: ZoneIndex? = {
    let reading = ZoneFileReader.read(SourceFile(name: "zone", text: text), options: .init())
    return reading.findings.contains { $0.severity == .error } ? nil : ZoneIndex(reading.zone)
  }()

  @Test(
    "RFC 4592 section 2.2.1, and cuts, CNAME, DNAME",
    arguments: [
      ("host3.example. MX", "3600 MX 10 host1.example."),
      ("host3.example. A", "no data for 600 s"),
      ("foo.bar.example. TXT", "3600 TXT \"this is a wildcard\""),
      ("host1.example. MX", "no data for 600 s"),
      ("sub.*.example. MX", "no data for 600 s"),
      ("_telnet._tcp.host1.example. SRV", "NXDOMAIN for 600 s"),
      ("host2.example. TXT", "no data for 600 s"),
      (
        "host.subdel.example. A",
        "referral to subdel.example.: 3600 NS ns.subdel.example., ns.example.com.; "
          + "glue ns.subdel.example. 3600 A 192.0.2.9"
      ),
      ("ghost.*.example. MX", "NXDOMAIN for 600 s"),
      (
        "subdel.example. DS",
        "3600 DS 1 13 2 0101010101010101010101010101010101010101010101010101010101010101"
      ),
      ("alias.example. A", "3600 CNAME host1.example."),
      ("alias.example. CNAME", "3600 CNAME host1.example."),
      ("x.tree.example. A", "tree.example. 3600 DNAME other.example."),
      ("tree.example. A", "no data for 600 s"),
      ("example.net. A", "REFUSED"),
    ])
  func answers(question: String, answer: String) throws {
    let parts = question.split(separator: " ")
    let type = try #require(RecordType(mnemonic: parts[1]))
    let expectation = try content().lookUp(named(String(parts[0])), type)
    #expect(expectation.answers.map(\.description) == [answer])
  }

  @Test("a routed set admits each of its members, an alias answers with its target")
  func routed() throws {
    let apex = named("example.")
    func set(_ owner: String, _ content: RecordSet.Content, _ routing: Routing? = nil) -> RecordSet
    {
      RecordSet(owner: named(owner), type: .a, content: content, routing: routing)
    }
    func records(_ address: String) -> RecordSet.Content {
      .records(ttl: TTL(60), data: [recordData(address, .a)])
    }
    let weighted = { Routing(setIdentifier: $0, policy: .weighted(1)) }
    let target = AliasTarget(
      hostedZoneID: "Z", name: named("w.example."), evaluatesTargetHealth: false)
    let elsewhere = AliasTarget(
      hostedZoneID: "Z2", name: named("lb.aws.test."), evaluatesTargetHealth: false)
    let content = ZoneContent(
      hostedZone: [
        set("w.example.", records("192.0.2.1"), weighted("one")),
        set("w.example.", records("192.0.2.2"), weighted("two")),
        set("alias.example.", .alias(target)), set("lb.example.", .alias(elsewhere)),
      ], apex: apex, label: "export")
    for owner in ["w.example.", "alias.example."] {
      let expectation = content.lookUp(named(owner), .a)
      #expect(expectation.answers.count == 2)
      for (address, isMember) in [("192.0.2.1", true), ("192.0.2.2", true), ("192.0.2.3", false)] {
        let answer = Answer(
          .data,
          sets: [
            AnswerSet(
              owner: named(owner), type: .a, ttl: TTL(60), data: [recordData(address, .a)])
          ])
        #expect(expectation.admits(answer) == isMember)
      }
    }
    #expect(content.lookUp(named("lb.example."), .a).resources == [named("lb.aws.test.")])
  }
}
