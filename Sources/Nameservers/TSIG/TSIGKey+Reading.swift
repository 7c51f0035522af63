public import ZoneKit

extension TSIGKey {
  /// Reads a secret as `tsig-keygen` and server configurations write it: base64, white space
  /// around it left out.
  ///
  /// - Throws: `TSIGError` for what is no base64, or is empty.
  public init(name: Name, algorithm: Algorithm, base64: some StringProtocol) throws(TSIGError) {
    guard let secret = Self.decode(base64), !secret.isEmpty else {
      throw TSIGError("the secret of key \(name) is not in base64")
    }
    self.init(name: name, algorithm: algorithm, secret: secret)
  }

  private static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var digits = text.utf8.filter { !" \t\r\n".utf8.contains($0) }
    guard digits.count % 4 == 0 else { return nil }
    let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    digits.removeLast(padding)
    var octets: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for digit in digits {
      guard let value = value(of: digit) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return octets
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
