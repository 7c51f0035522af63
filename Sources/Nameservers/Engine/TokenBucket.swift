/// Lets so many queries a second pass, a small burst at a time.
struct TokenBucket {
  /// Tokens a nanosecond; nil for no limit.
  private let rate: Double?
  private let burst: Double
  private var tokens: Double
  private var last: UInt64

  /// The burst is what comes in so many seconds.
  private static let burstSpan = 0.05

  init(perSecond: Int?, now: UInt64) {
    rate = perSecond.map { Double(max(1, $0)) / 1_000_000_000 }
    burst = max(1, Double(perSecond ?? 1) * Self.burstSpan)
    tokens = burst
    last = now
  }

  /// Whether a query may pass; it is paid for by `pay`.
  mutating func isOpen(at now: UInt64) -> Bool {
    guard let rate else { return true }
    tokens = min(burst, tokens + Double(now - last) * rate)
    last = now
    return tokens >= 1
  }

  /// Takes tokens, also those that are still to come.
  mutating func pay(_ cost: Int) {
    if rate != nil { tokens -= Double(max(1, cost)) }
  }

  /// How many nanoseconds from the last look on it stays closed.
  var closedFor: UInt64 {
    guard let rate, tokens < 1 else { return 0 }
    return UInt64(((1 - tokens) / rate).rounded(.up))
  }
}
