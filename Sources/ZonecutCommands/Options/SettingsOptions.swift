import ArgumentParser
import Diagnostics
import ZoneKit
import ZoneLint

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The file of settings: options of the commands that lint.
struct SettingsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file of settings (default: \(Self.defaultPath), if there is one).", valueName: "file"))
  var config: String?

  private static let defaultPath = ".zonecut.yml"

  /// Reads the file; nil where none is asked for and none is there.
  ///
  /// - Parameter looksAround: whether the default file is taken where none is asked for.
  func load(lookingAround looksAround: Bool = true) throws(CommandError) -> Settings? {
    guard let path = config ?? (looksAround ? Self.defaultPath : nil) else { return nil }
    let source: SourceFile
    do {
      source = try SourceFile.open(path: path)
    } catch {
      if config == nil, error.errno == ENOENT { return nil }
      throw CommandError(error)
    }
    do {
      return Settings(source: source, file: try LintFile(source))
    } catch {
      throw CommandError("\(error)")
    }
  }
}

/// A file of settings as it was read.
struct Settings {
  let source: SourceFile
  let file: LintFile

  /// The words that name it.
  var words: [String] { ["--config", source.name] }

  /// The configuration of the options with what the file says of a zone.
  func merged(
    into configuration: LintConfiguration, of options: RuleOptions, for apex: Name
  ) -> LintConfiguration {
    var merged = file.merged(into: configuration, for: apex)
    if options.sets.isEmpty, let sets = file.sets(for: apex) { merged.sets = sets }
    return merged
  }
}
