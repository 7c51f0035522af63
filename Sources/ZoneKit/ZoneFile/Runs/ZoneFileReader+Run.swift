import Diagnostics

extension ZoneFileReader {
  /// Reads plain records from where the scanner stands, as far as they go.
  ///
  /// - Parameter stop: no entry that begins at or behind it is read.
  mutating func readRun(
    _ scanner: inout RecordDataScanner, in text: Span<UInt8>, until stop: Int, limit: Int,
    number: UInt16
  ) {
    guard scanner.lexer.position < min(stop, limit), mayRun,
      committedOctetCount < Self.maximumOctetCount - 2 * Self.runRoomCount
    else { return }
    var run = RecordRun(
      from: scanner.lexer.position, limit: limit, source: number, defaultTTL: ttl,
      base: scanner.wire.count, lastOwner: lastOwner, previousOwner: previousOwner,
      lastTTL: lastTTL, mayInherit: !blankOwnerIsSuspect && !unknown.contains(.owner))
    let before = builder.entries.count
    let spare = builder.entries.capacity - before
    let room = max(Self.runRoomCount, scanner.wire.capacity - scanner.wire.count)
    let originCount = origin?.count ?? 0
    let padded = paddedOrigin
    let origin = padded.span
    scanner.wire.fillSpareRoom(
      atLeast: min(room, Self.maximumOctetCount - committedOctetCount - Self.runRoomCount)
    ) { room in
      builder.entries.append(addingCapacity: max(Self.runRecordCount, spare)) { entries in
        run.read(text, until: stop, origin: origin, originCount: originCount, to: &room, &entries)
      }
      return run.end
    }
    scanner.lexer.position = run.position
    guard builder.entries.count > before else { return }
    committedOctetCount = scanner.wire.count
    (lastOwner, previousOwner, lastTTL) = (run.lastOwner, run.previousOwner, run.lastTTL)
    lastClass = .in
    if run.hasReadOwner {
      blankOwnerIsSuspect = false
      unknown.remove(.owner)
    }
  }

  /// Whether a plain record means to this reader what a run, or a chunk's reader, takes it for: no
  /// exporter's habits, no class but IN.
  var mayRun: Bool {
    exportHabits == [] && (lastClass ?? .in) == .in
      && (builder.entries.first?.recordClass ?? 1) == RecordClass.in.rawValue
  }

  /// The last line feed that runs may read; nil in a text too short for them.
  static func runLimit(in text: Span<UInt8>) -> Int? {
    var index = text.count - RecordRun.margin
    while index >= 0, text[index] != UInt8(ascii: "\n") { index -= 1 }
    return index < 0 ? nil : index
  }

  /// The least room for octets and records that a run is given.
  private static let runRoomCount = 1 << 16
  private static let runRecordCount = 1 << 10

  /// An origin in whole words, with zeros behind it.
  static func padded(_ origin: ArraySlice<UInt8>?) -> [UInt8] {
    guard let origin else { return [] }
    return Array(origin) + [UInt8](repeating: 0, count: -origin.count & 7)
  }
}
