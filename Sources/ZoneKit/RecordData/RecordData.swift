/// The data of a resource record: its type and the uncompressed wire octets.
///
/// This is the one representation of record data: zone files, Route 53 values and messages all
/// become it, and two data are the same where their octets are. The octets may be a slice of a
/// larger buffer, which they keep alive.
public struct RecordData: Hashable, Sendable {
  /// The type.
  public let type: RecordType
  /// The RDATA of RFC 1035 section 3.2.1, names in it uncompressed. At most 65,535 octets.
  public let octets: ArraySlice<UInt8>

  /// Data from octets that are at hand, unchecked; see `isWellFormed`.
  public init(type: RecordType, octets: ArraySlice<UInt8>) {
    self.type = type
    self.octets = octets
  }

  /// Reads data in presentation form.
  ///
  /// - Parameters:
  ///   - text: what stands behind the type in a zone file, or a `Value` of Route 53.
  ///   - type: the type.
  ///   - origin: what relative names are completed with. For Route 53 the root: its names are
  ///     absolute with or without the final dot.
  ///   - escapes: decimal for zone files; octal for Route 53, where parentheses and semicolons
  ///     are plain characters.
  /// - Throws: `RecordDataError` with the place of the fault in `text`.
  public init(
    parsing text: some StringProtocol, type: RecordType, origin: Name? = nil,
    escapes: EscapeForm = .decimal
  ) throws(RecordDataError) {
    let text = String(text)
    try self.init(parsing: text.utf8.span, type: type, origin: origin, escapes: escapes)
  }

  /// The same of a text's octets.
  package init(
    parsing octets: Span<UInt8>, type: RecordType, origin: Name?, escapes: EscapeForm
  ) throws(RecordDataError) {
    var scanner = RecordDataScanner(
      lexer: Lexer(isValue: escapes == .octal), origin: origin?.wire, escapes: escapes)
    scanner.wire.reserveCapacity(octets.count)
    do throws(ScanError) {
      try scanner.scan(type, in: octets)
      guard scanner.lexer.position >= octets.count else {
        throw ScanError(
          "syn-extra-rdata", "\(type): expected one line of data",
          at: scanner.lexer.position..<octets.count)
      }
    } catch {
      throw RecordDataError(error)
    }
    self.init(type: type, octets: scanner.wire[...])
  }

  /// Equality of type and octets; letter case in names counts (see `canonical`).
  public static func == (a: RecordData, b: RecordData) -> Bool {
    a.type == b.type && a.octets == b.octets
  }
}

/// Why a text is no record data.
public struct RecordDataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The rule's id, as in `Finding.rule`.
  public let rule: String
  /// What was found, what was expected: `MX preference: expected 0-65535, found 'ten'`.
  public let message: String
  /// Octet offsets in the text that was read.
  public let range: Range<Int>

  init(_ error: ScanError) {
    rule = error.rule
    message = error.message
    range = error.range
  }

  /// The message.
  public var description: String { message }
}

extension RecordData {
  /// Whether the octets are data of the type as its RFC lays them out. True for a type without a
  /// presentation format of its own.
  public var isWellFormed: Bool {
    switch type {
    case .a: return octets.count == 4
    case .aaaa: return octets.count == 16
    case .ns, .cname, .ptr: return Name.extent(of: octets.span) == octets.count
    default: break
    }
    guard let fields = RecordSchema.fields(of: type) else { return octets.count <= 65_535 }
    var reader = RecordDataReader(octets, escapes: .decimal)
    var text: [UInt8] = []
    do throws(MalformedRecordData) {
      try reader.append(fields, to: &text)
      return true
    } catch {
      return error.isUnprintable
    }
  }

  /// The octets of each field of the type, in the order of `RecordSchema.fields`; nil for octets
  /// that are no such data, and for a type without fields.
  var fields: [(field: RecordField, octets: ArraySlice<UInt8>)]? {
    guard let schema = RecordSchema.fields(of: type) else { return nil }
    var reader = RecordDataReader(octets, escapes: .decimal)
    var parts: [(field: RecordField, octets: ArraySlice<UInt8>)] = []
    var scratch: [UInt8] = []
    for field in schema {
      let start = reader.position
      scratch.removeAll(keepingCapacity: true)
      guard (try? reader.append(field.form, to: &scratch)) != nil else { return nil }
      parts.append((field, octets[start..<reader.position]))
    }
    return reader.isAtEnd ? parts : nil
  }

  /// The data with the names that DNSSEC folds in lower case (RFC 4034 section 6.2): the form in
  /// which data are compared and counted once.
  public var canonical: RecordData {
    guard type.schema?.hasLowercasedNames == true, let fields else { return self }
    var copy: [UInt8] = []
    copy.reserveCapacity(octets.count)
    for (field, octets) in fields {
      if field.form == .name(lowercased: true) {
        copy.append(contentsOf: octets.lazy.map(Name.lowercase))
      } else {
        copy.append(contentsOf: octets)
      }
    }
    return RecordData(type: type, octets: copy[...])
  }

  /// The names in the data, in order: the exchange of an MX, the target of a CNAME.
  public var names: [Name] {
    guard let fields = RecordSchema.fields(of: type) else { return [] }
    var reader = RecordDataReader(octets, escapes: .decimal)
    var names: [Name] = []
    var scratch: [UInt8] = []
    for field in fields {
      switch field.form {
      case .name:
        guard let name = try? reader.name() else { return names }
        names.append(name)
      case .names:
        while !reader.isAtEnd, let name = try? reader.name() { names.append(name) }
      default:
        scratch.removeAll(keepingCapacity: true)
        guard (try? reader.append(field.form, to: &scratch)) != nil else { return names }
      }
    }
    return names
  }

  /// The presentation form.
  ///
  /// - Parameters:
  ///   - origin: where given, names at or below it are written relative to it.
  ///   - escapes: decimal for zone files, octal for Route 53.
  ///   - generic: writes `\# length hex` (RFC 3597 section 5), as is done anyway for types without
  ///     a form of their own and for octets that are not well formed.
  public func presentation(
    relativeTo origin: Name? = nil, escapes: EscapeForm = .decimal, generic: Bool = false
  ) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * octets.count + 16)
    if !generic, let fields = RecordSchema.fields(of: type) {
      var reader = RecordDataReader(octets, relativeTo: origin, escapes: escapes)
      if (try? reader.append(fields, to: &text)) != nil {
        return String(decoding: text, as: UTF8.self)
      }
      text.removeAll()
    }
    text.append(text: "\\# \(octets.count)")
    if !octets.isEmpty { text.append(UInt8(ascii: " ")) }
    Encoding.appendHex(octets, to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}

extension RecordData: CustomStringConvertible {
  /// The presentation form with absolute names and decimal escapes.
  public var description: String { presentation() }
}
