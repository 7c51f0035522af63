public import Diagnostics
public import ZoneKit

/// What became of a zone file whose findings were settled as far as that is safe.
public struct FixedZone: Sendable {
  /// The zone as it was.
  public let original: ZoneReading
  /// The zone as it would be; the original one if nothing changed.
  public internal(set) var reading: ZoneReading
  /// The findings that were settled.
  public internal(set) var fixed: [Finding] = []
  /// What is left, in the order of the text.
  public internal(set) var findings: [Finding] = []
  /// Why something that has a fix was left alone, in sentences without a final full stop.
  public internal(set) var notes: [String] = []

  /// The files as they were read, by name; one that is included twice is one file.
  private var files: [String: SourceFile] = [:]

  init(original: ZoneReading) {
    self.original = original
    reading = original
    adopt(original)
  }

  /// Takes the result of a change.
  mutating func adopt(_ next: ZoneReading) {
    reading = next
    // A file that a mended $INCLUDE brings in is seen here for the first time.
    for source in next.zone.sources where files[source.name] == nil {
      files[source.name] = source
    }
  }

  /// The files that change: each as it was read, and as it would be. Included files come before
  /// those that include them.
  public var changes: [(old: SourceFile, new: SourceFile)] {
    var taken: Set<String> = []
    return reading.zone.sources.compactMap { new in
      guard let old = files[new.name], old !== new, taken.insert(new.name).inserted,
        old.octets(in: 0..<old.count) != new.octets(in: 0..<new.count)
      else { return nil }
      return (old, new)
    }.reversed()
  }
}
