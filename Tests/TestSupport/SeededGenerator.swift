import Foundation

/// Random numbers that a seed repeats: SplitMix64 (Steele, Lea, Flood: "Fast Splittable
/// Pseudorandom Number Generators", 2014).
///
/// A property is a test over seeds, so that a failure names the seed it came from:
///
///     @Test(arguments: SeededGenerator.seeds(20))
///     func readsBackWhatItPrints(seed: UInt64) {
///       var random = SeededGenerator(seed: seed)
///     }
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator whose numbers depend on nothing but `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// The seeds a property runs with: `1...count`, twenty times as many with `ZONECUT_DEEP=1`, or
  /// the one in `$ZONECUT_SEED` alone, to repeat a failure or to try another.
  public static func seeds(_ count: Int) -> [UInt64] {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["ZONECUT_SEED"].flatMap({ UInt64($0) }) { return [seed] }
    let count = environment["ZONECUT_DEEP"] == "1" ? count * 20 : count
    return (0..<count).map { UInt64($0 + 1) }
  }

  /// `count` random octets.
  public mutating func octets(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  /// True once in `one` times on average.
  public mutating func oneIn(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }

  /// `octets` with one to `count` random changes: an octet replaced, removed, inserted or doubled,
  /// or the end cut off. What a fuzzed reader must survive.
  public mutating func mutated(_ octets: [UInt8], changes count: Int = 4) -> [UInt8] {
    var octets = octets
    for _ in 0..<Int.random(in: 1...max(1, count), using: &self) {
      guard !octets.isEmpty else { return self.octets(1) }
      let place = Int.random(in: 0..<octets.count, using: &self)
      switch Int.random(in: 0..<9, using: &self) {
      case 0...2: octets[place] = UInt8.random(in: 0...255, using: &self)
      case 3...4: octets.remove(at: place)
      case 5...6: octets.insert(UInt8.random(in: 0...255, using: &self), at: place)
      case 7: octets.insert(octets[place], at: place)
      default: octets.removeSubrange(place...)
      }
    }
    return octets
  }
}
