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

private func weighted(_ weight: Int) -> (inout ResourceRecordSet) -> Void {
  { $0.weight = weight }
}

private func multivalue(_ set: inout ResourceRecordSet) { set.multiValueAnswer = true }

/// Sets that hold `count` values of `length` characters each, as few as possible.
private func filling(_ count: Int, length: Int) -> [Change] {
  var changes: [Change] = []
  var left = count
  while left > 0 {
    let size = min(left, 400)
    var set = ResourceRecordSet(name: "fill\(changes.count).example.com.", type: "TXT")
    set.ttl = 60
    set.values = (0..<size).map { number in
      let text = String(number)
      return "\"" + text + String(repeating: "x", count: length - 2 - text.count) + "\""
    }
    changes.append(Change(.create, set))
    left -= size
  }
  return changes
}

private let serviceMessages: [RejectionCase] = [
  RejectionCase(
    message:
      "Tried to create resource record set [name='www.example.com.', type='A'] but it already exists",
    present: [rrset("www", "A", "192.0.2.1")],
    refused: [Change(.create, rrset("WWW", "A", "192.0.2.2"))],
    taken: [Change(.upsert, rrset("WWW", "A", "192.0.2.2"))]),
  RejectionCase(
    message:
      "Tried to create resource record set [name='www.example.com.', type='A', "
      + "set-identifier='blue'] but it already exists",
    present: [rrset("www", "A", "192.0.2.1", id: "blue", change: weighted(1))],
    refused: [Change(.create, rrset("www", "A", "192.0.2.2", id: "blue", change: weighted(1)))],
    taken: [Change(.create, rrset("www", "A", "192.0.2.2", id: "green", change: weighted(1)))]),
  RejectionCase(
    message:
      "Tried to delete resource record set [name='www.example.com.', type='A'] but it was not found",
    present: [rrset("www", "AAAA", "2001:db8::1")],
    refused: [Change(.delete, rrset("www", "A", "192.0.2.1"))],
    taken: [Change(.delete, rrset("www", "AAAA", "2001:db8::1"))]),
  RejectionCase(
    message:
      "Tried to delete resource record set [name='www.example.com.', type='A'] but the values "
      + "provided do not match the current values",
    present: [rrset("www", "A", "192.0.2.1", "192.0.2.2")],
    refused: [Change(.delete, rrset("www", "A", "192.0.2.1", "192.0.2.3"))],
    taken: [Change(.delete, rrset("www", "A", "192.0.2.2", "192.0.2.1"))]),
  RejectionCase(
    message: "but the values provided do not match the current values",
    present: [rrset("www", "A", "192.0.2.1")],
    refused: [Change(.delete, rrset("www", "A", "192.0.2.1", ttl: 301))],
    taken: [Change(.delete, rrset("www", "A", "192.0.2.1", ttl: 300))]),
  RejectionCase(
    message:
      "RRSet of type CNAME with DNS name www.example.com. is not permitted as it conflicts with "
      + "other records with the same DNS name in zone example.com.",
    present: [rrset("www", "A", "192.0.2.1")],
    refused: [Change(.create, rrset("www", "CNAME", "a.example.net."))],
    taken: [
      Change(.delete, rrset("www", "A", "192.0.2.1")),
      Change(.create, rrset("www", "CNAME", "a.example.net.")),
    ]),
  RejectionCase(
    message: "is not permitted as it conflicts with other records",
    present: [rrset("www", "A", "192.0.2.1")],
    refused: [
      Change(.create, rrset("www", "CNAME", "a.example.net.")),
      Change(.delete, rrset("www", "A", "192.0.2.1")),
    ],
    taken: [
      Change(.delete, rrset("www", "A", "192.0.2.1")),
      Change(.create, rrset("www", "CNAME", "a.example.net.")),
    ]),
  RejectionCase(
    message:
      "RRSet of type A with DNS name www.example.com. is not permitted because a conflicting RRSet "
      + "of type CNAME with the same DNS name already exists in zone example.com.",
    present: [rrset("www", "CNAME", "a.example.net.")],
    refused: [Change(.upsert, rrset("www", "A", "192.0.2.1"))],
    taken: [Change(.upsert, rrset("www", "CNAME", "b.example.net."))]),
  RejectionCase(
    message:
      "RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.",
    refused: [Change(.create, rrset("@", "CNAME", "a.example.net."))],
    taken: [Change(.create, rrset("a", "CNAME", "a.example.net."))]),
  RejectionCase(
    message:
      "Tried to create an alias that targets www.example.net., type A in zone ZTEST, but the alias "
      + "target name does not lie within the target zone",
    refused: [Change(.create, alias("a", to: "www.example.net."))],
    taken: [Change(.create, alias("a", to: "www.example.net.", zone: "ZOTHER"))]),
  RejectionCase(
    message:
      "Tried to create an alias that targets www.example.com., type A in zone ZTEST, but that target "
      + "was not found",
    present: [rrset("www", "AAAA", "2001:db8::1")],
    refused: [Change(.create, alias("a", to: "www"))],
    taken: [Change(.create, alias("a", "AAAA", to: "www"))]),
  RejectionCase(
    message: "but that target was not found",
    refused: [
      Change(.create, alias("a", to: "www")), Change(.create, rrset("www", "A", "192.0.2.1")),
    ],
    taken: [
      Change(.create, rrset("www", "A", "192.0.2.1")), Change(.create, alias("a", to: "www")),
    ]),
  RejectionCase(
    message: "Duplicate Resource Record: '192.0.2.1'",
    refused: [Change(.create, rrset("www", "A", "192.0.2.1", "192.0.2.1"))],
    taken: [Change(.create, rrset("www", "A", "192.0.2.1", "192.0.2.2"))]),
  RejectionCase(
    message: "Number of records limit of 1000 exceeded.",
    refused: filling(1_001, length: 12), taken: filling(1_000, length: 12)),
  RejectionCase(
    message: "Number of records limit of 1000 exceeded.",
    refused: filling(501, length: 12).map { Change(.upsert, $0.set) },
    taken: filling(500, length: 12).map { Change(.upsert, $0.set) }),
  RejectionCase(
    message: "Number of records limit of 1000 exceeded.",
    present: [rrset("www", "A", "192.0.2.1")],
    refused: filling(1_000, length: 12) + [Change(.create, alias("a", to: "www"))],
    taken: filling(999, length: 12) + [Change(.create, alias("a", to: "www"))]),
  RejectionCase(
    message: "RDATA character limit of 32000 exceeded.",
    refused: filling(320, length: 100) + [Change(.create, rrset("x", "TXT", "\"\""))],
    taken: filling(320, length: 100)),
  RejectionCase(
    message: "RDATA character limit of 32000 exceeded.",
    refused: filling(161, length: 100).map { Change(.upsert, $0.set) },
    taken: filling(160, length: 100).map { Change(.upsert, $0.set) }),
  RejectionCase(
    message: "Cannot have more than 400 records in a RRSet.",
    refused: [
      Change(
        .create,
        rrset("www", "A", "192.0.2.1") { set in
          set.values = (0..<401).map { "10.0.\($0 / 256).\($0 % 256)" }
        })
    ],
    taken: [
      Change(
        .create,
        rrset("www", "A", "192.0.2.1") { set in
          set.values = (0..<400).map { "10.0.\($0 / 256).\($0 % 256)" }
        })
    ]),
  RejectionCase(
    message: "A HostedZone must contain at least one NS record for the zone itself.",
    refused: [Change(.delete, exampleApex(.ns))],
    taken: [Change(.upsert, rrset("@", "NS", "ns-1.awsdns-01.com."))]),
  RejectionCase(
    message: "A HostedZone must contain exactly one SOA record.",
    refused: [Change(.delete, exampleApex(.soa))],
    taken: [
      Change(.upsert, rrset("@", "SOA", "ns-1.awsdns-01.com. h.example.com. 1 7200 900 1209600 60"))
    ]),
  RejectionCase(
    message: "A HostedZone must contain exactly one SOA record.",
    refused: [Change(.create, rrset("sub", "SOA", "ns.example.com. h.example.com. 1 2 3 4 5"))],
    taken: [
      Change(.upsert, rrset("@", "SOA", "ns.example.com. h.example.com. 1 7200 900 1209600 60"))
    ]),
  RejectionCase(
    message:
      "The request contains an invalid set of changes for a resource record set "
      + "'CNAME www.example.com.'",
    refused: [
      Change(.create, rrset("www", "CNAME", "a.example.net.")),
      Change(.upsert, rrset("www", "CNAME", "b.example.net.")),
    ],
    taken: [
      Change(.create, rrset("www", "CNAME", "a.example.net.")),
      Change(.upsert, rrset("ftp", "CNAME", "b.example.net.")),
    ]),
  RejectionCase(
    message:
      "RRSet with DNS name www.example.com., type A cannot be created as other RRSets exist with the "
      + "same name and type.",
    present: [rrset("www", "A", "192.0.2.1", id: "blue", change: weighted(1))],
    refused: [Change(.create, rrset("www", "A", "192.0.2.1"))],
    taken: [
      Change(.delete, rrset("www", "A", "192.0.2.1", id: "blue", change: weighted(1))),
      Change(.create, rrset("www", "A", "192.0.2.1")),
    ]),
  RejectionCase(
    message:
      "RRSet with DNS name www.example.com. and type A, SetIdentifier green cannot be created as "
      + "weighted sets must contain the same TTL.",
    present: [
      rrset("www", "A", "192.0.2.1", id: "blue", change: weighted(1)),
      rrset("www", "A", "192.0.2.2", id: "green", change: weighted(1)),
    ],
    refused: [
      Change(.upsert, rrset("www", "A", "192.0.2.1", ttl: 60, id: "blue", change: weighted(1)))
    ],
    taken: [
      Change(.upsert, rrset("www", "A", "192.0.2.1", ttl: 60, id: "blue", change: weighted(1))),
      Change(.upsert, rrset("www", "A", "192.0.2.2", ttl: 60, id: "green", change: weighted(1))),
    ]),
  RejectionCase(
    message:
      "RRSet with DNS name www.example.com., type A, SetIdentifier many cannot be created because a "
      + "non multivalue answer rrset exists with the same name and type.",
    present: [rrset("www", "A", "192.0.2.1", id: "blue", change: weighted(1))],
    refused: [Change(.create, rrset("www", "A", "192.0.2.1", id: "many", change: multivalue))],
    taken: [Change(.create, rrset("www", "AAAA", "2001:db8::1", id: "many", change: multivalue))]),
  RejectionCase(
    message: "Invalid XML ; cvc-enumeration-valid: Value 'LOC' is not facet-valid",
    code: .invalidInput,
    refused: [Change(.create, rrset("x", "LOC", "52 22 23.000 N 4 53 32.000 E -2.00m"))],
    taken: [Change(.create, rrset("x", "HTTPS", "1 . alpn=h2"))]),
  RejectionCase(
    message:
      "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or "
      + "TrafficPolicyInstanceId], but found more than one",
    code: .invalidInput,
    present: [rrset("www", "A", "192.0.2.1")],
    refused: [Change(.create, alias("a", to: "www") { $0.ttl = 300 })],
    taken: [Change(.create, alias("a", to: "www"))]),
  RejectionCase(
    message: "Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords]",
    code: .invalidInput,
    refused: [Change(.create, rrset("www", "A", "192.0.2.1", ttl: nil))],
    taken: [Change(.create, rrset("www", "A", "192.0.2.1", ttl: 0))]),
]

/// The NS or SOA set of the example zone, as a DELETE would repeat it.
private func exampleApex(_ type: RecordType) -> ResourceRecordSet {
  let key = RecordSet.Key(owner: Name("example.com."), type: type)
  guard let set = HostedZone.example.set(key) else { preconditionFailure("no \(type)") }
  return ResourceRecordSet(set)
}

private let valueRules: [RejectionCase] = [
  RejectionCase(
    message:
      "Invalid Resource Record: FATAL problem: CharacterStringTooLong (Value is too long) encountered with '\"xxx",
    refused: [Change(.create, rrset("x", "TXT", "\"" + String(repeating: "x", count: 256) + "\""))],
    taken: [
      Change(
        .create,
        rrset("x", "TXT", "\"" + String(repeating: "x", count: 255) + "\" \"x\""))
    ]),
  RejectionCase(
    message: "InvalidCharacterString (Value should be enclosed in quotation marks)",
    refused: [Change(.create, rrset("x", "TXT", "v=spf1 -all"))],
    taken: [Change(.create, rrset("x", "TXT", "\"v=spf1 -all\""))]),
  RejectionCase(
    message: "InvalidCharacterString (Value should be enclosed in quotation marks)",
    refused: [Change(.create, rrset("x", "CAA", "0 issue amazon.com"))],
    taken: [Change(.create, rrset("x", "CAA", "0 issue \"amazon.com\""))]),
  RejectionCase(
    message:
      "Invalid Resource Record: FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 "
      + "address) encountered with '192.0.2.256'",
    refused: [Change(.create, rrset("x", "A", "192.0.2.256"))],
    taken: [Change(.create, rrset("x", "A", "192.0.2.255"))]),
  RejectionCase(
    message:
      "Invalid Resource Record: FATAL problem: ARRDATANotSingleField (Value contains spaces) "
      + "encountered with '192.0.2.1 192.0.2.2'",
    refused: [Change(.create, rrset("x", "A", "192.0.2.1 192.0.2.2"))],
    taken: [Change(.create, rrset("x", "A", "192.0.2.1", "192.0.2.2"))]),
  RejectionCase(
    message: "FATAL problem: DomainNameEmpty (Domain name is empty) encountered with ''",
    refused: [Change(.create, rrset("x", "CNAME", ""))],
    taken: [Change(.create, rrset("x", "CNAME", "."))]),
  RejectionCase(
    message: "FATAL problem: DomainNameEmpty (Domain name is empty) encountered with ''",
    refused: [Change(.create, rrset("", "A", "192.0.2.1"))],
    taken: [Change(.create, rrset("@", "A", "192.0.2.1"))]),
  RejectionCase(
    message: "Value has 4001 characters", code: .invalidInput,
    refused: [Change(.create, rrset("x", "TXT", text(4_001)))],
    taken: [Change(.create, rrset("x", "TXT", text(4_000)))]),
  RejectionCase(
    message: "DomainLabelTooLong",
    refused: [Change(.create, rrset(String(repeating: "a", count: 64), "A", "192.0.2.1"))],
    taken: [Change(.create, rrset(String(repeating: "a", count: 63), "A", "192.0.2.1"))]),
  RejectionCase(
    message: "UnsupportedCharacter",
    refused: [Change(.create, rrset("a b", "A", "192.0.2.1"))],
    taken: [Change(.create, rrset("a\\040b", "A", "192.0.2.1"))]),
  RejectionCase(
    message: "Duplicate Resource Record",
    refused: [Change(.create, rrset("x", "MX", "10 mail.example.com.", "10 MAIL.example.com"))],
    taken: [Change(.create, rrset("x", "TXT", "\"a\"", "\"A\""))]),
]

/// A TXT value of exactly so many characters.
private func text(_ count: Int) -> String {
  var value = ""
  while value.utf8.count < count - 300 {
    value += "\"" + String(repeating: "x", count: 200) + "\" "
  }
  let left = count - value.utf8.count
  if left <= 257 { return value + "\"" + String(repeating: "x", count: left - 2) + "\"" }
  return value + "\"" + String(repeating: "x", count: 100) + "\" \""
    + String(repeating: "x", count: left - 105) + "\""
}

private func cidr(_ collection: String) -> (inout ResourceRecordSet) -> Void {
  {
    $0.cidrRouting = ResourceRecordSet.CIDRRouting(collectionID: collection, locationName: "*")
  }
}

private func coordinates(
  _ latitude: String, _ longitude: String
) -> (inout ResourceRecordSet) -> Void {
  {
    $0.geoProximity = GeoProximity(
      coordinates: GeoProximity.Coordinates(latitude: latitude, longitude: longitude))
  }
}

private let documentedRules: [RejectionCase] = [
  RejectionCase(
    message: "CollectionId 'office': expected a UUID", code: .invalidInput,
    refused: [Change(.create, rrset("x", "A", "192.0.2.1", id: "i", change: cidr("office")))],
    taken: [
      Change(
        .create,
        rrset(
          "x", "A", "192.0.2.1", id: "i", change: cidr("c8c02a84-aaaa-bbbb-e0d2-d833a2f80106")))
    ]),
  RejectionCase(
    message: "expected degrees with at most two decimal places", code: .invalidInput,
    refused: [
      Change(.create, rrset("x", "A", "192.0.2.1", id: "i", change: coordinates("49.223", "-74")))
    ],
    taken: [
      Change(.create, rrset("x", "A", "192.0.2.1", id: "i", change: coordinates("49.22", "-174.")))
    ]),
  RejectionCase(
    message: "HostedZoneId has 33 characters", code: .invalidInput,
    refused: [
      Change(.create, alias("x", to: "x.example.net.", zone: String(repeating: "Z", count: 33)))
    ],
    taken: [
      Change(.create, alias("x", to: "x.example.net.", zone: String(repeating: "Z", count: 32)))
    ]),
  RejectionCase(
    message: "Comment has more than 256 characters", code: .invalidInput,
    refused: [Change(.create, rrset("x", "A", "192.0.2.1"))],
    taken: [Change(.create, rrset("x", "A", "192.0.2.1"))],
    refusedComment: String(repeating: "c", count: 257)),
  RejectionCase(
    message: "expected at least one Change", code: .invalidInput, refused: [],
    taken: [Change(.create, rrset("x", "A", "192.0.2.1"))]),
  RejectionCase(
    message: "TTL 2147483648 is not in the range", code: .invalidInput,
    refused: [Change(.create, rrset("x", "A", "192.0.2.1", ttl: 2_147_483_648))],
    taken: [Change(.create, rrset("x", "A", "192.0.2.1", ttl: 2_147_483_647))]),
  RejectionCase(
    message: "TTL -1 is not in the range", code: .invalidInput,
    refused: [Change(.create, rrset("x", "A", "192.0.2.1", ttl: -1))],
    taken: [Change(.create, rrset("x", "A", "192.0.2.1", ttl: 0))]),
  RejectionCase(
    message: "is not permitted in zone example.com.",
    refused: [Change(.create, rrset("notexample.com.", "A", "192.0.2.1"))],
    taken: [Change(.create, rrset("not.example.com", "A", "192.0.2.1"))]),
  RejectionCase(
    message: "RRSet of type NS with DNS name \\052.example.com. is not permitted",
    refused: [Change(.create, rrset("*", "NS", "ns.example.net."))],
    taken: [Change(.create, rrset("*", "A", "192.0.2.1"))]),
  RejectionCase(
    message: "holds one record",
    refused: [Change(.create, rrset("x", "CNAME", "a.example.net.", "b.example.net."))],
    taken: [Change(.create, rrset("x", "PTR", "a.example.net.", "b.example.net."))]),
  RejectionCase(
    message: "SetIdentifier has 129 characters", code: .invalidInput,
    refused: [
      Change(
        .create,
        rrset("x", "A", "192.0.2.1", id: String(repeating: "i", count: 129), change: weighted(1)))
    ],
    taken: [
      Change(
        .create,
        rrset("x", "A", "192.0.2.1", id: String(repeating: "i", count: 128), change: weighted(1)))
    ]),
  RejectionCase(
    message: "Missing field 'SetIdentifier'", code: .invalidInput,
    refused: [Change(.create, rrset("x", "A", "192.0.2.1", change: weighted(1)))],
    taken: [Change(.create, rrset("x", "A", "192.0.2.1"))]),
  RejectionCase(
    message: "goes with a routing policy", code: .invalidInput,
    refused: [Change(.create, rrset("x", "A", "192.0.2.1", id: "i"))],
    taken: [Change(.create, rrset("x", "A", "192.0.2.1", id: "i", change: multivalue))]),
  RejectionCase(
    message: "Weight 256", code: .invalidInput,
    refused: [Change(.create, rrset("x", "A", "192.0.2.1", id: "i", change: weighted(256)))],
    taken: [Change(.create, rrset("x", "A", "192.0.2.1", id: "i", change: weighted(255)))]),
  RejectionCase(
    message: "a record set has one routing policy", code: .invalidInput,
    refused: [
      Change(
        .create,
        rrset("x", "A", "192.0.2.1", id: "i") { set in
          set.weight = 1
          set.region = "eu-west-1"
        })
    ],
    taken: [Change(.create, rrset("x", "A", "192.0.2.1", id: "i") { $0.region = "eu-west-1" })]),
  RejectionCase(
    message: "weighted and latency sets have one value",
    refused: [
      Change(.create, rrset("x", "A", "192.0.2.1", "192.0.2.2", id: "i", change: weighted(1)))
    ],
    taken: [
      Change(.create, rrset("x", "A", "192.0.2.1", "192.0.2.2", id: "i", change: multivalue))
    ]),
  RejectionCase(
    message: "is not permitted with a SetIdentifier",
    refused: [Change(.create, rrset("x", "NS", "ns.example.net.", id: "i", change: weighted(1)))],
    taken: [Change(.create, rrset("x", "NS", "ns.example.net."))]),
  RejectionCase(
    message: "is not permitted as a multivalue answer",
    refused: [Change(.create, rrset("x", "CNAME", "a.example.net.", id: "i", change: multivalue))],
    taken: [Change(.create, rrset("x", "CNAME", "a.example.net.", id: "i", change: weighted(1)))]),
  RejectionCase(
    message: "has the same Region",
    present: [rrset("x", "A", "192.0.2.1", id: "a") { $0.region = "eu-west-1" }],
    refused: [Change(.create, rrset("x", "A", "192.0.2.2", id: "b") { $0.region = "eu-west-1" })],
    taken: [Change(.create, rrset("x", "A", "192.0.2.2", id: "b") { $0.region = "us-east-1" })]),
  RejectionCase(
    message: "has the same Failover",
    present: [rrset("x", "A", "192.0.2.1", id: "a") { $0.failover = "PRIMARY" }],
    refused: [Change(.create, rrset("x", "A", "192.0.2.2", id: "b") { $0.failover = "PRIMARY" })],
    taken: [Change(.create, rrset("x", "A", "192.0.2.2", id: "b") { $0.failover = "SECONDARY" })]),
  RejectionCase(
    message: "cannot be created as 100 RRSets exist",
    present: (0..<100).map {
      rrset("x", "A", "192.0.2.\($0)", id: "\($0)", change: weighted(1))
    },
    refused: [Change(.create, rrset("x", "A", "192.0.2.200", id: "100", change: weighted(1)))],
    taken: [Change(.upsert, rrset("x", "A", "192.0.2.200", id: "99", change: weighted(1)))]),
  RejectionCase(
    message: "cannot be created as 30 RRSets exist",
    present: (0..<30).map { number in
      rrset("x", "A", "192.0.2.\(number)", id: "\(number)") { set in
        set.geoProximity = GeoProximity(
          coordinates: GeoProximity.Coordinates(latitude: "\(number)", longitude: "0"))
      }
    },
    refused: [
      Change(
        .create,
        rrset("x", "A", "192.0.2.200", id: "30") { set in
          set.geoProximity = GeoProximity(awsRegion: "eu-west-1")
        })
    ],
    taken: [
      Change(
        .create,
        rrset("x", "AAAA", "2001:db8::1", id: "30") { set in
          set.geoProximity = GeoProximity(awsRegion: "eu-west-1")
        })
    ]),
  RejectionCase(
    message: "EvaluateTargetHealth must be set to false",
    refused: [
      Change(
        .create,
        alias("x", to: "d1.cloudfront.net.", zone: "Z2FDTNDATAQYW2") { set in
          set.aliasTarget?.evaluatesTargetHealth = true
        })
    ],
    taken: [Change(.create, alias("x", to: "d1.cloudfront.net.", zone: "Z2FDTNDATAQYW2"))]),
  RejectionCase(
    message: "cannot be an alias",
    refused: [Change(.create, alias("x", "NS", to: "@"))],
    taken: [Change(.create, alias("x", "A", to: "d1.example.net.", zone: "ZOTHER"))]),
  RejectionCase(
    message: "but an alias of the zone targets it",
    present: [rrset("www", "A", "192.0.2.1"), alias("a", to: "www")],
    refused: [Change(.delete, rrset("www", "A", "192.0.2.1"))],
    taken: [
      Change(.delete, alias("a", to: "www")), Change(.delete, rrset("www", "A", "192.0.2.1")),
    ]),
]
