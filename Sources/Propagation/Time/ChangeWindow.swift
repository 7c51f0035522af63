/// Hours of some days of the week, in local time, in which changes may be made.
public struct ChangeWindow: Hashable, Sendable, CustomStringConvertible {
  /// The days of the week on which it opens; 1 is Monday, 7 is Sunday (ISO 8601).
  public let days: Set<Int>
  /// When it opens, in seconds after local midnight.
  public let opens: Int64
  /// When it closes, in seconds after the same midnight; beyond 86,400 on the next day.
  public let closes: Int64
  /// As it was written.
  public let description: String

  private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// Reads a window: `Tue-Thu 09:00-16:00`, `Mon,Wed-Fri 22:00-04:00` (until the next morning),
  /// `Sat 00:00-24:00`, or hours alone for every day.
  public init(parsing text: String) throws(TimeSyntaxError) {
    let fail = TimeSyntaxError(
      text: text, expected: "days and hours such as 'Tue-Thu 09:00-16:00' or '22:00-04:00'")
    let fields = text.split(separator: " ")
    guard let hours = fields.last, fields.count <= 2 else { throw fail }
    var days = Set(1...7)
    if fields.count == 2 {
      guard let named = Self.days(fields[0]) else { throw fail }
      days = named
    }
    var scanner = DigitScanner(String(hours))
    guard let opens = scanner.timeOfDay(), scanner.take("-"),
      let closes = scanner.timeOfDay(allowing24: true), scanner.isAtEnd, opens != closes
    else { throw fail }
    self.days = days
    self.opens = opens
    self.closes = closes > opens ? closes : closes + 86_400
    description = text
  }

  private static func days(_ text: Substring) -> Set<Int>? {
    var days: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        .map { names.firstIndex(of: $0.lowercased()) }
      guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil else {
        return nil
      }
      // `Fri-Mon` runs over the end of the week.
      for step in 0...((last - first + 7) % 7) { days.insert((first + step) % 7 + 1) }
    }
    return days
  }
}

/// Days, in local time, on which nothing may be changed.
public struct ChangeFreeze: Hashable, Sendable, CustomStringConvertible {
  /// The first day.
  public let first: CivilDate
  /// The last day, which is frozen too.
  public let last: CivilDate

  /// Reads `2026-12-18..2027-01-05`, or a single day.
  public init(parsing text: String) throws(TimeSyntaxError) {
    var scanner = DigitScanner(text)
    guard let first = scanner.date() else { throw Self.failure(text) }
    var last = first
    if scanner.take(".") {
      guard scanner.take("."), let end = scanner.date() else { throw Self.failure(text) }
      last = end
    }
    guard scanner.isAtEnd, first.dayNumber <= last.dayNumber else { throw Self.failure(text) }
    self.first = first
    self.last = last
  }

  private static func failure(_ text: String) -> TimeSyntaxError {
    TimeSyntaxError(
      text: text, expected: "a first and a last day in order, such as 2026-12-18..2027-01-05")
  }

  /// As `init(parsing:)` reads it.
  public var description: String { "\(first)..\(last)" }
}
