/// The fast path of the reader: a run of plain records, from text to storage in one pass.
///
/// Nearly every record of a large zone is plain: an owner or none, a TTL in digits or none, IN or
/// none, a type, and data in their usual spelling. A run reads such records without tokens: it
/// takes the text eight octets at a time (`OctetWord`), writes names and data to spare room behind
/// the storage, and counts a record only when it is complete. It knows no errors, no remarks and
/// no directives: whatever it does not understand ends the run in front of that entry, with
/// nothing changed, and the reference path (`Lexer`, `RecordDataScanner`) reads the entry. So what
/// a file means, and what is said of it, is decided in one place; the run may only be quicker.
///
/// Every loop over text stops at a line feed, and no entry is begun behind `limit`, the last line
/// feed with at least `margin` octets behind it: so a word may be loaded anywhere without a look
/// at the end of the text.
struct RecordRun {
  /// The last line feed of the text that may be read.
  let limit: Int
  /// The number of the source.
  let source: UInt16
  /// What `$TTL` says.
  let defaultTTL: UInt32?
  /// Where in the storage the room begins.
  let base: Int

  /// Where in the text reading goes on.
  var position: Int
  /// How much of the room is used.
  var end = 0
  /// Whether a parenthesis is open, and where.
  private var isOpen = false
  private var openParenthesis = 0

  // What one record hands on to the next, as in `ZoneFileReader`.
  private(set) var lastOwner: UInt32?
  private(set) var previousOwner: UInt32?
  private(set) var lastTTL: UInt32?
  /// Whether a blank owner may be inherited without a word.
  private var mayInherit: Bool
  /// How many records were read with an owner of their own; that ends some doubts.
  private(set) var hasReadOwner = false
  /// The last owner, where it stands in the room.
  private var lastName = 0..<0
  var lastTimes = LastTimes()

  /// How many octets follow the last line feed that is read: loads reach that far.
  static let margin = 32
  /// The room that any record may take that is not looked at step by step: names and numbers.
  static let roomCount = 4_096
  /// The most octets of text that parentheses span before the reference path has a look.
  private static let maximumSpan = 1 << 16

  init(
    from position: Int, limit: Int, source: UInt16, defaultTTL: UInt32?, base: Int,
    lastOwner: UInt32?, previousOwner: UInt32?, lastTTL: UInt32?, mayInherit: Bool
  ) {
    self.position = position
    self.limit = limit
    self.source = source
    self.defaultTTL = defaultTTL
    self.base = base
    self.lastOwner = lastOwner
    self.previousOwner = previousOwner
    self.lastTTL = lastTTL
    self.mayInherit = mayInherit
  }

  /// Reads records until one is not plain, the room is used up, or an entry begins at or behind
  /// `stop`.
  ///
  /// - Parameters:
  ///   - origin: its wire form in whole words, the rest zeros.
  ///   - originCount: how many octets of it count; 0 where no origin is known.
  mutating func read(
    _ text: Span<UInt8>, until stop: Int, origin: Span<UInt8>, originCount: Int,
    to room: inout MutableRawSpan, _ entries: inout OutputSpan<Zone.Entry>
  ) {
    let programs = FieldProgram.table
    let table = programs.span
    let stop = min(stop, limit)
    while position < stop, !entries.isFull, end &+ Self.roomCount <= room.byteCount {
      let (start, used) = (position, end)
      guard
        readEntry(text, origin, originCount, table, &room, &entries)
      else {
        (position, end, isOpen) = (start, used, false)
        return
      }
    }
  }

  @inline(__always)
  private mutating func readEntry(
    _ text: Span<UInt8>, _ origin: Span<UInt8>, _ originCount: Int, _ table: Span<FieldProgram>,
    _ room: inout MutableRawSpan, _ entries: inout OutputSpan<Zone.Entry>
  ) -> Bool {
    var start = position
    let used = end
    let first = text[position]
    let hasOwner = first > UInt8(ascii: ")") && first != UInt8(ascii: ";")
    var owner: UInt32
    if hasOwner {
      guard readName(text, origin, originCount, &room) else { return false }
      if isLastName(used..<end, room) {
        end = used
        owner = lastOwner ?? 0
      } else {
        owner = UInt32(truncatingIfNeeded: base &+ used)
      }
    } else {
      guard first <= 0x20 || first == UInt8(ascii: ";") else { return false }
      let octet = skip(text, isBehindToken: false)
      if octet == UInt8(ascii: "\n") {
        position &+= 1
        return true
      }
      guard octet > UInt8(ascii: ")"), mayInherit, !isOpen, let lastOwner else { return false }
      owner = lastOwner
      start = position
    }
    let name = used..<end
    var ttl: UInt32?
    var hasClass = false
    let program: FieldProgram
    // TTL and class in either order, then the type.
    if hasOwner { guard nextToken(text) > UInt8(ascii: ")") else { return false } }
    while true {
      let word = text.word(at: position)
      let count = OctetWord.count(before: word.wordEnds)
      if word[0] <= UInt8(ascii: "9") {
        guard ttl == nil, count < 8, count > 0, word.digitCount == count else { return false }
        ttl = UInt32(truncatingIfNeeded: word.decimal(count))
      } else {
        guard count < 8, count > 0 else { return false }
        let key = word.key(count)
        if key == Self.inKey, !hasClass {
          hasClass = true
        } else {
          guard let found = FieldProgram.find(key, in: table), found.stepCount > 0
          else {
            return false
          }
          program = found
          position &+= count
          break
        }
      }
      position &+= count
      guard nextToken(text) > UInt8(ascii: ")") else { return false }
    }
    guard ttl != nil || defaultTTL != nil else { return false }

    let dataAt = end
    end &+= 2
    for index in 0..<Int(program.stepCount) {
      guard read(program.steps[index], text, origin, originCount, table, &room) else {
        return false
      }
    }
    let count = end &- dataAt &- 2
    guard count <= RecordDataScanner.maximumCount, nextToken(text) == UInt8(ascii: "\n") else {
      return false
    }
    position &+= 1
    room.store(big: UInt16(truncatingIfNeeded: count), at: dataAt)
    entries.append(
      Zone.Entry(
        owner: owner, data: UInt32(truncatingIfNeeded: base &+ dataAt),
        position: UInt32(truncatingIfNeeded: start), ttl: ttl ?? defaultTTL ?? 0,
        type: program.type, recordClass: RecordClass.in.rawValue, source: source,
        flags: ttl == nil ? .inheritsTTL : []))
    previousOwner = lastOwner
    lastOwner = owner
    if let ttl { lastTTL = ttl }
    if hasOwner {
      mayInherit = true
      hasReadOwner = true
      if !name.isEmpty { lastName = name }
    }
    return true
  }

  /// The word IN.
  private static let inKey: UInt64 = 0x4E49

  /// Whether the name just written is the last owner's, octet for octet.
  @inline(__always)
  private func isLastName(_ name: Range<Int>, _ room: borrowing MutableRawSpan) -> Bool {
    guard name.count == lastName.count else { return false }
    var offset = 0
    while true {
      let difference =
        room.word(at: name.lowerBound &+ offset).bits
        ^ room.word(at: lastName.lowerBound &+ offset).bits
      let left = name.count &- offset
      if left <= 8 { return difference &<< UInt64(64 &- 8 &* left) == 0 }
      if difference != 0 { return false }
      offset &+= 8
    }
  }

  // MARK: Tokens

  /// Moves from behind a token to the next one and returns its first octet: a line feed at the end
  /// of the entry, where it stays; 0 for what the run does not understand.
  @inline(__always)
  mutating func nextToken(_ text: Span<UInt8>) -> UInt8 {
    if text[position] == 0x20 {
      let octet = text[position &+ 1]
      if octet > UInt8(ascii: ")") && octet != UInt8(ascii: ";") || octet == UInt8(ascii: "\"") {
        position &+= 1
        return octet
      }
    }
    return skip(text, isBehindToken: true)
  }

  /// Skips white space, comments and parentheses.
  @inline(never)
  private mutating func skip(_ text: Span<UInt8>, isBehindToken: Bool) -> UInt8 {
    if isBehindToken, !Lexer.isDelimiter(text[position]) { return 0 }
    while true {
      let octet = text[position]
      switch octet {
      case 0x20, 0x09: break
      case UInt8(ascii: "\n"):
        if !isOpen { return octet }
        guard position < limit, position &- openParenthesis < Self.maximumSpan else { return 0 }
      case UInt8(ascii: "\r"):
        guard text[position &+ 1] == UInt8(ascii: "\n") else { return 0 }
      case UInt8(ascii: ";"):
        while text[position &+ 1] != UInt8(ascii: "\n") { position &+= 1 }
      case UInt8(ascii: "("):
        // Nested ones are remarked upon.
        guard !isOpen else { return 0 }
        isOpen = true
        openParenthesis = position
      case UInt8(ascii: ")"):
        guard isOpen else { return 0 }
        isOpen = false
      default: return octet
      }
      position &+= 1
    }
  }
}

/// The times that were read last: the signatures of a zone mostly begin and end together.
struct LastTimes {
  private var known = InlineArray<2, (digits: UInt64, seconds: UInt32)>(
    repeating: (digits: 0, seconds: 0))
  private var oldest = 0

  /// The seconds of a time in 14 digits, as record data hold them; nil if there is no such time.
  mutating func seconds(_ digits: UInt64) -> UInt32? {
    for index in known.indices where known[index].digits == digits && digits != 0 {
      return known[index].seconds
    }
    guard let time = Timestamp.seconds(digits) else { return nil }
    let seconds = UInt32(truncatingIfNeeded: time)
    known[oldest] = (digits, seconds)
    oldest ^= 1
    return seconds
  }
}
