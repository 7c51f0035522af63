import ArgumentParser
import Diagnostics
import ZoneKit

/// `zonecut fmt ZONE`
struct FormatCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Prints a zone file in canonical form, comments kept.",
    discussion: """
      The result reads back as the same records. Included files are formatted one by one.
      """)

  @Argument(help: "The zone file, or - for standard input.")
  var zone: String

  @OptionGroup var inputs: InputOptions

  @Flag(help: "Print what would change, as a patch, and exit with 1 if anything would.")
  var check = false

  func run(on console: Console) throws -> ExitStatus {
    let source = try InputReader(console: console, options: inputs).open(zone)
    let formatted = try format(source)
    guard check else {
      try console.writeData(formatted)
      return .success
    }
    let patch = UnifiedDiff(
      from: source.octets(in: 0..<source.count), to: formatted, name: source.name)
    try console.writeData(patch.octets)
    return patch.isEmpty ? .success : .findings
  }

  private func format(_ source: SourceFile) throws(CommandError) -> [UInt8] {
    if source.count == 0 { throw CommandError("\(source.name): is empty, expected a zone file") }
    let formatted: [UInt8]?
    do {
      formatted = try ZoneFileFormatter.format(source, options: inputs.zoneFile)
    } catch {
      throw .internalFault(error)
    }
    if let formatted { return formatted }
    let errors = ZoneFileReader.read(source, options: inputs.zoneFile).findings
      .filter { $0.severity == .error }
    throw CommandError(
      "\(source.name): \(count(errors.count, "error")), so the file is left alone",
      findings: errors)
  }
}
