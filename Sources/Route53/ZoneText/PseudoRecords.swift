import Diagnostics
import ZoneKit

/// The records of class AWS in a zone file, which no reader of zone files knows: they are read as
/// unknown types (RFC 3597) whose data are the text, and understood afterwards.
enum PseudoRecords {
  /// The type that cli53 gives to ALIAS.
  static let alias = RecordType(rawValue: 0x0F99)
  /// The next one, for a traffic policy instance.
  static let trafficPolicy = RecordType(rawValue: 0x0F9A)

  private static let words: [String: RecordType] = [
    "ALIAS": alias, "TRAFFICPOLICY": trafficPolicy,
  ]

  /// A source of the same name and lines in which records of class AWS are of unknown types; the
  /// source itself if it has none.
  static func rewritten(_ source: SourceFile) -> SourceFile {
    source.withOctets { octets in
      var text: [UInt8] = []
      var copied = 0
      var next = 0
      while let line = lineHoldingClass(from: next, in: octets) {
        if let (range, replacement) = replacement(inLine: line, of: octets) {
          for index in copied..<range.lowerBound { text.append(octets[index]) }
          text += replacement
          copied = range.upperBound
        }
        next = line.upperBound
      }
      guard copied > 0 else { return source }
      for index in copied..<octets.count { text.append(octets[index]) }
      return SourceFile(name: source.name, octets: text, includedFrom: source.includedFrom)
    }
  }

  /// The next line that holds the letters of the class: found by the middle one, which is rare.
  private static func lineHoldingClass(
    from start: Int, in octets: Span<UInt8>
  ) -> Range<Int>? {
    var next = start
    while let mark = octets.firstIndex(of: UInt8(ascii: "W"), from: next) {
      next = mark + 1
      guard mark > start, octets[mark - 1] == UInt8(ascii: "A"), next < octets.count,
        octets[next] == UInt8(ascii: "S")
      else { continue }
      var first = mark
      while first > start, octets[first - 1] != UInt8(ascii: "\n") { first -= 1 }
      return first..<(octets.firstIndex(of: UInt8(ascii: "\n"), from: mark) ?? octets.count)
    }
    return nil
  }

  /// What takes the place of a part of a line, if the line is a record of class AWS.
  private static func replacement(
    inLine line: Range<Int>, of octets: Span<UInt8>
  ) -> (Range<Int>, [UInt8])? {
    var index = line.lowerBound
    var mark: Int?
    // Before the class stand at most an owner and a TTL.
    for _ in 0..<4 {
      let word = nextWord(from: &index, in: line, of: octets)
      guard !word.isEmpty else { return nil }
      if let mark, let type = words[string(octets, word)] {
        let end = endOfData(from: index, in: line, of: octets)
        var hex: [UInt8] = []
        for index in index..<end {
          let digits = String(octets[index], radix: 16)
          hex += (digits.utf8.count < 2 ? "0" : "").utf8
          hex += digits.utf8
        }
        let text = "IN TYPE\(type.rawValue) \\# \(end - index) "
        return (mark..<end, Array(text.utf8) + hex)
      }
      mark = string(octets, word) == "AWS" ? word.lowerBound : nil
    }
    return nil
  }

  private static func string(_ octets: Span<UInt8>, _ range: Range<Int>) -> String {
    var text: [UInt8] = []
    for index in range.prefix(16) { text.append(octets[index]) }
    return String(decoding: text, as: UTF8.self)
  }

  private static func nextWord(
    from index: inout Int, in line: Range<Int>, of octets: Span<UInt8>
  ) -> Range<Int> {
    while index < line.upperBound, octets[index] <= 0x20 { index += 1 }
    let start = index
    while index < line.upperBound, octets[index] > 0x20, octets[index] != UInt8(ascii: ";") {
      // A semicolon behind a backslash is part of the word.
      index += octets[index] == UInt8(ascii: "\\") && index + 1 < line.upperBound ? 2 : 1
    }
    return start..<index
  }

  /// Where the data end: before a comment outside quotes, and the white space before it.
  private static func endOfData(
    from start: Int, in line: Range<Int>, of octets: Span<UInt8>
  ) -> Int {
    var index = start
    var end = start
    var isQuoted = false
    while index < line.upperBound {
      let octet = octets[index]
      if octet == UInt8(ascii: "\\") {
        index = min(index + 2, line.upperBound)
        end = index
        continue
      }
      if octet == UInt8(ascii: "\"") { isQuoted.toggle() }
      if octet == UInt8(ascii: ";"), !isQuoted { break }
      index += 1
      if octet > 0x20 { end = index }
    }
    return end
  }
}
