/// A moment, in whole seconds since 1970-01-01T00:00:00Z without leap seconds (POSIX time).
public struct Instant: Hashable, Comparable, Sendable {
  /// The seconds since 1970.
  public let secondsSince1970: Int64

  /// The first moment RFC 3339 can write: 0000-01-01T00:00:00Z.
  public static let earliest = Instant(unchecked: -62_167_219_200)
  /// The last one: 9999-12-31T23:59:59Z.
  public static let latest = Instant(unchecked: 253_402_300_799)

  /// A moment; one outside the years 0...9999 becomes the nearest within.
  public init(secondsSince1970 seconds: Int64) {
    let within = min(
      max(seconds, Self.earliest.secondsSince1970), Self.latest.secondsSince1970)
    self.init(unchecked: within)
  }

  private init(unchecked seconds: Int64) { secondsSince1970 = seconds }

  /// Whether `a` is the earlier.
  public static func < (a: Instant, b: Instant) -> Bool {
    a.secondsSince1970 < b.secondsSince1970
  }

  /// The moment a span later (earlier, if negative), within the years 0...9999.
  public static func + (instant: Instant, span: TimeSpan) -> Instant {
    Instant(secondsSince1970: (TimeSpan(seconds: instant.secondsSince1970) + span).seconds)
  }

  /// The moment a span earlier, within the years 0...9999.
  public static func - (instant: Instant, span: TimeSpan) -> Instant {
    Instant(secondsSince1970: (TimeSpan(seconds: instant.secondsSince1970) - span).seconds)
  }

  /// The span from `b` to `a`.
  public static func - (a: Instant, b: Instant) -> TimeSpan {
    TimeSpan(seconds: a.secondsSince1970 - b.secondsSince1970)
  }

  /// The days since 1970-01-01, rounded down.
  var dayNumber: Int64 {
    let (days, rest) = secondsSince1970.quotientAndRemainder(dividingBy: 86_400)
    return rest < 0 ? days - 1 : days
  }

  /// The seconds since the midnight (UTC) before it.
  var secondOfDay: Int64 { secondsSince1970 - dayNumber * 86_400 }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339 with `Z`: `2026-12-01T09:00:00Z`.
  public var description: String { written(offset: nil) }

  /// RFC 3339 in local time, `offset` seconds east of UTC: `2026-12-01T17:00:00+08:00`.
  public func description(offset: TimeSpan) -> String { written(offset: offset) }

  private func written(offset: TimeSpan?) -> String {
    let local = self + (offset ?? .zero)
    let date = CivilDate(dayNumber: local.dayNumber)
    let second = local.secondOfDay
    let time = [second / 3_600, second / 60 % 60, second % 60].map { padded($0, to: 2) }
    let suffix: String
    if let offset {
      let minutes = Int64((offset.seconds.magnitude / 60) % 6_000)
      suffix =
        (offset.seconds < 0 ? "-" : "+") + padded(minutes / 60, to: 2) + ":"
        + padded(minutes % 60, to: 2)
    } else {
      suffix = "Z"
    }
    return date.description + "T" + time.joined(separator: ":") + suffix
  }
}

extension CivilDate: CustomStringConvertible {
  /// RFC 3339 full-date: `2026-12-01`.
  public var description: String {
    padded(Int64(year), to: 4) + "-" + padded(Int64(month), to: 2) + "-"
      + padded(Int64(day), to: 2)
  }
}

/// A number with zeros in front of it.
private func padded(_ number: Int64, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Instant {
  /// Reads an RFC 3339 date-time in whole seconds: `2026-12-01T09:00:00Z`, or with a numeric
  /// offset (`+08:00`). A leap second (`:60`) counts as the second after it; a fraction must be
  /// zero.
  public init(parsing text: String) throws(TimeSyntaxError) {
    let fail = TimeSyntaxError(
      text: text, expected: "an RFC 3339 date and time such as 2026-12-01T09:00:00Z")
    var scanner = DigitScanner(text)
    guard let date = scanner.date(), scanner.take("T") || scanner.take("t"),
      let time = scanner.timeOfDay(), scanner.take(":"), let second = scanner.number(2),
      second <= 60
    else { throw fail }
    if scanner.take(".") {
      guard scanner.number(1) == 0 else { throw fail }
      while let digit = scanner.number(1) { guard digit == 0 else { throw fail } }
    }
    var offset: Int64 = 0
    if !scanner.take("Z"), !scanner.take("z") {
      let west = scanner.take("-")
      guard west || scanner.take("+"), let east = scanner.timeOfDay() else { throw fail }
      offset = west ? -east : east
    }
    let seconds = date.dayNumber * 86_400 + time + second - offset
    guard scanner.isAtEnd, seconds >= Self.earliest.secondsSince1970,
      seconds <= Self.latest.secondsSince1970
    else { throw fail }
    self.init(secondsSince1970: seconds)
  }
}

/// Reads numbers of a fixed width.
struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  /// Takes one character if it is next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  /// A number of exactly `width` digits; takes nothing if there is none.
  mutating func number(_ width: Int) -> Int64? {
    let digits = rest.prefix(width)
    guard digits.count == width, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    rest.removeFirst(width)
    return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }

  /// `2026-12-01`.
  mutating func date() -> CivilDate? {
    guard let year = number(4), take("-"), let month = number(2), take("-"),
      let day = number(2)
    else { return nil }
    return CivilDate(year: Int(year), month: Int(month), day: Int(day))
  }

  /// `09:00` in seconds after midnight; `24:00` only where allowed.
  mutating func timeOfDay(allowing24: Bool = false) -> Int64? {
    guard let hour = number(2), take(":"), let minute = number(2), minute < 60,
      hour < 24 || (allowing24 && hour == 24 && minute == 0)
    else { return nil }
    return hour * 3_600 + minute * 60
  }
}
