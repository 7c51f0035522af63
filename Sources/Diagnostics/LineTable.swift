/// Where the lines of a source begin. Lines end with LF, CRLF, or a bare CR.
struct LineTable: Sendable {
  /// How far apart the places are at which columns are known: a line may be the whole file, and
  /// counting from its beginning for each finding would take the square of its length.
  private static let stride = 512

  private var starts: [UInt32] = [0]
  private var ends: [UInt32] = []
  /// At the first character at or after each multiple of `stride`: its offset, and how many
  /// scalars stand before it in the source.
  private var marks: [(offset: UInt32, scalars: UInt32)] = []

  init(of octets: Span<UInt8>) {
    var index = 0
    var nextMark = 0
    // Octets seen that begin no character.
    var continuations = 0
    while index < octets.count {
      if index >= nextMark {
        marks.append((UInt32(index), UInt32(index - continuations)))
        nextMark += Self.stride
      }
      let octet = octets[index]
      if octet >= 0x80 {
        let length = max(1, lengthOfScalar(at: index, in: octets))
        continuations += length - 1
        index += length
        continue
      }
      index += 1
      // Everything from here on is rare.
      if octet > UInt8(ascii: "\r") { continue }
      guard octet == UInt8(ascii: "\n") || octet == UInt8(ascii: "\r") else { continue }
      ends.append(UInt32(index - 1))
      if octet == UInt8(ascii: "\r"), index < octets.count, octets[index] == UInt8(ascii: "\n") {
        index += 1
      }
      starts.append(UInt32(index))
    }
    ends.append(UInt32(octets.count))
  }

  /// The octets of a line (from 1) without its terminator; empty past the last.
  func range(ofLine number: Int) -> Range<Int> {
    guard starts.indices.contains(number - 1) else { return 0..<0 }
    return Int(starts[number - 1])..<Int(ends[number - 1])
  }

  /// The line and column of an octet; past the end, of the end.
  func position(of offset: Int, in octets: Span<UInt8>) -> Position {
    let offset = min(max(0, offset), octets.count)
    var low = 0
    var high = starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    let start = Int(starts[low])
    if offset - start <= Self.stride {
      return Position(line: low + 1, column: 1 + scalarCount(of: octets, in: start..<offset))
    }
    let before = scalars(before: offset, in: octets) - scalars(before: start, in: octets)
    return Position(line: low + 1, column: 1 + before)
  }

  /// How many scalars stand before an offset in the source.
  private func scalars(before offset: Int, in octets: Span<UInt8>) -> Int {
    var mark = min(offset / Self.stride, marks.count - 1)
    // A character over the border puts the mark up to three octets behind it.
    if mark > 0, Int(marks[mark].offset) > offset { mark -= 1 }
    guard mark >= 0 else { return 0 }
    let start = Int(marks[mark].offset)
    return Int(marks[mark].scalars) + scalarCount(of: octets, in: start..<max(start, offset))
  }
}

/// How many Unicode scalars begin in a range of octets, an octet that is no UTF-8 counting as one.
func scalarCount(of octets: Span<UInt8>, in range: Range<Int>) -> Int {
  var count = 0
  var index = range.lowerBound
  while index < range.upperBound {
    index += max(1, lengthOfScalar(at: index, in: octets))
    count += 1
  }
  return count
}
