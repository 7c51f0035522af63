import Diagnostics
import RecordSets
import Route53
import TestSupport
import Testing

/// Change batches as JSON: what `aws route53 change-resource-record-sets` takes.
@Suite struct BatchFormTests {
  private func reading(_ text: String) throws -> ChangeBatchReading {
    ChangeBatchReading(try JSONReader.read(SourceFile(name: "batch.json", text: text)))
  }

  @Test func writesKeysInOneOrder() {
    let set = rrset("www", "A", "192.0.2.1", id: "blue") { $0.weight = 1 }
    let batch = ChangeBatch(comment: "one", changes: [Change(.create, set)])
    #expect(
      batch.text == """
        {
          "Comment": "one",
          "Changes": [
            {"Action": "CREATE", "ResourceRecordSet": {"Name": "www.example.com.", "Type": "A", \
        "SetIdentifier": "blue", "Weight": 1, "TTL": 300, "ResourceRecords": \
        [{"Value": "192.0.2.1"}]}}
          ]
        }

        """)
  }

  @Test func readsBackWhatItWrites() throws {
    var full = rrset("\\052.x", "TXT", "\"a\\042\" \"b\"", id: "i")
    full.weight = 0
    full.region = "eu-west-1"
    full.geoLocation = GeoLocation(countryCode: "US", subdivisionCode: "WA")
    full.failover = "PRIMARY"
    full.multiValueAnswer = false
    full.cidrRouting = ResourceRecordSet.CIDRRouting(collectionID: "c", locationName: "l")
    full.geoProximity = GeoProximity(
      coordinates: GeoProximity.Coordinates(latitude: "1.5", longitude: "-2"), bias: -99)
    full.healthCheckID = "h"
    full.trafficPolicyInstanceID = "t"
    full.aliasTarget = ResourceRecordSet.Alias(
      hostedZoneID: "Z", dnsName: "d.", evaluatesTargetHealth: true)
    let batch = ChangeBatch(changes: Change.Action.allCases.map { Change($0, full) })
    let read = try reading(batch.text)
    #expect(read.findings == [])
    #expect(read.batch.changes.map(\.set) == batch.changes.map(\.set))
    #expect(read.batch.changes.map(\.action) == batch.changes.map(\.action))
    #expect(read.batch.comment == nil)
  }

  @Test func saysWhereAChangeStands() throws {
    let read = try reading(
      "{\"Changes\": [\n  {\"Action\": \"CREATE\", \"ResourceRecordSet\": {\"Name\": \"a\", \"Type\": \"A\"}}]}"
    )
    #expect(read.batch.changes.first?.location?.start == Position(line: 2, column: 3))
  }

  @Test(arguments: [
    ("[]", "ChangeBatch: expected an object"),
    ("{}", "the member \"Changes\" is missing"),
    ("{\"Changes\": [], \"Extra\": 1}", "unknown member \"Extra\""),
    ("{\"Changes\": [], \"Changes\": []}", "\"Changes\" stands twice"),
    (
      "{\"Changes\": [{\"Action\": \"REPLACE\", \"ResourceRecordSet\": {\"Name\": \"a\", \"Type\": \"A\"}}]}",
      "expected CREATE, DELETE or UPSERT, found 'REPLACE'"
    ),
    (
      "{\"Changes\": [{\"Action\": \"CREATE\", \"ResourceRecordSet\": {\"Name\": \"a\", \"Type\": \"A\", \"TTL\": \"60\"}}]}",
      "TTL: expected a whole number, found a string"
    ),
    (
      "{\"Changes\": [{\"Action\": \"CREATE\", \"ResourceRecordSet\": {\"Name\": \"a\", \"Type\": \"A\", \"ResourceRecords\": [{}]}}]}",
      "ResourceRecord: the member \"Value\" is missing"
    ),
  ])
  func whatItDoesNotUnderstandIsAFinding(_ text: String, _ message: String) throws {
    let read = try reading(text)
    #expect(!read.isComplete)
    #expect(
      read.findings.contains { $0.message.contains(message) }, "\(read.findings.map(\.message))")
  }

  /// Batches from AWS's documentation and API model: read and written without loss.
  @Test(.needsSharedCorpus) func keepsTheBatchesOfTheCorpus() throws {
    let paths = SharedCorpus.files(below: "route53", ending: [".batch.json"])
    #expect(paths.count >= 8)
    for path in paths {
      let first = ChangeBatchReading(try JSONReader.read(try SourceFile.open(path: path)))
      #expect(first.findings == [], "\(path)")
      #expect(!first.batch.changes.isEmpty, "\(path)")
      let written = SourceFile(name: "written", text: first.batch.text)
      let again = ChangeBatchReading(try JSONReader.read(written))
      #expect(again.findings == [])
      #expect(again.batch.comment == first.batch.comment)
      #expect(again.batch.changes.map(\.action) == first.batch.changes.map(\.action))
      #expect(again.batch.changes.map(\.set) == first.batch.changes.map(\.set), "\(path)")
    }
  }
}
