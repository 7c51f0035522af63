// Numbers, spans of seconds and points in time.

extension RecordDataScanner {
  mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
    _: Number.Type, in text: Span<UInt8>
  ) throws(ScanError) -> Number {
    let token = try word(in: text, "0-\(Number.max)")
    guard let value = text.extracting(token.range).decimal(Number.self) else {
      throw failure(token, in: text, "0-\(Number.max)")
    }
    return value
  }

  mutating func scanDottedNumber(in text: Span<UInt8>) throws(ScanError) {
    let expected = "a number, or two joined by a dot"
    let token = try word(in: text, expected)
    let digits = text.extracting(token.range)
    if let dot = digits.firstIndex(of: UInt8(ascii: "."), from: 0),
      let high = digits.extracting(..<dot).decimal(UInt32.self),
      let low = digits.extracting((dot + 1)...).decimal(UInt32.self)
    {
      wire.append(big: high)
      wire.append(big: low)
    } else if let value = digits.decimal(UInt64.self) {
      wire.append(big: value)
    } else {
      throw failure(token, in: text, expected)
    }
  }

  mutating func scanSeconds(in text: Span<UInt8>) throws(ScanError) {
    let token = try word(in: text, "seconds, or a time such as 1h30m")
    guard let value = TTL.seconds(text.extracting(token.range)) else {
      throw failure(token, in: text, "seconds (0-4294967295), or a time such as 1h30m")
    }
    wire.append(big: value.seconds)
  }

  /// `YYYYMMDDHHmmSS` in UTC, or seconds since 1970 (RFC 4034 section 3.2), taken modulo 2^32.
  mutating func scanTime(in text: Span<UInt8>) throws(ScanError) {
    let expected = "a time as YYYYMMDDHHmmSS or in seconds"
    let token = try word(in: text, expected)
    let digits = text.extracting(token.range)
    if digits.count == 14, let stamp = digits.decimal(UInt64.self) {
      guard let time = Timestamp.seconds(stamp) else {
        throw failure(token, in: text, expected)
      }
      wire.append(big: UInt32(truncatingIfNeeded: time))
    } else if let seconds = digits.decimal(UInt32.self) {
      wire.append(big: seconds)
    } else {
      throw failure(token, in: text, expected)
    }
  }
}

/// Points in time as DNSSEC writes them.
enum Timestamp {
  private static let daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func daysBefore(year: Int) -> Int {
    let y = year - 1
    return y * 365 + y / 4 - y / 100 + y / 400
  }

  private static let daysBefore1970 = daysBefore(year: 1970)

  private static func days(in month: Int, of year: Int) -> Int {
    let next = month == 12 ? 365 : daysBeforeMonth[month]
    return next - daysBeforeMonth[month - 1] + (month == 2 && isLeap(year) ? 1 : 0)
  }

  /// Seconds since 1970 of a stamp `YYYYMMDDHHmmSS` read as one number; nil if it is no such time.
  static func seconds(_ stamp: UInt64) -> Int? {
    let (second, minute, hour) = (
      Int(stamp % 100), Int(stamp / 100 % 100), Int(stamp / 10_000 % 100)
    )
    let (day, month) = (Int(stamp / 1_000_000 % 100), Int(stamp / 100_000_000 % 100))
    let year = Int(stamp / 10_000_000_000)
    guard year >= 1970, (1...12).contains(month), day >= 1, day <= days(in: month, of: year),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let leapDay = month > 2 && isLeap(year) ? 1 : 0
    let days =
      daysBefore(year: year) - daysBefore1970 + daysBeforeMonth[month - 1] + leapDay + day - 1
    return days * 86_400 + hour * 3_600 + minute * 60 + second
  }

  /// `YYYYMMDDHHmmSS` of seconds since 1970.
  static func text(_ seconds: UInt32) -> String {
    var days = Int(seconds / 86_400)
    var year = 1970
    while days >= (isLeap(year) ? 366 : 365) {
      days -= isLeap(year) ? 366 : 365
      year += 1
    }
    var month = 1
    while days >= self.days(in: month, of: year) {
      days -= self.days(in: month, of: year)
      month += 1
    }
    let clock = Int(seconds % 86_400)
    let parts = [month, days + 1, clock / 3_600, clock / 60 % 60, clock % 60]
    return parts.reduce(String(year)) { $0 + ($1 < 10 ? "0" : "") + String($1) }
  }
}
