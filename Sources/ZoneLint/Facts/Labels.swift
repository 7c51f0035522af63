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
  /// It is the asterisk of a wildcard.
  static let wildcard = LabelTraits(rawValue: 16)
  /// It is `_acme-challenge`.
  static let acmeChallenge = LabelTraits(rawValue: 32)
  /// The whole name is no host name: a label has other characters than letters, digits and hyphens.
  static let noHost = LabelTraits(rawValue: 64)

  /// What is peculiar enough to keep a list of the names that have it.
  static let listed: LabelTraits = [
    .edgeHyphen, .hyphens34, .slash, .escaped, .wildcard, .acmeChallenge,
  ]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The traits of the first label of the name at an offset, and of the name itself.
  init(ofNameAt offset: Int, in octets: Span<UInt8>) {
    self = Name.isHostName(at: offset, in: octets) ? [] : .noHost
    let count = Int(octets[offset])
    guard count > 0 else { return }
    let start = offset + 1
    let hyphen = UInt8(ascii: "-")
    if octets[start] == hyphen || octets[start + count - 1] == hyphen { insert(.edgeHyphen) }
    if count >= 4, octets[start + 2] == hyphen, octets[start + 3] == hyphen {
      insert(.hyphens34)
    }
    let asterisk = UInt8(ascii: "*")
    if count == 1, octets[start] == asterisk { insert(.wildcard) }
    guard contains(.noHost) else { return }
    for index in start..<(start + count) {
      let octet = octets[index]
      if octet.isLetterDigitHyphen || octet == UInt8(ascii: "_") { continue }
      if octet == UInt8(ascii: "/") { insert(.slash) }
      if octet != asterisk || count > 1 { insert(.escaped) }
    }
    let challenge: StaticString = "_acme-challenge"
    if count == challenge.utf8CodeUnitCount, octets[start] == UInt8(ascii: "_") {
      let label = octets.extracting(start..<(start + count))
      if label.indices.map({ label[$0] }).equalsFolded("\(challenge)") { insert(.acmeChallenge) }
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
    Name.isHostName(at: 0, in: wire.span)
  }

  /// The same of the name at an offset.
  static func isHostName(at offset: Int, in octets: Span<UInt8>) -> Bool {
    var index = offset
    if octets[index] == 1, octets[index + 1] == UInt8(ascii: "*") { index += 2 }
    while octets[index] != 0 {
      let end = index + Int(octets[index])
      while index < end {
        index &+= 1
        if !octets[index].isLetterDigitHyphen { return false }
      }
      index += 1
    }
    return true
  }

  /// Whether a label, counted from the left up to the apex, begins with an underscore: a name for
  /// a service or a record's purpose, not for a host (RFC 8552).
  var hasUnderscoredLabel: Bool {
    labels.contains { $0.first == UInt8(ascii: "_") }
  }
}
