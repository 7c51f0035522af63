// Location (LOC, RFC 1876).

extension RecordDataScanner {
  /// `d [m [s]] N|S d [m [s]] E|W alt[m] [size[m] [horizontal[m] [vertical[m]]]]`
  /// (RFC 1876 section 3).
  mutating func scanLocation(in text: Span<UInt8>) throws(ScanError) {
    within("latitude")
    let latitude = try scanAngle(degrees: 90, positive: "N", negative: "S", in: text)
    within("longitude")
    let longitude = try scanAngle(degrees: 180, positive: "E", negative: "W", in: text)
    within("altitude")
    let altitude = try scanMetres(in: text, "metres from -100000.00 to 42849672.95")
    var sizes: [UInt8] = [0x12, 0x16, 0x13]
    let names: [StaticString] = ["size", "horizontal precision", "vertical precision"]
    for (index, name) in names.enumerated() {
      guard try !peek(in: text).isEnd else { break }
      within(name)
      sizes[index] = try scanPrecision(in: text)
    }
    wire.append(0)
    wire.append(contentsOf: sizes)
    wire.append(big: latitude)
    wire.append(big: longitude)
    wire.append(big: altitude)
  }

  /// An angle in thousandths of a second of arc, offset by 2^31.
  private mutating func scanAngle(
    degrees limit: Int, positive: StaticString, negative: StaticString, in text: Span<UInt8>
  ) throws(ScanError) -> UInt32 {
    let expected =
      "degrees up to \(limit), then minutes and seconds, then \(positive) or \(negative)"
    var total = 0
    for (part, scale) in [3_600_000, 60_000, 1_000].enumerated() {
      let token = try word(in: text, expected)
      let digits = text.extracting(token.range)
      if part > 0, let sign = Self.sign(digits, positive, negative) {
        return Self.offset(total * sign)
      }
      guard let value = Self.fixedPoint(digits, places: part == 2 ? 3 : 0),
        value < (part == 0 ? limit + 1 : part == 1 ? 60 : 60_000)
      else { throw failure(token, in: text, expected) }
      total += part == 2 ? value : value * scale
      guard total <= limit * 3_600_000 else { throw failure(token, in: text, expected) }
    }
    let token = try word(in: text, expected)
    guard let sign = Self.sign(text.extracting(token.range), positive, negative) else {
      throw failure(token, in: text, expected)
    }
    return Self.offset(total * sign)
  }

  private static func offset(_ angle: Int) -> UInt32 { UInt32(Int(1 << 31) + angle) }

  private static func sign(
    _ text: Span<UInt8>, _ positive: StaticString, _ negative: StaticString
  ) -> Int? {
    if text.equalsIgnoringCase(positive) { return 1 }
    return text.equalsIgnoringCase(negative) ? -1 : nil
  }

  /// A decimal number without sign times 10^places; nil if it is none or has more places.
  private static func fixedPoint(_ text: Span<UInt8>, places: Int) -> Int? {
    var value = 0
    var fraction: Int?
    var digits = 0
    for index in text.indices {
      if text[index] == UInt8(ascii: "."), fraction == nil, places > 0 {
        fraction = 0
        continue
      }
      let digit = text[index] &- 48
      guard digit < 10, digits < 12, (fraction ?? 0) < places || fraction == nil else { return nil }
      value = value * 10 + Int(digit)
      digits += 1
      if let places = fraction { fraction = places + 1 }
    }
    guard digits > 0 else { return nil }
    for _ in (fraction ?? 0)..<places { value *= 10 }
    return value
  }

  /// The number of centimetres in `12.34m`; nil if it is none.
  private static func centimetres(_ text: Span<UInt8>) -> Int? {
    let hasUnit = text.count > 1 && Name.lowercase(text[text.count - 1]) == UInt8(ascii: "m")
    let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    let hasSign = isNegative || text.count > 0 && text[0] == UInt8(ascii: "+")
    guard hasUnit || hasSign || text.count > 0 else { return nil }
    let start = hasSign ? 1 : 0
    let end = text.count - (hasUnit ? 1 : 0)
    guard start < end, let value = fixedPoint(text.extracting(start..<end), places: 2) else {
      return nil
    }
    return isNegative ? -value : value
  }

  private mutating func scanMetres(
    in text: Span<UInt8>, _ expected: String
  ) throws(ScanError) -> UInt32 {
    let token = try word(in: text, expected)
    guard let value = Self.centimetres(text.extracting(token.range)),
      let altitude = UInt32(exactly: value + 10_000_000)
    else { throw failure(token, in: text, expected) }
    return altitude
  }

  /// A length as mantissa and power of ten (RFC 1876 section 2, SIZE).
  private mutating func scanPrecision(in text: Span<UInt8>) throws(ScanError) -> UInt8 {
    let expected = "metres from 0.00 to 90000000.00"
    let token = try word(in: text, expected)
    guard var mantissa = Self.centimetres(text.extracting(token.range)),
      (0...9_000_000_000).contains(mantissa)
    else { throw failure(token, in: text, expected) }
    var exponent: UInt8 = 0
    while mantissa > 9 {
      mantissa /= 10
      exponent += 1
    }
    return UInt8(mantissa) << 4 | exponent
  }
}

extension RecordDataReader {
  mutating func appendLocation(to text: inout [UInt8]) throws(MalformedRecordData) {
    guard try octet() == 0 else { throw malformed }
    let sizes = try octets(3)
    let latitude = Int(try number(4)) - Int(1 << 31)
    let longitude = Int(try number(4)) - Int(1 << 31)
    let altitude = Int(try number(4)) - 10_000_000
    guard latitude.magnitude <= 90 * 3_600_000, longitude.magnitude <= 180 * 3_600_000,
      sizes.allSatisfy({ $0 >> 4 <= 9 && $0 & 15 <= 9 })
    else { throw malformed }
    // Zero with a power of ten is printed like zero without.
    guard sizes.allSatisfy({ $0 >> 4 > 0 || $0 == 0 }) else { throw unprintable }
    appendAngle(latitude, "N", "S", to: &text)
    appendAngle(longitude, "E", "W", to: &text)
    appendMetres(altitude, to: &text)
    for size in sizes {
      text.append(UInt8(ascii: " "))
      var centimetres = Int(size >> 4)
      for _ in 0..<(size & 15) { centimetres *= 10 }
      appendMetres(centimetres, to: &text)
    }
  }

  private func appendAngle(
    _ angle: Int, _ positive: String, _ negative: String, to text: inout [UInt8]
  ) {
    let value = Int(angle.magnitude)
    text.append(
      text: "\(value / 3_600_000) \(value / 60_000 % 60) \(value / 1_000 % 60)."
        + "\(padded(value % 1_000, 3)) \(angle < 0 ? negative : positive) ")
  }

  private func appendMetres(_ centimetres: Int, to text: inout [UInt8]) {
    let value = Int(centimetres.magnitude)
    text.append(text: "\(centimetres < 0 ? "-" : "")\(value / 100).\(padded(value % 100, 2))m")
  }

  private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
