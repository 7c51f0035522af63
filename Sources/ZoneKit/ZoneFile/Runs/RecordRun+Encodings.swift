// Base 64, base 32 and hexadecimal.

extension RecordRun {
  /// Words of hexadecimal digits to the end of the entry, each of whole octets.
  mutating func readHex(_ text: Span<UInt8>, _ room: inout MutableRawSpan) -> Bool {
    let start = end
    while true {
      guard readHexWord(text, &room), end &- start <= RecordDataScanner.maximumCount else {
        return false
      }
      let next = nextToken(text)
      if next == UInt8(ascii: "\n") { return true }
      guard next > UInt8(ascii: ")"), end &+ Self.roomCount <= room.byteCount else { return false }
    }
  }

  @inline(__always)
  private mutating func readHexWord(_ text: Span<UInt8>, _ room: inout MutableRawSpan) -> Bool {
    let start = end
    while true {
      let word = text.word(at: position)
      let count = word.hexDigitCount
      guard count & 1 == 0, end &- start < Self.roomCount - 8 else { return false }
      room.storeBytes(of: word.hexOctets.littleEndian, toByteOffset: end, as: UInt32.self)
      position &+= count
      end &+= count &>> 1
      if count < 8 { return end > start }
    }
  }

  mutating func readSalt(_ text: Span<UInt8>, _ room: inout MutableRawSpan) -> Bool {
    let lengthAt = end
    end &+= 1
    if text[position] == UInt8(ascii: "-") {
      position &+= 1
    } else {
      guard readHexWord(text, &room), end &- lengthAt <= 256 else { return false }
    }
    room.store(UInt8(truncatingIfNeeded: end &- lengthAt &- 1), at: lengthAt)
    return true
  }

  /// Words of base 64 to the end of the entry, each of whole groups of four characters.
  mutating func readBase64(_ text: Span<UInt8>, _ room: inout MutableRawSpan) -> Bool {
    let start = end
    let table = Base64Decoder.values
    let values = table.span
    while true {
      var digits: UInt32 = 0
      while true {
        let word = text.word(at: position)
        digits =
          UInt32(values[Int(word[0])]) &<< 24 | UInt32(values[Int(word[1])]) &<< 16
          | UInt32(values[Int(word[2])]) &<< 8 | UInt32(values[Int(word[3])])
        // The high bits mark what is no digit, padding among it.
        guard digits & 0x8080_8080 == 0 else { break }
        let octets =
          digits &<< 2 & 0xFC00_0000 | digits &<< 4 & 0x03F0_0000 | digits &<< 6 & 0x000F_C000
          | digits &<< 8 & 0x3F00
        guard end &- start < Self.roomCount - 8 else { return false }
        room.store(big: octets, at: end)
        end &+= 3
        position &+= 4
      }
      let hasPadding = readLastGroup(text, values, &room)
      let next = nextToken(text)
      if next == UInt8(ascii: "\n") { return end > start }
      guard next > UInt8(ascii: ")"), !hasPadding else { return false }
    }
  }

  /// A group with padding, if there is one.
  private mutating func readLastGroup(
    _ text: Span<UInt8>, _ values: Span<UInt8>, _ room: inout MutableRawSpan
  ) -> Bool {
    let word = text.word(at: position)
    let (a, b, c) = (values[Int(word[0])], values[Int(word[1])], values[Int(word[2])])
    let hasTwo = word[2] != UInt8(ascii: "=")
    guard word[3] == UInt8(ascii: "="), (a | b) & 0x80 == 0,
      hasTwo ? c & 0x83 == 0 : b & 0x0F == 0
    else { return false }
    room.store(a &<< 2 | b &>> 4, at: end)
    if hasTwo { room.store(b &<< 4 | c &>> 2, at: end &+ 1) }
    end &+= hasTwo ? 2 : 1
    position &+= 4
    return true
  }

  /// One word of base 32 in groups of eight digits, as hashes of 20 octets are (RFC 5155
  /// section 3.3).
  mutating func readBase32Hash(_ text: Span<UInt8>, _ room: inout MutableRawSpan) -> Bool {
    let lengthAt = end
    end &+= 1
    while OctetWord.count(before: text.word(at: position).wordEnds) == 8 {
      let word = text.word(at: position)
      var bits: UInt64 = 0
      for index in 0..<8 {
        let letter = Name.lowercase(word[index])
        let value = letter &- 48 < 10 ? letter &- 48 : letter &- UInt8(ascii: "a") &+ 10
        guard value < 32, letter &- 48 < 10 || value >= 10 else { return false }
        bits = bits &<< 5 | UInt64(value)
      }
      room.store(big: bits &<< 24, at: end)
      position &+= 8
      end &+= 5
      guard end &- lengthAt <= 256 else { return false }
    }
    guard end &- lengthAt > 1 else { return false }
    room.store(UInt8(truncatingIfNeeded: end &- lengthAt &- 1), at: lengthAt)
    return true
  }
}
