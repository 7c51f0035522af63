/// What is wrong with a stretch of text, before it is known which source it stands in.
struct ScanError: Error {
  /// The rule's id, as in `Finding.rule`.
  var rule: String
  /// What was found, what was expected.
  var message: String
  /// Octet offsets in the text.
  var range: Range<Int>
  /// What to do.
  var help: String?
  /// A replacement for `range` that settles it, with its title.
  var fix: (title: String, replacement: [UInt8])?
  /// Whether it only follows from an error that was reported before, and is not told.
  var isConsequence = false

  init(
    _ rule: String, _ message: String, at range: Range<Int>, help: String? = nil,
    fix: (title: String, replacement: [UInt8])? = nil
  ) {
    self.rule = rule
    self.message = message
    self.range = range
    self.help = help
    self.fix = fix
  }

  /// The error for a token that is no domain name.
  init(_ error: NameError, _ what: String, _ token: Token, in text: Span<UInt8>) {
    let rule =
      switch error {
      case .badEscape: "syn-bad-escape"
      case .relativeWithoutOrigin: "syn-no-origin"
      default: "syn-name-too-long"
      }
    self.init(
      rule,
      "\(what): expected a domain name, found \(quoted(text.extracting(token.range))): \(error)",
      at: token.range,
      help: error == .relativeWithoutOrigin
        ? "give the zone's name with --origin, or start the file with $ORIGIN" : nil)
  }

  /// An entry that cannot be read because of an error reported before.
  static func consequence(at range: Range<Int>) -> ScanError {
    var error = ScanError("syn-record", "follows from an earlier error", at: range)
    error.isConsequence = true
    return error
  }
}

/// A path from an input as it stands in a message: control characters escaped.
func visible(_ path: String) -> String {
  var text = ""
  for scalar in path.unicodeScalars {
    if scalar.properties.generalCategory == .control {
      for octet in String(scalar).utf8 {
        var escaped: [UInt8] = []
        EscapeForm.decimal.append(octet, to: &escaped)
        text += String(decoding: escaped, as: UTF8.self)
      }
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
  return text
}

/// Text from an input as it is quoted in a message: cut to a readable length, everything that is
/// not printable ASCII escaped.
func quoted(_ octets: Span<UInt8>, limit: Int = 40) -> String {
  var text: [UInt8] = []
  for index in 0..<min(octets.count, limit) {
    let octet = octets[index]
    if (0x20...0x7E).contains(octet) {
      text.append(octet)
    } else {
      EscapeForm.decimal.append(octet, to: &text)
    }
  }
  return "'" + String(decoding: text, as: UTF8.self) + (octets.count > limit ? "..." : "") + "'"
}
