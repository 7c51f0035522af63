/// A time to live in whole seconds (RFC 1035 section 3.2.1; at most 2^31-1, RFC 2181 section 8).
public struct TTL: RawRepresentable, Hashable, Comparable, Sendable {
  /// Seconds.
  public let rawValue: UInt32

  /// A TTL of so many seconds.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A TTL of so many seconds.
  public init(_ seconds: UInt32) { self.rawValue = seconds }

  /// The largest TTL: 2^31-1 (RFC 2181 section 8).
  public static let maximum = TTL(UInt32(Int32.max))

  /// By seconds.
  public static func < (a: TTL, b: TTL) -> Bool { a.rawValue < b.rawValue }
}

extension TTL: CustomStringConvertible {
  /// Seconds in decimal.
  public var description: String { String(rawValue) }

  /// A span of seconds as BIND writes it: plain seconds, or numbers with the units `w d h m s` in
  /// any letter case (`1h30m`, `1W2D`); nil if the octets are neither, or exceed 32 bits.
  static func seconds(_ text: Span<UInt8>) -> (seconds: UInt32, ordered: Bool)? {
    if let plain = text.decimal(UInt32.self) { return (plain, true) }
    var total: UInt64 = 0
    var number: UInt64?
    var lastUnit = UInt64.max
    var ordered = true
    for index in text.indices {
      let octet = text[index]
      if octet &- 48 < 10 {
        let next = (number ?? 0) * 10 + UInt64(octet - 48)
        guard next <= UInt64(UInt32.max) else { return nil }
        number = next
        continue
      }
      guard let count = number, let unit = unit(Name.lowercase(octet)) else { return nil }
      if unit >= lastUnit { ordered = false }
      lastUnit = unit
      total += count * unit
      guard total <= UInt64(UInt32.max) else { return nil }
      number = nil
    }
    guard number == nil, text.count > 0 else { return nil }
    return (UInt32(total), ordered)
  }

  private static func unit(_ letter: UInt8) -> UInt64? {
    switch letter {
    case UInt8(ascii: "w"): 604_800
    case UInt8(ascii: "d"): 86_400
    case UInt8(ascii: "h"): 3_600
    case UInt8(ascii: "m"): 60
    case UInt8(ascii: "s"): 1
    default: nil
    }
  }
}
