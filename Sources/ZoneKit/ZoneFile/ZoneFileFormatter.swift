public import Diagnostics

/// Puts the text of a zone file in canonical form: columns for owner, TTL, class and type, types
/// and classes in capitals, single spaces between data. Comments, directives, blank lines, and the
/// layout of data that take several lines stay.
public enum ZoneFileFormatter {
  /// The text in canonical form; it reads back as the same records.
  ///
  /// - Returns: nil if the text has errors: it is then better left alone.
  /// - Throws: `ZoneEditError.notAsAsked` if the result would read back otherwise.
  public static func format(
    _ source: SourceFile, options: ZoneFileOptions = .init()
  ) throws(ZoneEditError) -> [UInt8]? {
    let reading = ZoneFileReader.read(source, options: options)
    guard !reading.hasErrors else { return nil }
    let formatted = source.withOctets { text in
      var pass = Pass(ownerWidth: ownerWidth(of: text))
      var position = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      while position < text.count { position = pass.formatEntry(at: position, in: text) }
      return pass.output
    }
    let again = ZoneFileReader.read(
      SourceFile(name: source.name, octets: formatted), options: options)
    guard again.zone.elementsEqual(reading.zone) else {
      throw .notAsAsked("the formatted text has other records")
    }
    return formatted
  }

  /// Owners longer than this stand out of their column.
  private static let widestOwnerColumn = 32

  /// The width of the longest owner that keeps to its column.
  private static func ownerWidth(of text: Span<UInt8>) -> Int {
    var width = 0
    var position = 0
    while position < text.count {
      if text[position] != UInt8(ascii: "$"), text[position] != UInt8(ascii: ";") {
        var end = position
        while end < text.count, !isSpace(text[end]), end - position <= widestOwnerColumn {
          end += 1
        }
        if end - position <= widestOwnerColumn { width = max(width, end - position) }
      }
      position = endOfLine(from: position, in: text)
    }
    return width
  }

  /// Just behind the line feed that ends the line.
  private static func endOfLine(from start: Int, in text: Span<UInt8>) -> Int {
    (text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count - 1) + 1
  }

  private static func isSpace(_ octet: UInt8) -> Bool {
    octet == 0x20 || octet == 0x09 || octet == 0x0A || octet == 0x0D
  }

  /// One pass over a text.
  private struct Pass {
    let ownerWidth: Int
    var output: [UInt8] = []
    /// The class that a record inherits.
    private var recordClass = Array("IN".utf8)

    init(ownerWidth: Int) { self.ownerWidth = ownerWidth }

    /// Formats the entry at the start of a line; where the next one starts.
    mutating func formatEntry(at start: Int, in text: Span<UInt8>) -> Int {
      var lexer = Lexer(at: start)
      if let first = try? lexer.next(in: text), !first.isEnd, text[start] != UInt8(ascii: "$"),
        let entry = EntryAnatomy(at: first.outerRange.lowerBound, in: text),
        !hasParenthesis(before: entry.type.start, from: start, in: text)
      {
        formatRecord(entry, in: text)
        return entry.lines.upperBound
      }
      let end = endOfLine(from: start, in: text)
      emit(octets(start..<end, of: text))
      return end
    }

    private mutating func formatRecord(_ entry: EntryAnatomy, in text: Span<UInt8>) {
      if let given = entry.recordClass { recordClass = uppercased(octets(given.range, of: text)) }
      var line = padded(entry.owner.map { octets($0.range, of: text) } ?? [], to: ownerWidth)
      line += padded(entry.ttl.map { octets($0.range, of: text) } ?? [], to: 7)
      line += padded(recordClass, to: 2)
      line += padded(uppercased(octets(entry.type.range, of: text)), to: 6)
      if endOfLine(from: entry.type.end, in: text) < entry.lines.upperBound {
        var rest = octets(entry.type.end..<entry.lines.upperBound, of: text)[...]
        while let octet = rest.first, octet == 0x20 || octet == 0x09 { rest.removeFirst() }
        emit(line + rest)
      } else {
        emit(line + data(of: entry, in: text) + comment(of: entry, in: text))
      }
    }

    /// The data on one line, a space between; what stands together stays so: `key="value"`.
    private func data(of entry: EntryAnatomy, in text: Span<UInt8>) -> [UInt8] {
      var line: [UInt8] = []
      var end: Int?
      for token in entry.data {
        if let end, end < token.outerRange.lowerBound { line.append(UInt8(ascii: " ")) }
        line += octets(token.outerRange, of: text)
        end = token.outerRange.upperBound
      }
      return line
    }

    private func comment(of entry: EntryAnatomy, in text: Span<UInt8>) -> [UInt8] {
      let end = entry.data.last?.outerRange.upperBound ?? entry.type.end
      guard let start = text.firstIndex(of: UInt8(ascii: ";"), from: end),
        start < entry.lines.upperBound
      else { return [] }
      return Array("  ".utf8) + octets(start..<entry.lines.upperBound, of: text)
    }

    private func hasParenthesis(before end: Int, from start: Int, in text: Span<UInt8>) -> Bool {
      var lexer = Lexer(at: start)
      while lexer.position < end, (try? lexer.next(in: text)) != nil {}
      return lexer.depth > 0
    }

    /// Appends an entry without the white space at its end.
    private mutating func emit(_ entry: [UInt8]) {
      let end = entry.lastIndex { !ZoneFileFormatter.isSpace($0) }.map { $0 + 1 } ?? 0
      output += entry[..<end]
      output.append(UInt8(ascii: "\n"))
    }

    private func octets(_ range: Range<Int>, of text: Span<UInt8>) -> [UInt8] {
      text.extracting(range).array
    }

    private func padded(_ octets: [UInt8], to width: Int) -> [UInt8] {
      octets + Array(repeating: UInt8(ascii: " "), count: max(0, width - octets.count) + 1)
    }

    private func uppercased(_ octets: [UInt8]) -> [UInt8] {
      octets.map { $0 &- UInt8(ascii: "a") < 26 ? $0 & 0xDF : $0 }
    }
  }
}
