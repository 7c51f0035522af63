import RecordSets
import Route53
import Testing
import ZoneKit

/// Something the service refuses, its words, and the nearest thing that it takes.
struct RejectionCase: Sendable, CustomTestStringConvertible {
  var message: String
  var code = ChangeBatchRejection.Code.invalidChangeBatch
  var present: [ResourceRecordSet] = []
  var refused: [Change]
  var taken: [Change]
  var refusedComment: String?

  var testDescription: String { message }
}

/// The service's own messages, each as public issue threads and test suites show it, and the rules
/// of its developer guide.
@Suite struct HostedZoneRejectionTests {
  @Test(arguments: serviceMessages + documentedRules + valueRules)
  func isRefusedInTheServiceWords(_ row: RejectionCase) throws {
    let zone = try HostedZone.example(row.present)
    let rejection = zone.rejection(of: row.refused, comment: row.refusedComment)
    let texts = rejection?.messages.map(\.text) ?? []
    #expect(texts.contains { $0.contains(row.message) }, "\(texts)")
    #expect(rejection?.code == row.code)
  }

  @Test(arguments: serviceMessages + documentedRules + valueRules)
  func theNearMissIsTaken(_ row: RejectionCase) throws {
    let zone = try HostedZone.example(row.present)
    #expect(zone.rejection(of: row.taken) == nil)
  }

  @Test(arguments: serviceMessages + documentedRules + valueRules)
  func aRefusedBatchLeavesTheZoneAsItWas(_ row: RejectionCase) throws {
    var zone = try HostedZone.example(row.present)
    let before = zone.sets
    let first = Change(.create, rrset("untouched", "A", "192.0.2.99"))
    #expect(throws: ChangeBatchRejection.self) {
      let changes = row.refused.isEmpty ? [] : [first] + row.refused
      try zone.apply(ChangeBatch(comment: row.refusedComment, changes: changes))
    }
    #expect(zone.sets == before)
    #expect(zone.count == before.count)
  }
}

func weighted(_ weight: Int) -> (inout ResourceRecordSet) -> Void {
  { $0.weight = weight }
}

func multivalue(_ set: inout ResourceRecordSet) { set.multiValueAnswer = true }
