/// How many octets the well-formed UTF-8 sequence at `index` has (Unicode 16, table 3-7); 0 if
/// there is none.
func lengthOfScalar(at index: Int, in octets: borrowing Span<UInt8>) -> Int {
  guard index >= 0, index < octets.count else { return 0 }
  let first = octets[index]
  if first < 0x80 { return 1 }
  let length: Int
  // The second octet excludes overlong forms, surrogates and what is past U+10FFFF.
  let second: ClosedRange<UInt8>
  switch first {
  case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
  case 0xe0: (length, second) = (3, 0xa0...0xbf)
  case 0xed: (length, second) = (3, 0x80...0x9f)
  case 0xe1...0xef: (length, second) = (3, 0x80...0xbf)
  case 0xf0: (length, second) = (4, 0x90...0xbf)
  case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
  case 0xf4: (length, second) = (4, 0x80...0x8f)
  default: return 0
  }
  guard index + length <= octets.count, second ~= octets[index + 1] else { return 0 }
  for place in index + 2..<index + length where octets[place] & 0xc0 != 0x80 { return 0 }
  return length
}

/// `number` in upper-case hexadecimal, with zeros in front up to `digits`.
func hexadecimal(_ number: some BinaryInteger, digits: Int) -> String {
  let text = String(number, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

/// The value of a hexadecimal digit, nil if it is none.
func hexadecimalValue(of octet: UInt8) -> UInt8? {
  switch octet {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): octet - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): octet - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): octet - UInt8(ascii: "A") + 10
  default: nil
  }
}
