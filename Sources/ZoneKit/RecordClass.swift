/// A DNS class (RFC 1035 section 3.2.4), open: any number is one.
public struct RecordClass: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  public let rawValue: UInt16

  /// A class by its number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The Internet.
  public static let `in` = RecordClass(rawValue: 1)
  /// CSNET, obsolete.
  public static let cs = RecordClass(rawValue: 2)
  /// Chaos.
  public static let ch = RecordClass(rawValue: 3)
  /// Hesiod.
  public static let hs = RecordClass(rawValue: 4)
  /// NONE (RFC 2136), a query class.
  public static let none = RecordClass(rawValue: 254)
  /// ANY, a query class.
  public static let any = RecordClass(rawValue: 255)

  /// Whether it may stand on a record of a zone: not so for 0, NONE, ANY and 65535
  /// (RFC 6895 section 3.2).
  public var isData: Bool {
    rawValue != 0 && rawValue != 254 && rawValue != 255 && rawValue != .max
  }
}

extension RecordClass: CustomStringConvertible {
  /// The mnemonic, or `CLASSnnn` (RFC 3597 section 5).
  public var description: String {
    switch self {
    case .in: "IN"
    case .cs: "CS"
    case .ch: "CH"
    case .hs: "HS"
    case .none: "NONE"
    case .any: "ANY"
    default: "CLASS\(rawValue)"
    }
  }

  /// A class by its mnemonic or `CLASSnnn`, in any letter case; nil if it is neither.
  public init?(mnemonic text: Span<UInt8>) {
    switch text.count {
    case 2:
      switch (Name.lowercase(text[0]), Name.lowercase(text[1])) {
      case (UInt8(ascii: "i"), UInt8(ascii: "n")): self = .in
      case (UInt8(ascii: "c"), UInt8(ascii: "s")): self = .cs
      case (UInt8(ascii: "c"), UInt8(ascii: "h")): self = .ch
      case (UInt8(ascii: "h"), UInt8(ascii: "s")): self = .hs
      default: return nil
      }
    case 3...:
      if text.equalsIgnoringCase("ANY") { self = .any; return }
      if text.equalsIgnoringCase("NONE") { self = .none; return }
      guard let number = text.number(afterPrefix: "CLASS") else { return nil }
      self.init(rawValue: number)
    default: return nil
    }
  }
}
