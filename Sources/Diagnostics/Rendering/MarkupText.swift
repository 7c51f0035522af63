/// `text` for the content and the double-quoted attributes of HTML, SVG and other XML: what an XML
/// reader would obey or refuse is escaped, and what is not seen as itself is written as `<U+XXXX>`.
public func markupText(_ text: String) -> String {
  var result = ""
  // By scalars: a combining mark must not hide the character it stands on.
  for scalar in visible(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// `text` as words of a Markdown document that is also read as it is, in a terminal: characters
/// with a meaning in Markdown get a backslash. For comments on a hosting site see `markdownText`.
public func markdownWords(_ text: String) -> String {
  var result = ""
  for scalar in visible(text).unicodeScalars {
    if "\\`*_[]<>|#&~!".unicodeScalars.contains(scalar) { result += "\\" }
    result.unicodeScalars.append(scalar)
  }
  return result
}
