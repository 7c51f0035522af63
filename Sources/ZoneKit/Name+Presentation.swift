extension Name {
  /// Reads a name in presentation form (RFC 1035 section 5.1): dots part labels, `\DDD` and `\X`
  /// escape, `@` alone is the origin, a name without final dot is relative to the origin.
  ///
  /// - Parameters:
  ///   - text: the name; octets over 0x7F are taken as they are.
  ///   - origin: what a relative name is completed with.
  ///   - escapes: decimal in zone files, octal in Route 53.
  /// - Throws: `NameError`.
  public init(
    parsing text: some StringProtocol, origin: Name? = nil, escapes: EscapeForm = .decimal
  ) throws(NameError) {
    let text = String(text)
    try self.init(parsing: text.utf8.span, origin: origin, escapes: escapes)
  }

  /// The same of a text's octets.
  package init(
    parsing text: Span<UInt8>, origin: Name?, escapes: EscapeForm
  ) throws(NameError) {
    var wire: [UInt8] = []
    wire.reserveCapacity(text.count + 2)
    try Name.append(text, origin: origin?.wire, escapes: escapes, to: &wire)
    self.init(unchecked: wire[...])
  }

  /// Appends the wire form of the name in `text` to `wire`. On an error, `wire` may hold a part.
  static func append(
    _ text: Span<UInt8>, origin: ArraySlice<UInt8>?, escapes: EscapeForm, to wire: inout [UInt8]
  ) throws(NameError) {
    let start = wire.count
    guard text.count > 0 else { throw .empty }
    if text.count == 1 {
      if text[0] == UInt8(ascii: "@") {
        guard let origin else { throw .relativeWithoutOrigin }
        wire.append(contentsOf: origin)
        return
      }
      if text[0] == UInt8(ascii: ".") {
        wire.append(0)
        return
      }
    }
    var lengthAt = wire.count
    wire.append(0)
    var index = 0
    while index < text.count {
      let octet = text[index]
      index &+= 1
      if octet == UInt8(ascii: ".") {
        let count = wire.count - lengthAt - 1
        guard count > 0 else { throw .emptyLabel }
        guard count <= maximumLabelCount else { throw .labelTooLong }
        wire[lengthAt] = UInt8(count)
        lengthAt = wire.count
        wire.append(0)
      } else if octet == UInt8(ascii: "\\") {
        wire.append(try unescape(text, &index, escapes))
      } else {
        wire.append(octet)
      }
    }
    let count = wire.count - lengthAt - 1
    if count > 0 {
      guard count <= maximumLabelCount else { throw .labelTooLong }
      wire[lengthAt] = UInt8(count)
      guard let origin else { throw .relativeWithoutOrigin }
      wire.append(contentsOf: origin)
    }
    guard wire.count - start <= maximumWireCount else { throw .nameTooLong }
  }

  /// The octet of an escape whose backslash stands just before `index`; moves past it.
  private static func unescape(
    _ text: Span<UInt8>, _ index: inout Int, _ escapes: EscapeForm
  ) throws(NameError) -> UInt8 {
    guard index < text.count else { throw .badEscape }
    let first = text[index]
    guard first &- 48 < 10 else {
      index += 1
      return first
    }
    guard index + 2 < text.count,
      let octet = escapes.octet(first, text[index + 1], text[index + 2])
    else { throw .badEscape }
    index += 3
    return octet
  }
}

extension Name: CustomStringConvertible {
  /// The absolute presentation form with decimal escapes and the final dot.
  public var description: String { presentation() }

  /// The presentation form.
  ///
  /// - Parameters:
  ///   - origin: where given, names at or below it are written relative to it (`@` for itself).
  ///   - escapes: the form of the escapes. In octal form every octet but letters, digits,
  ///     hyphen and underscore is escaped, as Route 53 does.
  public func presentation(relativeTo origin: Name? = nil, escapes: EscapeForm = .decimal) -> String
  {
    var text: [UInt8] = []
    text.reserveCapacity(wire.count)
    appendPresentation(relativeTo: origin, escapes: escapes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  func appendPresentation(
    relativeTo origin: Name? = nil, escapes: EscapeForm = .decimal, to text: inout [UInt8]
  ) {
    var end = wire.endIndex - 1
    var absolute = true
    if let origin, isAtOrBelow(origin) {
      if wire.count == origin.wire.count {
        text.append(UInt8(ascii: "@"))
        return
      }
      if !origin.isRoot {
        end = wire.endIndex - origin.wire.count
        absolute = false
      }
    }
    if end == wire.startIndex {
      text.append(UInt8(ascii: "."))
      return
    }
    var index = wire.startIndex
    while index < end {
      if index > wire.startIndex { text.append(UInt8(ascii: ".")) }
      let label = (index + 1)..<(index + 1 + Int(wire[index]))
      var isPlain = true
      for place in label { isPlain = isPlain && escapes.isPlainInNames(wire[place]) }
      if isPlain {
        text.append(contentsOf: wire[label])
      } else {
        for octet in wire[label] { Name.append(octet, escapes, to: &text) }
      }
      index = label.upperBound
    }
    if absolute {
      text.append(UInt8(ascii: "."))
    } else if text.last == UInt8(ascii: "@"), end - wire.startIndex == 2 {
      text[text.count - 1] = UInt8(ascii: "\\")
      text.append(UInt8(ascii: "@"))
    }
  }

  private static func append(_ octet: UInt8, _ escapes: EscapeForm, to text: inout [UInt8]) {
    if escapes.isPlainInNames(octet) {
      text.append(octet)
    } else if escapes == .decimal, 0x21...0x7E ~= octet {
      text.append(UInt8(ascii: "\\"))
      text.append(octet)
    } else {
      escapes.append(octet, to: &text)
    }
  }
}

extension EscapeForm {
  /// Whether an octet stands for itself in a name.
  @inline(__always)
  fileprivate func isPlainInNames(_ octet: UInt8) -> Bool {
    let isLetterOrDigit = octet &- 48 < 10 || (octet | 0x20) &- UInt8(ascii: "a") < 26
    if isLetterOrDigit || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_") { return true }
    guard self == .decimal else { return false }
    return switch octet {
    case UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: ";"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "$"):
      false
    default: 0x21...0x7E ~= octet
    }
  }
}
