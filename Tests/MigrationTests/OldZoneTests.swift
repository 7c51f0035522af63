import Diagnostics
import Migration
import Route53
import Testing
import ZoneKit

@Suite("Edited files of the old zone")
struct OldZoneTests {
  private func text(_ files: [OldZone.File]) -> String {
    String(decoding: files.first?.octets ?? [], as: UTF8.self)
  }

  @Test("TTLs that matter are lowered, the serial raised, all else stays")
  func lowered() throws {
    let plan = try PlanSamples.plan()
    let zone = plan.oldZone
    #expect(
      zone.loweredSets.map { "\($0.owner) \($0.type) \($0.from) \($0.to)" } == [
        "example.com. NS 86400 300", "ns1.example.com. A 7200 300",
      ])
    #expect(zone.lowered.map(\.path) == ["example.zone"])
    let before = plan.ledger.zone.sources[0]
    let expected = String(decoding: before.octets(in: 0..<before.count), as: UTF8.self)
      .replacing("7 ; serial", with: "8 ; serial").replacing("86400 IN NS", with: "300 IN NS")
      .replacing("7200 IN A", with: "300 IN A")
    #expect(text(zone.lowered) == expected)
  }

  @Test("the NS set is switched to the new servers, with a serial above the lowered file's")
  func switched() throws {
    let plan = try PlanSamples.plan()
    let reading = ZoneFileReader.read(SourceFile(name: "x", text: text(plan.oldZone.switched)))
    #expect(!reading.hasErrors)
    let index = ZoneIndex(reading.zone)
    let ns = try #require(index.rrset(index.zone.apex, .ns))
    #expect(ns.data.map(\.description) == ["ns-1.awsdns-01.com.", "ns-513.awsdns-01.net."])
    #expect(ns.ttl == TTL(300))
    let soa = try #require(index.rrset(index.zone.apex, .soa)?.data.first)
    #expect(soa.description.hasSuffix(" 9 7200 900 1209600 600"))
  }

  @Test("both changes are taken back by files with higher serials still")
  func restored() throws {
    let zone = try PlanSamples.plan().oldZone
    let lowered = text(zone.lowered)
    #expect(
      text(zone.restoredNS) == lowered.replacing("8 ; serial", with: "10 ; serial"))
    let source = try PlanSamples.plan().ledger.zone.sources[0]
    let original = String(decoding: source.octets(in: 0..<source.count), as: UTF8.self)
    #expect(text(zone.restoredTTLs) == original.replacing("7 ; serial", with: "11 ; serial"))
  }

  @Test("more or fewer servers than before are all written", arguments: [1, 3, 4])
  func otherCounts(count: Int) throws {
    let servers = (1...count).map { "ns-\($0).awsdns-01.org." }
    let plan = try Planner.plan(
      PlanInputs(reading: PlanSamples.reading(), target: try PlanSamples.target(servers: servers)),
      options: PlanSamples.options)
    let reading = ZoneFileReader.read(SourceFile(name: "x", text: text(plan.oldZone.switched)))
    let index = ZoneIndex(reading.zone)
    #expect(index.rrset(index.zone.apex, .ns)?.data.map(\.description) == servers)
    #expect(reading.zone.count == plan.ledger.zone.count - 2 + count)
  }

  @Test("what cannot be edited is said, and no file is written")
  func generated() throws {
    let reading = ZoneFileReader.read(
      SourceFile(
        name: "zone",
        text: """
          $ORIGIN example.com.
          @ 3600 IN SOA ns1 h 1 7200 900 1209600 600
          @ 3600 IN NS ns1
          $GENERATE 1-2 ns$ 3600 A 192.0.2.$

          """))
    let plan = try Planner.plan(
      PlanInputs(reading: reading, target: try PlanSamples.target()), options: PlanSamples.options)
    #expect(!plan.isBlocked)
    #expect(plan.oldZone.lowered.isEmpty && plan.oldZone.switched.isEmpty)
    #expect(plan.oldZone.failure?.hasPrefix("the files of the old zone are not edited") == true)
    #expect(plan.notes.contains { $0.hasPrefix("Edit the old zone by hand") })
  }

  @Test("a path that leads out of the directory is made one that does not")
  func hostilePaths() throws {
    let reading = ZoneFileReader.read(
      SourceFile(
        name: "../../etc/zone",
        text: """
          $ORIGIN example.com.
          @ 3600 IN SOA ns1 h 1 7200 900 1209600 600
          @ 3600 IN NS ns1
          ns1 3600 IN A 192.0.2.1

          """))
    let plan = try Planner.plan(
      PlanInputs(reading: reading, target: try PlanSamples.target()), options: PlanSamples.options)
    for file in PlanFiles.files(of: plan) {
      #expect(!file.path.hasPrefix("/"))
      #expect(!file.path.split(separator: "/").contains(".."))
    }
  }
}
