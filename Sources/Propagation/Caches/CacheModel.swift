/// A class of caches that does not take TTLs as they come: it stretches short ones, cuts long
/// ones, or never lets go.
public struct CacheClass: Hashable, Sendable {
  /// Its share of all clients, 0...1.
  public var share: Double
  /// The shortest TTL it keeps.
  public var floor: TimeSpan
  /// The longest TTL it keeps; nil: any.
  public var ceiling: TimeSpan?
  /// Whether it holds a value for ever (some Java installations do).
  public var isSticky: Bool

  /// A class of caches.
  public init(
    share: Double, floor: TimeSpan = .zero, ceiling: TimeSpan? = nil, isSticky: Bool = false
  ) {
    self.share = share
    self.floor = floor
    self.ceiling = ceiling
    self.isSticky = isSticky
  }
}

/// How the share of clients that see a new value grows with time: a weighted mixture of classes
/// of caches, all under one rule.
public struct CacheModel: Hashable, Sendable {
  /// One part of the mixture.
  public struct Part: Hashable, Sendable {
    /// Its share of all clients, 0...1.
    public var weight: Double
    /// The TTL it holds; nil for a class that never lets go.
    public var cached: CachedTTL?
  }

  /// The rule all parts follow.
  public let rule: HoldingRule
  /// The parts; their weights sum to 1.
  public let parts: [Part]

  /// All caches hold one TTL, except those of `classes`. Shares that sum to more than 1 are
  /// scaled down to 1.
  public init(_ rule: HoldingRule, _ cached: CachedTTL, classes: [CacheClass] = []) {
    self.init(rule, mixture: [(1, cached)], classes: classes)
  }

  /// A delegation: `parentCentricShare` (0...1) of the caches go by the parent's NS TTL, the
  /// others by the child's (RFC 9199), and each of `classes` treats either in its
  /// own way.
  public init(
    _ rule: HoldingRule, parent: CachedTTL, child: CachedTTL, parentCentricShare: Double,
    classes: [CacheClass] = []
  ) {
    let share = min(max(parentCentricShare, 0), 1)
    self.init(rule, mixture: [(share, parent), (1 - share, child)], classes: classes)
  }

  private init(
    _ rule: HoldingRule, mixture: [(weight: Double, cached: CachedTTL)], classes: [CacheClass]
  ) {
    let shares = classes.map { max(0, $0.share) }
    let total = shares.reduce(0, +)
    let scale = total > 1 ? 1 / total : 1
    var parts: [Part] = []
    for (weight, cached) in mixture {
      for (kind, share) in zip(classes, shares) {
        let held =
          kind.isSticky ? nil : cached.bounded(floor: kind.floor, ceiling: kind.ceiling)
        parts.append(Part(weight: weight * share * scale, cached: held))
      }
      parts.append(Part(weight: weight * max(0, 1 - total), cached: cached))
    }
    self.rule = rule
    self.parts = parts.filter { $0.weight > 0 }
  }

  /// The share (0...1) of clients that see the new value `seconds` after the change.
  public func share(after seconds: Double) -> Double {
    var sum = 0.0
    for part in parts {
      guard let cached = part.cached else { continue }
      sum += part.weight * rule.share(of: cached, after: seconds)
    }
    return min(1, sum)
  }

  /// The share (0...1) of clients that see the new value a span after the change.
  public func share(after span: TimeSpan) -> Double { share(after: Double(span.seconds)) }

  /// The time by which every client has followed; nil where there is no such time (half-life,
  /// sticky caches).
  public var end: TimeSpan? {
    var last = TimeSpan.zero
    for part in parts {
      guard let end = part.cached.flatMap({ rule.end(of: $0) }) else { return nil }
      last = max(last, end)
    }
    return last
  }

  /// The seconds after which a share (0...1) of clients has followed; nil where that share is
  /// never reached.
  public func time(toShare share: Double) -> Double? {
    guard share > 0 else { return 0 }
    guard share < 1 else { return end.map { Double($0.seconds) } }
    // Weights are sums of rounded numbers: a share is reached if all but the last bits are.
    let wanted = share - 1e-12
    if self.share(after: 0.0) >= wanted { return 0 }
    if let closed = closedForm(share) { return closed }
    guard var high = upperLimit(wanted) else { return nil }
    var low = 0.0
    // The share never falls with time, so halving the interval finds the first such moment;
    // 100 steps exhaust a Double.
    for _ in 0..<100 {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if self.share(after: middle) >= wanted { high = middle } else { low = middle }
    }
    return high
  }

  private func closedForm(_ share: Double) -> Double? {
    guard parts.count == 1, let cached = parts[0].cached, !cached.isLowered else {
      return nil
    }
    let ttl = Double(cached.ttl.seconds)
    switch rule {
    case .halfLife: return ttl * log2(1 / (1 - share))
    case .strict: return ttl * share
    case .stacked: return nil
    }
  }

  /// A time by which `wanted` is reached, or nil if it never is.
  private func upperLimit(_ wanted: Double) -> Double? {
    if let end { return Double(end.seconds) }
    var time = 1.0
    // 60 doublings of a second are beyond 64 half-lives of the longest TTL.
    for _ in 0..<60 {
      if share(after: time) >= wanted { return time }
      time *= 2
    }
    return nil
  }
}
