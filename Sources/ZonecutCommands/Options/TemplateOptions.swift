import ArgumentParser
import Diagnostics
import Runbook

/// A team's own form of the runbook.
struct TemplateOptions: ParsableArguments {
  @Option(
    name: .customLong("template"),
    help: ArgumentHelp(
      "A Mustache template to write the runbook with; its name ends in .md, .html or .txt.",
      valueName: "file"))
  var file: String?

  /// The template, read and checked; nil if none was given.
  func template() throws(CommandError) -> RunbookTemplate? {
    guard let file else { return nil }
    let source: SourceFile
    do throws(SourceFileError) {
      source = try SourceFile.open(path: file)
    } catch {
      throw CommandError(error)
    }
    do throws(TemplateError) {
      return try RunbookTemplate(source)
    } catch {
      throw CommandError("\(error)", findings: error.findings)
    }
  }
}
