/// Punycode (RFC 3492), as far as it takes to tell whether a text is some.
enum Punycode {
  private static let base = 36
  private static let damp = 700
  private static let skew = 38
  private static let firstThreshold = 1
  private static let lastThreshold = 26
  /// The first code point behind ASCII.
  private static let initialCodePoint = 128

  /// Whether the part of a label behind `xn--` decodes to Unicode characters (RFC 3492
  /// section 6.2).
  static func isValid(_ text: String) -> Bool {
    let octets = Array(text.utf8)
    let delimiter = octets.lastIndex(of: UInt8(ascii: "-"))
    var rest = octets[(delimiter.map { $0 + 1 } ?? 0)...]
    var length = delimiter ?? 0
    guard !rest.isEmpty else { return false }
    var codePoint = initialCodePoint
    var index = 0
    var bias = 72
    while !rest.isEmpty {
      let before = index
      var weight = 1
      var step = base
      while true {
        guard let octet = rest.popFirst(), let digit = digit(octet) else { return false }
        index += digit * weight
        guard index <= Int(UInt32.max) else { return false }
        let threshold = min(max(step - bias, firstThreshold), lastThreshold)
        if digit < threshold { break }
        weight *= base - threshold
        guard weight <= Int(UInt32.max) else { return false }
        step += base
      }
      length += 1
      bias = adapted(index - before, length, isFirst: before == 0)
      codePoint += index / length
      index = index % length + 1
      guard codePoint <= 0x10FFFF, Unicode.Scalar(UInt32(codePoint)) != nil else { return false }
    }
    return true
  }

  private static func digit(_ octet: UInt8) -> Int? {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(octet) - 97
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(octet) - 65
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(octet) - 22
    default: nil
    }
  }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / count
    var k = 0
    while delta > (base - firstThreshold) * lastThreshold / 2 {
      delta /= base - firstThreshold
      k += base
    }
    return k + (base - firstThreshold + 1) * delta / (delta + skew)
  }
}
