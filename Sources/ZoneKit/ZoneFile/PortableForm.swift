/// What BIND 9.18, NSD 4.6, Knot DNS 3.2 and ldns 1.8 all read to the same octets. Each exception
/// was seen with their own tools.
enum PortableForm {
  /// Whether they all read the data as they are printed; otherwise RFC 3597's form is for them.
  static func isReadByAll(_ data: RecordData) -> Bool {
    guard knownTypes.contains(data.type.rawValue) else { return false }
    // NSD refuses capitals in the tag of a property.
    if let caa = CAA(data), caa.tag != caa.tag.lowercased() { return false }
    return data.names.allSatisfy { $0.labels.joined().allSatisfy(isPlain) }
      && typesNamed(in: data).allSatisfy { knownTypes.contains($0.rawValue) }
  }

  /// The name with every octet escaped that is not plain, relative to the origin where it is below.
  static func text(_ name: Name, relativeTo origin: Name) -> String {
    guard name != origin else { return "@" }
    let isBelow = name.isAtOrBelow(origin)
    var text: [UInt8] = []
    for label in name.labels.dropLast(isBelow ? origin.labelCount : 0) {
      if !text.isEmpty { text.append(UInt8(ascii: ".")) }
      for octet in label {
        if isPlain(octet) {
          text.append(octet)
        } else {
          EscapeForm.decimal.append(octet, to: &text)
        }
      }
    }
    return String(decoding: text, as: UTF8.self) + (isBelow && !origin.isRoot ? "" : ".")
  }

  /// Octets that stand for themselves in names everywhere. Knot refuses most others where they are
  /// not escaped, and NSD takes the dot behind `\\\\` for one of the label.
  private static func isPlain(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "*"):
      true
    default: false
    }
  }

  /// The types that the data name by their mnemonics.
  private static func typesNamed(in data: RecordData) -> [RecordType] {
    let words = data.presentation().split(separator: " ")
    let types: ArraySlice<Substring> =
      switch data.type {
      case .rrsig: words.prefix(1)
      case .nsec: words.dropFirst(1)
      case .nsec3: words.dropFirst(5)
      default: []
      }
    return types.filter { !$0.hasPrefix("TYPE") }.compactMap { RecordType(mnemonic: String($0)) }
  }

  /// Types whose mnemonics and forms they share. Without SPF: of its strings NSD keeps one.
  private static let knownTypes: Set<UInt16> = [
    1, 2, 5, 6, 12, 13, 14, 15, 16, 17, 18, 21, 28, 29, 33, 35, 36, 37, 39, 42, 43, 44, 46, 47, 48,
    49, 50, 51, 52, 59, 60, 108, 109, 257,
  ]
}
