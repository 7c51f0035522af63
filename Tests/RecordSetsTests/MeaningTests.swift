import Diagnostics
import RecordSets
import Testing
import ZoneKit

@Suite("Meaning of a record set")
struct MeaningTests {
  @Test("letter case of names, order and repetition of values do not count")
  func same() throws {
    let a = try set("Mail.Example.com.", .mx, "10 MX1.example.com.", "20 mx2.example.com.")
    let b = try set(
      "mail.example.com.", .mx, "20 mx2.example.com.", "10 mx1.example.com.", "10 Mx1.example.com.")
    #expect(a.hasSameMeaning(as: b))
    #expect(a.canonical == b.canonical)
  }

  @Test("where a set was read does not count")
  func place() throws {
    let a = try set("a.example.", .a, "192.0.2.1")
    var b = a
    b.location = Location(SourceFile(name: "x", text: "x"), 0..<1)
    b.recordIndices = [3]
    #expect(a.hasSameMeaning(as: b))
    #expect(a.canonical == b.canonical)
  }

  @Test(
    "text keeps its letter case and its division into strings (RFC 7208 3.3 joins, DNS does not)")
  func text() throws {
    let a = try set("a.example.", .txt, #""ab" "c""#)
    #expect(!a.hasSameMeaning(as: try set("a.example.", .txt, #""a" "bc""#)))
    #expect(!a.hasSameMeaning(as: try set("a.example.", .txt, #""AB" "C""#)))
  }

  @Test("TTL, routing, health check, alias target count")
  func different() throws {
    let a = try set("a.example.", .a, "192.0.2.1")
    let weighted = Routing(setIdentifier: "x", policy: .weighted(1))
    let others = [
      try set("a.example.", .a, ttl: 301, "192.0.2.1"),
      try set("a.example.", .a, "192.0.2.2"),
      try set("a.example.", .a, "192.0.2.1", routing: weighted),
      try set("a.example.", .a, "192.0.2.1", healthCheck: "h"),
      try alias("a.example.", to: "b.example."),
    ]
    for other in others {
      #expect(!a.hasSameMeaning(as: other))
      #expect(a.canonical != other.canonical)
    }
    let target = try alias("a.example.", to: "b.example.")
    #expect(!target.hasSameMeaning(as: try alias("a.example.", to: "b.example.", zone: "Z2")))
    #expect(!target.hasSameMeaning(as: try alias("a.example.", to: "b.example.", health: true)))
    #expect(target.hasSameMeaning(as: try alias("a.example.", to: "B.example.")))
  }

  @Test("keys are ordered by name from the right, type, set identifier")
  func order() throws {
    func routing(_ id: String) -> Routing { Routing(setIdentifier: id, policy: .multivalue) }
    let keys = [
      try set("example.", .ns, "ns.example."), try set("example.", .soa, "a. b. 1 1 1 1 1"),
      try set("a.example.", .a, "192.0.2.1"),
      try set("a.example.", .a, "192.0.2.1", routing: routing("A")),
      try set("a.example.", .a, "192.0.2.1", routing: routing("a")),
      try set("z.a.example.", .a, "192.0.2.1"), try set("B.example.", .a, "192.0.2.1"),
    ].map(\.key)
    #expect(keys.reversed().sorted() == keys)
  }
}
