import RecordSets
import Route53
import Testing
import ZoneKit

@Suite struct HostedZoneTests {
  @Test func aNewZoneHasTheSetsThatTheServiceGivesIt() {
    let zone = HostedZone.example
    #expect(zone.sets.map(\.key.description) == ["example.com. NS", "example.com. SOA"])
    #expect(zone.sets.map(\.ttl) == [TTL(172_800), TTL(900)])
    #expect(zone.sets[0].data.count == 4)
    #expect(
      zone.sets[1].data.map(\.route53) == [
        "ns-1.awsdns-01.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"
      ])
    #expect(!zone.hasPlaceholderNameServers)
    #expect(HostedZone.new(apex: Name("example.com.")).hasPlaceholderNameServers)
  }

  @Test func keepsNamesInLowerCaseAndValuesAsWritten() throws {
    let zone = try HostedZone.example([rrset("WwW", "TXT", "\"A\"\"B\"")])
    let set = try #require(zone.sets.last)
    #expect(set.owner.route53 == "www.example.com.")
    #expect(ResourceRecordSet(set).values == ["\"A\"\"B\""])
  }

  @Test func aDeleteRepeatsTheWrittenValueAndNotItsMeaning() throws {
    let zone = try HostedZone.example([rrset("x", "TXT", "\"A\"\"B\"")])
    #expect(zone.rejection(of: [Change(.delete, rrset("x", "TXT", "\"A\" \"B\""))]) != nil)
    #expect(zone.rejection(of: [Change(.delete, rrset("x", "TXT", "\"A\"\"B\""))]) == nil)
  }

  @Test func octalEscapesNameTheSameOwner() throws {
    let zone = try HostedZone.example([rrset("*", "A", "192.0.2.1")])
    #expect(zone.rejection(of: [Change(.delete, rrset("\\052", "A", "192.0.2.1"))]) == nil)
  }

  /// A live export shows what the service took, whatever a rule here says.
  @Test func aSetOfTheExportIsLegalByDefinition() throws {
    let odd = RecordSet(
      owner: Name("odd.example.com."), type: .a,
      content: .records(
        ttl: TTL(60),
        data: [
          try RecordData(route53: "192.0.2.1", type: .a),
          try RecordData(route53: "192.0.2.2", type: .a),
        ]), routing: Routing(setIdentifier: "i", policy: .weighted(1)))
    var zone = try HostedZone(apex: Name("example.com."), sets: HostedZone.example.sets + [odd])
    try zone.apply(ChangeBatch(changes: [Change(.delete, odd)]))
    try zone.apply(ChangeBatch(changes: [Change(.create, odd)]))
    #expect(zone.set(odd.key)?.hasSameMeaning(as: odd) == true)
    var other = odd
    other.healthCheckID = "another"
    #expect(zone.rejection(of: [Change(.upsert, other)]) != nil)
  }

  @Test func takesTheExportOfNoOtherZone() {
    let sets = HostedZone.example.sets
    #expect(throws: HostedZoneError.outsideZone(sets[0], apex: Name("example.org."))) {
      try HostedZone(apex: Name("example.org."), sets: sets)
    }
    #expect(throws: HostedZoneError.duplicateSet(sets[0])) {
      try HostedZone(apex: Name("example.com."), sets: sets + [sets[0]])
    }
  }

  @Test func theQuotaOfSetsHoldsAtTheEndOfARequest() throws {
    var zone = try HostedZone.example([rrset("a", "A", "192.0.2.1")])
    zone.setLimit = 3
    let create = Change(.create, rrset("b", "A", "192.0.2.1"))
    #expect(
      zone.rejection(of: [create])?.messages.map(\.text) == [
        "Exceeded limit MAX_RRSETS_BY_ZONE for zone: ZTEST"
      ])
    #expect(zone.rejection(of: [create, Change(.delete, rrset("a", "A", "192.0.2.1"))]) == nil)
    // Up to the limit itself a zone takes sets; one more is one too many.
    zone.setLimit = 4
    #expect(zone.rejection(of: [create]) == nil)
    #expect(zone.rejection(of: [create, Change(.create, rrset("c", "A", "192.0.2.1"))]) != nil)
    try zone.apply(ChangeBatch(changes: [create]))
    #expect(zone.count == 4)
    #expect(zone.rejection(of: [Change(.upsert, rrset("b", "A", "192.0.2.2"))]) == nil)
  }

  @Test func namesEveryFaultOfABatchWithItsChange() {
    let rejection = HostedZone.example.rejection(of: [
      Change(.create, rrset("a", "A", "192.0.2.256")),
      Change(.create, rrset("b", "A", "192.0.2.1")),
      Change(.delete, rrset("c", "A", "192.0.2.1")),
      Change(.create, rrset("@", "CNAME", "example.net.")),
    ])
    #expect(Set(rejection?.messages.map(\.change) ?? []) == [0, 2, 3])
  }

  /// Without the zone's id an alias is one to this zone if its target lies in it.
  @Test func withoutAnIdTheTargetsNameDecides() throws {
    let zone = HostedZone.new(apex: Name("example.com."))
    #expect(zone.rejection(of: [Change(.create, alias("a", to: "www", zone: "ZANY"))]) != nil)
    #expect(
      zone.rejection(of: [Change(.create, alias("a", to: "x.example.net.", zone: "ZANY"))]) == nil)
  }
}
