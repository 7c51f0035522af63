import Diagnostics

// Several threads: the text is cut where a line seems to begin a record, and each chunk is read by
// a reader of its own that guesses what the records before it hand on. The chunks are taken over
// in the order of the text, and only one that proves right: the reader before it ended exactly
// where it begins, with the origin and TTL that it guessed, and it met nothing to speak of. Any
// other chunk is read again in its turn. So the result is that of one thread, and errors, includes
// and `$GENERATE` are always met by the one reader that knows everything before them.

/// What a chunk's reader has to guess.
struct Carried: Sendable, Equatable {
  var origin: ArraySlice<UInt8>?
  var ttl: UInt32?
  /// Whether a TTL was given before. Which one matters to no chunk that is taken over.
  var knowsTTL: Bool
}

/// What a chunk's reader made.
struct Chunk: Sendable {
  var reader: ZoneFileReader
  var guess: Carried
  /// Where reading ended.
  var end: Int
}

/// What the readers of chunks share.
private struct Shared: Sendable {
  /// What the text hands on at the last place known.
  var carried: (origin: ArraySlice<UInt8>?, ttl: UInt32?, lastTTL: UInt32?)
  /// Storage of chunks taken over, to be used again.
  var spare: [ZoneBuilder] = []
}

extension ZoneFileReader {
  /// Reads the text from `start` to its end on several threads, chunk by chunk.
  ///
  /// - Returns: where reading ended: the end of the text, unless reading was stopped.
  mutating func readChunks(
    of text: Span<UInt8>, from start: Int, size: Int, threads: Int, source: SourceFile
  ) -> Int {
    let borders = Self.borders(in: text, from: start, size: size)
    let (options, limit) = (options, runLimit)
    let shared = Monitor(Shared(carried: (origin, ttl, lastTTL)))
    var position = start
    pipeline(borders.count - 1, threads: threads) { index in
      let (known, storage) = shared.when { ($0.carried, $0.spare.popLast() ?? ZoneBuilder()) }
      return Self.chunk(
        borders[index]..<borders[index + 1], of: source, options, limit, known,
        storage: consume storage)
    } _: { index, chunk in
      let end = borders[index + 1]
      if chunk.guess == carried, position == borders[index], takeOver(chunk, end) {
        position = chunk.end
      } else if position < end {
        position = readEntries(of: text, from: position, until: end, source: source, number: 0)
      }
      var storage = ZoneBuilder()
      swap(&storage, &chunk.reader.builder)
      storage.empty()
      shared.when { state in
        state.carried = (origin, ttl, lastTTL)
        state.spare.append(storage)
      }
      return !isStopped
    }
    return position
  }

  private var carried: Carried { Carried(origin: origin, ttl: ttl, knowsTTL: lastTTL != nil) }

  /// Adds a chunk's records, if nothing in it needs the one reader.
  private mutating func takeOver(_ chunk: Chunk, _ border: Int) -> Bool {
    let reader = chunk.reader
    guard mayRun, chunk.end == border, reader.findings.isEmpty, !reader.isAbandoned, unknown == [],
      reader.unknown == [], reader.inheritedTTLs.isEmpty, reader.lastClass == .in,
      builder.octets.count + reader.builder.octets.count < Self.maximumOctetCount / 2
    else { return false }
    let base = UInt32(builder.octets.count)
    builder.append(reader.builder)
    committedOctetCount = builder.octets.count
    if let last = reader.lastOwner {
      previousOwner = reader.previousOwner.map { $0 + base } ?? lastOwner
      lastOwner = last + base
      blankOwnerIsSuspect = false
    }
    lastTTL = reader.lastTTL
    ttl = reader.ttl
    if origin != reader.origin { origin = reader.origin }
    if reader.blankOwnerIsSuspect { blankOwnerIsSuspect = true }
    return true
  }

  /// Where the chunks begin, with the end of the text behind them: at about every `size` octets
  /// the next line that begins like an owner.
  private static func borders(in text: Span<UInt8>, from start: Int, size: Int) -> [Int] {
    var borders = [start]
    var index = start + size
    while index < text.count {
      if text[index - 1] == UInt8(ascii: "\n"), text[index] > UInt8(ascii: ")"),
        text[index] != UInt8(ascii: ";")
      {
        borders.append(index)
        index += max(1, size)
      } else {
        index += 1
      }
    }
    return borders + [text.count]
  }

  /// Reads a chunk, with what was last known, and of origin and TTL with what the nearest
  /// directives before it say.
  private static func chunk(
    _ range: Range<Int>, of source: SourceFile, _ options: ZoneFileOptions, _ runLimit: Int?,
    _ known: (origin: ArraySlice<UInt8>?, ttl: UInt32?, lastTTL: UInt32?),
    storage: consuming ZoneBuilder
  ) -> Chunk {
    var reader = ZoneFileReader(options: options, method: .standard)
    reader.isOfChunk = true
    reader.runLimit = runLimit
    reader.builder = storage
    reader.builder.reserveRoom(forTextOf: range.count)
    reader.builder.sources = [source]
    (reader.origin, reader.ttl, reader.lastTTL) = (known.origin, known.ttl, known.lastTTL)
    reader.lastClass = .in
    return source.withOctets { text in
      for line in directives(before: range.lowerBound, in: text) {
        _ = reader.readEntries(of: text, from: line, until: line + 1, source: source, number: 0)
      }
      reader.blankOwnerIsSuspect = false
      let guess = reader.carried
      let end = reader.readEntries(
        of: text, from: range.lowerBound, until: range.upperBound, source: source, number: 0)
      return Chunk(reader: reader, guess: guess, end: end)
    }
  }

  /// The last `$ORIGIN` and the last `$TTL` line before an offset, of those not far from it.
  private static func directives(before offset: Int, in text: Span<UInt8>) -> [Int] {
    var lines: [UInt8: Int] = [:]
    var index = offset
    let end = max(8, offset - maximumGuessDistance)
    while index > end, lines.count < 2 {
      index -= 8
      var marks = text.word(at: index).marks(of: UInt8(ascii: "$"))
      while marks != 0 {
        let place = index + (63 - marks.leadingZeroBitCount) / 8
        marks &= ~(0x80 << UInt64(8 * (place - index)))
        guard text[place - 1] == UInt8(ascii: "\n"), place + 1 < text.count else { continue }
        let letter = Name.lowercase(text[place + 1])
        if [UInt8(ascii: "o"), UInt8(ascii: "t")].contains(letter), lines[letter] == nil {
          lines[letter] = place
        }
      }
    }
    return lines.values.sorted()
  }

  /// How far before a chunk its directives are looked for, in octets.
  private static let maximumGuessDistance = 1 << 16
}

extension ZoneBuilder {
  /// Makes the storage ready to be used again.
  fileprivate mutating func empty() {
    entries.removeAll(keepingCapacity: true)
    octets.removeAll(keepingCapacity: true)
  }

  /// Appends the records of another storage.
  fileprivate mutating func append(_ other: ZoneBuilder) {
    let base = UInt32(octets.count)
    octets.append(contentsOf: other.octets)
    let added = other.entries.span
    entries.append(addingCapacity: added.count) { output in
      for index in added.indices {
        var entry = added[index]
        entry.owner += base
        entry.data += base
        output.append(entry)
      }
    }
  }
}
