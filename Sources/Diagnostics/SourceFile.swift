#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Synchronization

/// A text that findings point into: a zone file, an export, a configuration.
///
/// The octets are kept as they were read; lines and columns are worked out only when a finding is
/// shown. A file is mapped, not copied.
public final class SourceFile: Sendable {
  /// What the user calls it: the path as given, or `<stdin>`.
  public let name: String
  /// The directive that included this file, if one did.
  public let includedFrom: Location?

  private let mapped: MappedFile
  private let copied: [UInt8]?
  private let lines = Mutex<LineTable?>(nil)

  private init(
    name: String, includedFrom: Location?, mapped: consuming MappedFile, copied: [UInt8]?
  ) {
    self.name = name
    self.includedFrom = includedFrom
    self.mapped = mapped
    self.copied = copied
  }

  /// A source whose octets are at hand.
  public convenience init(name: String, octets: [UInt8], includedFrom: Location? = nil) {
    self.init(name: name, includedFrom: includedFrom, mapped: .empty, copied: octets)
  }

  /// A source from a string, mostly for tests.
  public convenience init(name: String, text: String) {
    self.init(name: name, octets: Array(text.utf8))
  }

  /// Opens the file at `path`, which may be a pipe or a device.
  ///
  /// - Throws: `SourceFileError` if it is missing, a directory, unreadable, or over
  ///   `SourceFile.maximumCount` octets.
  public static func open(
    path: String, name: String? = nil, includedFrom: Location? = nil
  ) throws(SourceFileError) -> SourceFile {
    let name = name ?? path
    let descriptor = Self.openDescriptor(path)
    guard descriptor >= 0 else { throw SourceFileError(name: name, errno: errno) }
    defer { close(descriptor) }
    return try read(descriptor: descriptor, name: name, includedFrom: includedFrom)
  }

  /// Reads standard input to its end.
  ///
  /// - Throws: `SourceFileError` as `open` does.
  public static func standardInput() throws(SourceFileError) -> SourceFile {
    try read(descriptor: STDIN_FILENO, name: "<stdin>", includedFrom: nil)
  }

  /// The largest source that is read, in octets: positions are kept in 32 bits.
  public static let maximumCount = Int(UInt32.max)

  private static func openDescriptor(_ path: String) -> Int32 {
    #if canImport(Glibc)
      unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #elseif canImport(Musl)
      unsafe Musl.open(path, O_RDONLY | O_CLOEXEC)
    #else
      unsafe Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #endif
  }

  private static func read(
    descriptor: Int32, name: String, includedFrom: Location?
  ) throws(SourceFileError) -> SourceFile {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw SourceFileError(name: name, errno: errno)
    }
    if status.st_mode & S_IFMT == S_IFDIR { throw SourceFileError(name: name, errno: EISDIR) }
    if status.st_mode & S_IFMT == S_IFREG {
      let count = Int(status.st_size)
      guard count <= maximumCount else { throw SourceFileError(name: name, errno: EFBIG) }
      if let mapped = MappedFile.map(descriptor: descriptor, count: count) {
        return SourceFile(name: name, includedFrom: includedFrom, mapped: mapped, copied: nil)
      }
    }
    let octets = try readAll(descriptor, name: name)
    return SourceFile(name: name, octets: octets, includedFrom: includedFrom)
  }

  private static func readSome(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      unsafe Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func readAll(
    _ descriptor: Int32, name: String
  ) throws(SourceFileError) -> [UInt8] {
    var octets: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = unsafe chunk.withUnsafeMutableBytes {
        unsafe readSome(descriptor, $0)
      }
      if got == 0 { return octets }
      if got < 0 {
        if errno == EINTR { continue }
        throw SourceFileError(name: name, errno: errno)
      }
      guard octets.count + got <= maximumCount else {
        throw SourceFileError(name: name, errno: EFBIG)
      }
      octets.append(contentsOf: chunk[..<got])
    }
  }

  /// How many octets the source has.
  public var count: Int { copied?.count ?? mapped.count }

  /// Lends the octets for the length of `body`.
  public func withOctets<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if let copied { return try body(copied.span) }
    return try mapped.withOctets(body)
  }

  /// A copy of the octets in `range`, cut to what the source holds.
  public func octets(in range: Range<Int>) -> [UInt8] {
    withOctets { span in
      let part = span.extracting(range.clamped(to: 0..<span.count))
      return unsafe part.withUnsafeBufferPointer { unsafe Array($0) }
    }
  }

  /// The line and column of an octet.
  public func position(at offset: Int) -> Position {
    withLineTable { table in withOctets { table.position(of: offset, in: $0) } }
  }

  /// The octets of a line (counted from 1), without its end.
  public func line(_ number: Int) -> [UInt8] {
    octets(in: withLineTable { $0.range(ofLine: number) })
  }

  /// Where a line (counted from 1) begins and ends, its terminator not counted.
  public func range(ofLine number: Int) -> Range<Int> {
    withLineTable { $0.range(ofLine: number) }
  }

  private func withLineTable<Result>(_ body: (LineTable) -> Result) -> Result {
    let table = lines.withLock { table in
      if let table { return table }
      let made = withOctets { LineTable(of: $0) }
      table = made
      return made
    }
    return body(table)
  }
}

/// A place as a person counts: lines and columns from 1, columns in Unicode scalars (an octet that
/// is no UTF-8 counts as one).
public struct Position: Hashable, Comparable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int

  /// A position.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// In the order of the text.
  public static func < (a: Position, b: Position) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }
}

/// A source that could not be read.
public struct SourceFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the user calls it.
  public let name: String
  /// The system's error number.
  public let errno: Int32

  /// What happened to which file, in a sentence.
  public var description: String {
    switch errno {
    case ENOENT: "\(name): no such file"
    case EISDIR: "\(name): is a directory, expected a file"
    case EACCES: "\(name): permission denied"
    case EFBIG: "\(name): larger than \(SourceFile.maximumCount) octets, the most that is read"
    default: "\(name): \(unsafe String(cString: strerror(errno)))"
    }
  }
}
