import TestSupport

@testable import ZoneKit

/// Makes random record data, as octets and as text, field by field from the table of types.
struct RecordDataGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func oneIn(_ count: Int) -> Bool { random.oneIn(count) }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[number(0...(elements.count - 1))]
  }

  /// A number of `count` octets, small, large or any.
  mutating func integer(_ count: Int) -> [UInt8] {
    switch number(0...5) {
    case 0: Array(repeating: 0, count: count)
    case 1: Array(repeating: 0xFF, count: count)
    default: random.octets(count)
    }
  }

  /// Octets of text for the most part, any octets now and then.
  mutating func characters(_ count: Int) -> [UInt8] {
    let isPlain = !oneIn(3)
    return (0..<count).map { _ in
      isPlain
        ? pick(Array("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_".utf8))
        : UInt8(number(0...255))
    }
  }

  /// A name in wire form.
  mutating func name() -> [UInt8] {
    if oneIn(10) { return [0] }
    var wire: [UInt8] = []
    for _ in 0..<number(1...(oneIn(20) ? 60 : 4)) {
      let label = characters(oneIn(20) ? 63 : number(1...12))
      if wire.count + label.count + 2 > Name.maximumWireCount { break }
      wire.append(UInt8(label.count))
      wire += label
    }
    return wire + [0]
  }

  mutating func string(atLeast least: Int = 0) -> [UInt8] {
    let octets = characters(oneIn(20) ? 255 : number(least...20))
    return [UInt8(octets.count)] + octets
  }

  /// Type bit maps of random types.
  mutating func typeBitmap() -> [UInt8] {
    let types = (0..<number(0...8)).map { _ in
      oneIn(4) ? number(0...65_535) : number(1...264)
    }
    var wire: [UInt8] = []
    for window in Set(types.map { $0 >> 8 }).sorted() {
      let low = types.filter { $0 >> 8 == window }.map { $0 & 0xFF }
      wire += [UInt8(window)] + withLength(bits(low))
    }
    return wire
  }

  private func withLength(_ octets: [UInt8]) -> [UInt8] { [UInt8(octets.count)] + octets }

  /// A bit map without trailing zero octets, bit 0 being the highest of the first octet.
  private func bits(_ numbers: [Int]) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: numbers.max().map { $0 / 8 + 1 } ?? 0)
    for number in numbers { octets[number / 8] |= 0x80 >> UInt8(number % 8) }
    return octets
  }

  /// Well-formed octets of a type, such as every server keeps them.
  mutating func wire(_ schema: RecordSchema) -> [UInt8] {
    guard let fields = schema.fields else { return random.octets(number(0...40)) }
    return fields.flatMap { wire($0.form) }
  }

  mutating func wire(_ form: RecordFieldForm) -> [UInt8] {
    switch form {
    case .uint8, .algorithm, .scheme, .keyProtocol: return integer(1)
    case .uint16, .certificateType, .recordType, .keyFlags: return integer(2)
    case .uint32, .seconds, .time, .ipv4: return integer(4)
    case .dottedUInt64, .eui64, .nodeID: return integer(8)
    case .ipv6: return oneIn(3) ? sparse(16) : integer(16)
    case .eui48: return integer(6)
    case .name: return name()
    case .names: return (0..<number(0...3)).flatMap { _ in name() }
    case .string: return string()
    case .optionalString: return oneIn(2) ? [] : string()
    case .strings: return (0..<number(1...4)).flatMap { _ in string() }
    case .text: return characters(number(0...60))
    case .tag: return withLength((0..<number(1...15)).map { _ in pick(Array("abcXYZ019".utf8)) })
    case .base64(let required), .hex(let required):
      return random.octets(number((required ? 1 : 0)...70))
    case .base64OrDash: return random.octets(number(0...70))
    case .salt: return withLength(random.octets(number(0...16)))
    case .base32Hash: return withLength(random.octets(number(1...32)))
    case .typeBitmap: return typeBitmap()
    case .nxtBitmap: return bits((0..<number(1...6)).map { _ in number(1...127) })
    case .nsap: return random.octets(number(1...20))
    case .atma:
      return oneIn(2)
        ? [0] + random.octets(number(1...20))
        : [1] + (0..<number(1...15)).map { _ in UInt8(48 + number(0...9)) }
    case .services: return integer(1) + bits((0..<number(0...5)).map { _ in number(0...1000) })
    case .location:
      return [0] + (0..<3).map { _ in UInt8(number(1...9) << 4 | number(0...9)) }
        + angle(90) + angle(180) + integer(4)
    case .addressPrefixes: return (0..<number(0...3)).flatMap { _ in addressPrefix() }
    case .a6: return a6()
    case .ipsecGateway:
      let kind = number(0...3)
      return [UInt8(kind)] + integer(1) + gateway(kind)
    case .amtRelay:
      let kind = number(0...3)
      return [UInt8(kind) | (oneIn(2) ? 0x80 : 0)] + gateway(kind)
    case .hostIdentity:
      let (tag, key) = (random.octets(number(1...20)), random.octets(number(1...100)))
      return [UInt8(tag.count)] + integer(1) + [0, UInt8(key.count)] + tag + key
    case .serviceParameters: return serviceParameters()
    }
  }

  private mutating func sparse(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in oneIn(3) ? UInt8(number(0...255)) : 0 }
  }

  private mutating func angle(_ degrees: Int) -> [UInt8] {
    let value = UInt32(Int(1 << 31) + number(-degrees * 3_600_000...degrees * 3_600_000))
    return (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) }
  }

  private mutating func gateway(_ kind: Int) -> [UInt8] {
    switch kind {
    case 0: []
    case 1: integer(4)
    case 2: integer(16)
    default: name()
    }
  }

  private mutating func addressPrefix() -> [UInt8] {
    let family = number(1...2)
    var part = sparse(number(0...(family == 1 ? 4 : 16)))
    while part.last == 0 { part.removeLast() }
    let prefix = UInt8(number(0...(family == 1 ? 32 : 128)))
    return [0, UInt8(family), prefix, UInt8(part.count) | (oneIn(2) ? 0x80 : 0)] + part
  }

  private mutating func a6() -> [UInt8] {
    let length = oneIn(4) ? pick([0, 128]) : number(0...128)
    var suffix = random.octets(length == 128 ? 0 : 16 - length / 8)
    if length < 128, length % 8 != 0 { suffix[0] &= 0xFF >> UInt8(length % 8) }
    return [UInt8(length)] + suffix + (length > 0 ? name() : [])
  }

  private mutating func serviceParameters() -> [UInt8] {
    var values: [Int: [UInt8]] = [:]
    for _ in 0..<number(0...5) {
      switch number(1...13) {
      case 1: values[1] = (0..<number(1...3)).flatMap { _ in string(atLeast: 1) }
      case 2: values[3] = integer(2)
      case 3: values[4] = (0..<number(1...3)).flatMap { _ in integer(4) }
      case 4: values[5] = random.octets(number(1...60))
      case 5: values[6] = (0..<number(1...3)).flatMap { _ in integer(16) }
      case 6: values[7] = Array("/dns-query{?dns}".utf8)
      case 7: values[8] = []
      case 8: values[9] = [0, 29, 0x11, 0xEC]
      case 9: values[11] = []
      case 10: values[10] = oneIn(3) ? [] : (0..<number(1...3)).flatMap { _ in string(atLeast: 1) }
      default: values[number(14...65_534)] = characters(number(0...30))
      }
    }
    if values[1] != nil, oneIn(3) { values[2] = [] }
    let present = values.keys.sorted()
    if !present.isEmpty, oneIn(3) {
      let listed = Set((0..<number(1...3)).map { _ in pick(present) }).sorted()
      values[0] = listed.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
    return values.keys.sorted().flatMap { key -> [UInt8] in
      let value = values[key] ?? []
      return [key, value.count].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } + value
    }
  }
}
