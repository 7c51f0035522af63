public import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Where the journal and the first export are kept. A test passes its own.
public struct ApplyStore: Sendable {
  /// All octets of the journal; empty if there is none.
  public var journal: @Sendable () throws(DirectoryError) -> [UInt8]
  /// Cuts the journal to its first octets, and adds a line; on the disk when it returns.
  public var append: @Sendable (_ line: [UInt8], _ offset: Int) throws(DirectoryError) -> Void
  /// The export from before the first batch; nil if there is none.
  public var firstExport: @Sendable () -> SourceFile?
  /// Keeps that export; whole and on the disk when it returns.
  public var keepFirstExport: @Sendable ([UInt8]) throws(DirectoryError) -> Void

  /// A store.
  public init(
    journal: @escaping @Sendable () throws(DirectoryError) -> [UInt8],
    append: @escaping @Sendable (_ line: [UInt8], _ offset: Int) throws(DirectoryError) -> Void,
    firstExport: @escaping @Sendable () -> SourceFile?,
    keepFirstExport: @escaping @Sendable ([UInt8]) throws(DirectoryError) -> Void
  ) {
    self.journal = journal
    self.append = append
    self.firstExport = firstExport
    self.keepFirstExport = keepFirstExport
  }

  /// The journal's file in a plan's directory.
  public static let journalFile = "journal.jsonl"
  /// The file of the export from before the first batch.
  public static let firstExportFile = "before.json"

  /// The store in a plan's directory.
  public static func directory(_ path: String) -> ApplyStore {
    let (journal, export) = ("\(path)/\(journalFile)", "\(path)/\(firstExportFile)")
    return ApplyStore(
      journal: { () throws(DirectoryError) in
        do throws(SourceFileError) {
          let source = try SourceFile.open(path: journal)
          return source.octets(in: 0..<source.count)
        } catch {
          if error.errno == ENOENT { return [] }
          throw DirectoryError("\(error)")
        }
      },
      append: { line, offset throws(DirectoryError) in
        let isNew = unsafe access(journal, F_OK) != 0
        try WholeFile.append(line, at: offset, to: journal)
        if isNew { try WholeFile.synchronizeFolder(path) }
      },
      firstExport: { try? SourceFile.open(path: export) },
      keepFirstExport: { octets throws(DirectoryError) in
        try WholeFile.write(octets, to: export)
      })
  }
}
