import Diagnostics

/// A length of time in whole seconds. TTLs are spans of 0 to 2^31 - 1 seconds (RFC 2181,
/// section 8). Arithmetic stops at the limits of `Int64` and never traps.
public struct TimeSpan: Hashable, Sendable {
  /// The seconds.
  public let seconds: Int64

  /// A span of some seconds.
  public init(seconds: Int64) { self.seconds = seconds }

  /// Whole minutes.
  public static func minutes(_ count: Int64) -> TimeSpan { TimeSpan(seconds: 60) * count }
  /// Whole hours.
  public static func hours(_ count: Int64) -> TimeSpan { TimeSpan(seconds: 3_600) * count }
  /// Days of 24 hours.
  public static func days(_ count: Int64) -> TimeSpan { TimeSpan(seconds: 86_400) * count }

  /// No time at all.
  public static let zero = TimeSpan(seconds: 0)
  /// The longest TTL, 2^31 - 1 seconds (RFC 2181, section 8).
  public static let longestTTL = TimeSpan(seconds: 2_147_483_647)

  /// The span of some seconds, a fraction counted as a full one: a wait rounded so is never
  /// too short. What is not a number or out of range stops at the limit.
  public init(roundingUp seconds: Double) {
    let up = seconds.rounded(.up)
    if let exact = Int64(exactly: up) {
      self.init(seconds: exact)
    } else {
      self.init(seconds: up < 0 ? .min : .max)
    }
  }
}

extension TimeSpan: ExpressibleByIntegerLiteral {
  /// A span of some seconds.
  public init(integerLiteral value: Int64) { self.init(seconds: value) }
}

extension TimeSpan: Comparable {
  /// Whether `a` is the shorter.
  public static func < (a: TimeSpan, b: TimeSpan) -> Bool { a.seconds < b.seconds }
}

extension TimeSpan {
  /// The sum, stopped at the limits.
  public static func + (a: TimeSpan, b: TimeSpan) -> TimeSpan {
    let (sum, overflow) = a.seconds.addingReportingOverflow(b.seconds)
    return TimeSpan(seconds: overflow ? (b.seconds < 0 ? .min : .max) : sum)
  }

  /// The difference, stopped at the limits.
  public static func - (a: TimeSpan, b: TimeSpan) -> TimeSpan {
    let (difference, overflow) = a.seconds.subtractingReportingOverflow(b.seconds)
    return TimeSpan(seconds: overflow ? (b.seconds < 0 ? .max : .min) : difference)
  }

  /// The product, stopped at the limits.
  public static func * (a: TimeSpan, count: Int64) -> TimeSpan {
    let (product, overflow) = a.seconds.multipliedReportingOverflow(by: count)
    let negative = (a.seconds < 0) != (count < 0)
    return TimeSpan(seconds: overflow ? (negative ? .min : .max) : product)
  }
}

extension TimeSpan: CustomStringConvertible {
  private static let units: [(name: String, seconds: UInt64)] = [
    ("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1),
  ]

  /// All of it, in days, hours, minutes and seconds: `5 d`, `25 min`, `1 d 3 h`, `0 s`.
  public var description: String {
    var rest = seconds.magnitude
    var parts: [String] = []
    for unit in Self.units {
      let (count, left) = rest.quotientAndRemainder(dividingBy: unit.seconds)
      if count > 0 { parts.append("\(count) \(unit.name)") }
      rest = left
    }
    if parts.isEmpty { return "0 s" }
    return (seconds < 0 ? "-" : "") + parts.joined(separator: " ")
  }

  /// Its two largest units, what is left counted as one more of the smaller: `1 d 22 h` for
  /// 1 d 21 h 36 min.
  public var rounded: TimeSpan {
    guard seconds > 0 else { return self }
    let largest = Self.units.firstIndex { $0.seconds <= seconds.magnitude } ?? 3
    let unit = Int64(Self.units[min(largest + 1, 3)].seconds)
    let over = seconds % unit
    return over == 0 ? self : self + TimeSpan(seconds: unit - over)
  }
}

/// Text that is not what it should be: a span, an instant, a window.
public struct TimeSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text as found.
  public let text: String
  /// What was expected, as the end of "expected ...".
  public let expected: String

  /// What was found and what was expected.
  public var description: String { "found '\(visible(text))', expected \(expected)" }
}

extension TimeSpan {
  /// Reads a span: seconds alone (`300`), or numbers with units `w d h m min s` in either case,
  /// with or without spaces, largest first and each at most once (`24h`, `1h30m`, `1W2D`,
  /// `1 d 3 h`).
  public init(parsing text: String) throws(TimeSyntaxError) {
    let fail = TimeSyntaxError(
      text: text, expected: "seconds, or numbers with units w, d, h, m, s, such as 300 or 1h30m")
    var rest = Substring(text)
    var total: Int64 = 0
    var lastUnit = Int64.max
    repeat {
      rest = rest.drop { $0 == " " }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count).drop { $0 == " " }
      let letters = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(letters.count)
      guard let count = Int64(digits) else { throw fail }
      let unit: Int64
      switch letters.lowercased() {
      case "w": unit = 604_800
      case "d": unit = 86_400
      case "h": unit = 3_600
      case "m", "min": unit = 60
      case "s": unit = 1
      case "" where lastUnit == .max && rest.allSatisfy({ $0 == " " }): unit = 1
      default: throw fail
      }
      let (product, tooLong) = count.multipliedReportingOverflow(by: unit)
      let (sum, over) = total.addingReportingOverflow(product)
      guard unit < lastUnit, !tooLong, !over else { throw fail }
      total = sum
      lastUnit = unit
    } while !rest.allSatisfy { $0 == " " }
    self.init(seconds: total)
  }
}
