import RecordSets
import Route53
import Testing
import ZoneKit

/// The proof fails where batches do not do what they are for.
@Suite struct BatchProofTests {
  private func failure(
    _ present: [ResourceRecordSet], _ changes: [Change], undo: [Change] = [],
    wanted: [ResourceRecordSet]
  ) throws -> ProofFailure? {
    let start = try HostedZone.example(present)
    let batch = PlannedBatch(
      name: "01-load", rollbackName: "01-undo-01-load", batch: ChangeBatch(changes: changes),
      rollback: ChangeBatch(changes: undo))
    let wanted = try HostedZone.example(wanted).sets
    do throws(ProofFailure) {
      _ = try proveBatches(start: start, batches: [batch], wanted: wanted)
      return nil
    } catch {
      return error
    }
  }

  private let a = rrset("www", "A", "192.0.2.1")
  private let other = rrset("www", "A", "192.0.2.2")
  private let name = rrset("www", "CNAME", "a.example.net.")

  @Test func holdsForABatchAndItsInverse() throws {
    #expect(
      try failure(
        [a], [Change(.delete, a), Change(.create, name)],
        undo: [Change(.delete, name), Change(.create, a)], wanted: [name]) == nil)
  }

  @Test func catchesAWrongOrder() throws {
    let failure = try failure(
      [a], [Change(.create, name), Change(.delete, a)],
      undo: [Change(.create, a), Change(.delete, name)], wanted: [name])
    #expect(failure?.stage == .batch(0))
    #expect(failure?.reason.contains("is not permitted as it conflicts") == true)
  }

  @Test func catchesACNAMEBesideAnA() throws {
    let failure = try failure([a], [Change(.create, name)], wanted: [name])
    #expect(failure?.stage == .batch(0))
  }

  @Test func catchesADeleteWithOtherValues() throws {
    let failure = try failure([a], [Change(.delete, other)], wanted: [])
    #expect(failure?.stage == .batch(0))
    #expect(failure?.reason.contains("do not match the current values") == true)
  }

  @Test func catchesAnEndThatIsNotWanted() throws {
    let upsert = [Change(.upsert, other)]
    #expect(try failure([a], upsert, wanted: [a])?.stage == .end)
    #expect(try failure([a], upsert, wanted: [])?.stage == .end)
    #expect(try failure([a], upsert, wanted: [other, rrset("x", "A", "192.0.2.1")])?.stage == .end)
  }

  @Test func catchesARollbackThatIsRefusedOrLeadsElsewhere() throws {
    let upsert = [Change(.upsert, other)]
    let refused = try failure([a], upsert, undo: [Change(.delete, a)], wanted: [other])
    #expect(refused?.stage == .rollback(0))
    let elsewhere = try failure(
      [a], upsert, undo: [Change(.upsert, rrset("www", "A", "192.0.2.1", ttl: 301))],
      wanted: [other])
    #expect(elsewhere?.reason == "www.example.com. is not as it was before the batch")
    let more = try failure(
      [a], upsert, undo: [Change(.upsert, a), Change(.create, rrset("x", "A", "192.0.2.1"))],
      wanted: [other])
    #expect(more?.reason == "x.example.com. is changed, which the batch leaves alone")
  }

  @Test func tellsWhatItProved() throws {
    let start = try HostedZone.example([a])
    let plan = ChangePlan(from: start, to: try HostedZone.example([other, name(at: "b")]).sets)
    let proof = try #require(plan.proof)
    #expect(proof.batchCount == 2)
    #expect(proof.changeCount == 4)
    #expect(proof.setCount == 4)
    #expect(proof.largest.elements == 8 + 2 + 1)
  }

  private func name(at owner: String) -> ResourceRecordSet {
    rrset(owner, "CNAME", "a.example.net.")
  }
}
