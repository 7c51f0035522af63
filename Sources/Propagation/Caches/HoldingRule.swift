/// How caches let go of an old value: the law by which the share of clients that see the new
/// value grows, given the TTL they cached.
public enum HoldingRule: Hashable, Sendable {
  /// The planning rule: half of the clients follow within one TTL, half of the rest within the
  /// next, and so on. `S = 1 - 2^(-t/T)`. It has no end.
  case halfLife
  /// Busy caches that honour the TTL to the second: `S = min(1, t/T)`. All have followed at `T`.
  case strict
  /// That many strict caches in a row, each of which restarts the TTL: the sum of as many
  /// uniform ages. All have followed at `caches * T`. Counts outside
  /// `1...HoldingRule.mostStackedCaches` are brought into it.
  case stacked(caches: Int)

  /// The longest chain of caches that `stacked` computes. Chains met in the field have two to
  /// four links (browser, host, forwarder, resolver); the alternating sum loses its digits
  /// beyond about 15.
  public static let mostStackedCaches = 12
}

/// The TTL one class of caches holds at the moment of a change.
public struct CachedTTL: Hashable, Sendable {
  /// The TTL in force at the change.
  public var ttl: TimeSpan
  /// The TTL before it was lowered; equal to `ttl` where nobody lowered it.
  public var original: TimeSpan
  /// How long before the change it was lowered.
  public var lead: TimeSpan

  /// A TTL that stays as it was.
  public init(_ ttl: TimeSpan) {
    self.init(ttl, loweredFrom: ttl, lead: .zero)
  }

  /// A TTL lowered from `original` a time `lead` before the change. An original below the new
  /// TTL is no lowering: the TTL in force counts alone. Negative spans count as zero.
  public init(_ ttl: TimeSpan, loweredFrom original: TimeSpan, lead: TimeSpan) {
    self.ttl = max(ttl, .zero)
    self.original = max(original, self.ttl)
    self.lead = max(lead, .zero)
  }

  /// The same TTL in a cache that stretches short TTLs to `floor` and cuts long ones to
  /// `ceiling`.
  public func bounded(floor: TimeSpan, ceiling: TimeSpan?) -> CachedTTL {
    func bounded(_ ttl: TimeSpan) -> TimeSpan {
      let raised = max(ttl, floor)
      return ceiling.map { min(raised, $0) } ?? raised
    }
    return CachedTTL(bounded(ttl), loweredFrom: bounded(original), lead: lead)
  }

  /// Whether the TTL was lowered at all.
  public var isLowered: Bool { ttl < original }
}

extension HoldingRule {
  /// The share (0...1) of caches that still hold the original TTL when the change comes.
  public func shareHoldingOriginal(_ cached: CachedTTL) -> Double {
    guard cached.isLowered else { return 0 }
    let periods = Double(cached.lead.seconds) / Double(cached.original.seconds)
    return switch self {
    case .halfLife: halvings(periods)
    case .strict: 1 - min(1, periods)
    case .stacked: 1 - passed(periods)
    }
  }

  /// The share (0...1) of these caches that has followed `seconds` after the change.
  public func share(of cached: CachedTTL, after seconds: Double) -> Double {
    guard seconds >= 0 else { return 0 }
    let ttl = Double(cached.ttl.seconds)
    guard cached.isLowered else { return passed(seconds, of: ttl) }
    switch self {
    case .halfLife, .stacked:
      let old = shareHoldingOriginal(cached)
      let original = Double(cached.original.seconds)
      return (1 - old) * passed(seconds, of: ttl) + old * passed(seconds, of: original)
    case .strict:
      return strictShareAfterLowering(cached, seconds)
    }
  }

  /// The time by which every such cache has followed; nil where the rule has no end.
  public func end(of cached: CachedTTL) -> TimeSpan? {
    switch self {
    case .halfLife:
      return cached.ttl == .zero && !cached.isLowered ? .zero : nil
    case .strict:
      return cached.isLowered ? max(cached.ttl, cached.original - cached.lead) : cached.ttl
    case .stacked(let caches):
      let links = Int64(Self.links(caches))
      let holdsOriginal = shareHoldingOriginal(cached) > 0
      return (holdsOriginal ? cached.original : cached.ttl) * links
    }
  }

  /// The share that has followed `seconds` after the change, all holding `ttl`.
  private func passed(_ seconds: Double, of ttl: Double) -> Double {
    ttl > 0 ? passed(seconds / ttl) : 1
  }

  /// The share that has followed after `x` TTLs.
  private func passed(_ x: Double) -> Double {
    switch self {
    case .halfLife: 1 - halvings(x)
    case .strict: min(1, x)
    case .stacked(let caches): sumOfUniforms(Self.links(caches), atMost: x)
    }
  }

  private static func links(_ caches: Int) -> Int { min(max(caches, 1), mostStackedCaches) }
}

/// Busy caches at the lowering have between 0 and `To` seconds left, evenly. Those with more
/// than the lead left keep the old copy; the others have fetched one with the TTL `Tn` since.
private func strictShareAfterLowering(_ cached: CachedTTL, _ seconds: Double) -> Double {
  let original = Double(cached.original.seconds)
  let ttl = Double(cached.ttl.seconds)
  let lead = Double(cached.lead.seconds)
  guard lead < original else { return ttl > 0 ? min(1, seconds / ttl) : 1 }
  // Both in seconds of the original TTL's span that have passed, so no term divides by zero.
  let stillOld = min(seconds, original - lead)
  let renewed: Double
  if lead < ttl {
    // None of the renewed copies has run out before: their ages lie evenly in 0...lead, so the
    // first leaves `ttl - lead` after the change.
    renewed = min(max(0, seconds - (ttl - lead)), lead)
  } else {
    renewed = lead * (ttl > 0 ? min(1, seconds / ttl) : 1)
  }
  return (stillOld + renewed) / original
}

/// The distribution of the sum of `n` uniform numbers in 0...1 (Irwin-Hall).
private func sumOfUniforms(_ n: Int, atMost x: Double) -> Double {
  guard x > 0 else { return 0 }
  guard x < Double(n) else { return 1 }
  // The upper half by symmetry: the alternating sum is exact where it is short.
  if x > Double(n) / 2 { return 1 - sumOfUniforms(n, atMost: Double(n) - x) }
  var sum = 0.0
  var binomial = 1.0
  var factorial = 1.0
  for k in 1...n { factorial *= Double(k) }
  for k in 0...Int(x) {
    var power = 1.0
    for _ in 0..<n { power *= x - Double(k) }
    sum += (k % 2 == 0 ? 1 : -1) * binomial * power
    binomial = binomial * Double(n - k) / Double(k + 1)
  }
  return sum / factorial
}
