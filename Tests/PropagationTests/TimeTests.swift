import Testing

@testable import Propagation

@Suite struct `Instants (RFC 3339)` {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1),
      ("2000-02-29T12:00:00Z", 951_825_600), ("2026-12-01T09:00:00Z", 1_796_115_600),
      ("2038-01-19T03:14:08Z", 2_147_483_648), ("1900-03-01T00:00:00Z", -2_203_891_200),
      ("0000-01-01T00:00:00Z", -62_167_219_200), ("0000-02-29T00:00:00Z", -62_162_121_600),
      ("9999-12-31T23:59:59Z", 253_402_300_799),
    ])
  func `known seconds`(text: String, seconds: Int64) throws {
    #expect(try Instant(parsing: text).secondsSince1970 == seconds)
    #expect(Instant(secondsSince1970: seconds).description == text)
  }

  @Test(
    arguments: [
      ("2026-12-01T17:00:00+08:00", "2026-12-01T09:00:00Z"),
      ("2026-11-30T23:30:00-09:30", "2026-12-01T09:00:00Z"),
      ("2026-12-01t09:00:00.000z", "2026-12-01T09:00:00Z"),
      ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
    ])
  func `other ways to write a moment`(text: String, utc: String) throws {
    #expect(try Instant(parsing: text).description == utc)
  }

  @Test(
    arguments: [
      "", "2026-12-01", "2026-12-01T09:00:00", "2026-12-01 09:00:00Z", "2026-02-29T00:00:00Z",
      "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
      "2026-12-00T00:00:00Z", "2026-12-01T24:00:00Z", "2026-12-01T09:60:00Z",
      "2026-12-01T09:00:61Z", "2026-12-01T09:00:00.5Z", "2026-12-01T09:00:00Zx",
      "26-12-01T09:00:00Z", "+026-12-01T09:00:00Z", "2026-12-01T09:00:00+0800",
      "9999-12-31T23:59:59-00:01", "0000-01-01T00:00:00+00:01", "２０２６-12-01T09:00:00Z",
    ])
  func `refused`(text: String) {
    #expect(throws: TimeSyntaxError.self) { try Instant(parsing: text) }
  }

  @Test func `every day of 400 years is its own, in order`() throws {
    var expected = try #require(CivilDate(year: 1900, month: 1, day: 1)).dayNumber
    for year in 1900..<2300 {
      for month in 1...12 {
        for day in 1...31 {
          guard let date = CivilDate(year: year, month: month, day: day) else { continue }
          #expect(date.dayNumber == expected)
          #expect(CivilDate(dayNumber: expected) == date)
          expected += 1
        }
      }
    }
    #expect(expected - CivilDate(year: 1900, month: 1, day: 1)!.dayNumber == 146_097)
  }

  @Test func `arithmetic stops at the years 0 and 9999`() {
    #expect(Instant.latest + TimeSpan(seconds: .max) == .latest)
    #expect(Instant.earliest - TimeSpan(seconds: .max) == .earliest)
    #expect(Instant(secondsSince1970: .max) == .latest)
    #expect(Instant(secondsSince1970: .min) == .earliest)
    #expect(CivilDate(dayNumber: .max).description == "9999-12-31")
    #expect(CivilDate(dayNumber: .min).description == "0000-01-01")
  }

  @Test func `local time shows its offset`() throws {
    let instant = try Instant(parsing: "2026-12-01T09:00:00Z")
    #expect(instant.description(offset: .hours(8)) == "2026-12-01T17:00:00+08:00")
    #expect(instant.description(offset: .zero - .minutes(210)) == "2026-12-01T05:30:00-03:30")
  }
}

@Suite struct `Spans of time` {
  @Test(
    arguments: [
      (0, "0 s"), (1, "1 s"), (60, "1 min"), (1_500, "25 min"), (97_200, "1 d 3 h"),
      (432_000, "5 d"), (90_061, "1 d 1 h 1 min 1 s"), (-3_600, "-1 h"),
      (2_147_483_647, "24855 d 3 h 14 min 7 s"),
    ])
  func `text`(seconds: Int64, text: String) throws {
    #expect(TimeSpan(seconds: seconds).description == text)
    if seconds >= 0 { #expect(try TimeSpan(parsing: text).seconds == seconds) }
  }

  @Test(
    arguments: [
      ("300", 300), ("24h", 86_400), ("1h30m", 5_400), ("1W2D", 777_600), (" 5 d ", 432_000),
      ("25min", 1_500), ("1w1d1h1m1s", 694_861), ("0", 0),
    ])
  func `read`(text: String, seconds: Int64) throws {
    #expect(try TimeSpan(parsing: text).seconds == seconds)
  }

  @Test(
    arguments: [
      "", " ", "h", "1x", "1h2", "5 6", "1h1h", "1m1h", "-1", "1.5h", "99999999999999999999",
      "9223372036854775807w", "１h", "1d -2h",
    ])
  func `refused`(text: String) {
    #expect(throws: TimeSyntaxError.self) { try TimeSpan(parsing: text) }
  }

  @Test func `arithmetic stops at the limits`() {
    let most = TimeSpan(seconds: .max)
    let least = TimeSpan(seconds: .min)
    #expect(most + 1 == most)
    #expect(least - 1 == least)
    #expect(least * 2 == least)
    #expect(least * -1 == most)
    #expect(most * -2 == least)
    #expect(TimeSpan(roundingUp: .infinity) == most)
    #expect(TimeSpan(roundingUp: 0.1) == 1)
    #expect(least.description.hasPrefix("-106751991167300 d"))
  }

  @Test(
    arguments: [
      (0, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (164_160, "1 d 22 h"), (3_601, "1 h 1 min"),
      (86_400, "1 d"), (86_399, "1 d"),
    ])
  func `two units, rounded up`(seconds: Int64, text: String) {
    #expect(TimeSpan(seconds: seconds).rounded.description == text)
  }
}
