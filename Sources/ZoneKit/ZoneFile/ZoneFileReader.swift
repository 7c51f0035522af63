public import Diagnostics

/// What a zone file gave: its records, and what was found on the way.
public struct ZoneReading: Sendable {
  /// All records that could be read.
  public let zone: Zone
  /// Errors and remarks in the order of the text.
  public let findings: [Finding]

  /// A reading, of a reader built upon this one.
  public init(zone: Zone, findings: [Finding]) {
    self.zone = zone
    self.findings = findings
  }

  /// Whether a record or directive could not be read: the zone is then incomplete.
  public var hasErrors: Bool { findings.contains { $0.severity == .error } }
}

/// How a zone file is read.
public struct ZoneFileOptions: Sendable {
  /// The origin at the start of the file: the zone's name in the server's configuration.
  public var origin: Name?
  /// The TTL of records before which none is given, as other servers have one preset; nil: the
  /// SOA's MINIMUM, as in BIND.
  public var presetTTL: TTL?
  /// The directory that included files must lie in, symbolic links followed; nil: the directory
  /// of the including file of the top.
  public var includeRoot: String?
  /// Whether `$GENERATE` may make more than `ZoneFileReader.maximumGenerateCount` records.
  public var allowsLargeGenerate: Bool
  /// Opens an included file.
  public var open:
    @Sendable (_ path: String, _ includedFrom: Location) throws(SourceFileError)
      -> SourceFile

  /// Options.
  public init(
    origin: Name? = nil, presetTTL: TTL? = nil, includeRoot: String? = nil,
    allowsLargeGenerate: Bool = false,
    open:
      @escaping @Sendable (_ path: String, _ includedFrom: Location) throws(SourceFileError)
      -> SourceFile = { path, includedFrom throws(SourceFileError) in
        try SourceFile.open(path: path, includedFrom: includedFrom)
      }
  ) {
    self.origin = origin
    self.presetTTL = presetTTL
    self.includeRoot = includeRoot
    self.allowsLargeGenerate = allowsLargeGenerate
    self.open = open
  }
}

/// Reads zone files (RFC 1035 section 5, RFC 2308 section 4, RFC 3597) as BIND reads them, says
/// where another reader would differ, and goes on after an error with the next record.
public struct ZoneFileReader: Sendable {
  let options: ZoneFileOptions
  let method: ReadingMethod
  var builder = ZoneBuilder()
  private(set) var findings: [Finding] = []
  private var errorCount = 0
  private var remarkCounts: [String: Int] = [:]
  /// Set at a limit behind which nothing more is read.
  var isAbandoned = false
  /// The last line feed of the text being read that runs may read; nil: none is to be read in runs.
  var runLimit: Int?
  /// Whether this reads a chunk of a text, ahead of the reader that knows what stands before it.
  var isOfChunk = false
  /// What `$GENERATE` has made so far.
  var generated = (records: 0, octets: 0)
  /// Includes that are open, the innermost last.
  var includeStack: [String] = []

  // What one record hands on to the next.
  var ttl: UInt32?
  var lastTTL: UInt32?
  var lastOwner: UInt32?
  var previousOwner: UInt32?
  var lastClass: RecordClass?
  var origin: ArraySlice<UInt8>? {
    didSet { paddedOrigin = Self.padded(origin) }
  }
  /// The origin in whole words.
  private(set) var paddedOrigin: [UInt8] = []
  /// Set where the owner that a blank one would inherit was given before a directive.
  var blankOwnerIsSuspect = false
  /// What could not be read, so that nothing that only follows from it is told.
  var unknown: Unknowns = []
  /// What becomes unknown if the entry being read is broken.
  var atRisk: Unknowns = []
  var inheritedTTLs = InheritedTTLs()
  var exportHabits: ExportHabits = []
  /// How many octets of the storage belong to records: what a broken entry wrote lies behind.
  var committedOctetCount = 0

  /// The most files that include one another.
  public static let maximumIncludeDepth = 16
  /// The most files that a zone consists of.
  public static let maximumFileCount = 10_000
  /// The most records that one `$GENERATE` makes unless allowed.
  public static let maximumGenerateCount = 65_536
  /// The most records that all `$GENERATE` of a zone make unless allowed.
  public static let maximumGenerateTotal = 1_048_576
  /// The most octets of names and data that all `$GENERATE` of a zone make unless allowed.
  public static let maximumGenerateOctetCount = 1 << 27
  /// After so many errors reading stops: the input is no zone file.
  public static let maximumErrorCount = 1_000
  /// The most remarks of one rule that are kept; the rest is counted.
  public static let maximumRemarkCount = 1_000
  /// The most octets that names and data of a zone take: offsets are kept in 32 bits.
  public static let maximumOctetCount = Int(UInt32.max)

  /// Records whose TTL was not given, told once for a kind.
  struct InheritedTTLs {
    var fromEarlier: (count: Int, first: Location)?
    var fromSOA: (count: Int, first: Location)?
    var ageStamps: (count: Int, first: Location)?
    var pending: (count: Int, first: Location)?

    var isEmpty: Bool {
      fromEarlier == nil && fromSOA == nil && ageStamps == nil && pending == nil
    }
  }

  /// Things that a broken entry left unknown to those behind it.
  struct Unknowns: OptionSet {
    let rawValue: UInt8
    /// The owner that a blank one would inherit.
    static let owner = Unknowns(rawValue: 1)
    /// What relative names are completed with.
    static let origin = Unknowns(rawValue: 2)
    /// The default TTL.
    static let ttl = Unknowns(rawValue: 4)
    /// The SOA record.
    static let soa = Unknowns(rawValue: 8)
  }

  /// Reads a zone file and what it includes.
  public static func read(_ source: SourceFile, options: ZoneFileOptions = .init()) -> ZoneReading {
    read(source, options: options, method: .standard)
  }

  static func read(
    _ source: SourceFile, options: ZoneFileOptions, method: ReadingMethod
  ) -> ZoneReading {
    var reader = ZoneFileReader(options: options, method: method)
    return reader.read(source)
  }

  init(options: ZoneFileOptions, method: ReadingMethod) {
    self.options = options
    self.method = method
    origin = options.origin?.wire
    paddedOrigin = Self.padded(origin)
  }

  private mutating func read(_ source: SourceFile) -> ZoneReading {
    builder.reserveRoom(forTextOf: source.count)
    readFile(source)
    settleTTLs()
    for (rule, count) in remarkCounts.sorted(by: { $0.key < $1.key })
    where count > Self.maximumRemarkCount {
      findings.append(
        Finding(
          rule: rule, severity: .info,
          message: "\(count - Self.maximumRemarkCount) more findings of this kind are not listed"))
    }
    if errorCount >= Self.maximumErrorCount {
      add(
        Finding(
          rule: "syn-too-many-errors", severity: .error,
          message: "reading stopped after \(errorCount) errors",
          at: Location(source, 0..<0), help: "is this a zone file?"))
    }
    return ZoneReading(
      zone: Zone(builder, apex: options.origin ?? .root), findings: findings)
  }

  var isStopped: Bool {
    isAbandoned || errorCount >= Self.maximumErrorCount || isOfChunk && !findings.isEmpty
  }

  /// Reads one file to its end.
  mutating func readFile(_ source: SourceFile) {
    builder.sources.append(source)
    let number = UInt16(builder.sources.count - 1)
    let outerLimit = runLimit
    defer { runLimit = outerLimit }
    source.withOctets { text in
      runLimit = method == .reference ? nil : Self.runLimit(in: text)
      guard let start = checkEncoding(of: text, in: source) else { return }
      if number == 0 { recognizeExport(of: text, in: source) }
      var position = start
      if number == 0, let chunks = method.chunks(for: text.count) {
        let end = min(text.count, start + chunks.size)
        position = readEntries(of: text, from: start, until: end, source: source, number: number)
        if mayRun, !isStopped {
          position = readChunks(
            of: text, from: position, size: chunks.size, threads: chunks.threads, source: source)
        }
      }
      _ = readEntries(
        of: text, from: position, until: text.count, source: source, number: number)
    }
  }

  /// Reads the entries that begin before `stop`.
  ///
  /// - Returns: where the entry behind them begins.
  mutating func readEntries(
    of text: Span<UInt8>, from start: Int, until stop: Int, source: SourceFile, number: UInt16
  ) -> Int {
    var scanner = RecordDataScanner(
      lexer: Lexer(at: start), origin: origin, escapes: .decimal)
    swap(&scanner.wire, &builder.octets)
    defer { swap(&scanner.wire, &builder.octets) }
    while scanner.lexer.position < stop, !isStopped {
      if let runLimit {
        readRun(&scanner, in: text, until: stop, limit: runLimit, number: number)
        guard scanner.lexer.position < stop else { break }
      }
      let entryStart = scanner.lexer.position
      scanner.lexer.beginEntry()
      atRisk = []
      do throws(ScanError) {
        try checkRoom(at: entryStart..<entryStart)
        try readEntry(&scanner, in: text, source: source, number: number)
        if let nested = scanner.lexer.nestedParenthesis {
          remark(
            "syn-nested-paren", "parenthesis inside parentheses: Knot, NSD and validns refuse it",
            at: Location(source, nested..<(nested + 1)))
        }
        if text.extracting(entryStart..<scanner.lexer.position).hasHighOctets {
          remarkHighOctets(in: entryStart..<scanner.lexer.position, of: text, source)
        }
        if exportHabits != [] {
          remarkExportComment(in: entryStart..<scanner.lexer.position, of: text, source)
        }
      } catch {
        scanner.wire.removeSubrange(committedOctetCount...)
        recover(from: error, entryStart, &scanner, in: text, source: source)
      }
    }
    return scanner.lexer.position
  }

  /// Checks that the storage has room for one more record.
  mutating func checkRoom(at place: Range<Int>) throws(ScanError) {
    guard committedOctetCount < Self.maximumOctetCount - 2 * RecordDataScanner.maximumCount else {
      isAbandoned = true
      throw ScanError(
        "syn-too-large", "more than \(Self.maximumOctetCount) octets of data", at: place)
    }
  }

  /// Reports the error and moves to the next entry. Where the entry's parenthesis is closed by
  /// nobody, that is the cause, whatever it led to.
  private mutating func recover(
    from error: ScanError, _ entryStart: Int, _ scanner: inout RecordDataScanner,
    in text: Span<UInt8>, source: SourceFile
  ) {
    let open = scanner.lexer.depth > 0 ? scanner.lexer.openParenthesis : nil
    scanner.forgetLookahead()
    scanner.lexer = Lexer(at: entryStart)
    if text.isComment(at: entryStart) {
      return recoverFromComment(&scanner, in: text, source: source)
    }
    scanner.lexer.skipToNextEntry(in: text)
    if error.rule == "syn-newline-in-string" { scanner.lexer.skipRestOfString(in: text) }
    if let open, error.range.lowerBound >= scanner.lexer.position,
      error.rule != "syn-unbalanced-paren"
    {
      report(
        ScanError("syn-unbalanced-paren", "parenthesis is never closed", at: open..<(open + 1)),
        in: source)
    } else {
      report(error, in: source)
    }
    unknown.formUnion(atRisk)
  }

  /// Reports a line that is a comment in other languages. The owner before it stays the last one.
  private mutating func recoverFromComment(
    _ scanner: inout RecordDataScanner, in text: Span<UInt8>, source: SourceFile
  ) {
    let start = scanner.lexer.position
    scanner.lexer.skipLine(in: text)
    let line = start..<scanner.lexer.position
    lastOwner = previousOwner
    report(
      ScanError(
        "syn-comment-char", "a comment starts with a semicolon in a zone file", at: line,
        fix: ("comment the line out", [UInt8(ascii: ";")] + text.extracting(line).array)),
      in: source)
  }

  /// Reads a record or directive; nothing where only a comment or an empty line stands.
  private mutating func readEntry(
    _ scanner: inout RecordDataScanner, in text: Span<UInt8>, source: SourceFile, number: UInt16
  ) throws(ScanError) {
    let lineStart = scanner.lexer.position
    let first = try scanner.next(in: text)
    if first.isEnd { return }
    if first.start == lineStart, first.kind == .word, text[first.start] == UInt8(ascii: "$") {
      return try readDirective(first, &scanner, in: text, source: source)
    }
    let hasOwner = text[lineStart] != 0x20 && text[lineStart] != 0x09
    try readRecord(
      first, hasOwner: hasOwner, &scanner, in: text, source: source, number: number,
      position: first.outerRange.lowerBound, flags: [])
  }

  /// Reports an error unless it only follows from another. That no origin is known is told once.
  mutating func report(_ error: ScanError, in source: SourceFile) {
    if error.isConsequence { return }
    if error.rule == "syn-no-origin" {
      if unknown.contains(.origin) { return }
      unknown.insert(.origin)
    }
    let location = Location(source, error.range)
    add(
      Finding(
        rule: error.rule, severity: .error, message: error.message, at: location, help: error.help,
        fix: error.fix.map {
          Fix(title: $0.title, edits: [Edit(location, replacement: $0.replacement)])
        }))
  }

  /// Keeps a finding; remarks of one rule only up to a number, so that memory stays bounded.
  mutating func add(_ finding: Finding) {
    if finding.severity == .error {
      errorCount += 1
    } else {
      remarkCounts[finding.rule, default: 0] += 1
      if remarkCounts[finding.rule, default: 0] > Self.maximumRemarkCount { return }
    }
    findings.append(finding)
  }

  mutating func remark(
    _ rule: String, _ message: String, at location: Location?, severity: Severity = .warning,
    help: String? = nil
  ) {
    add(Finding(rule: rule, severity: severity, message: message, at: location, help: help))
  }
}
