import Diagnostics
import RecordSets
import TestSupport
import Testing
import ZoneKit

@Suite("Difference of record sets")
struct DiffTests {
  static func weighted(_ id: String, _ weight: UInt8) -> Routing {
    Routing(setIdentifier: id, policy: .weighted(weight))
  }

  /// Two sides that show every kind of difference.
  static func sides() throws -> (old: [RecordSet], new: [RecordSet]) {
    let old = [
      try set("example.com.", .soa, ttl: 3600, "ns1.old.net. admin.example.com. 7 1 1 1 300"),
      try set("example.com.", .ns, ttl: 86400, "ns1.old.net.", "ns2.old.net."),
      try set("same.example.com.", .mx, "10 a.example.com.", "20 b.example.com."),
      try set("ttl.example.com.", .a, ttl: 3600, "192.0.2.1"),
      try set("values.example.com.", .a, ttl: 3600, "192.0.2.1", "192.0.2.2"),
      try set("gone.example.com.", .txt, #""a|`b""#, #""\001""#),
      try set("swap.example.com.", .cname, "www.example.com."),
      try set("weight.example.com.", .a, "192.0.2.1", routing: weighted("blue", 1)),
      try set("weight.example.com.", .a, "192.0.2.2", routing: weighted("green", 1)),
      try set("health.example.com.", .a, "192.0.2.1", healthCheck: "h1"),
      try set("to-alias.example.com.", .a, "192.0.2.1"),
      try alias("target.example.com.", to: "a.example.com."),
    ]
    let new = [
      try set("example.com.", .ns, ttl: 172800, "ns-1.awsdns-1.com."),
      try set("example.com.", .soa, ttl: 900, "ns-1.awsdns-1.com. h.amazon.com. 1 1 1 1 86400"),
      try set("same.EXAMPLE.com.", .mx, "20 B.example.com.", "10 a.example.com."),
      try set("ttl.example.com.", .a, ttl: 300, "192.0.2.1"),
      try set("values.example.com.", .a, ttl: 60, "192.0.2.3", "192.0.2.1"),
      try set("new.example.com.", .a, "192.0.2.9"),
      try set("swap.example.com.", .a, "192.0.2.1"),
      try set("weight.example.com.", .a, "192.0.2.1", routing: weighted("blue", 3)),
      try set("weight.example.com.", .a, "192.0.2.2", routing: weighted("red \u{1B}[0m", 1)),
      try set("health.example.com.", .a, "192.0.2.1"),
      try alias("to-alias.example.com.", to: "values.example.com."),
      try alias("target.example.com.", to: "b.example.com.", health: true),
    ]
    return (old, new)
  }

  @Test("every kind of difference, as text")
  func text() throws {
    let (old, new) = try Self.sides()
    let diff = Diff(from: old, to: new, route53Apex: try Name(parsing: "example.com."))
    expectSnapshot(diff.text, named: "diff.txt")
  }

  @Test("every kind of difference, as Markdown")
  func markdown() throws {
    let (old, new) = try Self.sides()
    let diff = Diff(from: old, to: new, route53Apex: try Name(parsing: "example.com."))
    expectSnapshot(diff.markdown, named: "diff.md")
  }

  @Test("every kind of difference, as JSON")
  func json() throws {
    let (old, new) = try Self.sides()
    let diff = Diff(from: old, to: new, route53Apex: try Name(parsing: "example.com."))
    expectSnapshot(diff.json.text(), named: "diff.json")
  }

  @Test("the counts of the summary")
  func summary() throws {
    let (old, new) = try Self.sides()
    let diff = Diff(from: old, to: new, route53Apex: try Name(parsing: "example.com."))
    #expect(diff.count(.added) == 3)
    #expect(diff.count(.removed) == 3)
    #expect(diff.count(.changed) == 5)
    #expect(diff.count(.ttlOnly) == 1)
    #expect(diff.expected.count == 2)
    #expect(diff.unchangedCount == 1)
    #expect(
      diff.summary == "3 added, 3 removed, 5 changed, 1 TTL only; 2 expected; 1 the same")
  }

  @Test("without a Route 53 side the apex SOA and NS are ordinary differences")
  func apexOfZones() throws {
    let (old, new) = try Self.sides()
    let diff = Diff(from: old, to: new)
    #expect(diff.expected.isEmpty)
    #expect(diff.count(.changed) == 7)
  }

  @Test("expected differences are shown, and are no difference")
  func onlyExpected() throws {
    let (old, new) = try Self.sides()
    let apex = try Name(parsing: "example.com.")
    let diff = Diff(from: old.prefix(2), to: new.prefix(2), route53Apex: apex)
    #expect(diff.isEmpty)
    #expect(diff.summary == "no differences; 2 expected; 0 the same")
    #expect(diff.text.contains("± example.com. SOA"))
  }

  @Test("a change of weight, region or health check alone is seen")
  func routing() throws {
    let a = try set("a.example.", .a, "192.0.2.1", routing: Self.weighted("x", 1))
    let b = try set("a.example.", .a, "192.0.2.1", routing: Self.weighted("x", 2))
    let diff = Diff(from: [a], to: [b])
    #expect(diff.differences.map(\.parts) == [[.routing(from: .weighted(1), to: .weighted(2))]])
  }

  @Test("a key that a side holds twice is matched in order, nothing vanishes")
  func repeatedKeys() throws {
    let a = try set("a.example.", .a, "192.0.2.1")
    let b = try set("a.example.", .a, "192.0.2.2")
    #expect(Diff(from: [a, b], to: [a, b]).unchangedCount == 2)
    let diff = Diff(from: [a, b], to: [a])
    #expect(diff.differences.map(\.old) == [b])
    #expect(Diff(from: [a], to: [a, b]).differences.map(\.new) == [b])
  }

  @Test(
    "a side against a shuffled copy of itself has no difference, and turned round adds are removes",
    arguments: SeededGenerator.seeds(20))
  func properties(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var (old, new) = try Self.sides()
    #expect(Diff(from: old, to: old.shuffled(using: &random)).isEmpty)
    old = old.filter { _ in !random.oneIn(3) }
    new = new.filter { _ in !random.oneIn(3) }
    let there = Diff(from: old, to: new)
    let back = Diff(from: new.shuffled(using: &random), to: old.shuffled(using: &random))
    #expect(there.differences(.added).map(\.key) == back.differences(.removed).map(\.key))
    #expect(there.differences(.changed).map(\.key) == back.differences(.changed).map(\.key))
    #expect(there.unchangedCount == back.unchangedCount)
    #expect(there == Diff(from: old.shuffled(using: &random), to: new))
    #expect(
      there.count(.added) + there.count(.changed) + there.count(.ttlOnly) + there.unchangedCount
        == new.count)
    #expect(
      there.count(.removed) + there.count(.changed) + there.count(.ttlOnly) + there.unchangedCount
        == old.count)
  }
}
