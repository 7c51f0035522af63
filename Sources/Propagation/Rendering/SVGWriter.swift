import Diagnostics

/// An SVG document in the making.
struct SVGWriter {
  private(set) var text = ""
  private var depth = 0

  /// Writes an element; `content` writes its children.
  mutating func element(
    _ name: String, _ attributes: [(String, String)] = [],
    _ content: ((inout SVGWriter) -> Void)? = nil
  ) {
    open(name, attributes)
    guard let content else {
      text += "/>\n"
      return
    }
    text += ">\n"
    depth += 1
    content(&self)
    depth -= 1
    text += margin + "</\(name)>\n"
  }

  /// Writes an element that holds text alone.
  mutating func element(_ name: String, _ attributes: [(String, String)] = [], text content: String)
  {
    open(name, attributes)
    text += ">" + markupText(content) + "</\(name)>\n"
  }

  private mutating func open(_ name: String, _ attributes: [(String, String)]) {
    text += margin + "<" + name
    for (key, value) in attributes { text += " \(key)=\"" + markupText(value) + "\"" }
  }

  private var margin: String { String(repeating: "  ", count: depth) }

  /// A coordinate with one decimal.
  static func number(_ value: Double) -> String {
    let tenths = Int64((value * 10).rounded())
    return (tenths < 0 ? "-" : "") + "\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }
}
