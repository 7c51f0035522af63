import Diagnostics

extension ZoneFileReader {
  /// Reads a line that starts with a dollar sign.
  mutating func readDirective(
    _ directive: Token, _ scanner: inout RecordDataScanner, in text: Span<UInt8>,
    source: SourceFile
  ) throws(ScanError) {
    let name = text.extracting(directive.range)
    if name.equalsIgnoringCase("$ORIGIN") {
      atRisk = .origin
      let wire = try directiveName("$ORIGIN", &scanner, in: text)
      try endOfDirective("$ORIGIN", &scanner, in: text)
      origin = wire[...]
      unknown.remove(.origin)
      blankOwnerIsSuspect = true
    } else if name.equalsIgnoringCase("$TTL") {
      atRisk = .ttl
      let token = try directiveWord("$TTL", "a TTL", &scanner, in: text)
      guard let value = TTL.seconds(text.extracting(token.range)) else {
        throw ttlOutOfRange(token, in: text)
          ?? ScanError(
            "syn-directive", "$TTL: expected a TTL, found \(quoted(text.extracting(token.range)))",
            at: token.range)
      }
      let seconds = try checked(value, token, in: text, source: source)
      try endOfDirective("$TTL", &scanner, in: text)
      ttl = seconds
      unknown.remove(.ttl)
    } else if isOfChunk {
      isAbandoned = true
    } else if name.equalsIgnoringCase("$INCLUDE") {
      try include(directive, &scanner, in: text, source: source)
    } else if name.equalsIgnoringCase("$GENERATE") {
      try generate(directive, &scanner, in: text, source: source)
    } else {
      let word = String(decoding: name.array, as: UTF8.self)
      let meant = ["$ORIGIN", "$TTL", "$INCLUDE", "$GENERATE"].first {
        isOneSlip(word.uppercased(), $0)
      }
      throw ScanError(
        "syn-unknown-directive",
        "unknown directive \(quoted(name)), expected $ORIGIN, $TTL, $INCLUDE or $GENERATE",
        at: directive.range,
        help: meant.map { "did you mean \($0)?" }
          ?? "an owner that starts with a dollar sign is written \\$",
        fix: meant.map { ("write \($0)", Array($0.utf8)) })
    }
  }

  func directiveWord(
    _ directive: String, _ expected: String, _ scanner: inout RecordDataScanner,
    in text: Span<UInt8>
  ) throws(ScanError) -> Token {
    let token = try scanner.next(in: text)
    guard !token.isEnd else {
      throw ScanError(
        "syn-directive", "\(directive): expected \(expected), found the end of the line",
        at: token.range)
    }
    return token
  }

  private func directiveName(
    _ directive: String, _ scanner: inout RecordDataScanner, in text: Span<UInt8>
  ) throws(ScanError) -> [UInt8] {
    let token = try directiveWord(directive, "a domain name", &scanner, in: text)
    guard token.kind == .word else {
      throw ScanError(
        "syn-quoted-name", "\(directive): name in quotes, expected one without them",
        at: token.outerRange, fix: ("remove the quotes", text.extracting(token.range).array))
    }
    var wire: [UInt8] = []
    do throws(NameError) {
      try Name.append(text.extracting(token.range), origin: origin, escapes: .decimal, to: &wire)
    } catch {
      throw ScanError(error, directive, token, in: text)
    }
    return wire
  }

  func endOfDirective(
    _ directive: String, _ scanner: inout RecordDataScanner, in text: Span<UInt8>
  ) throws(ScanError) {
    let token = try scanner.next(in: text)
    guard token.isEnd else {
      throw ScanError(
        "syn-directive",
        "\(directive): expected the end of the line, found \(quoted(text.extracting(token.range)))",
        at: token.outerRange)
    }
  }

  // MARK: $INCLUDE

  /// `$INCLUDE file [origin]`: the origin and the owner come back behind it, `$TTL` does not, as
  /// in BIND.
  private mutating func include(
    _ directive: Token, _ scanner: inout RecordDataScanner, in text: Span<UInt8>,
    source: SourceFile
  ) throws(ScanError) {
    let token = try directiveWord("$INCLUDE", "a file name", &scanner, in: text)
    let start = scanner.wire.count
    try scanner.appendOctets(of: token, in: text)
    let file = String(decoding: scanner.wire[start...], as: UTF8.self)
    scanner.wire.removeSubrange(start...)
    var inner = origin
    if try !scanner.peek(in: text).isEnd {
      inner = try directiveName("$INCLUDE", &scanner, in: text)[...]
    }
    try endOfDirective("$INCLUDE", &scanner, in: text)

    let included = try openInclude(file, token, source: source)
    let outer = (origin: origin, owner: lastOwner, ttl: ttl)
    origin = inner
    blankOwnerIsSuspect = true
    includeStack.append(file)
    swap(&scanner.wire, &builder.octets)
    readFile(included)
    swap(&scanner.wire, &builder.octets)
    includeStack.removeLast()
    if ttl != outer.ttl {
      remark(
        "syn-include-ttl-leak",
        "$TTL set in \(visible(file)) goes on behind the include, as in BIND; other readers restore it",
        at: Location(source, directive.start..<token.end))
    }
    (origin, lastOwner) = (outer.origin, outer.owner)
    blankOwnerIsSuspect = true
  }

  private mutating func openInclude(
    _ file: String, _ token: Token, source: SourceFile
  ) throws(ScanError) -> SourceFile {
    guard !file.isEmpty, !file.utf8.contains(0) else {
      throw includeError("expected a file name", token)
    }
    guard includeStack.count < Self.maximumIncludeDepth else {
      throw includeError("more than \(Self.maximumIncludeDepth) files include one another", token)
    }
    guard builder.sources.count < Self.maximumFileCount else {
      isAbandoned = true
      throw includeError("the zone consists of more than \(Self.maximumFileCount) files", token)
    }
    let top = builder.sources.first?.name ?? source.name
    let beside = IncludePath.resolve(file, from: source.name)
    do throws(ScanError) {
      return try open(beside, token, source: source, top: top)
    } catch {
      // BIND takes every path from one directory, which often is that of the zone's own file.
      let besideTop = IncludePath.resolve(file, from: top)
      guard besideTop != beside,
        let included = try? open(besideTop, token, source: source, top: top)
      else { throw error }
      remark(
        "syn-include-elsewhere",
        "\(visible(file)) is not beside the including file; read \(visible(besideTop)), as BIND does",
        at: Location(source, token.outerRange))
      return included
    }
  }

  /// Opens a file to be included, in its bounds.
  private func open(
    _ path: String, _ token: Token, source: SourceFile, top: String
  ) throws(ScanError) -> SourceFile {
    guard IncludePath.isInside(path, options.includeRoot ?? IncludePath.directory(of: top)) else {
      throw ScanError(
        "syn-include-missing", "$INCLUDE: \(visible(path)) lies outside the include root",
        at: token.outerRange, help: "allow it with --include-root DIRECTORY")
    }
    let location = Location(source, token.outerRange)
    var chain: Location? = location
    while let place = chain {
      guard !IncludePath.isSameFile(place.source.name, path) else {
        throw includeError("\(visible(path)) includes itself", token)
      }
      chain = place.source.includedFrom
    }
    do throws(SourceFileError) {
      return try options.open(path, location)
    } catch {
      throw includeError(visible(error.description), token)
    }
  }

  private func includeError(_ message: String, _ token: Token) -> ScanError {
    ScanError("syn-include-missing", "$INCLUDE: \(message)", at: token.outerRange)
  }
}
