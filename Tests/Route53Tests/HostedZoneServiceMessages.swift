import RecordSets
import Route53
import ZoneKit

/// The service's own messages, as public issue threads and test suites show them.
let serviceMessages: [RejectionCase] = [
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
