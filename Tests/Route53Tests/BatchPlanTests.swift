import Diagnostics
import RecordSets
import Route53
import Testing
import ZoneKit

/// What is planned for one kind of difference each.
@Suite struct BatchPlanTests {
  private func sets(_ requests: [ResourceRecordSet]) throws -> [RecordSet] {
    try HostedZone.example(requests).sets
  }

  /// A plan from some sets to others with everything else deleted, the apex NS left alone.
  private func plan(
    _ old: [ResourceRecordSet], _ new: [ResourceRecordSet],
    _ change: (inout ChangeOptions) -> Void = { _ in }
  ) throws -> ChangePlan {
    var options = ChangeOptions()
    options.prunes = true
    options.maximumDeletedPercent = 100
    options.cutoverNSTTL = nil
    change(&options)
    return ChangePlan(from: try .example(old), to: try sets(new), options: options)
  }

  private func lines(_ batch: ChangeBatch) -> [String] {
    batch.changes.map { change in
      let set = change.set
      let id = set.setIdentifier.map { " \($0)" } ?? ""
      return "\(change.action.rawValue) \(set.name) \(set.type)\(id)"
    }
  }

  private func lines(_ plan: ChangePlan) -> [[String]] { plan.batches.map { lines($0.batch) } }

  // MARK: - What is done

  @Test func aChangedSimpleSetIsOneUpsert() throws {
    let plan = try plan([rrset("www", "A", "192.0.2.1")], [rrset("www", "A", "192.0.2.2")])
    #expect(lines(plan) == [["UPSERT www.example.com. A"]])
    #expect(plan.batches[0].rollback.changes.map(\.set.values) == [["192.0.2.1"]])
  }

  @Test func nothingToDoIsNoBatch() throws {
    let plan = try plan([rrset("www", "A", "192.0.2.1")], [rrset("WWW", "A", "192.0.2.1")])
    #expect(plan.batches.isEmpty && !plan.isBlocked)
    #expect(plan.proof == Proof(batchCount: 0, changeCount: 0, largest: RequestSize(), setCount: 3))
  }

  @Test func aCNAMEAndWhatTakesItsPlaceAreOneRequest() throws {
    let addresses = [rrset("www", "A", "192.0.2.1"), rrset("www", "AAAA", "2001:db8::1")]
    let name = [rrset("www", "CNAME", "a.example.net.")]
    let there = try plan(name, addresses) { $0.reserve = RequestSize(elements: 997) }
    #expect(
      lines(there) == [
        [
          "DELETE www.example.com. CNAME", "CREATE www.example.com. A",
          "CREATE www.example.com. AAAA",
        ]
      ])
    let back = try plan(addresses, name)
    #expect(
      lines(back) == [
        [
          "DELETE www.example.com. A", "DELETE www.example.com. AAAA",
          "CREATE www.example.com. CNAME",
        ]
      ])
    let tooSmall = try plan(name, addresses) { $0.reserve = RequestSize(elements: 998) }
    #expect(
      tooSmall.blockers.map(\.reason) == [
        "a CNAME and what takes its place change in one request or not at all: they count "
          + "3 records, 34 characters, and a request takes 2 records, 32000 characters"
      ])
    #expect(tooSmall.batches.isEmpty && tooSmall.proof == nil)
  }

  @Test func weightedSetsChangeTheirTTLTogether() throws {
    func group(_ ttl: Int) -> [ResourceRecordSet] {
      (1...3).map { (number: Int) in
        rrset("www", "A", "192.0.2.\(number)", ttl: ttl, id: "\(number)") { $0.weight = number }
      }
    }
    let plan = try plan(group(3_600), group(60))
    #expect(
      lines(plan) == [
        ["1", "2", "3"].map { "UPSERT www.example.com. A \($0)" }
      ])
    let blocked = try self.plan(group(3_600), group(60)) { $0.reserve.elements = 995 }
    #expect(blocked.blockers.first?.reason.hasPrefix("weighted sets that change their TTL") == true)
  }

  @Test func simpleAndRoutedSwapInOneRequest() throws {
    let simple = [rrset("www", "A", "192.0.2.1")]
    let routed = (1...2).map { number in
      rrset("www", "A", "192.0.2.\(number)", id: "\(number)") { $0.weight = 1 }
    }
    #expect(
      lines(try plan(simple, routed)) == [
        [
          "DELETE www.example.com. A", "CREATE www.example.com. A 1", "CREATE www.example.com. A 2",
        ]
      ])
    #expect(
      lines(try plan(routed, simple)) == [
        [
          "DELETE www.example.com. A 1", "DELETE www.example.com. A 2", "CREATE www.example.com. A",
        ]
      ])
  }

  @Test func regionsTradePlaces() throws {
    func pair(_ first: String, _ second: String) -> [ResourceRecordSet] {
      [("a", first), ("b", second)].map { id, region in
        rrset("www", "A", "192.0.2.1", id: id) { $0.region = region }
      }
    }
    let plan = try plan(pair("eu-west-1", "us-east-1"), pair("us-east-1", "eu-west-1"))
    #expect(
      lines(plan) == [
        [
          "DELETE www.example.com. A a", "DELETE www.example.com. A b",
          "CREATE www.example.com. A a", "CREATE www.example.com. A b",
        ]
      ])
  }

  @Test func targetsComeBeforeAliasesAndGoAfterThem() throws {
    let target = rrset("www", "A", "192.0.2.1")
    let chain = [target, alias("m", to: "www"), alias("a", to: "m")]
    #expect(
      lines(try plan([], chain)) == [
        ["CREATE www.example.com. A", "CREATE m.example.com. A", "CREATE a.example.com. A"]
      ])
    #expect(
      lines(try plan(chain, [])) == [
        ["DELETE a.example.com. A", "DELETE m.example.com. A", "DELETE www.example.com. A"]
      ])
    // In requests of one record each the order goes across them.
    let single = try plan([], chain) { $0.reserve.elements = 999 }
    #expect(
      lines(single) == [
        ["CREATE www.example.com. A"], ["CREATE m.example.com. A"], ["CREATE a.example.com. A"],
      ])
  }

  /// One set of each name is an alias to the other name: each alias can rely on the set that is
  /// none.
  @Test func routedAliasesMayPointAtEachOther() throws {
    let sets = [
      rrset("x", "A", "192.0.2.1", id: "one") { $0.weight = 1 },
      alias("y", to: "x", id: "one") { $0.weight = 1 },
      rrset("y", "A", "192.0.2.2", id: "two") { $0.weight = 1 },
      alias("x", to: "y", id: "two") { $0.weight = 1 },
    ]
    #expect(try plan([], sets).blockers == [])
    #expect(try plan(sets, []).blockers == [])
  }

  /// The owner of the alias and that of its target both swap types: neither can be first.
  @Test func groupsThatNeedEachOtherBecomeOne() throws {
    let old = [rrset("x", "CNAME", "t.example.net."), alias("a", "CNAME", to: "x")]
    let new = [rrset("x", "A", "192.0.2.1"), alias("a", to: "x")]
    #expect(
      lines(try plan(old, new)) == [
        [
          "DELETE a.example.com. CNAME", "DELETE x.example.com. CNAME", "CREATE x.example.com. A",
          "CREATE a.example.com. A",
        ]
      ])
  }

  @Test func aDeleteRepeatsTheTextOfTheExport() throws {
    let plan = try plan([rrset("x", "TXT", "\"a\"\"b\"")], [])
    #expect(plan.batches[0].batch.changes.map(\.set.values) == [["\"a\"\"b\""]])
    #expect(plan.batches[0].rollback.changes.map(\.set.values) == [["\"a\"\"b\""]])
  }

  // MARK: - What is deleted

  @Test func withoutPruningExtraSetsStayAndAreListed() throws {
    let old = [rrset("a", "A", "192.0.2.1"), rrset("b", "CNAME", "x.example.net.")]
    let plan = try plan(old, [rrset("b", "A", "192.0.2.2")]) { $0.prunes = false }
    #expect(plan.kept.map(\.key.description) == ["a.example.com. A"])
    #expect(plan.replaced.map(\.key.description) == ["b.example.com. CNAME"])
    #expect(lines(plan) == [["DELETE b.example.com. CNAME", "CREATE b.example.com. A"]])
  }

  @Test func moreDeletesThanAllowedBlock() throws {
    let old = (0..<10).map { rrset("a\($0)", "A", "192.0.2.1") }
    let three = try plan(old, Array(old.dropLast(3))) { $0.maximumDeletedPercent = 30 }
    #expect(three.blockers == [] && three.pruned.count == 3)
    let four = try plan(old, Array(old.dropLast(4))) { $0.maximumDeletedPercent = 30 }
    #expect(
      four.blockers.map(\.reason) == ["4 of 10 sets would be deleted, at most 30 % may be"])
  }

  @Test func setsThatMakePlaceCountAsDeletes() throws {
    let old = (0..<3).map { rrset("a\($0)", "CNAME", "x.example.net.") }
    let new = [rrset("a0", "A", "192.0.2.1")]
    let plan = try plan(old, new) {
      $0.prunes = false; $0.maximumDeletedPercent = 30
    }
    #expect(
      plan.blockers.map(\.reason) == [
        "1 of 3 sets would be deleted, 1 of them to make place for sets of the zone, at most 30 % "
          + "may be"
      ])
  }

  @Test(arguments: [
    ("_*.acm", true), ("_* CNAME", true), ("_* TXT", false), ("*", true), ("_1.acm", true),
    ("_?.ACM.example.com.", true), ("acm", false), ("_1.acm.", false), ("_*.acm.*", false),
  ])
  func keepPatterns(_ text: String, _ keeps: Bool) throws {
    let pattern = try #require(KeepPattern(parsing: text))
    let old = [rrset("_1.acm", "CNAME", "x.acm-validations.aws.")]
    let plan = try plan(old, []) { $0.keep = [pattern] }
    #expect(plan.pruned.isEmpty == keeps)
  }

  @Test(arguments: ["", "a A b", "a NOTYPE"])
  func noPatterns(_ text: String) { #expect(KeepPattern(parsing: text) == nil) }

  @Test func aKeptSetThatIsInTheWayBlocks() throws {
    let pattern = try #require(KeepPattern(parsing: "www"))
    let plan = try plan([rrset("www", "CNAME", "x.example.net.")], [rrset("www", "A", "192.0.2.1")])
    { $0.keep = [pattern] }
    #expect(plan.blockers.first?.key?.description == "www.example.com. A")
    #expect(plan.blockers.first?.reason.contains("conflicting RRSet of type CNAME") == true)
  }

  // MARK: - The apex

  @Test func theNameServersStayAndTheirTTLIsLowered() throws {
    let foreign = RecordSet(
      owner: Name("example.com."), type: .ns,
      content: .records(
        ttl: TTL(3_600), data: [try RecordData(route53: "ns.old.example.", type: .ns)]))
    let start = HostedZone.example
    let plan = ChangePlan(from: start, to: [foreign])
    let servers = ResourceRecordSet(start.sets[0]).values
    #expect(lines(plan) == [["UPSERT example.com. NS"]])
    #expect(plan.batches[0].batch.changes[0].set.values == servers)
    #expect(plan.batches[0].batch.changes[0].set.ttl == 300)
    #expect(plan.batches[0].rollback.changes[0].set.ttl == 172_800)
    #expect(plan.restore?.fileName == "01-restore-ns.json")
    #expect(plan.restore?.batch.changes[0].set.ttl == 86_400)
    #expect(plan.restore?.batch.changes[0].set.values == servers)
    #expect(plan.restore?.rollback.changes[0].set.ttl == 300)
  }

  @Test func unknownNameServersAreLeftAlone() {
    let plan = ChangePlan(from: .new(apex: Name("example.com.")), to: [])
    #expect(plan.lacksNameServers && plan.batches.isEmpty && plan.restore == nil && !plan.isBlocked)
  }

  // MARK: - Limits

  /// Values that count so many characters in all, of 100 each.
  private func text(_ characters: Int, _ mark: String) -> ResourceRecordSet {
    rrset("t", "TXT", "\"\"") { set in
      set.values = (0..<(characters / 100)).map { number in
        let start = "\"\(mark)\(number)"
        return start + String(repeating: "x", count: 99 - start.utf8.count) + "\""
      }
    }
  }

  @Test func anUpsertThatCountsTooMuchTwiceIsDeletedAndCreated() throws {
    #expect(
      lines(try plan([text(16_000, "a")], [text(16_000, "b")])) == [["UPSERT t.example.com. TXT"]])
    #expect(
      lines(try plan([text(10_000, "a")], [text(20_000, "b")])) == [
        ["DELETE t.example.com. TXT", "CREATE t.example.com. TXT"]
      ])
    #expect(
      lines(try plan([text(20_000, "a")], [text(10_000, "b")])) == [
        ["DELETE t.example.com. TXT", "CREATE t.example.com. TXT"]
      ])
  }

  @Test func aSetTooLargeToChangeBlocksWithTheReason() throws {
    let plan = try plan([text(17_000, "a")], [text(17_000, "b")])
    #expect(
      plan.blockers.map(\.description) == [
        "t.example.com. TXT: the set cannot be changed in one request: an UPSERT counts twice, and "
          + "DELETE and CREATE of the old and new values count 340 records, 34000 characters, while "
          + "a request takes 1000 records, 32000 characters"
      ])
    #expect(lines(try self.plan([], [text(32_000, "b")])) == [["CREATE t.example.com. TXT"]])
  }

  @Test func packsIntoTheFewestRequests() throws {
    // 2,500 sets of one record: three requests.
    let many = try sets((0..<2_500).map { rrset("n\($0)", "A", "192.0.2.1") })
    let plan = ChangePlan(from: .example, to: many)
    #expect(plan.batches.map(\.name) == ["01-load", "02-load", "03-load"])
    #expect(
      plan.batches.map(\.batch.comment) == [
        "zonecut plan load 1/3", "zonecut plan load 2/3", "zonecut plan load 3/3",
      ])
    #expect(plan.batches[2].rollback.comment == "zonecut plan undo load 3/3")
    #expect(
      plan.batches.map(\.rollbackFileName) == [
        "03-undo-01-load.json", "02-undo-02-load.json", "01-undo-03-load.json",
      ])
    #expect(plan.sizes.map(\.elements) == [1_000, 1_000, 508])
    // In the order of the names these need three requests.
    let mixed = [("a", 200), ("b", 350), ("c", 350), ("d", 300), ("e", 400), ("f", 400)].map {
      name, count in
      rrset(name, "A", "192.0.2.1") { set in
        set.values = (0..<count).map { "10.1.\($0 / 256).\($0 % 256)" }
      }
    }
    let dense = try self.plan([], mixed)
    #expect(dense.batches.count == 2)
  }

  // MARK: - What cannot be

  @Test func whatTheServiceWouldRefuseBlocksWithItsPlace() throws {
    let place = Location(SourceFile(name: "zone", text: "www LOC"), 0..<3)
    let location = RecordSet(
      owner: Name("www.example.com."), type: RecordType(mnemonic: "LOC") ?? .any,
      content: .records(ttl: TTL(60), data: []), location: place)
    let dangling = RecordSet(
      owner: Name("a.example.com."), type: .a,
      content: .alias(
        AliasTarget(
          hostedZoneID: "ZTEST", name: Name("gone.example.com."), evaluatesTargetHealth: false)))
    let plan = ChangePlan(from: .example, to: [location, dangling])
    #expect(plan.batches.isEmpty)
    #expect(plan.blockers.contains { $0.location == place && $0.reason.contains("facet-valid") })
    #expect(plan.blockers.contains { $0.key == dangling.key })
  }

  @Test func aliasesInACircleBlock() {
    let pair = [("a.example.com.", "b.example.com."), ("b.example.com.", "a.example.com.")]
    let sets = pair.compactMap { owner, target -> RecordSet? in
      guard let owner = try? Name(route53: owner), let target = try? Name(route53: target) else {
        return nil
      }
      return RecordSet(
        owner: owner, type: .a,
        content: .alias(
          AliasTarget(hostedZoneID: "ZTEST", name: target, evaluatesTargetHealth: false)))
    }
    let plan = ChangePlan(from: .example, to: sets)
    #expect(plan.blockers.map(\.reason) == ["alias sets need each other in a circle"])
  }

  @Test func anUnwantedTargetOfAKeptAliasBlocks() throws {
    let pattern = try #require(KeepPattern(parsing: "a"))
    let plan = try plan([rrset("www", "A", "192.0.2.1"), alias("a", to: "www")], []) {
      $0.keep = [pattern]
    }
    #expect(plan.blockers.first?.key?.description == "a.example.com. A")
  }

  @Test func aSetWantedTwiceBlocks() throws {
    let set = try sets([rrset("www", "A", "192.0.2.1")])
    let plan = ChangePlan(from: .example, to: set + set.suffix(1))
    #expect(plan.blockers.map(\.reason) == ["the set is wanted twice"])
  }
}
