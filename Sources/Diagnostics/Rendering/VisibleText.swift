/// `text` with every character that is not seen as itself written as `<U+XXXX>`: control
/// characters, line ends among them, marks that turn the direction of writing, and other format
/// characters. No input can so move a terminal's cursor, begin a line of its own or hide a part.
public func visible(_ text: String) -> String {
  if text.utf8.allSatisfy({ 0x20..<0x7f ~= $0 }) { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if isSeen(scalar) {
      result.append(scalar)
    } else {
      result.append(contentsOf: codePoint(of: scalar).unicodeScalars)
    }
  }
  return String(result)
}

/// True of a scalar that is shown as itself on a terminal, harmlessly.
func isSeen(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return 0x20..<0x7f ~= scalar.value }
  return switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
    .unassigned:
    false
  default: true
  }
}

/// `<U+202E>`
func codePoint(of scalar: Unicode.Scalar) -> String {
  "<U+\(hexadecimal(scalar.value, digits: 4))>"
}
