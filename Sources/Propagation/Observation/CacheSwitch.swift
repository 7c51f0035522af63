/// What is known of the moment at which one cache went over to the new servers: it lies between
/// the last old answer and the first new one.
///
/// Asking a cache primes it, and one anycast address is many caches: what is observed at one
/// address may go back to old.
public struct CacheSwitch: Hashable, Sendable {
  /// The last old answer, after the cutover; zero if it gave none.
  public let lastOld: TimeSpan
  /// The first new answer, after the cutover; nil if it has given none yet.
  public let firstNew: TimeSpan?

  /// An observation. Times before the cutover count as the cutover; a first new answer that is
  /// not after the last old one counts as a second after it.
  public init(lastOld: TimeSpan, firstNew: TimeSpan?) {
    let old = max(lastOld, .zero)
    self.lastOld = old
    self.firstNew = firstNew.map { max($0, old + 1) }
  }

  /// The share (0...1) that old answers may still have, with 95 % confidence, when none of
  /// `caches` gave one: three in so many (the rule of three). All, where that says nothing.
  public static func mostStillOld(noneIn caches: Int) -> Double {
    caches > 3 ? 3 / Double(caches) : 1
  }
}

extension CacheModel {
  /// The half-life under which observed switches are likeliest; nil while no cache has switched.
  ///
  /// One number is sought (maximum likelihood of an exponential law with censored intervals),
  /// and the likelihood has a single top: a golden-section search finds it.
  public static func fittedHalfLife(_ switches: [CacheSwitch]) -> TimeSpan? {
    guard switches.contains(where: { $0.firstNew != nil }) else { return nil }
    // By the logarithm of the half-life, from a second to 2^31.
    var (low, high) = (0.0, 31.0)
    let ratio = 0.618_033_988_749_894_9
    var left = high - ratio * (high - low)
    var right = low + ratio * (high - low)
    var (atLeft, atRight) = (likelihood(switches, left), likelihood(switches, right))
    for _ in 0..<60 {
      if atLeft >= atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - ratio * (high - low)
        atLeft = likelihood(switches, left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + ratio * (high - low)
        atRight = likelihood(switches, right)
      }
    }
    return TimeSpan(roundingUp: (1 / halvings((low + high) / 2)).rounded())
  }

  /// The binary logarithm of the likelihood of switches under a half-life of `2^exponent` s.
  private static func likelihood(_ switches: [CacheSwitch], _ exponent: Double) -> Double {
    let rate = halvings(exponent)
    return switches.reduce(0) { sum, observed in
      let survived = -Double(observed.lastOld.seconds) * rate
      guard let firstNew = observed.firstNew else { return sum + survived }
      let within = 1 - halvings(Double((firstNew - observed.lastOld).seconds) * rate)
      return sum + survived + log2(max(within, .leastNormalMagnitude))
    }
  }
}
