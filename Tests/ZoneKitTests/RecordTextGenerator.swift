import TestSupport

@testable import ZoneKit

/// Random record data in presentation form: what a person or a program might write, with escapes,
/// letter case, spaces and quotes as the form allows them.
extension RecordDataGenerator {
  mutating func text(_ schema: RecordSchema) -> String {
    guard let fields = schema.fields else { return generic(random.octets(number(0...20))) }
    return fields.map { text($0.form) }.filter { !$0.isEmpty }.joined(separator: space())
  }

  private mutating func space() -> String { pick([" ", " ", " ", "  ", "\t", " \t "]) }

  mutating func generic(_ octets: [UInt8]) -> String {
    "\\#" + space() + "\(octets.count)"
      + (octets.isEmpty ? "" : space() + hex(octets, spaced: true))
  }

  private mutating func hex(_ octets: [UInt8], spaced: Bool) -> String {
    let upper = oneIn(2)
    return octets.map { octet in
      let digits = String(octet >> 4, radix: 16) + String(octet & 15, radix: 16)
      return (upper ? digits.uppercased() : digits) + (spaced && oneIn(8) ? " " : "")
    }.joined()
  }

  private mutating func base64(_ octets: [UInt8], spaced: Bool) -> String {
    var text: [UInt8] = []
    Encoding.appendBase64(octets[...], to: &text)
    return text.map { String(UnicodeScalar($0)) + (spaced && oneIn(12) ? " " : "") }.joined()
  }

  private mutating func decimal(_ octets: [UInt8]) -> String {
    String(octets.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  /// An octet of a name or string, escaped where it must be, and now and then where it need not.
  private mutating func character(_ octet: UInt8, inQuotes: Bool) -> String {
    let printable = (0x21...0x7E).contains(octet) || (octet == 0x20 && inQuotes)
    let special = inQuotes ? "\"\\" : " .\"\\;()@$"
    let letter = String(UnicodeScalar(octet))
    let isDigit = (48..<58).contains(octet)
    if !printable || oneIn(20) {
      let digits = String(octet)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
    if special.utf8.contains(octet) || (oneIn(30) && !isDigit) { return "\\" + letter }
    return letter
  }

  mutating func nameText() -> String {
    if oneIn(12) { return pick([".", "@"]) }
    let wire = name()
    let labels = ((try? Name(wire: wire)) ?? .root).labels
    guard !labels.isEmpty, wire.count < 200 else { return "." }
    let text = labels.map { label in label.map { character($0, inQuotes: false) }.joined() }
      .joined(separator: ".")
    return text + (oneIn(2) ? "." : "")
  }

  private mutating func stringText(quoted: Bool? = nil, _ octets: [UInt8]? = nil) -> String {
    let octets = octets ?? Array(string().dropFirst())
    let inQuotes = quoted ?? (octets.isEmpty || !oneIn(3))
    let text = octets.map { character($0, inQuotes: inQuotes) }.joined()
    return inQuotes ? "\"\(text)\"" : text
  }

  private mutating func typeText() -> String {
    oneIn(5)
      ? "TYPE\(number(1...65_535))"
      : pick(RecordSchema.all.filter { LDNS.knows($0.mnemonic) }).mnemonic
  }

  private mutating func ipv4Text() -> String { IPAddress.text(ipv4: integer(4)[...]) }

  private mutating func ipv6Text() -> String {
    let octets = wire(.ipv6)
    switch number(0...3) {
    case 0:
      // Every group in full, in capitals.
      return stride(from: 0, to: 16, by: 2).map {
        hex([octets[$0], octets[$0 + 1]], spaced: false)
      }.joined(separator: ":")
    case 1:
      let front = (0..<6).map { _ in String(number(0...65_535), radix: 16) }
      return front.joined(separator: ":") + ":" + ipv4Text()
    default: return IPAddress.text(ipv6: octets[...])
    }
  }

  private mutating func gatewayText(_ kind: Int) -> String {
    switch kind {
    case 0: "."
    case 1: ipv4Text()
    case 2: ipv6Text()
    default: nameText()
    }
  }

  mutating func text(_ form: RecordFieldForm) -> String {
    switch form {
    case .uint8, .scheme, .uint16, .uint32, .dottedUInt64, .certificateType:
      return (oneIn(8) ? "0" : "") + decimal(wire(form))
    case .keyFlags:
      return oneIn(3)
        ? pick(["ZONE", "zone|KSK", "NOKEY", "HOST|NOCONF|SIG3"]) : text(.uint16)
    case .keyProtocol: return oneIn(3) ? pick(["DNSSEC", "email", "ALL"]) : text(.uint8)
    case .algorithm:
      return oneIn(3) ? pick(["RSASHA256", "ECDSAP256SHA256", "ed25519"]) : text(.uint8)
    case .seconds:
      return oneIn(3) ? pick(["1h30m", "2W", "1d12H5m3s", "90S"]) : decimal(integer(4))
    case .time:
      return oneIn(2)
        ? Timestamp.text(UInt32(number(0...0x7FFF_FFFF))) : String(number(0...0x7FFF_FFFF))
    case .ipv4: return ipv4Text()
    case .ipv6: return ipv6Text()
    case .name: return nameText()
    case .names: return (0..<number(0...3)).map { _ in nameText() }.joined(separator: " ")
    case .string: return stringText()
    case .optionalString: return oneIn(2) ? "" : stringText()
    case .strings: return (0..<number(1...4)).map { _ in stringText() }.joined(separator: space())
    case .text: return stringText(quoted: true)
    case .tag: return String(decoding: wire(.tag).dropFirst(), as: UTF8.self)
    case .base64(let required):
      return base64(random.octets(number((required ? 1 : 0)...70)), spaced: true)
    case .base64OrDash: return oneIn(4) ? "-" : base64(random.octets(number(1...70)), spaced: true)
    case .hex(let required):
      return hex(random.octets(number((required ? 1 : 0)...70)), spaced: true)
    case .salt: return oneIn(3) ? "-" : hex(random.octets(number(1...16)), spaced: false)
    case .base32Hash:
      var text: [UInt8] = []
      Encoding.appendBase32Hex(random.octets(20)[...], to: &text)
      let word = String(decoding: text, as: UTF8.self)
      return oneIn(2) ? word.lowercased() : word
    case .recordType: return typeText()
    case .typeBitmap:
      return (0..<number(1...6)).map { _ in typeText() }.joined(separator: space())
    case .nxtBitmap:
      return (0..<number(1...5)).map { _ in pick(["A", "NS", "mx", "TXT", "KEY", "NXT"]) }
        .joined(separator: " ")
    case .eui48, .eui64:
      return wire(form).map { hex([$0], spaced: false) }.joined(separator: "-")
    case .nodeID:
      return stride(from: 0, to: 8, by: 2).map { _ in String(number(0...65_535), radix: 16) }
        .joined(separator: ":")
    case .nsap: return "0x" + hex(random.octets(number(1...20)), spaced: false)
    case .atma:
      return oneIn(2)
        ? hex(random.octets(number(1...20)), spaced: false)
        : "+" + (0..<number(1...15)).map { _ in String(number(0...9)) }.joined()
    case .services:
      return ipv4Protocol() + (0..<number(1...4)).map { _ in " \(number(0...1000))" }.joined()
    case .location: return locationText()
    case .addressPrefixes:
      return (0..<number(1...3)).map { _ in
        let negation = oneIn(3) ? "!" : ""
        return oneIn(2)
          ? "\(negation)1:\(ipv4Text())/\(number(0...32))"
          : "\(negation)2:\(ipv6Text())/\(number(0...128))"
      }.joined(separator: space())
    case .a6: return "64 ::\(hex([1, 2], spaced: false)) \(nameText())"
    case .ipsecGateway:
      let kind = number(0...3)
      return "\(kind) \(number(0...3)) \(gatewayText(kind))"
    case .amtRelay:
      let kind = number(0...3)
      return "\(number(0...1)) \(kind) \(gatewayText(kind))"
    case .hostIdentity:
      return "\(number(0...3)) \(hex(random.octets(number(1...20)), spaced: false)) "
        + base64(random.octets(number(1...60)), spaced: false)
    case .serviceParameters: return serviceParametersText()
    }
  }

  private mutating func ipv4Protocol() -> String { pick(["TCP", "udp", "6", "17"]) }

  private mutating func locationText() -> String {
    func sexagesimal(_ degrees: Int, _ signs: [String]) -> String {
      var parts = [String(number(0...degrees))]
      if !oneIn(4) { parts.append(String(number(0...59))) }
      if parts.count == 2, !oneIn(4) {
        parts.append("\(number(0...59))" + (oneIn(2) ? "" : ".\(number(0...999))"))
      }
      return parts.joined(separator: " ") + " " + pick(signs)
    }
    var text = sexagesimal(89, ["N", "S"]) + " " + sexagesimal(179, ["E", "W"])
    text += " \(number(-100_000...42_849_672))" + pick(["", "m", ".5m", ".25"])
    for _ in 0..<number(0...3) {
      text += " \(pick([0, 1, 10, 25, 9_000, 90_000_000]))" + pick(["m", ""])
    }
    return text
  }

  private mutating func serviceParametersText() -> String {
    let wire = self.wire(.serviceParameters)
    var reader = RecordDataReader(wire[...], escapes: .decimal)
    var text: [UInt8] = []
    try? reader.appendServiceParameters(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
