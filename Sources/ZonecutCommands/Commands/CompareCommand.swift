import ArgumentParser
import Diagnostics
import Nameservers
import ZoneKit

/// `zonecut compare ZONE [EXPORT]`
struct CompareCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares what old and new nameservers answer, for every question about a zone.",
    discussion: """
      With --offline: ZONE and EXPORT (each a zone file or a Route 53 export) answer a set of \
      questions that covers all questions, by the rules that nameservers follow: a proof that two \
      contents answer alike. SOA and NS of the apex are expected to differ.

      Exit status 0: nothing but expected differences; 1: others; 2: an input is unusable.
      """)

  /// The forms of a report.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, html }

  @Argument(help: "A zone file or a Route 53 export, or - for standard input.")
  var zone: String

  @Argument(help: "The other content, for a comparison offline or for the covering questions.")
  var export: String?

  @Flag(help: "Compare the two contents, and ask no server.")
  var offline = false

  @OptionGroup(title: "Differences") var expectations: ExpectationOptions
  @OptionGroup var inputs: InputOptions
  @OptionGroup var messages: MessageOptions

  @Option(help: "The form of the output.")
  var format: Format = .text

  func validate() throws {
    guard offline else { throw ValidationError("--offline is needed") }
    if export == nil { throw ValidationError("--offline takes two contents: ZONE and EXPORT") }
    if zone == "-", export == "-" {
      throw ValidationError("only one content can be standard input")
    }
  }

  func run(on console: Console) throws -> ExitStatus {
    let reader = InputReader(console: console, options: inputs)
    let contents = try [zone, export].compactMap { $0 }.map { try reader.side($0).zoneContent }
    guard contents[0].apex == contents[1].apex else {
      throw CommandError(
        "the sides are of different zones: \(contents[0].label) of \(contents[0].apex), "
          + "\(contents[1].label) of \(contents[1].apex)")
    }
    let report = ContentComparison(
      old: contents[0], new: contents[1],
      expected: expectations.expected(apex: contents[0].apex), ignored: expectations.ignore
    ).run()
    try show(report, on: console)
    return report.isClean ? .success : .findings
  }

  private func show(_ report: ComparisonReport, on console: Console) throws(OutputError) {
    switch format {
    case .text: try console.print(report.text(findingsOfCause: expectations.details))
    case .json: try console.print(report.json.text())
    case .markdown: try console.print(report.markdown)
    case .html: try console.print(report.html)
    }
  }
}

extension ComparedSide {
  /// What the side answers.
  var zoneContent: ZoneContent {
    switch content {
    case .zone(let index): ZoneContent(index, label: name)
    case .recordSets(let sets): ZoneContent(hostedZone: sets, apex: apex, label: name)
    }
  }
}
