import ArgumentParser
import Diagnostics
import Propagation
import Route53
import ZoneKit
import ZoneLint

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// `zonecut lint ZONE...`
struct LintCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Prints the errors and lint findings of zone files and Route 53 exports.",
    discussion: """
      Exit status 1: a finding has the failing severity (--fail-on) or a worse one. \
      'zonecut rules' lists the rules.
      """)

  /// The forms of findings.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, github, markdown, baseline
  }

  @Argument(help: "Zone files or Route 53 exports; - for standard input.")
  var zone: [String]

  @OptionGroup var inputs: InputOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions
  @OptionGroup var messages: MessageOptions

  @Option(help: "The form of the output.")
  var format: Format = .text

  @Option(
    help: ArgumentHelp(
      "A file of settings (default: \(Self.defaultConfig), if there is one).", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "A file of findings that are accepted for now, as --format baseline prints it.",
      valueName: "file"))
  var baseline: String?

  private static let defaultConfig = ".zonecut.yml"

  func validate() throws {
    if zone.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be read only once")
    }
  }

  func run(on console: Console) throws -> ExitStatus {
    var configuration = try rules.configuration(otherwise: [.standard])
    // Signatures are compared with the time in serial arithmetic (RFC 4034 section 3.1.5).
    configuration.now = UInt32(truncatingIfNeeded: console.now().secondsSince1970)
    let file = try settings()
    let reader = InputReader(console: console, options: inputs)
    var findings: [Finding] = []
    var status = ExitStatus.success
    for path in zone {
      do throws(CommandError) {
        findings += try lint(path, reader, configuration, file)
      } catch {
        // The other inputs are linted all the same.
        console.report(error)
        status = .worse(status, error.status)
      }
    }
    findings = try newFindings(in: findings)
    let report = FindingReport(findings)
    try console.print(text(of: report, on: console))
    if format == .text, !messages.quiet, status == .success { console.say(report.summary) }
    let fails = report.worst.map { $0 >= rules.failOn } ?? false
    return .worse(status, fails ? .findings : .success)
  }

  private func lint(
    _ path: String, _ reader: InputReader, _ configuration: LintConfiguration, _ file: LintFile?
  ) throws(CommandError) -> [Finding] {
    let source = try reader.open(path)
    if source.count == 0 {
      throw CommandError("\(source.name): is empty, expected a zone file or a Route 53 export")
    }
    guard InputReader.isExport(source) else {
      let reading = ZoneFileReader.read(source, options: inputs.zoneFile)
      return Linter.lint(
        reading, configuration: merged(configuration, file, for: reading.zone.apex))
    }
    let export = try reader.export([source])
    return Linter.lint(
      export.content.recordSets, apex: export.apex, findings: export.findings,
      configuration: merged(configuration, file, for: export.apex))
  }

  /// The file of settings; nil where none is asked for and none is there.
  private func settings() throws(CommandError) -> LintFile? {
    let source: SourceFile
    do {
      source = try SourceFile.open(path: config ?? Self.defaultConfig)
    } catch {
      if config == nil, error.errno == ENOENT { return nil }
      throw CommandError(error)
    }
    do {
      return try LintFile(source)
    } catch {
      throw CommandError("\(error)")
    }
  }

  /// The options with what the file says of a zone.
  private func merged(
    _ configuration: LintConfiguration, _ file: LintFile?, for apex: Name
  ) -> LintConfiguration {
    guard let file else { return configuration }
    var merged = file.merged(into: configuration, for: apex)
    if rules.sets.isEmpty, let sets = file.sets(for: apex) { merged.sets = sets }
    return merged
  }

  /// The findings that the baseline does not hold.
  private func newFindings(in findings: [Finding]) throws(CommandError) -> [Finding] {
    guard let baseline else { return findings }
    do {
      let source = try SourceFile.open(path: baseline)
      let text = String(decoding: source.octets(in: 0..<source.count), as: UTF8.self)
      return Baseline(parsing: text).newFindings(in: findings)
    } catch {
      throw CommandError(error)
    }
  }

  private func text(of report: FindingReport, on console: Console) -> String {
    switch format {
    case .text:
      let isColored = messages.color.applies(
        onTerminal: console.outputIsTerminal, environment: console.environment)
      return report.text(style: Style(color: isColored))
    case .json: return report.json().text()
    case .sarif: return report.sarif(version: Zonecut.version, rules: Rule.all.map(\.sarif)).text()
    case .github: return report.githubAnnotations()
    case .markdown: return report.markdown()
    case .baseline: return Baseline(report.findings).text
    }
  }
}

extension Rule {
  fileprivate var sarif: SARIFRule {
    SARIFRule(id: id, summary: title, explanation: rationale + " " + remedy, severity: severity)
  }
}
