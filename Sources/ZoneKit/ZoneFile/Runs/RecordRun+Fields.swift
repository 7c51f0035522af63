// The fields of record data, each in its usual spelling. False: the reference path shall look.

extension RecordRun {
  @inline(__always)
  mutating func read(
    _ step: FieldProgram.Step, _ text: Span<UInt8>, _ origin: Span<UInt8>, _ originCount: Int,
    _ table: Span<FieldProgram>, _ room: inout MutableRawSpan
  ) -> Bool {
    let first = nextToken(text)
    guard first > UInt8(ascii: "\n"), end &+ Self.roomCount <= room.byteCount else { return false }
    switch step {
    case .ipv4: return readIPv4(text, &room)
    case .name: return readName(text, origin, originCount, &room)
    case .ipv6: return readIPv6(text, &room)
    case .uint16:
      guard let value = readNumber(text), value <= UInt16.max else { return false }
      room.store(big: UInt16(truncatingIfNeeded: value), at: end)
      end &+= 2
      return true
    case .uint8:
      guard let value = readNumber(text), value <= UInt8.max else { return false }
      room.store(UInt8(truncatingIfNeeded: value), at: end)
      end &+= 1
      return true
    case .uint32:
      guard let value = readNumber(text), value <= UInt32.max else { return false }
      room.store(big: UInt32(truncatingIfNeeded: value), at: end)
      end &+= 4
      return true
    case .string: return readString(first, text, &room)
    case .strings: return readStrings(first, text, &room)
    case .text: return readText(first, text, &room)
    case .tag: return readTag(text, &room)
    case .hex: return readHex(text, &room)
    case .base64: return readBase64(text, &room)
    case .time: return readTime(text, &room)
    case .recordType:
      guard let type = readType(text, table) else { return false }
      room.store(big: type, at: end)
      end &+= 2
      return true
    case .typeBitmap: return readTypeBitmap(text, table, &room)
    case .salt: return readSalt(text, &room)
    case .base32Hash: return readBase32Hash(text, &room)
    case .none: return false
    }
  }

  // MARK: Numbers

  /// A decimal number of up to 15 digits.
  @inline(__always)
  private mutating func readNumber(_ text: Span<UInt8>) -> UInt64? {
    let word = text.word(at: position)
    let count = word.digitCount
    guard count > 0 else { return nil }
    position &+= count
    var value = word.decimal(count)
    if count == 8 {
      let rest = text.word(at: position)
      let count = rest.digitCount
      guard count < 8 else { return nil }
      position &+= count
      for index in 0..<count { value = value &* 10 &+ UInt64(rest[index] &- 48) }
    }
    return value
  }

  private mutating func readTime(_ text: Span<UInt8>, _ room: inout MutableRawSpan) -> Bool {
    let start = position
    guard let value = readNumber(text) else { return false }
    var seconds = value
    if position &- start == 14 {
      guard let time = lastTimes.seconds(value) else { return false }
      seconds = UInt64(time)
    }
    guard seconds <= UInt32.max else { return false }
    room.store(big: UInt32(truncatingIfNeeded: seconds), at: end)
    end &+= 4
    return true
  }

  // MARK: Addresses

  @inline(__always)
  private mutating func readIPv4(_ text: Span<UInt8>, _ room: inout MutableRawSpan) -> Bool {
    var address: UInt32 = 0
    for part in 0..<4 {
      let word = text.word(at: position)
      let count = word.digitCount
      guard UInt(bitPattern: count &- 1) < 3 else { return false }
      let digits = UInt32(truncatingIfNeeded: (word.bits & 0x0F_0F0F) &<< UInt64(24 &- 8 &* count))
      let value = (digits & 0xFF) &* 100 &+ (digits &>> 8 & 0xFF) &* 10 &+ digits &>> 16 & 0xFF
      // Leading zeros are refused: some readers take them for octal.
      guard value <= 255, count == 1 || word[0] != UInt8(ascii: "0"),
        part == 3 || word[count] == UInt8(ascii: ".")
      else { return false }
      address = address &<< 8 | value
      position &+= part == 3 ? count : count &+ 1
    }
    room.store(big: address, at: end)
    end &+= 4
    return true
  }

  /// Groups of hexadecimal digits (RFC 4291 section 2.2), without a dotted quad at the end.
  @inline(__always)
  private mutating func readIPv6(_ text: Span<UInt8>, _ room: inout MutableRawSpan) -> Bool {
    var address: UInt128 = 0
    var count = 0
    var gap: Int?
    if text[position] == UInt8(ascii: ":") {
      guard text[position &+ 1] == UInt8(ascii: ":") else { return false }
      gap = 0
      position &+= 2
    }
    while true {
      let word = text.word(at: position)
      let digits = word.hexDigitCount
      if digits == 0 {
        guard gap == count else { return false }
        break
      }
      guard digits <= 4, count < 8 else { return false }
      let group = OctetWord(word.bits &<< UInt64(64 &- 8 &* digits)).hexOctets.byteSwapped
      address = address &<< 16 | UInt128(group & 0xFFFF)
      count &+= 1
      position &+= digits
      guard word[digits] == UInt8(ascii: ":") else { break }
      position &+= 1
      if word[digits &+ 1] == UInt8(ascii: ":") {
        guard gap == nil else { return false }
        gap = count
        position &+= 1
      }
    }
    if let gap {
      guard count < 8 else { return false }
      let tailBits = 16 * (count - gap)
      address = (address >> tailBits) << (128 - 16 * gap) | address & (1 << tailBits - 1)
    } else {
      guard count == 8 else { return false }
    }
    room.store(big: address, at: end)
    end &+= 16
    return true
  }

  // MARK: Strings

  /// Copies the string or word at `position`, 255 octets at most; nil for anything unusual.
  @inline(__always)
  private mutating func copyString(
    _ first: UInt8, _ text: Span<UInt8>, to out: Int, _ room: inout MutableRawSpan
  ) -> Int? {
    let isQuoted = first == UInt8(ascii: "\"")
    if isQuoted { position &+= 1 }
    let start = position
    while true {
      let word = text.word(at: position)
      let count = OctetWord.count(before: isQuoted ? word.stringEnds : word.wordEnds)
      room.store(word, at: out &+ position &- start)
      position &+= count
      if count < 8 { break }
      guard position &- start <= 255 else { return nil }
    }
    let count = position &- start
    guard count <= 255 else { return nil }
    if isQuoted {
      guard text[position] == UInt8(ascii: "\"") else { return nil }
      position &+= 1
    }
    return count
  }

  @inline(__always)
  private mutating func readString(
    _ first: UInt8, _ text: Span<UInt8>, _ room: inout MutableRawSpan
  ) -> Bool {
    guard let count = copyString(first, text, to: end &+ 1, &room) else { return false }
    room.store(UInt8(truncatingIfNeeded: count), at: end)
    end &+= 1 &+ count
    return true
  }

  private mutating func readStrings(
    _ first: UInt8, _ text: Span<UInt8>, _ room: inout MutableRawSpan
  ) -> Bool {
    var first = first
    let start = end
    repeat {
      guard first != 0, end &+ Self.roomCount <= room.byteCount,
        end &- start <= RecordDataScanner.maximumCount, readString(first, text, &room)
      else { return false }
      first = nextToken(text)
    } while first != UInt8(ascii: "\n")
    return true
  }

  private mutating func readText(
    _ first: UInt8, _ text: Span<UInt8>, _ room: inout MutableRawSpan
  ) -> Bool {
    guard let count = copyString(first, text, to: end, &room) else { return false }
    end &+= count
    return true
  }

  private mutating func readTag(_ text: Span<UInt8>, _ room: inout MutableRawSpan) -> Bool {
    guard let count = copyString(0, text, to: end &+ 1, &room), count > 0,
      isTag(text.extracting((position - count)..<position))
    else { return false }
    room.store(UInt8(truncatingIfNeeded: count), at: end)
    end &+= 1 &+ count
    return true
  }

  // MARK: Types

  private mutating func readType(_ text: Span<UInt8>, _ table: Span<FieldProgram>) -> UInt16? {
    let word = text.word(at: position)
    let count = OctetWord.count(before: word.wordEnds)
    guard count < 8, count > 0, let program = FieldProgram.find(word.key(count), in: table) else {
      return nil
    }
    position &+= count
    return program.type
  }

  /// Types below 256, in one window (RFC 4034 section 4.1.2).
  private mutating func readTypeBitmap(
    _ text: Span<UInt8>, _ table: Span<FieldProgram>, _ room: inout MutableRawSpan
  ) -> Bool {
    let bits = end &+ 2
    for offset in 0..<4 { room.store(OctetWord(0), at: bits &+ 8 &* offset) }
    var length = 0
    while true {
      guard let type = readType(text, table), type < 256 else { return false }
      let offset = Int(type &>> 3)
      let octet = room.word(at: bits &+ offset)[0]
      room.store(octet | 0x80 &>> UInt8(type & 7), at: bits &+ offset)
      length = max(length, offset &+ 1)
      let next = nextToken(text)
      if next == UInt8(ascii: "\n") { break }
      guard next > UInt8(ascii: ")") else { return false }
    }
    room.store(0, at: end)
    room.store(UInt8(truncatingIfNeeded: length), at: end &+ 1)
    end &+= 2 &+ length
    return true
  }
}
