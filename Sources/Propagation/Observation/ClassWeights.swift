/// How large some classes of caches are, judged from observed switches.
public struct ClassWeights: Hashable, Sendable {
  /// The share (0...1) of each class, in the order given; they sum to 1 where anything could be
  /// explained.
  public let shares: [Double]
  /// How many switches no class can explain, as an old answer after the longest TTL.
  public let unexplained: Int

  /// The most rounds; the shares have usually settled after a few dozen.
  private static let mostRounds = 1_000
  /// What a share has to move by for a further round.
  private static let settled = 1e-9

  /// Estimates the shares of `classes`, each a model of its own, by expectation and maximisation:
  /// every switch is divided among the classes in proportion to how likely each makes it, and
  /// the shares are the means of these parts.
  public init(_ switches: [CacheSwitch], classes: [CacheModel]) {
    let chances = switches.map { observed in
      classes.map { model in
        let until = observed.firstNew.map { model.share(after: $0) } ?? 1
        return max(0, until - model.share(after: observed.lastOld))
      }
    }
    let explained = chances.filter { $0.contains { $0 > 0 } }
    unexplained = chances.count - explained.count
    var shares = [Double](
      repeating: classes.isEmpty ? 0 : 1 / Double(classes.count), count: classes.count)
    guard !explained.isEmpty else {
      self.shares = shares
      return
    }
    for _ in 0..<Self.mostRounds {
      var sums = [Double](repeating: 0, count: classes.count)
      for chance in explained {
        let parts = zip(shares, chance).map { $0 * $1 }
        let total = parts.reduce(0, +)
        guard total > 0 else { continue }
        for (index, part) in parts.enumerated() { sums[index] += part / total }
      }
      let next = sums.map { $0 / Double(explained.count) }
      let moved = zip(shares, next).map { abs($0 - $1) }.max() ?? 0
      shares = next
      if moved < Self.settled { break }
    }
    self.shares = shares
  }
}
