import ArgumentParser
import Diagnostics
import Propagation
import Route53
import ZoneKit
import ZoneLint

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
    case text, json, sarif, github, markdown
  }

  @Argument(help: "Zone files or Route 53 exports; - for standard input.")
  var zone: [String]

  @OptionGroup var inputs: InputOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions
  @OptionGroup var messages: MessageOptions

  @Option(help: "The form of the output.")
  var format: Format = .text

  func validate() throws {
    if zone.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be read only once")
    }
  }

  func run(on console: Console) throws -> ExitStatus {
    var configuration = try rules.configuration(otherwise: [.standard])
    // Signatures are compared with the time in serial arithmetic (RFC 4034 section 3.1.5).
    configuration.now = UInt32(truncatingIfNeeded: console.now().secondsSince1970)
    let reader = InputReader(console: console, options: inputs)
    var findings: [Finding] = []
    var status = ExitStatus.success
    for path in zone {
      do throws(CommandError) {
        findings += try lint(path, reader, configuration)
      } catch {
        // The other inputs are linted all the same.
        console.report(error)
        status = .worse(status, error.status)
      }
    }
    let report = FindingReport(findings)
    try console.print(text(of: report, on: console))
    if format == .text, !messages.quiet, status == .success { console.say(report.summary) }
    let fails = report.worst.map { $0 >= rules.failOn } ?? false
    return .worse(status, fails ? .findings : .success)
  }

  private func lint(
    _ path: String, _ reader: InputReader, _ configuration: LintConfiguration
  ) throws(CommandError) -> [Finding] {
    let source = try reader.open(path)
    if source.count == 0 {
      throw CommandError("\(source.name): is empty, expected a zone file or a Route 53 export")
    }
    guard InputReader.isExport(source) else {
      let reading = ZoneFileReader.read(source, options: inputs.zoneFile)
      return Linter.lint(reading, configuration: configuration)
    }
    let export = try reader.export([source])
    return Linter.lint(
      export.content.recordSets, apex: export.apex, findings: export.findings,
      configuration: configuration)
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
    }
  }
}

extension Rule {
  fileprivate var sarif: SARIFRule {
    SARIFRule(id: id, summary: title, explanation: rationale + " " + remedy, severity: severity)
  }
}
