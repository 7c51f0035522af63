import ArgumentParser
import ZoneKit

/// How zone files are read: options of every command that reads one.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The zone's name: the origin at the start of a zone file.", valueName: "name"),
    transform: parseName)
  var origin: Name?

  @Option(
    help: ArgumentHelp(
      "The directory that included files must lie in (default: that of the zone file).",
      valueName: "directory"))
  var includeRoot: String?

  @Flag(help: "Let $GENERATE make more than \(ZoneFileReader.maximumGenerateCount) records.")
  var allowLargeGenerate = false

  /// The words that give what is not the default.
  var words: [String] {
    var words: [String] = []
    if let origin { words += ["--origin", origin.description] }
    if let includeRoot { words += ["--include-root", includeRoot] }
    if allowLargeGenerate { words.append("--allow-large-generate") }
    return words
  }

  /// The options of the reader.
  var zoneFile: ZoneFileOptions {
    ZoneFileOptions(
      origin: origin, includeRoot: includeRoot, allowsLargeGenerate: allowLargeGenerate)
  }
}

/// Reads a domain name, absolute with or without its final dot.
@Sendable func parseName(_ text: String) throws -> Name {
  do {
    return try Name(parsing: text, origin: .root)
  } catch {
    throw ValidationError("found \(error), expected a domain name such as example.com")
  }
}
