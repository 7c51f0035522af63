/// A JSON document in the making. Object keys are written sorted, two spaces of indentation a
/// level, one member a line.
enum JSONText {
  case object([String: JSONText])
  case array([JSONText])
  case string(String)
  case integer(Int64)
  /// A share, rounded to six decimals.
  case share(Double)
  case boolean(Bool)
  case null

  /// The document, with a final line feed.
  var text: String {
    var result = ""
    write(to: &result, indentation: 0)
    return result + "\n"
  }

  static func span(_ span: TimeSpan) -> JSONText { .integer(span.seconds) }
  static func instant(_ instant: Instant) -> JSONText { .string(instant.description) }

  /// `null` for nil.
  static func optional<Value>(
    _ value: Value?, _ make: (Value) -> JSONText
  ) -> JSONText {
    value.map(make) ?? .null
  }

  private func write(to result: inout String, indentation: Int) {
    switch self {
    case .object(let members):
      Self.writeList(
        members.sorted { $0.key < $1.key }, in: ("{", "}"), to: &result, indentation
      ) { member, result, indentation in
        Self.write(string: member.key, to: &result)
        result += ": "
        member.value.write(to: &result, indentation: indentation)
      }
    case .array(let elements):
      Self.writeList(elements, in: ("[", "]"), to: &result, indentation) {
        $0.write(to: &$1, indentation: $2)
      }
    case .string(let text): Self.write(string: text, to: &result)
    case .integer(let number): result += String(number)
    case .share(let share): result += ((share * 1e6).rounded() / 1e6).description
    case .boolean(let flag): result += flag ? "true" : "false"
    case .null: result += "null"
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], in brackets: (String, String), to result: inout String,
    _ indentation: Int, _ write: (Element, inout String, Int) -> Void
  ) {
    result += brackets.0
    let margin = "\n" + String(repeating: "  ", count: indentation)
    for (index, element) in elements.enumerated() {
      result += (index > 0 ? "," : "") + margin + "  "
      write(element, &result, indentation + 1)
    }
    result += (elements.isEmpty ? "" : margin) + brackets.1
  }

  private static func write(string: String, to result: inout String) {
    result += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    result += "\""
  }
}
