import ArgumentParser
import Diagnostics
import Migration
import RecordSets
import Route53
import ZoneKit

/// `zonecut apply DIR`
struct ApplyCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Applies a plan's batches to its hosted zone, or undoes them.",
    discussion: """
      Works through the aws command: credentials, profiles and sign-in are that command's. \
      Before each batch the hosted zone is fetched, and must be as the plan expects it. Each step \
      is in DIR/\(ApplyStore.journalFile) before it is done: a run that was stopped at any point \
      is taken up by the same command, and no batch is applied twice.

      Without --through, the batches that load the zone are applied; those named restore belong \
      after the parallel run, and are applied when --through names them. Exit status 1: the \
      hosted zone is not as the plan expects it.
      """)

  @Argument(help: "A directory that plan or batches wrote.")
  var directory: String

  @Flag(help: "Undo what was applied, the last batch first.")
  var rollback = false

  @Option(
    help: ArgumentHelp(
      "The number of the last file of batches/, or of rollback/, to send.", valueName: "number"))
  var through: Int?

  @Option(
    name: .customLong("zone-id"),
    help: ArgumentHelp("The hosted zone, if the plan does not say it.", valueName: "id"))
  var zoneID: String?

  @Flag(help: "Fetch and prove, and say what would be sent.")
  var dryRun = false

  @Flag(help: "Go on though others have changed record sets that the plan leaves alone.")
  var allowOtherChanges = false

  @Flag(name: .shortAndLong, help: "Do not ask for the zone's name before the first batch.")
  var yes = false

  @Option(
    help: ArgumentHelp(
      "How often to ask whether a batch is in sync, in seconds.", valueName: "seconds"))
  var pollInterval = 10

  @Option(
    help: ArgumentHelp(
      "How long to wait until a batch is in sync, in seconds; run again to wait longer.",
      valueName: "seconds"))
  var waitLimit = 1_800

  @OptionGroup(title: "Service") var service: ServiceArguments
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    guard (1...3_600).contains(pollInterval) else {
      throw ValidationError("found --poll-interval \(pollInterval), expected 1 to 3600 seconds")
    }
    guard (0...86_400).contains(waitLimit) else {
      throw ValidationError("found --wait-limit \(waitLimit), expected 0 to 86400 seconds")
    }
  }

  func run(on console: Console) throws -> ExitStatus {
    if !yes, !dryRun, !console.inputIsTerminal {
      throw CommandError.usage(
        "apply asks for the zone's name before it sends anything, and standard input is no "
          + "terminal: --yes confirms")
    }
    do {
      let plan = try ApplicablePlan(directory: directory)
      let held = try hold()
      let outcome = try applier(plan, on: console).run(options)
      _ = consume held
      if !messages.quiet || dryRun { for line in outcome.lines { console.say(line) } }
      return .success
    } catch let error as ApplyError {
      console.show(error.findings, color: messages.color)
      if let difference = error.difference { try console.print(difference.text) }
      for message in error.messages { console.say(message) }
      return error.kind == .difference ? .findings : .failure
    }
  }

  private func hold() throws(CommandError) -> HeldDirectory {
    do throws(DirectoryError) {
      return try HeldDirectory.hold(directory)
    } catch {
      throw CommandError("\(error)")
    }
  }

  private var options: Applier.Options {
    var options = Applier.Options()
    options.hostedZoneID = zoneID
    options.direction = rollback ? .rollback : .apply
    options.through = through
    options.isDryRun = dryRun
    options.allowsOtherChanges = allowOtherChanges
    return options
  }

  private func applier(_ plan: ApplicablePlan, on console: Console) -> Applier {
    var service = service.service(on: console)
    service.settings.pollInterval = Double(pollInterval)
    service.settings.pollCount = waitLimit / pollInterval
    return Applier(
      plan: plan, service: service, store: .directory(directory),
      now: console.now,
      report: { event in
        if !messages.quiet { console.say(event.line) }
      },
      confirm: { outlook in
        for line in outlook.lines { console.say(line) }
        if yes { return true }
        console.say("type the name of the zone to go on: \(outlook.zone)")
        return console.readLine().map { Self.isName($0, of: outlook) } ?? false
      })
  }

  private static func isName(_ line: String, of outlook: ApplyOutlook) -> Bool {
    (try? Name(parsing: line, origin: .root)) == outlook.zone
  }
}

// MARK: - In words

extension ApplyOutlook {
  /// What is about to be done.
  fileprivate var lines: [String] {
    let verb = direction == .apply ? "to apply to" : "to undo in"
    return [
      "\(count(files.count, "batch", "batches")) \(verb) \(zone), hosted zone \(hostedZoneID): "
        + "\(count(changeCount, "change")); record sets \(setCounts.before) -> "
        + "\(setCounts.after); applied before: \(appliedCount) of \(stepCount)"
    ] + files.map { "  \($0.path): \(count($0.batch.changes.count, "change")), \($0.batch.size)" }
  }
}

extension ApplyOutcome {
  /// What was done, and what is left.
  fileprivate var lines: [String] {
    guard isDone else { return outlook.lines + ["proven, and nothing was sent: a dry run"] }
    let applied =
      outlook.appliedCount + (outlook.direction == .apply ? sentCount : -sentCount)
    var lines = [
      (sentCount == 0
        ? "nothing to send" : "\(count(sentCount, "batch", "batches")) in sync")
        + "; fetched again: the hosted zone holds what it should, \(outlook.setCounts.after) "
        + "record sets; applied: \(applied) of \(outlook.stepCount)"
    ]
    if outlook.direction == .apply, applied < outlook.stepCount {
      lines.append("for after the parallel run: --through \(outlook.stepCount) applies the rest")
    }
    return lines
  }
}

extension ApplyEvent {
  /// The event in a line.
  fileprivate var line: String {
    switch self {
    case .settled(let file, true): "\(file): the hosted zone shows that it was applied"
    case .settled(let file, false): "\(file): the hosted zone shows that it was not applied"
    case .waiting(let file): "\(file): was sent; waiting until it is in sync"
    case .forgotten(let file): "\(file): was sent; Route 53 no longer keeps the change's status"
    case .otherChanges(let number):
      "\(count(number, "record set")) changed by others, which the plan leaves alone"
    case .sending(let file, let number, let total): "\(file): sending, \(number) of \(total)"
    case .done(let file, let progress): "\(file): in sync; \(progress.line)"
    }
  }
}

extension ApplyProgress {
  /// `400 of 1200 changes, 12 a second, about 65 s left`
  fileprivate var line: String {
    var parts = ["\(doneCount) of \(count(changeCount, "change"))"]
    if let rate, rate < 1_000_000 { parts.append("\(rounded(rate)) a second") }
    if doneCount < changeCount, let timeLeft, timeLeft < 1_000_000 {
      parts.append("about \(Int(timeLeft.rounded(.up))) s left")
    }
    return parts.joined(separator: ", ")
  }

  private func rounded(_ number: Double) -> String {
    number < 10 ? "\((number * 10).rounded() / 10)" : "\(Int(number.rounded()))"
  }
}

/// `1 batch`, `3 batches`.
private func count(_ number: Int, _ one: String, _ many: String) -> String {
  "\(number) \(number == 1 ? one : many)"
}
