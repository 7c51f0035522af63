import Diagnostics

// Fixes of a file's text as a whole.

extension RuleFix {
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Ends the last line.
  static let endingLastLine = text("end the last line") { finding in
    guard let source = finding.location?.source, source.count > 0,
      source.octets(in: (source.count - 1)..<source.count) != [lineFeed]
    else { return [] }
    return [Edit(Location(source, source.count..<source.count), replacement: [lineFeed])]
  }

  /// Turns CRLF into LF. A CR that stands alone is left: nobody can tell what it was.
  static let removingCarriageReturns = text("write plain line feeds") { finding in
    guard let source = finding.location?.source else { return [] }
    let places = source.withOctets { text in
      text.indices.dropLast().filter {
        text[$0] == carriageReturn && text[$0 + 1] == lineFeed
      }
    }
    return places.map { Edit(Location(source, $0..<($0 + 1)), replacement: []) }
  }

  /// Removes the mark of UTF-8 at the start of a file.
  static let removingByteOrderMark = text("remove the byte order mark") { finding in
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let source = finding.location?.source,
      source.octets(in: 0..<mark.count) == mark
    else { return [] }
    return [Edit(Location(source, 0..<mark.count), replacement: [])]
  }
}
