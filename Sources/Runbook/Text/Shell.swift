/// Words of a POSIX shell command line (IEEE Std 1003.1, Shell Command Language 2.2).
enum Shell {
  /// The text as one word that the shell reads back as it is: in single quotes, unless every
  /// character is harmless anywhere in a word.
  static func word(_ text: String) -> String {
    let isHarmless = text.utf8.allSatisfy { octet in
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"),
        UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "%"):
        true
      default: false
      }
    }
    if isHarmless, !text.isEmpty { return text }
    // Scalar by scalar: to a Character a quote with a combining mark is no quote.
    var quoted = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
  }

  /// Words of a command line.
  static func words(_ words: String...) -> String { words.map(word).joined(separator: " ") }

  /// A name as an argument of `dig`, which takes a word that begins with `-`, `+` or `@` for
  /// something else.
  static func digName(_ name: String) -> String {
    switch name.first {
    case "-", "+", "@": "-q " + word(name)
    default: word(name)
    }
  }
}
