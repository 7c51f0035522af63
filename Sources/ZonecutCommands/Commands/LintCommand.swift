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
    case text, json, sarif, github, markdown, baseline
  }

  @Argument(help: "Zone files or Route 53 exports; - for standard input.")
  var zone: [String]

  @OptionGroup var inputs: InputOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup var messages: MessageOptions

  @Option(help: "The form of the output.")
  var format: Format = .text

  @Flag(
    help: ArgumentHelp(
      "Show each finding in full, in the order of the text.",
      discussion: """
        Without it text is grouped by rule: one finding in full, the others in a line, of \
        warnings and informations the first five, and how many there are.
        """))
  var allFindings = false

  @OptionGroup var settings: SettingsOptions

  @Option(
    help: ArgumentHelp(
      "A file of findings that are accepted for now, as --format baseline prints it.",
      valueName: "file"))
  var baseline: String?

  @Flag(help: "Change the zone files: settle what can be settled without harm.")
  var fix = false

  @Flag(help: "Print what --fix would change, as a patch. Without --fix nothing is written.")
  var diff = false

  @Flag(help: "With --fix: leave the serial of the SOA record as it is.")
  var keepSerial = false

  func validate() throws {
    if zone.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be read only once")
    }
    if network.resolve != nil, fix || diff {
      throw ValidationError("--resolve only finds: leave out --fix and --diff")
    }
    if fix, zone.contains("-") {
      throw ValidationError(
        "--fix changes files, and standard input is none; --diff prints a patch")
    }
  }

  func run(on console: Console) throws -> ExitStatus {
    var configuration = try rules.configuration(otherwise: [.standard])
    // Signatures are compared with the time in serial arithmetic (RFC 4034 section 3.1.5).
    configuration.now = UInt32(truncatingIfNeeded: console.now().secondsSince1970)
    // Whoever reads all of them, or leaves known ones out, needs all.
    if format != .text || allFindings || baseline != nil { configuration.maximumFindings = .max }
    let file = try settings.load()
    let accepted = try readBaseline()
    let inquirer = try network.inquirer(on: console, isQuiet: messages.quiet)
    let reader = InputReader(console: console, options: inputs)
    var findings: [Finding] = []
    var status = ExitStatus.success
    for path in zone {
      do {
        if fix || diff {
          let zone = try fixed(path, reader, configuration, file, accepted)
          findings += zone.findings
          status = .worse(status, try settle(zone, on: console))
        } else {
          findings += try lint(path, reader, configuration, file, inquirer?.inquiry)
        }
      } catch let error as CommandError {
        // The other inputs are linted all the same.
        console.report(error)
        status = .worse(status, error.status)
      }
    }
    findings = accepted?.newFindings(in: findings) ?? findings
    let report = FindingReport(findings)
    // The patch is all of the output.
    if !diff { try console.print(text(of: report, inquirer, on: console)) }
    if let inquirer, !messages.quiet {
      console.say(inquirer.progressed.summary(of: inquirer.name))
    }
    if diff || format == .text, !messages.quiet, status != .failure { console.say(report.summary) }
    let fails = report.worst.map { $0 >= rules.failOn } ?? false
    return .worse(status, fails ? .findings : .success)
  }

  private func lint(
    _ path: String, _ reader: InputReader, _ configuration: LintConfiguration, _ file: Settings?,
    _ inquiry: Inquiry?
  ) throws(CommandError) -> [Finding] {
    let source = try reader.open(path)
    if source.count == 0 {
      throw CommandError("\(source.name): is empty, expected a zone file or a Route 53 export")
    }
    guard InputReader.isExport(source) else {
      let reading = ZoneFileReader.read(source, options: inputs.zoneFile)
      return Linter.lint(
        reading, configuration: merged(configuration, file, for: reading.zone.apex),
        inquiry: inquiry)
    }
    let export = try reader.export([source])
    return Linter.lint(
      export.content.recordSets, apex: export.apex, findings: export.findings,
      configuration: merged(configuration, file, for: export.apex), inquiry: inquiry)
  }

  /// The zone with its findings settled as far as that is safe; nothing is written yet.
  private func fixed(
    _ path: String, _ reader: InputReader, _ configuration: LintConfiguration, _ file: Settings?,
    _ accepted: Baseline?
  ) throws(CommandError) -> FixedZone {
    let source = try reader.open(path)
    if source.count == 0 { throw CommandError("\(source.name): is empty, expected a zone file") }
    guard !InputReader.isExport(source) else {
      throw CommandError(
        "\(source.name): is a Route 53 export; --fix and --diff change zone files only")
    }
    let reading = ZoneFileReader.read(source, options: inputs.zoneFile)
    let fixer = ZoneFixer(
      options: inputs.zoneFile,
      configuration: merged(configuration, file, for: reading.zone.apex),
      raisesSerial: !keepSerial, baseline: accepted)
    return fixer.fix(reading)
  }

  /// Prints the patch, writes the files, and says what was done.
  private func settle(_ fixed: FixedZone, on console: Console) throws -> ExitStatus {
    let changes = fixed.changes
    if diff {
      for (old, new) in changes {
        let patch = UnifiedDiff(
          from: old.octets(in: 0..<old.count), to: new.octets(in: 0..<new.count), name: old.name)
        try console.writeData(patch.octets)
      }
    }
    if fix {
      try FileRewriter.checkUnchanged(changes.map(\.old))
      for (old, new) in changes {
        try FileRewriter.rewrite(old.name, with: new.octets(in: 0..<new.count))
      }
    }
    if !messages.quiet {
      for note in fixed.notes { console.say("note: \(note)") }
      if !changes.isEmpty { console.say(fixed.summary(isWritten: fix)) }
    }
    return diff && !fix && !changes.isEmpty ? .findings : .success
  }

  /// The options with what the file says of a zone.
  private func merged(
    _ configuration: LintConfiguration, _ file: Settings?, for apex: Name
  ) -> LintConfiguration {
    file?.merged(into: configuration, of: rules, for: apex) ?? configuration
  }

  /// The findings that are accepted; nil where no file of them is given.
  private func readBaseline() throws(CommandError) -> Baseline? {
    guard let baseline else { return nil }
    do {
      let source = try SourceFile.open(path: baseline)
      let text = String(decoding: source.octets(in: 0..<source.count), as: UTF8.self)
      return Baseline(parsing: text)
    } catch {
      throw CommandError(error)
    }
  }

  private func text(
    of report: FindingReport, _ inquirer: NetworkInquirer?, on console: Console
  ) -> String {
    switch format {
    case .text:
      let isColored = messages.color.applies(
        onTerminal: console.outputIsTerminal, environment: console.environment)
      let style = Style(color: isColored)
      return allFindings
        ? report.text(style: style) : report.groupedText(style: style, hint: "--all-findings")
    case .json: return report.json(network: inquirer?.json).text()
    case .sarif: return report.sarif(version: Zonecut.version, rules: Rule.all.map(\.sarif)).text()
    case .github: return report.githubAnnotations()
    case .markdown: return report.markdown()
    case .baseline: return Baseline(report.findings).text
    }
  }
}

extension FixedZone {
  /// `settled in 1 file: 2 web-ttl, 1 zone-duplicate-record`
  fileprivate func summary(isWritten: Bool) -> String {
    let counts = Dictionary(grouping: fixed, by: \.rule).sorted { $0.key < $1.key }
      .map { "\($0.value.count) \($0.key)" }
    return (isWritten ? "settled in " : "would be settled in ") + count(changes.count, "file")
      + ": "
      + counts.joined(separator: ", ")
  }
}

extension Rule {
  fileprivate var sarif: SARIFRule {
    SARIFRule(id: id, summary: title, explanation: rationale + " " + remedy, severity: severity)
  }
}
