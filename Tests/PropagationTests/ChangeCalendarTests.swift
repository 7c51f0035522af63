import Testing

@testable import Propagation

@Suite struct `Change windows and freezes` {
  static let readable: [(String, Set<Int>, Double, Double)] = [
    ("Tue-Thu 09:00-16:00", [2, 3, 4], 9, 16),
    ("mon,WED,fri-sat 00:00-24:00", [1, 3, 5, 6], 0, 24),
    ("Fri-Mon 22:00-04:00", [1, 5, 6, 7], 22, 28),
    ("22:30-23:00", [1, 2, 3, 4, 5, 6, 7], 22.5, 23), ("Sun 09:00-10:00", [7], 9, 10),
  ]

  @Test(arguments: readable)
  func `windows are read`(text: String, days: Set<Int>, opens: Double, closes: Double) throws {
    let window = try ChangeWindow(parsing: text)
    #expect(window.days == days)
    #expect(window.opens == Int64(opens * 3_600))
    #expect(window.closes == Int64(closes * 3_600))
  }

  @Test(
    arguments: [
      "", "Tue", "Tue-Thu", "Tue-Thu 9:00-16:00", "Tue-Thu 09:00", "Tue-Thu 09:00-09:00",
      "Foo 09:00-16:00", "Tue-Wed-Thu 09:00-16:00", "Tue, 09:00-16:00", "Tue 24:00-16:00",
      "Tue 09:00-24:01", "Tue 09:60-16:00", "Tue Thu 09:00-16:00", "Tue 09:00-16:00x",
    ])
  func `windows are refused`(text: String) {
    #expect(throws: TimeSyntaxError.self) { try ChangeWindow(parsing: text) }
  }

  @Test func `freezes are read or refused`() throws {
    let freeze = try ChangeFreeze(parsing: "2026-12-18..2027-01-05")
    #expect(freeze.description == "2026-12-18..2027-01-05")
    #expect(try ChangeFreeze(parsing: "2028-02-29").first.day == 29)
    for text in [
      "", "2026-12-18..", "2027-01-05..2026-12-18", "2027-02-29", "2026-12-18.2026-12-19",
    ] {
      #expect(throws: TimeSyntaxError.self) { try ChangeFreeze(parsing: text) }
    }
  }

  @Test func `days of the week`() throws {
    #expect(try #require(CivilDate(year: 1970, month: 1, day: 1)).weekday == 4)
    #expect(try #require(CivilDate(year: 2026, month: 12, day: 1)).weekday == 2)
    #expect(try #require(CivilDate(year: 1900, month: 1, day: 1)).weekday == 1)
  }
}

@Suite struct `Change calendars` {
  static func calendar(
    _ windows: [String], freezes: [String] = [], _ localTime: LocalTime = .utc
  ) throws -> ChangeCalendar {
    ChangeCalendar(
      localTime: localTime, windows: try windows.map { try ChangeWindow(parsing: $0) },
      freezes: try freezes.map { try ChangeFreeze(parsing: $0) })
  }

  /// Central European Time, with the change of clocks in 2027 (28 March and 31 October, 01:00Z).
  static let berlin = LocalTime(name: "Europe/Berlin") { instant in
    let summer = Instant(secondsSince1970: 1_806_195_600)..<Instant(secondsSince1970: 1_824_944_400)
    return summer.contains(instant) ? .hours(2) : .hours(1)
  }

  static let firsts: [([String], [String], String, String)] = [
    // 2026-12-01 is a Tuesday.
    (["Tue-Thu 09:00-16:00"], [], "2026-12-01T08:00:00Z", "2026-12-01T09:00:00Z"),
    (["Tue-Thu 09:00-16:00"], [], "2026-12-01T09:30:00Z", "2026-12-01T09:30:00Z"),
    (["Tue-Thu 09:00-16:00"], [], "2026-12-01T15:36:00Z", "2026-12-02T09:00:00Z"),
    (["Tue-Thu 09:00-16:00"], [], "2026-12-03T16:00:00Z", "2026-12-08T09:00:00Z"),
    (["Mon 22:00-04:00"], [], "2026-12-01T03:00:00Z", "2026-12-01T03:00:00Z"),
    (["Mon 22:00-24:00", "Tue 00:00-00:10"], [], "2026-11-30T23:45:00Z", "2026-11-30T23:45:00Z"),
    (
      ["Tue-Thu 09:00-16:00"], ["2026-12-18..2027-01-05"], "2026-12-17T15:50:00Z",
      "2027-01-06T09:00:00Z"
    ),
    ([], ["2026-12-01..2026-12-02"], "2026-12-01T12:00:00Z", "2026-12-03T00:00:00Z"),
    ([], ["2026-12-02"], "2026-12-01T23:50:00Z", "2026-12-03T00:00:00Z"),
    (
      [], ["2026-12-01..2036-12-02", "2036-12-03"], "2026-12-01T23:50:00Z", "2036-12-04T00:00:00Z"
    ),
    ([], [], "2026-12-01T23:50:00Z", "2026-12-01T23:50:00Z"),
  ]

  @Test(arguments: firsts)
  func `the first 25 minutes allowed`(
    windows: [String], freezes: [String], from: String, first: String
  ) throws {
    let calendar = try Self.calendar(windows, freezes: freezes)
    let instant = calendar.firstAllowed(from: try Instant(parsing: from), lasting: .minutes(25))
    #expect(instant?.description == first)
  }

  static let lasts: [([String], [String], String, String)] = [
    (["Tue-Thu 09:00-16:00"], [], "2026-12-04T08:00:00Z", "2026-12-03T15:59:59Z"),
    (["Tue-Thu 09:00-16:00"], [], "2026-12-03T12:00:00Z", "2026-12-03T12:00:00Z"),
    (["Tue-Thu 09:00-16:00"], [], "2026-12-01T08:59:00Z", "2026-11-26T15:59:59Z"),
    (
      ["Tue 09:00-16:00"], ["2026-11-24..2026-12-01"], "2026-12-02T00:00:00Z",
      "2026-11-17T15:59:59Z"
    ),
    ([], ["2026-11-24..2026-12-01"], "2026-12-01T12:00:00Z", "2026-11-23T23:59:59Z"),
  ]

  @Test(arguments: lasts)
  func `the last instant allowed`(
    windows: [String], freezes: [String], until: String, last: String
  ) throws {
    let calendar = try Self.calendar(windows, freezes: freezes)
    let instant = calendar.lastAllowed(notBefore: .earliest, notAfter: try Instant(parsing: until))
    #expect(instant?.description == last)
    #expect(
      calendar.lastAllowed(
        notBefore: try Instant(parsing: last) + 1, notAfter: try Instant(parsing: until)) == nil
        || last == until)
  }

  @Test func `a window that never comes`() throws {
    let from = ScheduleSamples.start
    #expect(
      try Self.calendar(["Tue 09:00-09:10"]).firstAllowed(from: from, lasting: .minutes(25)) == nil)
    let frozen = try Self.calendar(["Tue 09:00-10:00"], freezes: ["2026-01-01..9999-12-31"])
    #expect(frozen.firstAllowed(from: from, lasting: .minutes(25)) == nil)
    #expect(frozen.lastAllowed(notBefore: from, notAfter: from + .days(90)) == nil)

    var inputs = ScheduleSamples.com
    inputs.calendar = try Self.calendar(["Tue 09:00-09:10"])
    let error = try #require(throws: ScheduleError.self) { try Schedule(inputs) }
    #expect(error.description.contains("no change window for the cutover comes from 2026-12-06"))
    inputs.calendar = frozen
    #expect(throws: ScheduleError.self) { try Schedule(inputs) }
  }

  @Test func `windows keep local time over a change of clocks`() throws {
    let calendar = try Self.calendar(["Sun 09:00-16:00"], Self.berlin)
    let winter = calendar.firstAllowed(
      from: try Instant(parsing: "2027-03-20T00:00:00Z"), lasting: .minutes(25))
    #expect(winter?.description == "2027-03-21T08:00:00Z")
    let summer = calendar.firstAllowed(
      from: try Instant(parsing: "2027-03-27T00:00:00Z"), lasting: .minutes(25))
    #expect(summer?.description == "2027-03-28T07:00:00Z")
  }

  /// 02:00-03:00 does not exist on 28 March 2027 in Berlin, and comes twice on 31 October.
  @Test func `hours that clocks skip or repeat`() throws {
    let calendar = try Self.calendar(["Sun 02:00-03:00"], Self.berlin)
    let spring = try Instant(parsing: "2027-03-27T12:00:00Z")
    // The skipped window has no time in it: the one a week later is used.
    #expect(
      calendar.firstAllowed(from: spring, lasting: .minutes(25))?.description
        == "2027-04-04T00:00:00Z")
    let autumn = try Instant(parsing: "2027-10-30T12:00:00Z")
    let opens = try #require(calendar.firstAllowed(from: autumn, lasting: .hours(2)))
    #expect(opens.description == "2027-10-31T00:00:00Z")
    let date = try #require(CivilDate(year: 2027, month: 10, day: 31))
    #expect(Self.berlin.instant(date, 9_000).description == "2027-10-31T00:30:00Z")
    #expect(Self.berlin.instant(date, 9_000, last: true).description == "2027-10-31T01:30:00Z")
  }

  @Test func `first and last allowed agree with trying every quarter of an hour`() throws {
    let windows = ["Tue-Thu 09:00-16:00", "Sat 22:00-04:00", "Sun 02:00-05:15"]
    let calendar = try Self.calendar(
      windows, freezes: ["2027-03-23..2027-03-24", "2027-04-03"], Self.berlin)
    let start = try Instant(parsing: "2027-03-20T00:00:00Z")
    let quarter = TimeSpan.minutes(15)
    let instants = (0..<(4 * 24 * 21)).map { start + quarter * Int64($0) }
    // By definition: an instant is allowed if some window's local hours contain it.
    func isAllowed(_ instant: Instant) throws -> Bool {
      let local = instant + Self.berlin.offset(at: instant)
      let day = CivilDate(dayNumber: local.dayNumber)
      if calendar.freezes.contains(where: {
        ($0.first.dayNumber...$0.last.dayNumber).contains(day.dayNumber)
      }) {
        return false
      }
      return calendar.windows.contains { window in
        let second = local.secondOfDay
        let yesterday = (day.weekday + 5) % 7 + 1
        return
          (window.days.contains(day.weekday) && (window.opens..<window.closes).contains(second))
          || (window.days.contains(yesterday)
            && (window.opens..<window.closes).contains(second + 86_400))
      }
    }
    let allowed = try instants.map(isAllowed)
    for (index, instant) in instants.enumerated() where index < instants.count - 4 * 24 * 8 {
      let next = try #require(allowed[index...].firstIndex(of: true))
      #expect(calendar.firstAllowed(from: instant, lasting: quarter) == instants[next])
      let isOpen = calendar.lastAllowed(notBefore: instant, notAfter: instant) != nil
      #expect(isOpen == allowed[index], "\(instant)")
    }
  }
}

@Suite struct `Schedules within change windows` {
  static func inputs() throws -> ScheduleInputs {
    var inputs = ScheduleSamples.com
    inputs.dsTTL = 86_400
    inputs.calendar = ChangeCalendar(
      localTime: LocalTime(name: "Australia/Perth") { _ in .hours(8) },
      windows: [try ChangeWindow(parsing: "Tue-Thu 09:00-16:00")],
      freezes: [try ChangeFreeze(parsing: "2026-12-18..2027-01-05")])
    return inputs
  }

  @Test func `every change lies in a window, every wait is long enough`() throws {
    let inputs = try Self.inputs()
    let schedule = try Schedule(inputs)
    let calendar = try #require(inputs.calendar)
    let changes: [Step.ID] = [
      .lowerTTLs, .removeDS, .redelegate, .restoreTTLs, .publishDS, .decommission,
    ]
    for step in schedule.steps where changes.contains(step.id) {
      #expect(
        calendar.firstAllowed(from: step.instant, lasting: 1) == step.instant, "\(step.id)")
    }
    // Started on Tuesday 17:00 local: the window of Wednesday; five days on it is Monday.
    #expect(schedule.start.description == "2026-12-02T01:00:00Z")
    #expect(schedule.cutover.description == "2026-12-08T01:00:00Z")
    #expect(schedule.lead.length >= schedule.waitBefore.length)
    #expect(schedule.end.description == "2027-01-06T01:00:00Z")
    let removal = try #require(schedule.steps.first { $0.id == .removeDS })
    #expect(removal.instant.description == "2026-12-03T07:35:00Z")
    #expect(schedule.cutover - removal.instant >= removal.duration + inputs.preparation)
    #expect(schedule.text().contains("Tue 2026-12-08T09:00:00+08:00 Australia/Perth"))
  }

  @Test func `a wish outside the windows is moved and said so`() throws {
    var inputs = try Self.inputs()
    inputs.timing = .cutover(try Instant(parsing: "2026-12-20T01:00:00Z"), notBefore: nil)
    let schedule = try Schedule(inputs)
    #expect(schedule.wish?.isOutsideWindows == true)
    #expect(schedule.cutover.description == "2027-01-06T01:00:00Z")
    #expect(schedule.start.description == "2026-12-17T07:35:00Z")
    #expect(schedule.text().contains("lies outside the change windows"))
  }
}
