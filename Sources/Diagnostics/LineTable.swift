/// Where the lines of a source begin. Lines end with LF, CRLF, or a bare CR.
struct LineTable: Sendable {
  private var starts: [UInt32] = [0]
  private var ends: [UInt32] = []

  init(of octets: Span<UInt8>) {
    var index = 0
    while index < octets.count {
      let octet = octets[index]
      index += 1
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

  func position(of offset: Int, in source: SourceFile) -> Position {
    var low = 0
    var high = starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    let prefix = source.octets(in: Int(starts[low])..<max(offset, Int(starts[low])))
    return Position(line: low + 1, column: 1 + scalarCount(of: prefix))
  }
}

/// How many Unicode scalars the octets decode to, a broken sequence counting one an octet.
func scalarCount(of octets: [UInt8]) -> Int {
  var count = 0
  for scalar in String(decoding: octets, as: UTF8.self).unicodeScalars {
    _ = scalar
    count += 1
  }
  return count
}
