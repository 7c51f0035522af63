import Diagnostics
import Migration
import Propagation
import RecordSets
import Route53
import Runbook
import Testing
import ZoneKit

@Suite("Plans")
struct PlannerTests {
  @Test("a zone into a new hosted zone: loaded, restored, proven")
  func plain() throws {
    let plan = try PlanSamples.plan()
    #expect(!plan.isBlocked)
    #expect(plan.batches.map(\.path) == ["batches/01-load.json", "batches/02-restore.json"])
    #expect(
      plan.batches.map(\.rollbackPath)
        == ["rollback/02-undo-01-load.json", "rollback/01-undo-02-restore.json"])
    #expect(plan.proof != nil)
    #expect(plan.ledger.counts.total == 5)
    #expect(plan.delegation.old.map(\.name.description) == ["ns1.example.com.", "ns.example.net."])
    #expect(plan.delegation.old.first?.addresses == ["192.0.2.53"])
  }

  @Test("the apex NS set keeps the servers of Route 53, with a short TTL until the restore")
  func apexNS() throws {
    let plan = try PlanSamples.plan()
    var ttls: [Int?] = []
    for change in plan.batches.flatMap(\.batch.changes) where change.set.type == "NS" {
      #expect(change.action == .upsert)
      #expect(change.set.values == ["ns-1.awsdns-01.com.", "ns-513.awsdns-01.net."])
      ttls.append(change.set.ttl)
    }
    #expect(ttls == [300, 86_400])
  }

  @Test("without an export the apex NS set is left alone, and the plan says so")
  func withoutExport() throws {
    let plan = try Planner.plan(
      PlanInputs(reading: PlanSamples.reading()), options: PlanSamples.options)
    #expect(!plan.isBlocked)
    #expect(!plan.batches.flatMap(\.batch.changes).contains { $0.set.type == "NS" })
    #expect(plan.delegation.new.isEmpty)
    #expect(plan.oldZone.switched.isEmpty)
    #expect(plan.notes.contains { $0.contains("not known yet") })
  }

  @Test("the SOA is Route 53's own, or carries person and negative TTL where asked for")
  func soa() throws {
    func values(_ plan: Plan) -> [[String]?] {
      plan.batches.flatMap(\.batch.changes).filter { $0.set.type == "SOA" }.map(\.set.values)
    }
    #expect(try values(PlanSamples.plan()).isEmpty)
    let carried = try PlanSamples.plan { $0.soa = .carry }
    #expect(
      values(carried) == [
        ["ns-1.awsdns-01.com. hostmaster.example.com. 1 7200 900 1209600 600"]
      ])
    let change = carried.batches.flatMap(\.batch.changes).first { $0.set.type == "SOA" }
    #expect(change?.set.ttl == 600)
  }

  // MARK: Safety

  @Test("a record that Route 53 cannot hold blocks the plan, or is skipped where asked for")
  func unsupported() throws {
    let loc = "here IN LOC 51 30 12.748 N 0 7 39.611 W 0.00m"
    let plan = try PlanSamples.plan(loc)
    #expect(plan.isBlocked)
    #expect(plan.blockers.map(\.id) == ["r53-unsupported-type"])
    #expect(plan.blockers.first?.location?.start.line == 10)
    #expect(plan.batches.isEmpty)
    let skipped = try PlanSamples.plan(loc) { $0.translation.unsupported = .skip }
    #expect(!skipped.isBlocked)
    #expect(skipped.ledger.counts.skipped == 4)
  }

  @Test("Route 53 hosts neither the root nor, unless its export shows it, a top-level domain")
  func names() throws {
    func blockers(_ apex: String, _ target: PlanInputs.Target? = nil) throws -> [String] {
      try Planner.plan(
        PlanInputs(reading: PlanSamples.reading(apex: apex), target: target),
        options: PlanSamples.options
      ).blockers.map(\.id)
    }
    #expect(try blockers(".") == ["root-zone"])
    #expect(try blockers("example.") == ["top-level-domain"])
    #expect(try blockers("example.", PlanSamples.target(apex: "example.")).isEmpty)
    #expect(try blockers("example.com.").isEmpty)
  }

  @Test("a zone without name servers is blocked, and its plan has no dates")
  func noNameServers() throws {
    let text = """
      $ORIGIN example.com.
      $TTL 3600
      @ IN SOA ns1 hostmaster 7 7200 900 1209600 600
      www IN A 192.0.2.80

      """
    let plan = try Planner.plan(
      PlanInputs(reading: ZoneFileReader.read(SourceFile(name: "a.zone", text: text))),
      options: PlanSamples.options)
    #expect(plan.blockers.map(\.id) == ["no-apex-ns"])
    #expect(plan.batches.isEmpty && plan.runbook.isBlocked)
    #expect(plan.ledger.counts.carried == 1)
    #expect(plan.json.text().contains("\"schedule\": null"))
  }

  @Test("a hosted zone whose NS set names an old server is refused")
  func oldServersInNewZone() throws {
    let target = try PlanSamples.target(servers: ["ns-1.awsdns-01.com.", "NS1.example.com."])
    let plan = try Planner.plan(
      PlanInputs(reading: PlanSamples.reading(), target: target), options: PlanSamples.options)
    #expect(plan.blockers.map(\.id) == ["new-ns-is-old"])
    #expect(plan.blockers.first?.message.lowercased().contains("ns1.example.com.") == true)
  }

  @Test("the export of another zone gives no plan")
  func anotherZone() throws {
    let target = try PlanSamples.target(apex: "example.org.")
    #expect(throws: PlanError.self) {
      try Planner.plan(
        PlanInputs(reading: PlanSamples.reading(), target: target), options: PlanSamples.options)
    }
  }

  private static let extra = """
    {"Name": "old.example.com.", "Type": "A", "TTL": 60,
     "ResourceRecords": [{"Value": "192.0.2.9"}]}
    """

  @Test("sets that only the hosted zone has stay, and are deleted only with prune")
  func prune() throws {
    func deleted(_ plan: Plan) -> [String] {
      plan.batches.flatMap(\.batch.changes).filter { $0.action == .delete }.map(\.set.name)
    }
    let kept = try PlanSamples.plan(into: Self.extra)
    #expect(deleted(kept).isEmpty)
    #expect(kept.notes.contains { $0.contains("old.example.com. A") })
    let tooMany = try PlanSamples.plan(into: Self.extra) { $0.prunes = true }
    #expect(tooMany.isBlocked)
    let pruned = try PlanSamples.plan(into: Self.extra) {
      $0.prunes = true
      $0.maximumDeletedPercent = 100
    }
    #expect(deleted(pruned) == ["old.example.com."])
  }

  @Test("a set that makes place for another is said in the notes, and counts as deleted")
  func replaced() throws {
    let alias = """
      {"Name": "www.example.com.", "Type": "CNAME", "TTL": 60,
       "ResourceRecords": [{"Value": "other.example.net."}]}
      """
    let guarded = try PlanSamples.plan(into: alias)
    #expect(
      guarded.blockers.map(\.message) == [
        "1 of 1 sets would be deleted, 1 of them to make place for sets of the zone, at most 30 % "
          + "may be"
      ])
    let plan = try PlanSamples.plan(into: alias) { $0.maximumDeletedPercent = 100 }
    #expect(!plan.isBlocked)
    #expect(plan.notes.contains { $0.contains("make place") && $0.contains("www.example.com.") })
  }

  // MARK: DS

  private static let key =
    "@ IN DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+"

  @Test("a signed zone of whose parent nobody knows is planned as one with a DS set")
  func signed() throws {
    let plan = try PlanSamples.plan(Self.key)
    #expect(plan.schedule.dsWait != nil)
    #expect(plan.notes.contains { $0.contains("--parent-ds") })
    let steps = plan.runbook.chapters.flatMap(\.steps)
    #expect(steps.contains { $0.id == "remove-ds" && $0.mark == .hardStop })
    let absent = try PlanSamples.plan(Self.key) { $0.timetable.parentDS = .absent }
    #expect(absent.schedule.dsWait == nil)
  }

  @Test("every runbook has the hard stop before the redelegation")
  func hardStop() throws {
    for parentDS in ParentDS.allCases {
      let plan = try PlanSamples.plan { $0.timetable.parentDS = parentDS }
      let ids = plan.runbook.chapters.flatMap(\.steps).map(\.id)
      let stop = try #require(ids.firstIndex(of: "no-ds"))
      let redelegation = try #require(ids.firstIndex(of: "redelegate"))
      #expect(stop < redelegation)
    }
  }

  // MARK: Identity

  @Test("the id follows inputs and choices, and not the dates")
  func identity() throws {
    let plan = try PlanSamples.plan()
    #expect(plan.id.count == 12)
    let later = try PlanSamples.plan {
      $0.timetable.timing = .start(PlanSamples.start + .days(30))
      $0.dates = ["--start", "2026-12-31T09:00:00Z"]
    }
    #expect(later.id == plan.id)
    #expect(later.batches == plan.batches)
    // A fresh export of the same sets, written otherwise.
    let fresh = try Planner.plan(
      PlanInputs(
        reading: PlanSamples.reading(), target: try PlanSamples.target(layout: "  ")),
      options: PlanSamples.options)
    #expect(fresh.inputs.last?.sha256 != plan.inputs.last?.sha256)
    #expect(fresh.id == plan.id)
    #expect(try PlanSamples.plan(into: Self.extra).id != plan.id)
    #expect(try PlanSamples.plan("x IN A 192.0.2.1").id != plan.id)
    #expect(try PlanSamples.plan { $0.choices = ["--ttl", "keep"] }.id != plan.id)
  }

  @Test("plan.json says how to make the plan again")
  func recorded() throws {
    let plan = try PlanSamples.plan { $0.inputArguments = ["zones/example.zone", "--into", "x"] }
    let source = SourceFile(name: "plan.json", text: plan.json.text())
    let recorded = try RecordedPlan(JSONReader.read(source))
    #expect(recorded.id == plan.id)
    #expect(recorded.arguments == plan.arguments)
    #expect(recorded.inputs.map(\.sha256) == plan.inputs.map(\.sha256))
    let other = SourceFile(name: "x.json", text: #"{"schema": {"name": "other", "version": 1}}"#)
    #expect(throws: JSONError.self) { try RecordedPlan(JSONReader.read(other)) }
  }
}
