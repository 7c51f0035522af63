import Foundation
import Propagation
import TestSupport
import Testing

/// Promises that hold for whatever inputs.
@Suite struct `Schedules of random zones` {
  static let ttls: [Int64] = [
    0, 1, 59, 60, 300, 301, 3_600, 86_400, 172_800, 604_800, 31_536_000, 2_147_483_647,
  ]
  static let names = [
    "example.com.", "a.", ".", "", "b\\.c.example.net.", "münchen.example.", "x\u{301}<y>.com.",
    "\u{202E}\r\n.com", String(repeating: "l", count: 300) + ".org.",
  ]

  static func inputs(_ seed: UInt64) throws -> ScheduleInputs {
    var random = SeededGenerator(seed: seed)
    func ttl() -> TimeSpan { TimeSpan(seconds: ttls.randomElement(using: &random) ?? 0) }
    func lowered() -> LoweredTTL {
      let original = ttl()
      return LoweredTTL(original, lowered: random.oneIn(3) ? original : min(original, ttl()))
    }
    func name() -> String { names.randomElement(using: &random) ?? "" }
    let start = Instant(
      secondsSince1970: Int64.random(in: -1_000_000_000...4_000_000_000, using: &random))
    let lead = TimeSpan(seconds: Int64.random(in: -100_000...5_000_000, using: &random))
    let timings: [ScheduleInputs.Timing] = [
      .start(start), .cutover(start + lead, notBefore: start),
      .cutover(start + lead, notBefore: nil),
    ]
    let parent = lowered()
    var inputs = ScheduleInputs(
      zone: name(), timing: timings.randomElement(using: &random) ?? .start(start),
      childNS: lowered(),
      parentNS: random.oneIn(3)
        ? nil : ParentTTL(parent.original, lowered: parent.lowered, source: name()),
      dsTTL: random.oneIn(2) ? nil : ttl(), negativeTTL: ttl())
    inputs.records = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      RecordTTL(
        name: name(), type: "A", ttl: lowered(), changes: random.oneIn(2),
        role: random.oneIn(3) ? .nameserverAddress : .record)
    }
    inputs.periods = Int.random(in: 1...8, using: &random)
    inputs.parentCentricShare = [0, 0.1, 0.5, 1].randomElement(using: &random) ?? 1
    if random.oneIn(2) {
      inputs.cacheClasses = [
        CacheClass(share: 0.05, floor: ttl()), CacheClass(share: 0.1, ceiling: ttl()),
        CacheClass(share: random.oneIn(2) ? 0 : 0.01, isSticky: true),
      ]
    }
    if random.oneIn(3) { inputs.parallelRun = ttl() }
    inputs.preparation = ttl()
    if random.oneIn(2) {
      inputs.calendar = ChangeCalendar(
        localTime: LocalTime(name: name()) { $0.secondsSince1970 % 2 == 0 ? .hours(8) : .hours(8) },
        windows: [try ChangeWindow(parsing: "Tue-Thu 22:00-04:00")],
        freezes: [try ChangeFreeze(parsing: "2026-12-18..2027-01-05")])
    }
    return inputs
  }

  @Test(arguments: SeededGenerator.seeds(150))
  func `keep their promises`(seed: UInt64) throws {
    let inputs = try Self.inputs(seed)
    let schedule = try Schedule(inputs)

    // Waits are never too short.
    #expect(schedule.cutover - schedule.start >= schedule.waitBefore.length)
    let longest = inputs.records.filter { $0.mattersAtCutover && $0.ttl.isLowered }
      .map(\.ttl.original).max()
    #expect(schedule.waitBefore.length >= (longest ?? .zero) * Int64(inputs.periods))
    if let dsWait = schedule.dsWait {
      let removal = try #require(schedule.steps.first { $0.id == .removeDS })
      #expect(schedule.cutover - removal.instant >= dsWait + inputs.preparation)
    }
    #expect(schedule.end - schedule.cutover >= schedule.parallelRun)
    #expect(schedule.rollback >= inputs.newApexNSTTL)
    if inputs.parallelRun == nil { #expect(schedule.parallelRun >= schedule.bound.length) }

    // Steps are in order, each once.
    let steps = schedule.steps
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.instant <= $1.instant })
    #expect(Set(steps.map(\.id)).count == steps.count)

    // Shares never fall; strict caches are through at the bound.
    for (index, curve) in schedule.shares.curves.enumerated() {
      let shares = schedule.shares.rows.map { $0.shares[index] }
      #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
      let held = curve.model.parts.reduce(0) { $0 + ($1.cached == nil ? $1.weight : 0) }
      if curve.model.rule == .strict {
        #expect(curve.model.share(after: schedule.bound.length) >= 1 - held - 1e-9)
      }
    }

    // Every form can be read.
    for line in schedule.text().split(separator: "\n") {
      #expect(line.unicodeScalars.count <= 100 + 10 && line.count <= 100, "\(line)")
    }
    _ = try JSONSerialization.jsonObject(with: Data(schedule.json().utf8))
    #expect(!schedule.markdown().isEmpty)
    _ = try `The chart (SVG)`.read(schedule.chart())
    _ = try `The chart (SVG)`.read(schedule.chart(.linear))
    let calendar = schedule.calendar(in: inputs.calendar?.localTime)
    #expect(calendar.components(endingIn: "\r\n").allSatisfy { $0.utf8.count <= 75 })

    // The same inputs, the same schedule.
    #expect(try Schedule(inputs) == schedule)
  }
}

@Suite struct `Floors as written` {
  @Test(
    arguments: [
      ("24h:5%", 86_400, 0.05, false), ("300:8.74%", 300, 0.0874, false),
      ("never:1%", 0, 0.01, true), ("24h:0.05", 86_400, 0.05, false),
      ("1d12h:100%", 129_600, 1, false),
    ])
  func `are read`(text: String, floor: Int64, share: Double, isSticky: Bool) throws {
    let kind = try CacheClass(parsing: text)
    #expect(kind.floor.seconds == floor)
    #expect(abs(kind.share - share) < 1e-12)
    #expect(kind.isSticky == isSticky)
  }

  @Test(
    arguments: [
      "", "24h", "24h:5", "24h:1.01", ":5%", "24h:%", "24h:101%", "24h:-5%", "24h:nan%", "24h:1e1%",
      "24h:5%:6%", "x:5%", "24h:0x1p3%", "24h:inf%", "24h:1.2.3%",
    ])
  func `are refused`(text: String) {
    #expect(throws: TimeSyntaxError.self) { try CacheClass(parsing: text) }
  }
}
