import Propagation
import TestSupport
import Testing

@Suite struct `Schedules as text, JSON and Markdown` {
  @Test(arguments: ScheduleSamples.all)
  func `golden files`(name: String, inputs: ScheduleInputs) throws {
    let schedule = try Schedule(inputs)
    expectSnapshot(schedule.text(), named: "\(name).txt")
    expectSnapshot(schedule.json(), named: "\(name).json")
    expectSnapshot(schedule.markdown(), named: "\(name).md")
  }

  @Test(arguments: ScheduleSamples.all)
  func `text fits 100 columns`(name: String, inputs: ScheduleInputs) throws {
    var inputs = inputs
    for zone in [inputs.zone, String(repeating: "a", count: 250) + ".example."] {
      inputs.zone = zone
      for line in try Schedule(inputs).text().split(separator: "\n") {
        #expect(line.count <= 100 && line.last != " ", "\(line)")
      }
    }
  }

  @Test func `names cannot steer a terminal, break a table or end a string`() throws {
    var inputs = ScheduleSamples.com
    inputs.zone = "a|`\u{1B}[2J\u{202E}\"\\\n.com."
    let schedule = try Schedule(inputs)
    for text in [schedule.text(), schedule.markdown()] {
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    }
    #expect(schedule.markdown().contains(#"a\|\`\<U+001B\>\[2J\<U+202E\>"\\\<U+000A\>.com."#))
    #expect(schedule.json().contains(#""zone": "a|`\u001b[2J"#))
    #expect(schedule.json().contains(#"\"\\\n.com.""#))
  }
}

@Suite struct `The wait before the cutover` {
  @Test func `five periods of the child's original NS TTL`() throws {
    let schedule = try Schedule(ScheduleSamples.com)
    #expect(schedule.waitBefore.length == .days(5))
    #expect(schedule.cutover == ScheduleSamples.start + .days(5))
    #expect(schedule.waitBefore.decider?.name == "example.com.")
  }

  @Test func `a week's TTL means five weeks, and the advice says what it costs`() throws {
    let schedule = try Schedule(ScheduleSamples.weekLongAddress)
    #expect(schedule.waitBefore.length == .days(35))
    #expect(schedule.waitBefore.decider?.name == "ns2.example.com.")
    let advice = try #require(schedule.advice.first { $0.part == .before })
    #expect(advice.saves == .days(30))
    #expect(advice.text.contains("ns2.example.com. A"))
  }

  @Test func `records whose data stay the same cost nothing`() throws {
    var inputs = ScheduleSamples.com
    inputs.records.append(
      RecordTTL(name: "a.example.com.", type: "TXT", ttl: LoweredTTL(604_800), changes: false))
    #expect(try Schedule(inputs).waitBefore.length == .days(5))
  }

  @Test func `a parent's TTL counts before only where it is lowered`() throws {
    var inputs = ScheduleSamples.com
    inputs.parentNS = ParentTTL(172_800, source: "asked")
    #expect(try Schedule(inputs).waitBefore.length == .days(5))
    inputs.parentNS.lowered = 300
    let schedule = try Schedule(inputs)
    #expect(schedule.waitBefore.length == .days(10))
    #expect(schedule.bound.delegation == 300)
    #expect(schedule.rollback == 300)
  }

  @Test func `fewer periods are a choice`() throws {
    var inputs = ScheduleSamples.com
    inputs.periods = 2
    let schedule = try Schedule(inputs)
    #expect(schedule.waitBefore.length == .days(2))
    #expect(schedule.lead.holdingOriginal == 0.25)
  }

  @Test func `a signed zone waits for its DS set`() throws {
    var inputs = ScheduleSamples.com
    inputs.dsTTL = .days(7)
    let schedule = try Schedule(inputs)
    #expect(schedule.dsWait == .days(7) + .hours(1))
    #expect(schedule.cutover - schedule.start == .days(7) + .hours(3))
    let removal = try #require(schedule.steps.first { $0.id == .removeDS })
    #expect(removal.instant == schedule.start)
    let freeze = try #require(schedule.steps.first { $0.id == .freeze })
    #expect(removal.instant + removal.duration == freeze.instant)
  }
}

@Suite struct `After the cutover` {
  @Test func `the bound is the delegation's TTL and the longest record's`() throws {
    let schedule = try Schedule(ScheduleSamples.com)
    #expect(schedule.bound.length.seconds == 172_800 + 3_600)
    #expect(schedule.bound.decider?.type == "MX")
    #expect(schedule.rollback == 172_800)
    #expect(schedule.parallelRun == .days(10))
  }

  @Test func `floors stretch the bound`() throws {
    var inputs = ScheduleSamples.com
    inputs.parentNS = ParentTTL(300, source: "asked")
    inputs.cacheClasses = [CacheClass(share: 0.1, floor: .hours(24))]
    let schedule = try Schedule(inputs)
    #expect(schedule.bound.delegation == .hours(24))
    #expect(schedule.bound.length == .hours(48))
    #expect(schedule.parallelRun == .days(5))
  }

  @Test func `strict shares are complete at the bound, whatever the inputs`() throws {
    for (name, inputs) in ScheduleSamples.all {
      let schedule = try Schedule(inputs)
      for row in schedule.shares.rows where row.after >= schedule.bound.length {
        for (curve, share) in zip(schedule.shares.curves, row.shares)
        where curve.model.rule == .strict {
          #expect(share == 1, "\(name) at \(row.after)")
        }
      }
    }
  }

  @Test func `.com at 25 minutes after a long lead`() throws {
    var inputs = ScheduleSamples.com
    inputs.timing = .cutover(ScheduleSamples.start + .days(60), notBefore: ScheduleSamples.start)
    let schedule = try Schedule(inputs)
    let row = try #require(schedule.shares.rows.first { $0.after == Schedule.recheck })
    let stated = [0.0060, 0.0087, 0.872, 0.901]
    for (share, expected) in zip(row.shares, stated) {
      #expect(abs(share - expected) < (expected < 0.1 ? 5e-5 : 5e-4))
    }
  }

  @Test func `both TTLs lowered from 24 h: 93.9 % at 25 minutes, 3.1 % hold the old one`() throws {
    var inputs = ScheduleSamples.com
    inputs.parentNS = ParentTTL(86_400, lowered: 300, source: "asked")
    let schedule = try Schedule(inputs)
    let row = try #require(schedule.shares.rows.first { $0.after == Schedule.recheck })
    #expect(abs(row.shares[0] - 0.939) < 5e-4)
    #expect(abs(schedule.lead.shareAtRecheck - 0.939) < 5e-4)
    #expect(schedule.lead.holdingOriginal == 0.03125)
    #expect(schedule.text().contains("3.1 % still hold"))
    #expect(schedule.text().contains("93.9 %"))
  }

  @Test func `a parallel run that is too short is obeyed, with a warning`() throws {
    var inputs = ScheduleSamples.com
    inputs.parallelRun = .hours(24)
    let schedule = try Schedule(inputs)
    #expect(schedule.parallelRun == .hours(24))
    #expect(schedule.warnings.contains { $0.contains("before the TTL bound") })
  }

  @Test func `the old servers outlive the last check`() throws {
    let schedule = try Schedule(ScheduleSamples.zero)
    #expect(schedule.parallelRun == .hours(24))
    #expect(schedule.steps.last?.id == .decommission)
  }
}

@Suite struct `Wished cutovers` {
  @Test func `without a start the start is computed`() throws {
    var inputs = ScheduleSamples.com
    let wished = try Instant(parsing: "2028-03-01T00:00:00Z")
    inputs.timing = .cutover(wished, notBefore: nil)
    let schedule = try Schedule(inputs)
    #expect(schedule.cutover == wished)
    // Across a leap day.
    #expect(schedule.start.description == "2028-02-25T00:00:00Z")
    #expect(schedule.wish?.tooEarlyBy == .zero)
  }

  @Test func `too early: by how much, and who would be stranded`() throws {
    var inputs = ScheduleSamples.com
    inputs.timing = .cutover(ScheduleSamples.start + .hours(12), notBefore: ScheduleSamples.start)
    let schedule = try Schedule(inputs)
    let wish = try #require(schedule.wish)
    #expect(wish.tooEarlyBy == .hours(108))
    #expect(abs(wish.strandedHalfLife - 0.70710678) < 1e-8)
    #expect(wish.strandedStrict == 0.5)
    #expect(schedule.cutover == ScheduleSamples.start + .days(5))
    #expect(schedule.text().contains("4 d 12 h too early"))
  }

  @Test func `before the start itself all are stranded`() throws {
    var inputs = ScheduleSamples.com
    inputs.timing = .cutover(ScheduleSamples.start - .days(1), notBefore: ScheduleSamples.start)
    let wish = try #require(try Schedule(inputs).wish)
    #expect(wish.strandedHalfLife == 1)
    #expect(wish.strandedStrict == 1)
    #expect(wish.tooEarlyBy == .days(6))
  }

  @Test func `later than needed is granted, with the longer lead`() throws {
    var inputs = ScheduleSamples.com
    inputs.timing = .cutover(ScheduleSamples.start + .days(7), notBefore: ScheduleSamples.start)
    let schedule = try Schedule(inputs)
    #expect(schedule.wish?.tooEarlyBy == .zero)
    #expect(schedule.wish?.latestStart == ScheduleSamples.start + .days(2))
    #expect(schedule.text().contains("if TTLs are lowered by 2026-12-03T09:00:00Z"))
    #expect(schedule.lead.length == .days(7))
  }
}

@Suite struct `What decides the cutover` {
  @Test func `the longest lowered TTL`() throws {
    let schedule = try Schedule(ScheduleSamples.weekLongAddress)
    #expect(schedule.cutoverDecidedBy == "ns2.example.com. A (TTL 7 d)")
  }

  @Test func `the DS set, where its wait is longer`() throws {
    var inputs = ScheduleSamples.com
    inputs.dsTTL = .days(6)
    #expect(try Schedule(inputs).cutoverDecidedBy == "example.com. DS (TTL 6 d)")
  }

  @Test func `the preparation, where nothing was lowered`() throws {
    #expect(try Schedule(ScheduleSamples.zero).cutoverDecidedBy == "the preparation of 2 h")
  }

  @Test func `a wish, a window, or a window after either`() throws {
    var inputs = ScheduleSamples.com
    inputs.timing = .cutover(ScheduleSamples.start + .days(9), notBefore: ScheduleSamples.start)
    #expect(try Schedule(inputs).cutoverDecidedBy == "the wish")
    inputs.calendar = ChangeCalendar(windows: [try ChangeWindow(parsing: "Sat 10:00-12:00")])
    // TTLs are lowered on the 5th, so the 10th at 9:00 is an hour too early.
    #expect(try Schedule(inputs).wish?.tooEarlyBy == .hours(1))
    inputs.timing = .cutover(ScheduleSamples.start + .days(12), notBefore: ScheduleSamples.start)
    #expect(try Schedule(inputs).cutoverDecidedBy == "the first change window for it")
    inputs.timing = .start(ScheduleSamples.start)
    #expect(
      try Schedule(inputs).cutoverDecidedBy
        == "the first change window for it, after example.com. NS (TTL 1 d)")
  }
}

@Suite struct `Steps` {
  @Test(arguments: ScheduleSamples.all)
  func `are in order and each there once`(name: String, inputs: ScheduleInputs) throws {
    let steps = try Schedule(inputs).steps
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.instant <= $1.instant })
    #expect(Set(steps.map(\.id)).count == steps.count)
    let signed: Set<Step.ID> = [.removeDS, .publishDS]
    let expected = Set(Step.ID.allCases).subtracting(inputs.dsTTL == nil ? signed : [])
    #expect(Set(steps.map(\.id)) == expected)
  }

  @Test(arguments: ScheduleSamples.all)
  func `keep the order of the procedure`(name: String, inputs: ScheduleInputs) throws {
    let ids = try Schedule(inputs).steps.map(\.id)
    let fixed: [Step.ID] = [
      .lowerTTLs, .waitBefore, .removeDS, .recordDelegation, .freeze, .load, .compare, .goNoGo,
      .redelegate, .checkNow,
    ]
    #expect(Array(ids.prefix { $0 != .checkNow }) + [.checkNow] == fixed.filter(ids.contains))
    let ending: [Step.ID] = [.restoreTTLs, .publishDS, .decommission]
    #expect(ids.suffix(inputs.dsTTL == nil ? 2 : 3) == ending.filter(ids.contains)[...])
  }
}

@Suite struct `Extreme inputs` {
  @Test func `TTL 2^31 - 1 everywhere`() throws {
    var inputs = ScheduleSamples.com
    inputs.childNS = LoweredTTL(.longestTTL)
    inputs.parentNS = ParentTTL(.longestTTL, source: "asked")
    inputs.dsTTL = .longestTTL
    inputs.negativeTTL = .longestTTL
    let schedule = try Schedule(inputs)
    #expect(schedule.waitBefore.length == TimeSpan.longestTTL * 5)
    #expect(schedule.cutover.description.hasPrefix("2367-"))
    inputs.periods = ScheduleInputs.mostPeriods
    #expect(try Schedule(inputs).text().isEmpty == false)
  }

  @Test func `10,000 distinct TTLs`() throws {
    var inputs = ScheduleSamples.com
    inputs.records = (1...10_000).map { index in
      RecordTTL(
        name: "h\(index).example.com.", type: "A",
        ttl: LoweredTTL(TimeSpan(seconds: Int64(index)), lowered: TimeSpan(seconds: Int64(index))),
        changes: true)
    }
    let schedule = try Schedule(inputs)
    #expect(schedule.recordChanges.count == 10_000)
    #expect(schedule.text().contains("and 9990 more TTLs"))
  }

  @Test(
    arguments: [
      Instant.latest, .latest - .days(6), .latest - .days(14), .latest - .days(15) + 1,
    ])
  func `the year 9999`(start: Instant) {
    var inputs = ScheduleSamples.com
    inputs.timing = .start(start)
    #expect(throws: ScheduleError.self) { try Schedule(inputs) }
  }

  @Test func `the year 0`() throws {
    var inputs = ScheduleSamples.com
    inputs.timing = .start(.earliest)
    #expect(try Schedule(inputs).steps.first?.instant == .earliest)
    inputs.timing = .cutover(.earliest + .days(1), notBefore: nil)
    #expect(throws: ScheduleError.self) { try Schedule(inputs) }
  }

  typealias Spoiling = @Sendable (inout ScheduleInputs) -> Void

  static let spoilings: [(Spoiling, String)] = [
    ({ $0.periods = 0 }, "found 0 periods"),
    ({ $0.periods = 51 }, "found 51 periods"),
    ({ $0.childNS.lowered = 90_000 }, "90000, is above the TTL it has, 86400"),
    ({ $0.childNS.original = 2_147_483_648 }, "found 2147483648 s for the TTL of the apex"),
    ({ $0.negativeTTL = -1 }, "found -1 s for the negative TTL"),
    ({ $0.parentCentricShare = 1.1 }, "found 1.1"),
    ({ $0.parentCentricShare = .nan }, "found nan"),
    ({ $0.cacheClasses = [CacheClass(share: -0.1)] }, "found -0.1"),
    (
      { $0.cacheClasses = [CacheClass(share: 0.6), CacheClass(share: 0.6)] }, "120 % of all"
    ),
    ({ $0.cacheClasses = [CacheClass(share: 0.1, floor: 9, ceiling: 8)] }, "below its floor"),
    ({ $0.preparation = -1 }, "found -1 s for the preparation"),
  ]

  @Test(arguments: spoilings)
  func `refused with a reason`(
    change: Spoiling, message: String
  ) throws {
    var inputs = ScheduleSamples.com
    change(&inputs)
    let error = try #require(throws: ScheduleError.self) { try Schedule(inputs) }
    #expect(error.description.contains(message), "\(error)")
  }

  @Test func `parents are known, assumed, or asked for`() {
    #expect(ParentTTL.assumed(forZone: "example.COM").ttl == 172_800)
    #expect(ParentTTL.assumed(forZone: "example.com.").source.contains("com registry"))
    let unknown = ParentTTL.assumed(forZone: #"a\.com.example."#)
    #expect(unknown.isAssumed && unknown.source.contains("nothing is known of example."))
    #expect(ParentTTL.assumed(forZone: "com.").source.contains("nothing is known of .:"))
    #expect(ParentTTL.assumed(forZone: "").isAssumed)
  }
}
