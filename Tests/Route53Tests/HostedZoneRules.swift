import RecordSets
import Route53

/// What the service says of values that it cannot read, and their limits.
let valueRules: [RejectionCase] = [
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

/// Rules of the developer guide and of the API model.
let documentedRules: [RejectionCase] = [
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
