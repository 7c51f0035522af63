import TestSupport
import Testing

@testable import ZoneKit

@Suite("Zone index")
struct ZoneIndexTests {
  static func name(_ text: String) -> Name {
    guard let name = try? Name(parsing: text, origin: .root) else { fatalError("no name: \(text)") }
    return name
  }

  static func index(_ text: String) -> ZoneIndex { ZoneIndex(WriterTests.read(text).zone) }

  static let sample = index(
    """
    $ORIGIN example.
    $TTL 60
    @ SOA ns hostmaster 1 2 3 4 5
    @ NS ns
    NS A 192.0.2.1
    ns A 192.0.2.1
    a.b.c TXT x
    *.w TXT y
    sub NS ns.sub
    ns.sub A 192.0.2.2
    other.test. A 192.0.2.3
    m MX 10 Mail
    m MX 10 mail
    m 5 MX 20 mail

    """)

  @Test func emptyNonTerminalsExist() {
    #expect(Self.sample.name(Self.name("c.example"))?.isEmptyNonTerminal == true)
    #expect(Self.sample.name(Self.name("b.c.example"))?.isEmptyNonTerminal == true)
    #expect(Self.sample.name(Self.name("a.b.c.example"))?.isEmptyNonTerminal == false)
    #expect(Self.sample.name(Self.name("x.example")) == nil)
    #expect(Self.sample.name(Self.name("EXAMPLE"))?.types == [.ns, .soa])
  }

  @Test func everyRecordHasAStanding() {
    let standings = Self.sample.zone.indices.map { Self.sample.standing(ofRecord: $0) }
    #expect(standings[3] == .duplicate(of: 2))
    #expect(standings[8] == .outOfZone)
    #expect(standings[10] == .duplicate(of: 9))
    #expect(standings.count { $0 == .member } == 9)
  }

  @Test func rrsetsHoldDifferentDataUnderTheFirstTTL() throws {
    let mx = try #require(Self.sample.rrset(Self.name("m.example"), .mx))
    #expect(mx.data.map(\.description) == ["10 Mail.example.", "20 mail.example."])
    #expect(mx.ttl == TTL(60))
    #expect(mx.indices == [9, 11])
  }

  @Test func closestEnclosersAndCuts() {
    let index = Self.sample
    #expect(index.closestEncloser(of: Self.name("x.y.c.example")) == Self.name("c.example"))
    #expect(index.closestEncloser(of: Self.name("q.example")) == Self.name("example"))
    #expect(index.closestEncloser(of: Self.name("q.test")) == nil)
    #expect(index.zoneCut(above: Self.name("ns.sub.example")) == Self.name("sub.example"))
    #expect(index.zoneCut(above: Self.name("a.b.c.example")) == nil)
  }

  /// A zone with more names between owners than owners.
  @Test func emptyNonTerminalsMayOutnumberOwners() {
    let index = Self.index(
      "$ORIGIN example.\n$TTL 60\n@ SOA ns hostmaster 1 2 3 4 5\n"
        + (0..<500).map { "a.b.c.d.n\($0) A 192.0.2.1\n" }.joined())
    #expect(index.names.count == 2_501)
    #expect(index.names.filter(\.isEmptyNonTerminal).count == 2_000)
    #expect(index.name(Self.name("c.d.n499.example"))?.isEmptyNonTerminal == true)
    #expect(index.name(Self.name("e.d.n499.example")) == nil)
  }

  /// The index of a random zone agrees with what a walk over all its records finds: of small zones,
  /// and of one that several threads index.
  @Test(arguments: SeededGenerator.seeds(20).map { ($0, 300) } + [(1, 70_000)])
  func agreesWithAWalkOverTheRecords(seed: UInt64, count: Int) throws {
    var random = SeededGenerator(seed: seed)
    var labels = ["a", "B", "c", "*", "www", String(repeating: "long", count: 12)]
    if count > 300 { labels += (0..<30).map { "n\($0)" } }
    let apex = ["z.", "Zone.Example.", "."].randomElement(using: &random)!
    let records = try (0..<(count > 300 ? count : Int.random(in: 1...count, using: &random))).map {
      _ in
      var owner = random.oneIn(2) ? apex : apex.lowercased()
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        owner = labels.randomElement(using: &random)! + "." + owner
      }
      if owner.hasSuffix("..") { owner.removeLast() }
      let address = "192.0.2.\(Int.random(in: 0...12, using: &random))"
      let data =
        random.oneIn(3)
        ? try RecordData(parsing: "\"\(address)\"", type: .txt)
        : try RecordData(parsing: address, type: .a)
      return Record(owner: Self.name(owner), ttl: TTL(60), data: data)
    }
    let index = ZoneIndex(Zone(apex: Self.name(apex), records: records))
    var seen: [Record: Int] = [:]
    for (position, record) in records.enumerated() {
      let first = seen[record]
      seen[record] = first ?? position
      #expect(
        index.standing(ofRecord: position) == (first.map { .duplicate(of: $0) } ?? .member))
    }
    let owners = Set(records.map(\.owner))
    var existing = owners
    for owner in owners {
      var parent = owner.parent
      while let name = parent, name.isAtOrBelow(index.zone.apex), name != index.zone.apex {
        existing.insert(name)
        parent = name.parent
      }
    }
    #expect(Set(index.names.map(\.name)) == existing)
    #expect(index.names.count == existing.count)
    let expectedData = Dictionary(grouping: records) { RRsetKey(owner: $0.owner, type: $0.type) }
      .mapValues { Set($0.map(\.data)) }
    #expect(index.rrsets.count == expectedData.count)
    for rrset in index.rrsets {
      let expected = try #require(expectedData[RRsetKey(owner: rrset.owner, type: rrset.type)])
      #expect(Set(rrset.data) == expected)
      #expect(rrset.data.count == expected.count)
    }
    #expect(index.rrsets.reduce(0) { $0 + $1.data.count } == seen.count)
  }

  private struct RRsetKey: Hashable {
    var owner: Name
    var type: RecordType
  }
}
