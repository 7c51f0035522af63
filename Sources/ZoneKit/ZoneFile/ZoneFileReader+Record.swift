import Diagnostics

extension ZoneFileReader {
  /// Reads a record: owner, then TTL and class in either order and each at most once, type, data.
  ///
  /// - Parameters:
  ///   - first: the first token of the entry: the owner, or what follows a blank one.
  ///   - position: where the record is said to stand.
  mutating func readRecord(
    _ first: Token, hasOwner: Bool, _ scanner: inout RecordDataScanner, in text: Span<UInt8>,
    source: SourceFile, number: UInt16, position: Int, flags: Zone.Flags
  ) throws(ScanError) {
    previousOwner = lastOwner
    var owner = try readOwner(first, isGiven: hasOwner, &scanner, in: text, source: source)
    // The records behind this one may inherit its owner even if its data are broken.
    lastOwner = owner
    blankOwnerIsSuspect = false
    committedOctetCount = scanner.wire.count
    var token = hasOwner ? try scanner.next(in: text) : first
    var ttl: UInt32?
    var recordClass: RecordClass?
    var type: RecordType?
    while type == nil {
      guard token.kind == .word else {
        lastOwner = previousOwner
        throw unexpected(token, in: text)
      }
      let word = text.extracting(token.range)
      if ttl == nil, text[token.start] &- 48 < 10, let value = TTL.seconds(word) {
        ttl = try checked(value, token, in: text, source: source)
        token = try scanner.next(in: text)
      } else if let known = RecordSchema.type(mnemonic: word) {
        type = known
      } else if recordClass == nil, let known = RecordClass(mnemonic: word) {
        recordClass = known
        token = try scanner.next(in: text)
      } else if let numbered = RecordType(octets: word) {
        type = numbered
      } else if isAgeStamp(word) {
        inheritedTTLs.ageStamps = Self.counted(
          inheritedTTLs.ageStamps, Location(source, token.range))
        token = try scanner.next(in: text)
      } else {
        throw unexpected(token, in: text)
      }
    }
    guard let type else { return }
    guard !type.isMeta else {
      throw ScanError(
        "syn-meta-type", "\(type) stands in queries and messages, never in a zone", at: token.range)
    }

    scanner.origin = origin
    if type == .soa {
      atRisk = .soa
      if hasOwner, text[first.start] != UInt8(ascii: "@"), exportHabits.contains(.cloudflare) {
        scanner.origin = Name.root.wire
        owner = try absoluteOwner(first, &scanner, in: text)
        lastOwner = owner
      }
    }
    let dataAt = scanner.wire.count
    scanner.wire.append(big: UInt16(0))
    try scanner.scan(type, in: text)
    let count = scanner.wire.count - dataAt - 2
    scanner.wire[dataAt] = UInt8(count >> 8)
    scanner.wire[dataAt + 1] = UInt8(count & 0xFF)

    var entry = Zone.Entry(
      owner: owner, data: UInt32(dataAt), position: UInt32(position), ttl: 0, type: type.rawValue,
      recordClass: settleClass(recordClass, token, source: source).rawValue, source: number,
      flags: flags)
    settleTTL(ttl, of: &entry, data: scanner.wire[(dataAt + 2)...], at: position, source: source)
    builder.entries.append(entry)
    committedOctetCount = scanner.wire.count
  }

  /// Where the owner's octets stand in the storage.
  private mutating func readOwner(
    _ token: Token, isGiven: Bool, _ scanner: inout RecordDataScanner, in text: Span<UInt8>,
    source: SourceFile
  ) throws(ScanError) -> UInt32 {
    guard isGiven else {
      guard !unknown.contains(.owner) else { throw .consequence(at: token.outerRange) }
      guard let lastOwner else {
        atRisk = .owner
        throw ScanError(
          "syn-blank-owner-first", "record without an owner, and no record before it has one",
          at: token.outerRange, help: "write the owner, or @ for the origin")
      }
      if blankOwnerIsSuspect {
        remark(
          "syn-inherited-owner-after-origin",
          "owner left out right after a directive: the record belongs to "
            + "\(Zone.name(at: Int(lastOwner), in: scanner.wire)), as in BIND",
          at: Location(source, token.outerRange), help: "write the owner")
      }
      return lastOwner
    }
    atRisk = .owner
    guard token.kind == .word else {
      throw ScanError(
        "syn-quoted-name", "owner in quotes, expected a name without them", at: token.outerRange,
        fix: ("remove the quotes", text.extracting(token.range).array))
    }
    let start = scanner.wire.count
    do throws(NameError) {
      try Name.append(
        text.extracting(token.range), origin: origin, escapes: .decimal, to: &scanner.wire)
    } catch {
      throw ScanError(error, "owner", token, in: text)
    }
    atRisk = []
    unknown.remove(.owner)
    if let lastOwner, Self.isSame(scanner.wire, Int(lastOwner), start) {
      scanner.wire.removeSubrange(start...)
      return lastOwner
    }
    return UInt32(start)
  }

  /// The owner of the SOA record of a Cloudflare export, which lacks its final dot.
  private mutating func absoluteOwner(
    _ token: Token, _ scanner: inout RecordDataScanner, in text: Span<UInt8>
  ) throws(ScanError) -> UInt32 {
    let start = scanner.wire.count
    do throws(NameError) {
      try Name.append(
        text.extracting(token.range), origin: Name.root.wire, escapes: .decimal,
        to: &scanner.wire)
    } catch {
      throw ScanError(error, "owner", token, in: text)
    }
    committedOctetCount = scanner.wire.count
    return UInt32(start)
  }

  /// Whether the octets from `b` to the end are those that begin at `a`.
  private static func isSame(_ octets: [UInt8], _ a: Int, _ b: Int) -> Bool {
    for offset in 0..<(octets.count - b) where octets[a + offset] != octets[b + offset] {
      return false
    }
    return true
  }

  /// The error for a token that is no TTL, class or type, with a guess at what was meant.
  private func unexpected(
    _ token: Token, in text: Span<UInt8>
  ) -> ScanError {
    if token.isEnd {
      return ScanError(
        "syn-record", "expected a record type, found the end of the line",
        at: token.range)
    }
    let found = quoted(text.extracting(token.range))
    if token.kind == .word, let error = ttlOutOfRange(token, in: text) { return error }
    if token.kind == .word, let foreign = foreignType(token, in: text) {
      return ScanError("syn-record", foreign.message, at: token.range, help: foreign.help)
    }
    let word = String(decoding: text.extracting(token.range).array, as: UTF8.self)
    if token.kind == .word, let meant = RecordType.suggestion(for: word) {
      return ScanError(
        "syn-record", "expected a TTL, class or record type, found \(found)", at: token.range,
        help: "did you mean \(meant)?",
        fix: ("write \(meant)", Array(meant.description.utf8)))
    }
    return ScanError(
      "syn-record", "expected a TTL, class or record type, found \(found)", at: token.outerRange)
  }

  private func ttlTooLarge(_ token: Token, in text: Span<UInt8>) -> ScanError {
    ScanError(
      "syn-ttl-out-of-range",
      "TTL: expected 0-\(TTL.maximum), found \(quoted(text.extracting(token.range)))",
      at: token.range)
  }

  /// The error for a number that not even 32 bits hold; nil for another word.
  func ttlOutOfRange(_ token: Token, in text: Span<UInt8>) -> ScanError? {
    let word = text.extracting(token.range)
    return word.isDigits && word.decimal(UInt32.self) == nil ? ttlTooLarge(token, in: text) : nil
  }

  /// A TTL that was read, within the bounds of RFC 2181 section 8.
  mutating func checked(
    _ value: (seconds: UInt32, ordered: Bool), _ token: Token, in text: Span<UInt8>,
    source: SourceFile
  ) throws(ScanError) -> UInt32 {
    guard value.seconds <= TTL.maximum.rawValue else { throw ttlTooLarge(token, in: text) }
    if !value.ordered {
      remark(
        "syn-ttl-unit-order",
        "the units of the TTL do not descend; it is read as \(value.seconds) s",
        at: Location(source, token.range))
    }
    return value.seconds
  }

  private mutating func settleClass(
    _ given: RecordClass?, _ type: Token, source: SourceFile
  ) -> RecordClass {
    let recordClass = given ?? lastClass ?? .in
    if let first = builder.entries.first, first.recordClass != recordClass.rawValue {
      add(
        Finding(
          rule: "syn-class-mismatch", severity: .error,
          message: "class \(recordClass), but the zone's class is "
            + "\(RecordClass(rawValue: first.recordClass))", at: Location(source, type.range)))
    } else if !recordClass.isData {
      add(
        Finding(
          rule: "syn-class-mismatch", severity: .error,
          message: "class \(recordClass) stands in queries, never in a zone",
          at: Location(source, type.range)))
    } else {
      lastClass = recordClass
    }
    return recordClass
  }
}

// MARK: - TTLs that are not given

extension ZoneFileReader {
  /// Gives the record its TTL: its own, `$TTL`, the last one given before, or the SOA's minimum.
  private mutating func settleTTL(
    _ given: UInt32?, of entry: inout Zone.Entry, data: ArraySlice<UInt8>, at position: Int,
    source: SourceFile
  ) {
    if var given {
      if given == 1, exportHabits.contains(.cloudflare) {
        given = ExportHabits.cloudflareAutomaticTTL
      }
      entry.ttl = given
      lastTTL = given
      return
    }
    entry.flags.insert(.inheritsTTL)
    if let ttl {
      entry.ttl = ttl
      return
    }
    let location = Location(source, position..<(position + 1))
    if unknown.contains(.ttl) {
      entry.ttl = lastTTL ?? options.presetTTL?.rawValue ?? 0
    } else if let lastTTL {
      entry.ttl = lastTTL
      inheritedTTLs.fromEarlier = Self.counted(inheritedTTLs.fromEarlier, location)
    } else if let preset = options.presetTTL {
      entry.ttl = preset.rawValue
    } else if entry.type == RecordType.soa.rawValue {
      // The last four octets of an SOA record are its MINIMUM.
      let minimum = data.suffix(4).reduce(0) { $0 << 8 | UInt32($1) }
      entry.ttl = min(minimum, TTL.maximum.rawValue)
      lastTTL = entry.ttl
      inheritedTTLs.fromSOA = Self.counted(inheritedTTLs.fromSOA, location)
    } else {
      entry.flags.insert(.needsTTL)
      inheritedTTLs.pending = Self.counted(inheritedTTLs.pending, location)
    }
  }

  private static func counted(
    _ tally: (count: Int, first: Location)?, _ location: Location
  ) -> (count: Int, first: Location) {
    (count: (tally?.count ?? 0) + 1, first: tally?.first ?? location)
  }

  /// At the end: settles the TTLs that waited for an SOA record, and says what was inherited.
  mutating func settleTTLs() {
    let help = "write $TTL at the top of the file"
    if let pending = inheritedTTLs.pending {
      let soa = builder.entries.first { $0.type == RecordType.soa.rawValue }
      if let soa, !soa.flags.contains(.needsTTL) {
        for index in builder.entries.indices
        where builder.entries[index].flags.contains(.needsTTL) {
          builder.entries[index].ttl = soa.ttl
        }
        remark(
          "syn-no-default-ttl",
          "\(records(pending.count)) without a TTL before any is given: the SOA's, \(soa.ttl) s, is taken",
          at: pending.first, help: help)
      } else if !unknown.contains(.soa) {
        add(
          Finding(
            rule: "syn-no-default-ttl", severity: .error,
            message: "no TTL can be determined for \(records(pending.count)): no $TTL, no TTL on a "
              + "record before, no SOA", at: pending.first, help: help))
      }
    }
    if let soa = inheritedTTLs.fromSOA {
      remark(
        "syn-no-default-ttl", "SOA without a TTL and no $TTL: its MINIMUM is taken", at: soa.first,
        help: help)
    }
    if let stamps = inheritedTTLs.ageStamps {
      remark(
        "syn-provider-export",
        "\(records(stamps.count)) with Microsoft's stamp [AGE:n], which is skipped: it says when "
          + "the record was last refreshed", at: stamps.first)
    }
    if let earlier = inheritedTTLs.fromEarlier {
      remark(
        "syn-no-default-ttl",
        "\(records(earlier.count)) without a TTL and no $TTL: the last TTL given before is taken, as BIND does; "
          + "Knot and NSD take a preset", at: earlier.first, help: help)
    }
  }

  private func records(_ count: Int) -> String { count == 1 ? "1 record" : "\(count) records" }
}
