import Diagnostics
import Migration

/// Writes changed inputs back.
enum FileRewriter {
  /// Sees that every file still holds what was read from it.
  static func checkUnchanged(_ sources: [SourceFile]) throws(CommandError) {
    for source in sources {
      do throws(SourceFileError) {
        let now = try SourceFile.open(path: source.name)
        if now.octets(in: 0..<now.count) == source.octets(in: 0..<source.count) { continue }
      } catch {
        throw CommandError(error)
      }
      throw CommandError("\(source.name): was changed meanwhile; nothing is written")
    }
  }

  /// Gives a file other octets, as a whole or not at all.
  static func rewrite(_ path: String, with octets: [UInt8]) throws(CommandError) {
    do throws(DirectoryError) {
      try WholeFile.rewrite(path, with: octets)
    } catch {
      throw CommandError("\(error)")
    }
  }
}
