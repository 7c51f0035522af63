import ZoneKit

/// What is peculiar about a label.
struct LabelTraits: OptionSet {
  let rawValue: UInt8
  /// A hyphen at its start or end.
  static let edgeHyphen = LabelTraits(rawValue: 1)
  /// Hyphens as its third and fourth character (RFC 5891 section 4.2.3.1).
  static let hyphens34 = LabelTraits(rawValue: 2)
  /// A slash, as in the names of RFC 2317.
  static let slash = LabelTraits(rawValue: 4)
  /// An octet that Route 53 writes as an escape: no letter, digit, hyphen or underscore, and not
  /// the asterisk of a wildcard.
  static let escaped = LabelTraits(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ label: ArraySlice<UInt8>) {
    self = []
    let hyphen = UInt8(ascii: "-")
    if label.first == hyphen || label.last == hyphen { insert(.edgeHyphen) }
    let start = label.startIndex
    if label.count >= 4, label[start + 2] == hyphen, label[start + 3] == hyphen {
      insert(.hyphens34)
    }
    for octet in label where !octet.isLetterDigitHyphen && octet != UInt8(ascii: "_") {
      if octet == UInt8(ascii: "/") { insert(.slash) }
      if octet != UInt8(ascii: "*") || label.count > 1 { insert(.escaped) }
    }
  }
}

extension UInt8 {
  /// Whether it may stand in a host name (RFC 952, RFC 1123 section 2.1).
  var isLetterDigitHyphen: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension Name {
  /// Whether every label is made of letters, digits and hyphens. A wildcard's asterisk counts as
  /// one of them.
  var isHostName: Bool {
    var index = wire.startIndex
    if isWildcard { index += 2 }
    while wire[index] != 0 {
      let end = index + 1 + Int(wire[index])
      for octet in wire[(index + 1)..<end] where !octet.isLetterDigitHyphen { return false }
      index = end
    }
    return true
  }

  /// Whether a label, counted from the left up to the apex, begins with an underscore: a name for
  /// a service or a record's purpose, not for a host (RFC 8552).
  var hasUnderscoredLabel: Bool {
    labels.contains { $0.first == UInt8(ascii: "_") }
  }
}
