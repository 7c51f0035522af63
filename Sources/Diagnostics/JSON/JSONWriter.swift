/// Writes JSON as the octets of a text: a `JSONOutput`, or a document that is too large to be one,
/// part by part. Objects and arrays hold what is written in their braces.
public struct JSONWriter {
  /// Whether separators are followed by a space or a line end.
  private let isSpaced: Bool
  /// Whether lists are broken into lines.
  private var isBroken: Bool
  /// What was written.
  public private(set) var octets: [UInt8] = []
  private var depth = 0
  /// Whether nothing stands yet in the list that is being written.
  private var isListEmpty = true

  /// A writer as `JSONOutput.octets(pretty:)` writes.
  public init(pretty: Bool) {
    isSpaced = pretty
    isBroken = pretty
  }

  /// Writes a value.
  public mutating func write(_ value: JSONOutput) {
    switch value {
    case .object(let members):
      object { writer in
        for (key, value) in members.sorted(by: { $0.key < $1.key }) { writer.member(key, value) }
      }
    case .ordered(let members):
      object { writer in for member in members { writer.member(member.key, member.value) } }
    case .array(let elements):
      array { writer in for value in elements { writer.element { $0.write(value) } } }
    case .line(let value): line { $0.write(value) }
    case .string(let string): writeString(string)
    case .int(let number): append(String(number))
    case .double(let number): append(number.isFinite ? "\(number)" : "null")
    case .bool(let value): append(value ? "true" : "false")
    case .null: append("null")
    }
  }

  /// Writes a value again that was written in the same form.
  public mutating func write(written octets: ArraySlice<UInt8>) {
    self.octets.append(contentsOf: octets)
  }

  /// Writes an object of the members that `body` writes.
  public mutating func object(_ body: (inout JSONWriter) -> Void) { list("{", "}", body) }

  /// Writes an array of the elements that `body` writes.
  public mutating func array(_ body: (inout JSONWriter) -> Void) { list("[", "]", body) }

  /// Writes a value that stands on one line.
  public mutating func line(_ body: (inout JSONWriter) -> Void) {
    let wasBroken = isBroken
    isBroken = false
    body(&self)
    isBroken = wasBroken
  }

  /// Writes a member of an object.
  public mutating func member(_ key: String, _ value: JSONOutput) {
    member(key) { $0.write(value) }
  }

  /// Writes a member of an object whose value is what `body` writes.
  public mutating func member(_ key: String, _ body: (inout JSONWriter) -> Void) {
    separate()
    writeString(key)
    octets.append(UInt8(ascii: ":"))
    if isSpaced { octets.append(UInt8(ascii: " ")) }
    body(&self)
  }

  /// Writes an element of an array: the value that `body` writes.
  public mutating func element(_ body: (inout JSONWriter) -> Void) {
    separate()
    body(&self)
  }

  /// Ends the text with a line end.
  public mutating func endLine() { octets.append(UInt8(ascii: "\n")) }

  private mutating func append(_ text: String) { octets.append(contentsOf: text.utf8) }

  private mutating func list(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void
  ) {
    octets.append(UInt8(ascii: open))
    depth += 1
    isListEmpty = true
    body(&self)
    depth -= 1
    if !isListEmpty { breakLine() }
    octets.append(UInt8(ascii: close))
    // The list that this one stands in.
    isListEmpty = false
  }

  /// Writes what stands before an element of a list.
  private mutating func separate() {
    if !isListEmpty {
      octets.append(UInt8(ascii: ","))
      if isSpaced, !isBroken { octets.append(UInt8(ascii: " ")) }
    }
    isListEmpty = false
    breakLine()
  }

  private mutating func breakLine() {
    guard isBroken else { return }
    endLine()
    for _ in 0..<(2 * depth) { octets.append(UInt8(ascii: " ")) }
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
    // To the end in any case, and without branches: so the loop is vectorised.
    var (marks, others) = (UInt8(0), UInt8(0))
    for index in octets.indices {
      let octet = octets[index]
      others |= octet &- 0x20 < 0x5f ? 0 : 1
      marks |= octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") ? 1 : 0
    }
    return others != 0 ? .other : marks != 0 ? .printable : .plain
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
