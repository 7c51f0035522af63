import ArgumentParser
import Diagnostics
import Migration
import Runbook

/// `zonecut runbook PLAN`
struct RunbookCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook",
    abstract: "Renders a plan's runbook again.",
    discussion: """
      The plan is made again from its inputs, which must be the same octets as then, with paths \
      as seen from where it was made. A template is a Mustache file that is filled from what \
      --format json prints; see the README. A blocked plan is never put into one.
      """)

  /// The forms of a runbook.
  enum Format: String, ExpressibleByArgument, CaseIterable { case markdown, html, json }

  @Argument(help: "The plan's directory, or its plan.json.")
  var plan: String

  @Option(help: "The form of the output.")
  var format: Format = .markdown

  @OptionGroup var templates: TemplateOptions
  @OptionGroup(title: "Runbook") var runbook: RunbookArguments

  func run(on console: Console) throws -> ExitStatus {
    let template = try templates.template()
    let path = plan.hasSuffix(".json") ? plan : plan + "/" + PlanFiles.planFile
    let recorded = try recordedPlan(path)
    var command: PlanCommand
    do {
      command = try PlanCommand.parse(recorded.arguments + ["--out", plan])
    } catch {
      throw CommandError(
        "\(path): its command line is not understood: \(PlanCommand.message(for: error))")
    }
    command.runbook = runbook.over(command.runbook)
    let remade = try command.maker(on: console, lookingAround: false).plan()
    for (then, now) in zip(recorded.inputs, remade.inputs) where then.sha256 != now.sha256 {
      throw CommandError("\(now.name): has changed since the plan was made; plan again")
    }
    guard recorded.inputs.count == remade.inputs.count, recorded.id == remade.id else {
      throw CommandError(
        "\(path): was made from other inputs, or by another version of zonecut; plan again")
    }
    if let template, !remade.isBlocked {
      try console.print(template.render(remade.runbook))
    } else {
      try console.print(remade.runbook.text(in: format))
    }
    return remade.isBlocked ? .findings : .success
  }

  private func recordedPlan(_ path: String) throws(CommandError) -> RecordedPlan {
    let source: SourceFile
    do throws(SourceFileError) {
      source = try SourceFile.open(path: path)
    } catch {
      throw CommandError(error)
    }
    do throws(JSONError) {
      return try RecordedPlan(try JSONReader.read(source))
    } catch {
      throw CommandError("\(error)")
    }
  }
}

extension Runbook {
  fileprivate func text(in format: RunbookCommand.Format) -> String {
    switch format {
    case .markdown: markdown()
    case .html: html()
    case .json: json()
    }
  }
}
