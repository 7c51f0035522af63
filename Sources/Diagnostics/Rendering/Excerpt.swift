/// The source line of a location, made safe to show, with the columns to underline.
struct Excerpt {
  /// How many columns of a line are shown at most.
  static let maximumWidth = 100
  /// How many columns are shown before the location when a line is cut at its beginning.
  static let lead = 30
  /// Octets of the line looked at on each side of the location: a line may be the whole file.
  private static let reach = 400
  private static let tabWidth = 8

  /// The line's number, from 1.
  let line: Int
  /// The line, tabs made blanks, what is not seen as itself written as `<U+XXXX>` or `<0xXX>`, its
  /// ends cut off (`...`) where it is long.
  let text: String
  /// How many columns stand before what is underlined.
  let indent: Int
  /// How many columns are underlined: at least one.
  let width: Int

  /// One character of the source as it is shown.
  private struct Cell {
    var text: String
    var width: Int
    /// Where it begins in the source.
    var offset: Int
  }

  init(of location: Location) {
    let source = location.source
    let start = min(location.range.lowerBound, source.count)
    line = source.position(at: start).line
    let whole = source.range(ofLine: line)
    // A location may begin on the line's end.
    let caret = min(max(start, whole.lowerBound), whole.upperBound)
    let end = min(max(location.range.upperBound, caret), whole.upperBound)
    let near =
      max(whole.lowerBound, caret - Self.reach)..<min(whole.upperBound, caret + Self.reach)
    let cells = Self.cells(of: source, in: near, caret: caret)
    let first = Self.firstShown(
      cells, caret: caret, isPastEnd: caret == whole.upperBound,
      isCut: near.lowerBound > whole.lowerBound)

    var text = first > 0 || near.lowerBound > whole.lowerBound ? "..." : ""
    var column = text.utf8.count
    var caretColumn: Int?
    var endColumn: Int?
    var shownAll = near.upperBound == whole.upperBound
    for (index, cell) in cells.enumerated().dropFirst(first) {
      if column + cell.width > Self.maximumWidth {
        shownAll = false
        break
      }
      let next = index + 1 < cells.count ? cells[index + 1].offset : near.upperBound
      if caretColumn == nil, caret < next { caretColumn = column }
      if endColumn == nil, end <= cell.offset { endColumn = column }
      text += cell.text
      column += cell.width
    }
    let indent = caretColumn ?? column
    self.indent = indent
    width = max(1, (endColumn ?? column) - indent)
    self.text = shownAll ? text : text + "..."
  }

  /// The index of the first cell to show: the first of all if the caret is then in sight.
  private static func firstShown(_ cells: [Cell], caret: Int, isPastEnd: Bool, isCut: Bool) -> Int {
    let after = cells.firstIndex { $0.offset > caret } ?? cells.count
    let caretCell = isPastEnd ? cells.count : max(0, after - 1)
    let before = cells[..<caretCell].reduce(0) { $0 + $1.width }
    if !isCut, before <= maximumWidth - lead { return 0 }
    var first = caretCell
    var columns = 0
    while first > 0, columns + cells[first - 1].width <= lead {
      first -= 1
      columns += cells[first].width
    }
    return first
  }

  /// The characters of a range, up to those that are certainly too far behind the caret.
  private static func cells(
    of source: SourceFile, in range: Range<Int>, caret: Int
  ) -> [Cell] {
    let octets = source.octets(in: range)
    let span = octets.span
    var cells: [Cell] = []
    var column = 0
    var caretColumn = 0
    var index = 0
    // A window may begin inside a character.
    while index < min(3, octets.count), range.lowerBound > 0, octets[index] & 0xc0 == 0x80 {
      index += 1
    }
    while index < octets.count, column <= caretColumn + maximumWidth {
      if range.lowerBound + index <= caret { caretColumn = column }
      let length = lengthOfScalar(at: index, in: span)
      let cell = Self.cell(of: octets[index..<index + max(1, length)], column: column)
      cells.append(Cell(text: cell.text, width: cell.width, offset: range.lowerBound + index))
      column += cell.width
      index += max(1, length)
    }
    return cells
  }

  /// How one character, or one octet that is none, is shown at a column.
  private static func cell(
    of octets: ArraySlice<UInt8>, column: Int
  ) -> (text: String, width: Int) {
    guard let scalar = String(validating: octets, as: UTF8.self)?.unicodeScalars.first else {
      let text = "<0x" + hexadecimal(octets.first ?? 0, digits: 2) + ">"
      return (text, text.utf8.count)
    }
    if scalar == "\t" {
      let width = tabWidth - column % tabWidth
      return (String(repeating: " ", count: width), width)
    }
    if isSeen(scalar) { return (String(scalar), displayWidth(of: scalar)) }
    let text = codePoint(of: scalar)
    return (text, text.utf8.count)
  }
}
