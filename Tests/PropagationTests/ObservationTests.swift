import Propagation
import TestSupport
import Testing

@Suite struct `Fitting what is observed` {
  /// Switches of caches whose own moments a rule draws, seen by asking every `step` seconds until
  /// `until`.
  static func observe(
    _ times: [Double], every step: Int64, until: Int64 = .max / 2
  ) -> [CacheSwitch] {
    times.map { time in
      let before = Int64(min(time, Double(until))) / step * step
      let after = before + step
      return CacheSwitch(
        lastOld: TimeSpan(seconds: before),
        firstNew: after <= until ? TimeSpan(seconds: after) : nil)
    }
  }

  /// Moments spread as the model says, without chance.
  static func times(_ model: CacheModel, _ count: Int) -> [Double] {
    (0..<count).compactMap { model.time(toShare: (Double($0) + 0.5) / Double(count)) }
  }

  @Test(arguments: [Int64(60), 300, 3_600, 86_400])
  func `a half-life is found again`(ttl: Int64) throws {
    let model = CacheModel(.halfLife, CachedTTL(TimeSpan(seconds: ttl)))
    let switches = Self.observe(Self.times(model, 400), every: max(1, ttl / 20))
    let fitted = try #require(CacheModel.fittedHalfLife(switches))
    #expect(abs(Double(fitted.seconds) / Double(ttl) - 1) < 0.02)
  }

  @Test func `caches that have not switched yet count too`() throws {
    let model = CacheModel(.halfLife, CachedTTL(300))
    // Half of the caches are still old when the watch ends after one half-life.
    let switches = Self.observe(Self.times(model, 400), every: 10, until: 300)
    #expect(switches.count { $0.firstNew == nil } > 150)
    let fitted = try #require(CacheModel.fittedHalfLife(switches))
    #expect(abs(Double(fitted.seconds) / 300 - 1) < 0.03)
  }

  @Test func `nothing is said while nobody has switched`() {
    #expect(CacheModel.fittedHalfLife([]) == nil)
    #expect(CacheModel.fittedHalfLife([CacheSwitch(lastOld: 300, firstNew: nil)]) == nil)
  }

  @Test func `extreme observations have an answer`() {
    let instant = CacheSwitch(lastOld: 0, firstNew: 0)
    #expect(instant.firstNew == 1)
    #expect(CacheModel.fittedHalfLife([instant]) == 1)
    let late = CacheSwitch(lastOld: TimeSpan(seconds: .max), firstNew: TimeSpan(seconds: .max))
    #expect(CacheModel.fittedHalfLife([late]) != nil)
  }

  @Test(arguments: [HoldingRule.strict, .halfLife])
  func `classes are told apart`(rule: HoldingRule) {
    let classes = [300, 3_600, 86_400].map { CacheModel(rule, CachedTTL($0)) }
    let times = zip(classes, [600, 300, 100]).flatMap { Self.times($0, $1) }
    let fitted = ClassWeights(Self.observe(times, every: 30), classes: classes)
    #expect(fitted.unexplained == 0)
    #expect(abs(fitted.shares.reduce(0, +) - 1) < 1e-9)
    for (share, expected) in zip(fitted.shares, [0.6, 0.3, 0.1]) {
      #expect(abs(share - expected) < 0.03, "\(fitted.shares)")
    }
  }

  @Test func `what no class explains is counted`() {
    let classes = [CacheModel(.strict, CachedTTL(300))]
    let fitted = ClassWeights(
      [
        CacheSwitch(lastOld: 400, firstNew: 500), CacheSwitch(lastOld: 100, firstNew: 200),
        CacheSwitch(lastOld: 400, firstNew: nil),
      ], classes: classes)
    #expect(fitted.unexplained == 2)
    #expect(fitted.shares == [1])
    #expect(ClassWeights([], classes: []).shares.isEmpty)
    #expect(ClassWeights([], classes: classes).shares == [1])
  }

  @Test(arguments: [(0, 1.0), (3, 1), (30, 0.1), (300, 0.01)])
  func `the rule of three`(caches: Int, share: Double) {
    #expect(abs(CacheSwitch.mostStillOld(noneIn: caches) - share) < 1e-12)
  }
}
