import Diagnostics

extension ZoneFileReader {
  /// `$GENERATE start-stop[/step] owner [ttl] [class] type data`, as in BIND's manual: each value
  /// of the range makes a record, `$` standing for the value in owner and data.
  mutating func generate(
    _ directive: Token, _ scanner: inout RecordDataScanner, in text: Span<UInt8>,
    source: SourceFile
  ) throws(ScanError) {
    let rangeToken = try directiveWord("$GENERATE", "a range such as 1-100", &scanner, in: text)
    guard let range = GenerateRange(text.extracting(rangeToken.range)) else {
      throw ScanError(
        "syn-generate-range",
        "$GENERATE: expected a range such as 1-100 or 0-62/2, found "
          + quoted(text.extracting(rangeToken.range)), at: rangeToken.range)
    }
    guard options.allowsLargeGenerate || range.count <= Self.maximumGenerateCount else {
      throw ScanError(
        "syn-generate-range",
        "$GENERATE: the range makes \(range.count) records, at most \(Self.maximumGenerateCount) "
          + "are made", at: rangeToken.range, help: "allow more with --allow-large-generate")
    }
    generated.records += range.count
    guard options.allowsLargeGenerate || generated.records <= Self.maximumGenerateTotal else {
      isAbandoned = true
      throw ScanError(
        "syn-generate-range",
        "$GENERATE: the zone's ranges make more than \(Self.maximumGenerateTotal) records",
        at: rangeToken.range, help: "allow more with --allow-large-generate")
    }
    let owner = try directiveWord("$GENERATE", "an owner", &scanner, in: text)
    let template = try generateTemplate(owner, &scanner, in: text)
    remark(
      "syn-generate", "$GENERATE is read by BIND and few others",
      at: Location(source, directive.range), severity: .info)

    let number = UInt16(builder.sources.count - 1)
    for value in range.values {
      try checkRoom(at: rangeToken.range)
      let before = committedOctetCount
      let line = try template.line(for: value, at: directive.start..<owner.end)
      try readGenerated(
        line, directive.start..<owner.end, &scanner, source: source, number: number)
      generated.octets += committedOctetCount - before
      guard options.allowsLargeGenerate || generated.octets <= Self.maximumGenerateOctetCount
      else {
        isAbandoned = true
        throw ScanError(
          "syn-generate-range",
          "$GENERATE: the zone's ranges make more than \(Self.maximumGenerateOctetCount) octets",
          at: rangeToken.range, help: "allow more with --allow-large-generate")
      }
    }
  }

  /// Owner and the rest of the line, made ready for substitution. Data in one pair of quotes lose
  /// them, as in BIND.
  private func generateTemplate(
    _ owner: Token, _ scanner: inout RecordDataScanner, in text: Span<UInt8>
  ) throws(ScanError) -> GenerateTemplate {
    var tokens: [Token] = []
    while case let token = try scanner.next(in: text), !token.isEnd { tokens.append(token) }
    guard let last = tokens.last, tokens.count >= 2 else {
      throw ScanError(
        "syn-directive", "$GENERATE: expected an owner, a type and data", at: owner.outerRange)
    }
    var pieces = [text.extracting(owner.range).array]
    for token in tokens {
      // Only where one quoted string is all the data does BIND drop the quotes.
      let isWholeData =
        token.kind == .quoted && token.start == last.start
        && tokens.filter { $0.kind == .quoted }.count == 1
        && isType(tokens[tokens.count - 2], in: text)
      pieces.append(text.extracting(isWholeData ? token.range : token.outerRange).array)
    }
    return GenerateTemplate(pieces)
  }

  private func isType(_ token: Token, in text: Span<UInt8>) -> Bool {
    token.kind == .word && RecordType(octets: text.extracting(token.range)) != nil
  }

  private mutating func readGenerated(
    _ line: [UInt8], _ place: Range<Int>, _ scanner: inout RecordDataScanner, source: SourceFile,
    number: UInt16
  ) throws(ScanError) {
    let outer = scanner.lexer
    scanner.lexer = Lexer()
    defer { scanner.lexer = outer }
    do throws(ScanError) {
      let first = try scanner.next(in: line.span)
      guard !first.isEnd else { return }
      try readRecord(
        first, hasOwner: true, &scanner, in: line.span, source: source, number: number,
        position: place.lowerBound, flags: .isGenerated)
    } catch {
      scanner.forgetLookahead()
      throw ScanError(
        error.rule, "$GENERATE: in the record \(quoted(line.span, limit: 80)): \(error.message)",
        at: place)
    }
  }
}

/// The range of a `$GENERATE`: `start-stop` or `start-stop/step`.
struct GenerateRange {
  let values: StrideThrough<Int>
  let count: Int

  /// Nil if the text is no range: numbers up to 2^31-1, the first not above the second, a step of
  /// at least 1.
  init?(_ text: Span<UInt8>) {
    guard let dash = text.firstIndex(of: UInt8(ascii: "-"), from: 0) else { return nil }
    let slash = text.firstIndex(of: UInt8(ascii: "/"), from: dash) ?? text.count
    var step = 1
    if slash < text.count {
      guard let number = text.extracting((slash + 1)...).decimal(UInt32.self), number > 0 else {
        return nil
      }
      step = Int(number)
    }
    guard let start = text.extracting(..<dash).decimal(UInt32.self),
      let stop = text.extracting((dash + 1)..<slash).decimal(UInt32.self),
      start <= stop, stop <= UInt32(Int32.max)
    else { return nil }
    values = stride(from: Int(start), through: Int(stop), by: step)
    count = (Int(stop) - Int(start)) / step + 1
  }
}

/// The text of a record in which `$` stands for a number.
struct GenerateTemplate {
  private let pieces: [[UInt8]]

  init(_ pieces: [[UInt8]]) { self.pieces = pieces }

  /// The record for a value.
  func line(for value: Int, at place: Range<Int>) throws(ScanError) -> [UInt8] {
    var line: [UInt8] = []
    for piece in pieces {
      if !line.isEmpty { line.append(UInt8(ascii: " ")) }
      try substitute(value, in: piece, at: place, into: &line)
    }
    return line
  }

  /// `$$` and `\$` are a dollar sign; `${offset,width,base}` gives the value another form.
  private func substitute(
    _ value: Int, in piece: [UInt8], at place: Range<Int>, into line: inout [UInt8]
  ) throws(ScanError) {
    var index = 0
    while index < piece.count {
      let octet = piece[index]
      index += 1
      if octet == UInt8(ascii: "\\"), index < piece.count {
        if piece[index] != UInt8(ascii: "$") { line.append(octet) }
        line.append(piece[index])
        index += 1
      } else if octet != UInt8(ascii: "$") {
        line.append(octet)
      } else if index < piece.count, piece[index] == UInt8(ascii: "$") {
        line.append(octet)
        index += 1
      } else if index < piece.count, piece[index] == UInt8(ascii: "{") {
        guard let close = piece[index...].firstIndex(of: UInt8(ascii: "}")),
          let modifier = GenerateModifier(piece[(index + 1)..<close])
        else {
          throw ScanError(
            "syn-generate-range",
            "$GENERATE: expected ${offset,width,base} with a base of d, o, x, X, n or N, found "
              + quoted(piece.span.extracting((index - 1)...)), at: place)
        }
        try modifier.append(value, at: place, to: &line)
        index = close + 1
      } else {
        try GenerateModifier.plain.append(value, at: place, to: &line)
      }
    }
  }
}

/// The form of a number in a generated record.
struct GenerateModifier {
  var offset = 0
  var width = 0
  var base = UInt8(ascii: "d")

  static let plain = GenerateModifier()

  /// The widest number that is written.
  static let maximumWidth = 255

  private init() {}

  /// `offset[,width[,base]]`; nil if the text is none.
  init?(_ text: ArraySlice<UInt8>) {
    let parts = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard parts.count <= 3, let first = parts.first else { return nil }
    let isNegative = first.first == UInt8(ascii: "-")
    let digits = isNegative || first.first == UInt8(ascii: "+") ? first.dropFirst() : first
    guard let magnitude = digits.decimal(UInt32.self) else { return nil }
    offset = isNegative ? -Int(magnitude) : Int(magnitude)
    if parts.count > 1 {
      guard let value = parts[1].decimal(UInt32.self), value <= Self.maximumWidth else {
        return nil
      }
      width = Int(value)
    }
    if parts.count > 2 {
      guard parts[2].count == 1, let letter = parts[2].first, "doxXnN".utf8.contains(letter) else {
        return nil
      }
      base = letter
    }
  }

  func append(_ value: Int, at place: Range<Int>, to line: inout [UInt8]) throws(ScanError) {
    let number = value + offset
    guard (0...Int(Int32.max)).contains(number) else {
      throw ScanError(
        "syn-generate-range", "$GENERATE: \(value) with offset \(offset) is outside 0-\(Int32.max)",
        at: place)
    }
    switch base {
    case UInt8(ascii: "n"), UInt8(ascii: "N"):
      appendNibbles(number, uppercase: base == UInt8(ascii: "N"), to: &line)
    default:
      let radix = base == UInt8(ascii: "d") ? 10 : base == UInt8(ascii: "o") ? 8 : 16
      let digits = String(number, radix: radix, uppercase: base == UInt8(ascii: "X"))
      line.append(text: String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits)
    }
  }

  /// Hexadecimal digits from the lowest, dots between; the width counts digits and dots, so that
  /// an even one ends with a dot.
  private func appendNibbles(_ number: Int, uppercase: Bool, to line: inout [UInt8]) {
    var rest = number
    var used = 0
    repeat {
      line.append(text: String(rest & 15, radix: 16, uppercase: uppercase))
      rest >>= 4
      used += 1
      if rest != 0 || used < width {
        line.append(UInt8(ascii: "."))
        used += 1
      }
    } while rest != 0 || used < width
  }
}
