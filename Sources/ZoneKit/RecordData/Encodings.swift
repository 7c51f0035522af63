// Base 64, base 32 and hexadecimal.

extension RecordDataScanner {
  /// Words to the end of the entry as one run of hexadecimal digits.
  mutating func scanHex(required: Bool, in text: Span<UInt8>) throws(ScanError) {
    let zero = try scanDeletionZero(in: text)
    if zero.isAll { return }
    var high: UInt8? = zero.word == nil ? nil : 0
    var last = zero.word
    while true {
      let token = try peek(in: text)
      if token.isEnd { break }
      _ = try word(in: text, "hexadecimal digits")
      for index in token.range {
        guard let digit = hexDigit(text[index]) else {
          throw failure(token, in: text, "hexadecimal digits")
        }
        if let upper = high {
          wire.append(upper << 4 | digit)
          high = nil
        } else {
          high = digit
        }
      }
      last = token
    }
    if let last, high != nil {
      throw failure(last, in: text, "an even number of hexadecimal digits")
    }
    if required, last == nil {
      throw failure(try peek(in: text), in: text, "hexadecimal digits")
    }
  }

  /// A length octet and the octets of one word of hexadecimal, `-` for none.
  mutating func scanSalt(in text: Span<UInt8>) throws(ScanError) {
    let expected = "hexadecimal digits, or - for none"
    let token = try word(in: text, expected)
    let digits = text.extracting(token.range)
    if digits.count == 1, digits[0] == UInt8(ascii: "-") {
      wire.append(0)
      return
    }
    guard digits.count % 2 == 0, digits.count <= 510 else {
      throw failure(token, in: text, expected)
    }
    wire.append(UInt8(digits.count / 2))
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = hexDigit(digits[index]), let low = hexDigit(digits[index + 1]) else {
        throw failure(token, in: text, expected)
      }
      wire.append(high << 4 | low)
    }
  }

  /// A length octet and the octets of one word of base 32 with the extended hex alphabet, without
  /// padding (RFC 5155 section 3.3, RFC 4648 section 7).
  mutating func scanBase32Hash(in text: Span<UInt8>) throws(ScanError) {
    let expected = "a hash in base 32 (digits and the letters A-V)"
    let token = try word(in: text, expected)
    let lengthAt = wire.count
    wire.append(0)
    var bits: UInt32 = 0
    var bitCount = 0
    for index in token.range {
      let letter = Name.lowercase(text[index])
      let value: UInt8
      if letter &- 48 < 10 {
        value = letter &- 48
      } else if letter &- UInt8(ascii: "a") < 22 {
        value = letter &- UInt8(ascii: "a") + 10
      } else {
        throw failure(token, in: text, expected)
      }
      bits = (bits << 5 | UInt32(value)) & 0xFFF
      bitCount += 5
      if bitCount >= 8 {
        bitCount -= 8
        wire.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
      }
    }
    let count = wire.count - lengthAt - 1
    guard (1...255).contains(count), bitCount < 5, bits & (1 << UInt32(bitCount) - 1) == 0 else {
      throw failure(token, in: text, expected)
    }
    wire[lengthAt] = UInt8(count)
  }

  /// Words to the end of the entry as one run of base 64 (RFC 4648 section 4).
  mutating func scanBase64(required: Bool, in text: Span<UInt8>) throws(ScanError) {
    let zero = try scanDeletionZero(in: text)
    if zero.isAll { return }
    var decoder = Base64Decoder()
    var last = zero.word
    if last != nil { _ = decoder.take(UInt8(ascii: "0"), to: &wire) }
    while try !peek(in: text).isEnd {
      let token = try word(in: text, "base 64")
      for index in token.range {
        guard decoder.take(text[index], to: &wire) else {
          throw failure(token, in: text, "base 64")
        }
      }
      last = token
    }
    guard let last else {
      if required { throw failure(try peek(in: text), in: text, "base 64") }
      return
    }
    guard decoder.isComplete else {
      throw failure(last, in: text, "base 64 in groups of four characters, padded with =")
    }
  }

  /// The lone `0` that RFC 8078 section 4 writes for the data of a CDS or CDNSKEY record that asks
  /// for deletion, where its erratum 5049 has the proper form of one zero octet; `word` is a `0`
  /// that more words follow, which was taken.
  private mutating func scanDeletionZero(
    in text: Span<UInt8>
  ) throws(ScanError) -> (isAll: Bool, word: Token?) {
    guard type == .cds || type == .cdnskey else { return (false, nil) }
    let token = try peek(in: text)
    guard token.kind == .word, token.end - token.start == 1,
      text[token.start] == UInt8(ascii: "0")
    else { return (false, nil) }
    _ = try next(in: text)
    guard try peek(in: text).isEnd else { return (false, token) }
    wire.append(0)
    return (true, nil)
  }

  mutating func scanBase64OrDash(in text: Span<UInt8>) throws(ScanError) {
    let token = try peek(in: text)
    if token.kind == .word, token.end - token.start == 1, text[token.start] == UInt8(ascii: "-") {
      _ = try next(in: text)
    } else {
      try scanBase64(required: true, in: text)
    }
  }

  /// One word of base 64.
  mutating func appendBase64(_ token: Token, in text: Span<UInt8>) throws(ScanError) {
    var decoder = Base64Decoder()
    for index in token.range {
      guard decoder.take(text[index], to: &wire) else { throw failure(token, in: text, "base 64") }
    }
    guard decoder.isComplete else { throw failure(token, in: text, "base 64, padded with =") }
  }
}

/// Base 64 taken a character at a time.
struct Base64Decoder {
  private var bits: UInt32 = 0
  private var count = 0
  private var padding = 0

  /// Whether whole groups of four were read.
  var isComplete: Bool { (count + padding) % 4 == 0 }

  /// Takes a character; false if it cannot stand here.
  mutating func take(_ octet: UInt8, to wire: inout [UInt8]) -> Bool {
    if octet == UInt8(ascii: "=") {
      padding += 1
      let group = count % 4
      return group >= 2 && padding <= 4 - group && bits & (group == 2 ? 0xF : 0x3) == 0
    }
    let value = Self.values[Int(octet)]
    guard padding == 0, value < 64 else { return false }
    bits = bits << 6 | UInt32(value)
    count += 1
    switch count % 4 {
    case 2: wire.append(UInt8(truncatingIfNeeded: bits >> 4))
    case 3: wire.append(UInt8(truncatingIfNeeded: bits >> 2))
    case 0: wire.append(UInt8(truncatingIfNeeded: bits))
    default: break
    }
    return true
  }

  /// What each octet stands for; over 0x7F for none.
  static let values: [UInt8] = (0..<256).map { octet in
    switch UInt8(octet) {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(octet) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt8(octet) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(octet) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: 0xFF
    }
  }
}

/// Octets in printable encodings.
package enum Encoding {
  private static let base64Alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let base32HexAlphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUV".utf8)
  private static let hexAlphabet = Array("0123456789ABCDEF".utf8)

  static func appendHex(_ octets: ArraySlice<UInt8>, to text: inout [UInt8]) {
    for octet in octets {
      text.append(hexAlphabet[Int(octet >> 4)])
      text.append(hexAlphabet[Int(octet & 15)])
    }
  }

  /// Appends octets in base64 with padding (RFC 4648, section 4).
  package static func appendBase64(_ octets: ArraySlice<UInt8>, to text: inout [UInt8]) {
    var index = octets.startIndex
    while index < octets.endIndex {
      let group = octets[index...].prefix(3)
      var bits: UInt32 = 0
      for octet in group { bits = bits << 8 | UInt32(octet) }
      bits <<= UInt32(8 * (3 - group.count))
      for position in 0..<4 {
        text.append(
          position <= group.count
            ? base64Alphabet[Int(bits >> UInt32(18 - 6 * position) & 63)] : UInt8(ascii: "="))
      }
      index += group.count
    }
  }

  static func appendBase32Hex(_ octets: ArraySlice<UInt8>, to text: inout [UInt8]) {
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for octet in octets {
      bits = bits << 8 | UInt32(octet)
      count += 8
      while count >= 5 {
        count -= 5
        text.append(base32HexAlphabet[Int(bits >> count & 31)])
      }
      bits &= 0xFF
    }
    if count > 0 { text.append(base32HexAlphabet[Int(bits << (5 - count) & 31)]) }
  }
}
