// Names: copied a word at a time, one octet behind where they stand in the text, so that each dot
// falls where the next label's length belongs.

extension RecordRun {
  /// Reads the word at `position` as a name.
  @inline(__always)
  mutating func readName(
    _ text: Span<UInt8>, _ origin: Span<UInt8>, _ originCount: Int, _ room: inout MutableRawSpan
  ) -> Bool {
    let start = end
    var label = start
    var out = start &+ 1
    var index = position
    while true {
      let word = text.word(at: index)
      let ends = word.wordEnds
      room.store(word, at: out)
      var dots = word.marks(of: UInt8(ascii: ".")) & ((ends & (0 &- ends)) &- 1)
      while dots != 0 {
        let dot = out &+ dots.trailingZeroBitCount &>> 3
        let count = dot &- label &- 1
        guard UInt(bitPattern: count &- 1) < UInt(Name.maximumLabelCount) else {
          return readRoot(text, index, &room)
        }
        room.store(UInt8(truncatingIfNeeded: count), at: label)
        label = dot
        dots &= dots &- 1
      }
      let count = OctetWord.count(before: ends)
      index &+= count
      out &+= count
      if count < 8 { break }
      guard out &- start <= Name.maximumWireCount else { return false }
    }
    let count = out &- label &- 1
    if count == 0 {
      // Behind a final dot; an empty word would end where it began.
      guard label > start else { return false }
      room.store(0, at: label)
    } else {
      guard count <= Name.maximumLabelCount, originCount > 0 else { return false }
      if count == 1, label == start, text[position] == UInt8(ascii: "@") {
        out = start
      } else {
        room.store(UInt8(truncatingIfNeeded: count), at: label)
      }
      var offset = 0
      while offset < originCount {
        room.store(origin.word(at: offset), at: out &+ offset)
        offset &+= 8
      }
      out &+= originCount
    }
    guard out &- start <= Name.maximumWireCount else { return false }
    position = index
    end = out
    return true
  }

  /// Reads a lone dot.
  @inline(never)
  private mutating func readRoot(
    _ text: Span<UInt8>, _ index: Int, _ room: inout MutableRawSpan
  ) -> Bool {
    guard index == position, text[index] == UInt8(ascii: "."),
      Lexer.isDelimiter(text[index &+ 1])
    else { return false }
    room.store(0, at: end)
    end &+= 1
    position &+= 1
    return true
  }
}
