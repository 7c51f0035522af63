/// How a backslash and three digits are read in presentation form.
///
/// Zone files write an octet in decimal (RFC 1035 section 5.1), Route 53 in octal ("DNS domain name
/// format" in the Route 53 developer guide). The two never mix: each reader states its own.
public enum EscapeForm: Sendable {
  /// `\DDD` is decimal: `\042` is `*`.
  case decimal
  /// `\ooo` is octal: `\052` is `*`.
  case octal

  /// The octet that three digits stand for; nil if they are no digits of this form, or too large.
  @inline(__always)
  func octet(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt8? {
    let (x, y, z) = (a &- 48, b &- 48, c &- 48)
    let value: Int
    switch self {
    case .decimal:
      guard x < 10, y < 10, z < 10 else { return nil }
      value = Int(x) * 100 + Int(y) * 10 + Int(z)
    case .octal:
      guard x < 8, y < 8, z < 8 else { return nil }
      value = Int(x) * 64 + Int(y) * 8 + Int(z)
    }
    return UInt8(exactly: value)
  }

  /// Appends an octet as backslash and three digits.
  func append(_ octet: UInt8, to text: inout [UInt8]) {
    let radix: UInt8 = self == .decimal ? 10 : 8
    text.append(UInt8(ascii: "\\"))
    text.append(48 + octet / (radix * radix))
    text.append(48 + octet / radix % radix)
    text.append(48 + octet % radix)
  }
}
