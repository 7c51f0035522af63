import Diagnostics

/// Reads comma-separated values (RFC 4180) with the place of every field. Fields hold no line
/// ends, so that a quote left open costs one line and not the rest of the file.
enum CSVReader {
  /// A field, its quotes removed.
  struct Field {
    let text: String
    let location: Location
  }

  /// A line of fields.
  struct Row {
    let fields: [Field]
    let location: Location
  }

  /// A line that is none, and why.
  struct Failure: Error {
    let message: String
    let location: Location
  }

  /// The lines that are not blank, in order.
  static func read(_ source: SourceFile) -> [Result<Row, Failure>] {
    let octets = source.octets(in: 0..<source.count)
    var rows: [Result<Row, Failure>] = []
    var start = octets.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < octets.count {
      let end = octets[start...].firstIndex { isLineEnd($0) } ?? octets.count
      if !octets[start..<end].allSatisfy(isBlank) {
        var line = Line(source: source, octets: octets[start..<end])
        rows.append(Result { () throws(Failure) in try line.row() })
      }
      start = end + 1
    }
    return rows
  }

  private static func isLineEnd(_ octet: UInt8) -> Bool { octet == 0x0A || octet == 0x0D }

  private static func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }

  private struct Line {
    let source: SourceFile
    let octets: ArraySlice<UInt8>
    private var position: Int

    init(source: SourceFile, octets: ArraySlice<UInt8>) {
      self.source = source
      self.octets = octets
      position = octets.startIndex
    }

    mutating func row() throws(Failure) -> Row {
      var fields = [try field()]
      while position < octets.endIndex {
        position += 1
        fields.append(try field())
      }
      return Row(fields: fields, location: Location(source, octets.indices))
    }

    /// A field up to a comma or the end of the line; blanks around it are no part of it.
    private mutating func field() throws(Failure) -> Field {
      skipBlanks()
      if position < octets.endIndex, octets[position] == UInt8(ascii: "\"") { return try quoted() }
      let end = octets[position...].firstIndex(of: UInt8(ascii: ",")) ?? octets.endIndex
      let text = octets[position..<end]
      let last = text.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? position
      if let quote = text.firstIndex(of: UInt8(ascii: "\"")) {
        throw failure("found a quote within a field, expected it around the whole", quote)
      }
      defer { position = end }
      return Field(
        text: String(decoding: octets[position..<last], as: UTF8.self),
        location: Location(source, position..<last))
    }

    private mutating func quoted() throws(Failure) -> Field {
      let start = position
      var text: [UInt8] = []
      position += 1
      while let quote = octets[position...].firstIndex(of: UInt8(ascii: "\"")) {
        text += octets[position..<quote]
        position = quote + 1
        guard position < octets.endIndex, octets[position] == UInt8(ascii: "\"") else {
          let field = Field(
            text: String(decoding: text, as: UTF8.self),
            location: Location(source, start..<position))
          skipBlanks()
          if position < octets.endIndex, octets[position] != UInt8(ascii: ",") {
            throw failure("found text behind a closing quote, expected a comma", position)
          }
          return field
        }
        // Two quotes stand for one.
        text.append(UInt8(ascii: "\""))
        position += 1
      }
      throw failure("found a quote that is not closed on its line", start)
    }

    private mutating func skipBlanks() {
      position = octets[position...].firstIndex { !isBlank($0) } ?? octets.endIndex
    }

    private func failure(_ message: String, _ place: Int) -> Failure {
      Failure(message: message, location: Location(source, place..<octets.endIndex))
    }
  }
}
