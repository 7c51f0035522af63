import TestSupport
import Testing

@testable import Propagation

/// The figures of the practice of waiting by half-lives, and those that follow from it for the
/// other models, each to the precision it is stated with.
@Suite struct `Golden values of the cache models` {
  static let day = TimeSpan.days(1)
  static let hour = 3_600.0

  /// After n TTLs `1 - 2^-n` have followed.
  @Test(arguments: zip(1...6, [0.5, 0.75, 0.875, 0.9375, 0.96875, 0.984375]))
  func `half-life shares at whole periods`(periods: Int64, share: Double) {
    let model = CacheModel(.halfLife, CachedTTL(300))
    #expect(abs(model.share(after: TimeSpan(seconds: 300) * periods) - share) < 1e-14)
  }

  @Test(arguments: zip([0.5, 0.9, 0.95, 0.99], [300.0, 997, 1297, 1993]))
  func `half-life quantiles at 300 s`(share: Double, seconds: Double) throws {
    let time = try #require(CacheModel(.halfLife, CachedTTL(300)).time(toShare: share))
    #expect(abs(time - seconds) < 0.5)
  }

  @Test func `strict caches are through at the TTL`() {
    let model = CacheModel(.strict, CachedTTL(300))
    #expect(model.time(toShare: 0.95) == 285)
    #expect(model.share(after: 150.0) == 0.5)
    #expect(model.share(after: 300.0) == 1)
    #expect(model.end == 300)
  }

  @Test(
    arguments: [
      // (lead in days, P95 in hours, P99 in hours, tolerances)
      (5, 28.3 / 60, 0.05 / 60, 39.5, 0.05), (7, 22.8 / 60, 0.05 / 60, 0.73, 0.005),
    ])
  func `half-life lead from 24 h to 300 s`(
    days: Int64, p95: Double, near95: Double, p99: Double, near99: Double
  ) throws {
    let cached = CachedTTL(300, loweredFrom: Self.day, lead: .days(days))
    let model = CacheModel(.halfLife, cached)
    #expect(abs(try #require(model.time(toShare: 0.95)) / Self.hour - p95) < near95)
    #expect(abs(try #require(model.time(toShare: 0.99)) / Self.hour - p99) < near99)
  }

  @Test func `a lead of five periods gives 93.9 % at 25 minutes, 3.1 % hold the old TTL`() {
    let cached = CachedTTL(300, loweredFrom: Self.day, lead: .days(5))
    #expect(HoldingRule.halfLife.shareHoldingOriginal(cached) == 0.03125)
    let share = CacheModel(.halfLife, cached).share(after: .minutes(25))
    #expect(abs(share - 0.939) < 0.0005)
  }

  @Test(arguments: [(HoldingRule.strict, 10.3, 21.3, 0.05), (.halfLife, 19.3, 75, 0.5)])
  func `8.74 % of caches at a floor of 24 h`(
    rule: HoldingRule, p95: Double, p99: Double, near99: Double
  ) throws {
    let floor = CacheClass(share: 0.0874, floor: Self.day)
    let model = CacheModel(rule, CachedTTL(300), classes: [floor])
    #expect(abs(try #require(model.time(toShare: 0.95)) / Self.hour - p95) < 0.05)
    #expect(abs(try #require(model.time(toShare: 0.99)) / Self.hour - p99) < near99)
  }

  @Test func `strict floors far above the TTL have a closed form`() throws {
    let floor = CacheClass(share: 0.2, floor: Self.day)
    let model = CacheModel(.strict, CachedTTL(0), classes: [floor])
    for share in [0.85, 0.9, 0.95, 0.99] {
      let expected = 86_400 * (share - 0.8) / 0.2
      #expect(abs(try #require(model.time(toShare: share)) - expected) < 1e-3)
    }
  }

  @Test(arguments: [(0.1, 24.0, 43.2), (1.0, 45.6, 47.5)])
  func `.com's parent TTL under a child's 300 s, strict`(
    parentCentric: Double, p95: Double, p99: Double
  ) throws {
    let model = CacheModel(
      .strict, parent: CachedTTL(172_800), child: CachedTTL(300),
      parentCentricShare: parentCentric)
    #expect(abs(try #require(model.time(toShare: 0.95)) / Self.hour - p95) < 0.05)
    #expect(abs(try #require(model.time(toShare: 0.99)) / Self.hour - p99) < 0.05)
    #expect(model.end == 172_800)
  }

  @Test(
    arguments: [
      (HoldingRule.strict, 1.0, 0.0087, 5e-5), (.halfLife, 1, 0.0060, 5e-5),
      (.strict, 0.1, 0.901, 5e-4), (.halfLife, 0.1, 0.872, 5e-4),
    ])
  func `25 minutes after a .com cutover`(
    rule: HoldingRule, parentCentric: Double, share: Double, near: Double
  ) {
    let model = CacheModel(
      rule, parent: CachedTTL(172_800), child: CachedTTL(300), parentCentricShare: parentCentric)
    #expect(abs(model.share(after: .minutes(25)) - share) < near)
  }

  @Test func `half-life under a parent's 172800 s: P95 207 h, P99 319 h`() throws {
    let model = CacheModel(.halfLife, CachedTTL(172_800))
    #expect(abs(try #require(model.time(toShare: 0.95)) / Self.hour - 207) < 0.5)
    #expect(abs(try #require(model.time(toShare: 0.99)) / Self.hour - 319) < 0.5)
    #expect(model.share(after: 172_800.0) == 0.5)
  }

  /// The stated 0.252 has the noise of a simulation: evenly spread ages give exactly 1/4.
  @Test func `a lead shorter than the new TTL is integrated`() {
    let cached = CachedTTL(300, loweredFrom: 400, lead: 200)
    let share = CacheModel(.strict, cached).share(after: 100.0)
    #expect(abs(share - 0.252) < 0.0025)
    #expect(abs(share - 0.25) < 1e-12)
  }

  @Test func `two stacked caches`() throws {
    let model = CacheModel(.stacked(caches: 2), CachedTTL(300))
    #expect(abs(try #require(model.time(toShare: 0.5)) / 300 - 1) < 1e-9)
    #expect(abs(try #require(model.time(toShare: 0.95)) / 300 - 1.68) < 0.005)
    #expect(model.end == 600)
    #expect(model.share(after: 600.0) == 1)
    #expect(model.share(after: 599.0) < 1)
  }
}

@Suite struct `Properties of the cache models` {
  static func cases() -> [(CachedTTL, [CacheClass])] {
    var random = SeededGenerator(seed: 20_261_123)
    let ttls: [Int64] = [0, 1, 60, 300, 3_600, 86_400, 172_800, 604_800, 2_147_483_647]
    return (0..<200).map { index in
      let original = TimeSpan(seconds: ttls.randomElement(using: &random) ?? 0)
      let lowered = min(TimeSpan(seconds: ttls.randomElement(using: &random) ?? 0), original)
      let lead = TimeSpan(seconds: Int64.random(in: 0...(6 * original.seconds), using: &random))
      let classes =
        index % 2 == 0
        ? []
        : [
          CacheClass(
            share: 0.05, floor: TimeSpan(seconds: ttls.randomElement(using: &random) ?? 0)),
          CacheClass(share: 0.1, ceiling: .hours(1)),
        ]
      return (CachedTTL(lowered, loweredFrom: original, lead: lead), classes)
    }
  }

  /// Times that straddle every corner of the curve of a case.
  static func times(_ cached: CachedTTL) -> [Double] {
    let marks = [0, 1, cached.ttl.seconds, cached.original.seconds, 86_400, 172_800]
    return Set(marks.flatMap { [Double($0) * 0.3, Double($0), Double($0) * 1.7, Double($0) * 5] })
      .sorted()
  }

  @Test(arguments: [HoldingRule.halfLife, .strict, .stacked(caches: 2), .stacked(caches: 12)])
  func `shares never fall and stay between 0 and 1`(rule: HoldingRule) {
    for (cached, classes) in Self.cases() {
      let model = CacheModel(rule, cached, classes: classes)
      var last = 0.0
      for time in Self.times(cached) {
        let share = model.share(after: time)
        #expect(share >= last - 1e-12 && share <= 1, "\(cached) at \(time) s")
        last = share
      }
    }
  }

  @Test func `half-life is never ahead of strict`() {
    for (cached, classes) in Self.cases() {
      // Under a lead shorter than the new TTL the strict model itself starts late.
      guard !cached.isLowered || cached.lead >= cached.ttl else { continue }
      for classes in [[], classes] {
        let strict = CacheModel(.strict, cached, classes: classes)
        let halfLife = CacheModel(.halfLife, cached, classes: classes)
        // So it does for caches whose floor is above the lead.
        if !classes.isEmpty, cached.isLowered { continue }
        for time in Self.times(cached) {
          #expect(
            halfLife.share(after: time) <= strict.share(after: time) + 1e-12,
            "\(cached) at \(time) s")
        }
      }
    }
  }

  @Test func `strict is complete at its end, and not before`() throws {
    for (cached, classes) in Self.cases() {
      let model = CacheModel(.strict, cached, classes: classes)
      let end = try #require(model.end)
      #expect(model.share(after: end) > 1 - 1e-9, "\(cached)")
      if end > .zero { #expect(model.share(after: Double(end.seconds) * 0.9) < 1, "\(cached)") }
    }
  }

  @Test(arguments: [HoldingRule.halfLife, .strict, .stacked(caches: 3)])
  func `the time to a share is the first at which it is reached`(rule: HoldingRule) throws {
    for (cached, classes) in Self.cases() {
      let model = CacheModel(rule, cached, classes: classes)
      for share in [0.5, 0.9, 0.95, 0.99] {
        let time = try #require(model.time(toShare: share))
        #expect(model.share(after: time) >= share - 1e-9, "\(cached)")
        if time > 0 { #expect(model.share(after: time * 0.999) < share + 1e-9, "\(cached)") }
      }
    }
  }

  /// Every cache of a large, evenly spread lot, followed one by one.
  @Test(arguments: [(400, 300, 200), (400, 300, 0), (400, 100, 300), (400, 100, 400)])
  func `strict lead agrees with following each cache`(original: Int, ttl: Int, lead: Int) {
    let cached = CachedTTL(
      TimeSpan(seconds: Int64(ttl)), loweredFrom: TimeSpan(seconds: Int64(original)),
      lead: TimeSpan(seconds: Int64(lead)))
    let count = 20_000
    // Seconds from the change until each cache asks again.
    let leaves = (0..<count).map { index -> Double in
      var expiry = (Double(index) + 0.5) / Double(count) * Double(original)
      while expiry <= Double(lead) { expiry += Double(ttl) }
      return expiry - Double(lead)
    }
    for time in stride(from: 0.0, through: 500, by: 25) {
      let followed = Double(leaves.count { $0 <= time }) / Double(count)
      #expect(abs(followed - HoldingRule.strict.share(of: cached, after: time)) < 2e-3)
    }
  }

  @Test func `sticky caches are never reached`() {
    let sticky = CacheClass(share: 0.03, isSticky: true)
    for rule in [HoldingRule.strict, .halfLife] {
      let model = CacheModel(rule, CachedTTL(300), classes: [sticky])
      #expect(model.end == nil)
      #expect(model.time(toShare: 0.99) == nil)
      #expect(model.time(toShare: 0.95) != nil)
    }
  }

  @Test func `all clients by half-life take for ever`() {
    #expect(CacheModel(.halfLife, CachedTTL(300)).time(toShare: 1) == nil)
    #expect(CacheModel(.halfLife, CachedTTL(0)).time(toShare: 1) == 0)
    #expect(CacheModel(.strict, CachedTTL(300)).time(toShare: 1) == 300)
  }

  @Test func `shares of more than all clients are scaled down`() {
    let model = CacheModel(
      .strict, CachedTTL(300),
      classes: [CacheClass(share: 1.5, floor: 600), CacheClass(share: 0.5, floor: 1_200)])
    #expect(abs(model.parts.map(\.weight).reduce(0, +) - 1) < 1e-12)
  }
}
