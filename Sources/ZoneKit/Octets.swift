extension Span<UInt8> {
  /// Whether the octets spell `text` without regard to ASCII case.
  func equalsIgnoringCase(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { buffer in
      for index in indices where Name.lowercase(self[index]) != Name.lowercase(unsafe buffer[index])
      {
        return false
      }
      return true
    }
  }

  /// The 16-bit number of an RFC 3597 word such as `TYPE123` or `CLASS32`; nil if it is none.
  func number(afterPrefix prefix: StaticString) -> UInt16? {
    let length = prefix.utf8CodeUnitCount
    guard count > length, extracting(..<length).equalsIgnoringCase(prefix) else { return nil }
    return extracting(length...).decimal(UInt16.self)
  }

  /// The unsigned decimal number that the octets spell, digits only; nil if they do not, or if it
  /// does not fit.
  @inline(__always)
  func decimal<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type) -> Number? {
    guard count > 0 else { return nil }
    var value: Number = 0
    for index in indices {
      let digit = self[index] &- 48
      guard digit < 10 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Number(truncatingIfNeeded: digit))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// Whether there are octets and all are decimal digits.
  var isDigits: Bool {
    for index in indices where self[index] &- 48 >= 10 { return false }
    return count > 0
  }

  /// A copy as an array.
  var array: [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(count)
    for index in indices { copy.append(self[index]) }
    return copy
  }
}

extension ArraySlice<UInt8> {
  /// The unsigned decimal number that the octets spell; nil as for a span.
  func decimal<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type) -> Number? {
    span.decimal(type)
  }
}

extension [UInt8] {
  /// Appends in network order.
  @inline(__always)
  mutating func append(big value: some FixedWidthInteger) {
    var shift = value.bitWidth
    while shift > 0 {
      shift -= 8
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Appends a number in decimal digits.
  mutating func append(decimal number: UInt64) {
    var power: UInt64 = 1
    while number / power >= 10 { power *= 10 }
    while power > 0 {
      append(48 + UInt8(truncatingIfNeeded: number / power % 10))
      power /= 10
    }
  }

  /// Appends ASCII text.
  mutating func append(text: String) { append(contentsOf: text.utf8) }
}
