import Foundation
import Propagation
import TestSupport
import Testing

@Suite struct `Portfolios` {
  static let tuesdays = "Tue-Thu 09:00-16:00"

  static func limits(perWindow: Int, windows: [String] = [tuesdays]) throws -> PortfolioLimits {
    PortfolioLimits(
      start: ScheduleSamples.start, zonesPerWindow: perWindow,
      calendar: ChangeCalendar(
        localTime: LocalTime(name: "Australia/Perth") { _ in .hours(8) },
        windows: try windows.map { try ChangeWindow(parsing: $0) },
        freezes: [try ChangeFreeze(parsing: "2026-12-18..2027-01-05")]))
  }

  static func zone(
    _ name: String, ttl: TimeSpan = 86_400, priority: Int = 0, requests: Int = 1
  ) -> PortfolioZone {
    PortfolioZone(
      ScheduleInputs(
        zone: name, timing: .start(.earliest), childNS: LoweredTTL(ttl), negativeTTL: 300),
      priority: priority, requests: requests, registrar: "Registrar | of \(name)")
  }

  static func names(_ portfolio: Portfolio) -> [[String]] {
    portfolio.waves.map { $0.schedules.map(\.zone) }
  }

  @Test func `no more than so many zones a window`() throws {
    let zones = (1...7).map { Self.zone("z\($0).example.") }
    let portfolio = try Portfolio(zones, Self.limits(perWindow: 3))
    #expect(portfolio.waves.map { $0.schedules.count } == [3, 3, 1])
    #expect(portfolio.waves.map(\.number) == [1, 2, 3])
    // Lowered on Wednesday the 2nd; five days on it is Monday: Tuesday's window, Wednesday's and
    // Thursday's.
    #expect(
      portfolio.waves.map(\.cutover.description) == [
        "2026-12-08T01:00:00Z", "2026-12-09T01:00:00Z", "2026-12-10T01:00:00Z",
      ])
  }

  @Test func `priority first, then who can move early; nobody before the time`() throws {
    let portfolio = try Portfolio(
      [
        Self.zone("late.example.", ttl: 604_800, priority: 0), Self.zone("b.example.", priority: 2),
        Self.zone("a.example.", priority: 2), Self.zone("first.example.", priority: 1),
      ], Self.limits(perWindow: 2))
    #expect(
      Self.names(portfolio) == [
        ["first.example.", "a.example."], ["b.example."], ["late.example."],
      ])
    for schedule in portfolio.waves.flatMap(\.schedules) {
      #expect(schedule.cutover - schedule.start >= schedule.waitBefore.length)
      #expect(schedule.start >= ScheduleSamples.start)
    }
  }

  @Test func `the API's rate is counted`() throws {
    // A quarter of the two hours of preparation takes 9,000 requests at 5 a second.
    let zones = [
      Self.zone("a.example.", requests: 6_000), Self.zone("b.example.", requests: 6_000),
      Self.zone("c.example.", requests: 3_000), Self.zone("huge.example.", requests: 100_000),
    ]
    let portfolio = try Portfolio(zones, Self.limits(perWindow: 10))
    #expect(
      Self.names(portfolio) == [
        ["a.example.", "c.example."], ["b.example."], ["huge.example."],
      ])
    #expect(portfolio.waves.map(\.isOverloaded) == [false, false, true])
    #expect(portfolio.waves[0].loading == 1_800)
    #expect(portfolio.text().contains("begin the load earlier"))
    var other = Self.zone("a.example.", requests: .max)
    other.requests = .max
    #expect(try Portfolio([other, other], Self.limits(perWindow: 2)).waves.count == 2)
  }

  @Test func `without windows every day is one`() throws {
    let zones = (1...3).map { Self.zone("z\($0).example.") }
    let portfolio = try Portfolio(zones, Self.limits(perWindow: 1, windows: []))
    #expect(
      portfolio.waves.map(\.cutover.description) == [
        "2026-12-06T09:00:00Z", "2026-12-07T09:00:00Z", "2026-12-08T09:00:00Z",
      ])
  }

  @Test func `golden files`() throws {
    let zones = [
      Self.zone("a.example."), Self.zone("b.example.", ttl: 3_600),
      Self.zone("c.example.", priority: -1, requests: 10_000),
      Self.zone("week.example.", ttl: 604_800),
    ]
    let portfolio = try Portfolio(zones, Self.limits(perWindow: 2))
    expectSnapshot(portfolio.text(), named: "portfolio.txt")
    expectSnapshot(portfolio.json(), named: "portfolio.json")
    expectSnapshot(portfolio.markdown(), named: "portfolio.md")
    let events = portfolio.calendar().components(endingIn: "\r\n").count { $0 == "BEGIN:VEVENT" }
    #expect(events == 4 * 3)
    for line in portfolio.text().split(separator: "\n") { #expect(line.count <= 100) }
  }

  @Test func `a zone without a schedule does not stop the others`() throws {
    var broken = Self.zone("broken.example.")
    broken.inputs.childNS.lowered = 90_000
    let limits = try Self.limits(perWindow: 1)
    let portfolio = try Portfolio(
      [Self.zone("a.example."), broken], limits,
      unplanned: [.init(zone: "lost.example.", reason: "no such file")])
    #expect(Self.names(portfolio) == [["a.example."]])
    #expect(portfolio.unplanned.map(\.zone) == ["lost.example.", "broken.example."])
    #expect(portfolio.unplanned[1].reason.hasPrefix("the lowered TTL"))
    for text in [portfolio.text(), portfolio.markdown(), portfolio.json()] {
      #expect(text.contains("broken.example."))
      #expect(text.contains("no such file"))
    }

    let error = try #require(throws: ScheduleError.self) { try Portfolio([broken], limits) }
    #expect(error.description.hasPrefix("broken.example.: the lowered TTL"))
  }

  @Test func `limits that allow nothing`() throws {
    let none = try Self.limits(perWindow: 0)
    #expect(throws: ScheduleError.self) { try Portfolio([], none) }
    var never = try Self.limits(perWindow: 1, windows: ["Tue 09:00-09:10"])
    #expect(throws: ScheduleError.self) { try Portfolio([Self.zone("a.example.")], never) }
    never.start = .latest
    #expect(throws: ScheduleError.self) { try Portfolio([Self.zone("a.example.")], never) }
  }

  @Test func `no zones`() throws {
    let portfolio = try Portfolio([], Self.limits(perWindow: 1))
    #expect(portfolio.waves.isEmpty)
    #expect(portfolio.text() == "No zones to move.\n")
    _ = try JSONSerialization.jsonObject(with: Data(portfolio.json().utf8))
  }

  @Test(.timeLimit(.minutes(1)))
  func `5,000 zones`() throws {
    let zones = (0..<5_000).map { index in
      Self.zone(
        "z\(index).example.", ttl: [300, 3_600, 86_400, 604_800][index % 4],
        priority: index % 7, requests: index % 50)
    }
    let portfolio = try Portfolio(zones, Self.limits(perWindow: 25))
    #expect(portfolio.waves.reduce(0) { $0 + $1.schedules.count } == 5_000)
    #expect(portfolio.waves.allSatisfy { $0.schedules.count <= 25 })
    #expect(Set(portfolio.waves.map(\.cutover)).count == portfolio.waves.count)
  }
}
