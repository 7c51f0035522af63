/// Writes a `JSONOutput` as text.
struct JSONWriter {
  let pretty: Bool
  var text = ""
  private var depth = 0

  init(pretty: Bool) { self.pretty = pretty }

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
    case .string(let string): writeString(string)
    case .int(let number): text.append(String(number))
    case .double(let number): text.append(number.isFinite ? "\(number)" : "null")
    case .bool(let value): text.append(value ? "true" : "false")
    case .null: text.append("null")
    }
  }

  private mutating func writeList<Element>(
    _ open: String, _ list: [Element], _ close: String,
    _ writeElement: (inout JSONWriter, Element) -> Void
  ) {
    text.append(open)
    depth += 1
    for (index, element) in list.enumerated() {
      if index > 0 { text.append(",") }
      breakLine()
      writeElement(&self, element)
    }
    depth -= 1
    if !list.isEmpty { breakLine() }
    text.append(close)
  }

  private mutating func breakLine() {
    guard pretty else { return }
    text.append("\n")
    text.append(String(repeating: "  ", count: depth))
  }

  private mutating func writeMember(_ key: String, _ value: JSONOutput) {
    writeString(key)
    text.append(pretty ? ": " : ":")
    write(value)
  }

  private mutating func writeString(_ string: String) {
    text.append("\"")
    // Most strings hold nothing to escape.
    let isPlain = string.utf8.allSatisfy {
      0x20..<0x7f ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    guard !isPlain else {
      text.append(string)
      text.append("\"")
      return
    }
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text.append("\\\"")
      case "\\": text.append("\\\\")
      case "\n": text.append("\\n")
      case "\r": text.append("\\r")
      case "\t": text.append("\\t")
      default:
        if isSeen(scalar) {
          text.unicodeScalars.append(scalar)
        } else {
          for unit in UTF16.encode(scalar)! {
            text.append("\\u" + hexadecimal(unit, digits: 4).lowercased())
          }
        }
      }
    }
    text.append("\"")
  }
}
