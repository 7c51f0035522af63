/// Writes a `JSONOutput` as the octets of a text.
struct JSONWriter {
  /// Whether separators are followed by a space or a line end.
  private let isSpaced: Bool
  /// Whether lists are broken into lines.
  private var isBroken: Bool
  private(set) var octets: [UInt8] = []
  private var depth = 0

  init(pretty: Bool) {
    isSpaced = pretty
    isBroken = pretty
  }

  mutating func write(_ value: JSONOutput) {
    switch value {
    case .object(let members):
      let sorted = members.sorted { $0.key < $1.key }
      writeList("{", sorted, "}") { writer, member in
        writer.writeMember(member.key, member.value)
      }
    case .ordered(let members):
      writeList("{", members, "}") { writer, member in
        writer.writeMember(member.key, member.value)
      }
    case .array(let elements):
      writeList("[", elements, "]") { writer, element in writer.write(element) }
    case .line(let value):
      let wasBroken = isBroken
      isBroken = false
      write(value)
      isBroken = wasBroken
    case .string(let string): writeString(string)
    case .int(let number): append(String(number))
    case .double(let number): append(number.isFinite ? "\(number)" : "null")
    case .bool(let value): append(value ? "true" : "false")
    case .null: append("null")
    }
  }

  /// Ends the text with a line end.
  mutating func endLine() { octets.append(UInt8(ascii: "\n")) }

  private mutating func append(_ text: String) { octets.append(contentsOf: text.utf8) }

  private mutating func writeList<Element>(
    _ open: Unicode.Scalar, _ list: [Element], _ close: Unicode.Scalar,
    _ writeElement: (inout JSONWriter, Element) -> Void
  ) {
    octets.append(UInt8(ascii: open))
    depth += 1
    for (index, element) in list.enumerated() {
      if index > 0 {
        octets.append(UInt8(ascii: ","))
        if isSpaced, !isBroken { octets.append(UInt8(ascii: " ")) }
      }
      breakLine()
      writeElement(&self, element)
    }
    depth -= 1
    if !list.isEmpty { breakLine() }
    octets.append(UInt8(ascii: close))
  }

  private mutating func breakLine() {
    guard isBroken else { return }
    endLine()
    for _ in 0..<(2 * depth) { octets.append(UInt8(ascii: " ")) }
  }

  private mutating func writeMember(_ key: String, _ value: JSONOutput) {
    writeString(key)
    octets.append(UInt8(ascii: ":"))
    if isSpaced { octets.append(UInt8(ascii: " ")) }
    write(value)
  }

  private mutating func writeString(_ string: String) {
    octets.append(UInt8(ascii: "\""))
    switch Self.makeup(of: string) {
    case .plain: append(string)
    case .printable: writePrintable(string)
    case .other: for scalar in string.unicodeScalars { writeEscaped(scalar) }
    }
    octets.append(UInt8(ascii: "\""))
  }

  /// What a string is made of.
  private enum Makeup {
    /// ASCII that stands for itself, as most strings are.
    case plain
    /// The same with quotes or backslashes among it.
    case printable
    case other
  }

  private static func makeup(of string: String) -> Makeup {
    let octets = string.utf8.span
    var isPrintable = true
    var isPlain = true
    // To the end in any case: loops that may end early are not vectorised.
    for index in octets.indices {
      let octet = octets[index]
      isPrintable = isPrintable && octet &- 0x20 < 0x5f
      isPlain = isPlain && octet != UInt8(ascii: "\"") && octet != UInt8(ascii: "\\")
    }
    return isPrintable ? isPlain ? .plain : .printable : .other
  }

  private mutating func writePrintable(_ string: String) {
    let text = string.utf8.span
    octets.reserveCapacity(octets.count + 2 * text.count)
    for index in text.indices {
      let octet = text[index]
      if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") {
        octets.append(UInt8(ascii: "\\"))
      }
      octets.append(octet)
    }
  }

  private mutating func writeEscaped(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    default:
      if isSeen(scalar) {
        octets.append(contentsOf: UTF8.encode(scalar)!)
      } else {
        for unit in UTF16.encode(scalar)! {
          append("\\u" + hexadecimal(unit, digits: 4).lowercased())
        }
      }
    }
  }
}
