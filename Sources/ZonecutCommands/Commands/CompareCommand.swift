import ArgumentParser
import Diagnostics
import Migration
import Nameservers
import Route53
import Synchronization
import ZoneKit

/// `zonecut compare ZONE [EXPORT]`
struct CompareCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares what old and new nameservers answer, for every question about a zone.",
    discussion: """
      Asks every address of the servers a set of questions that covers all questions about what \
      ZONE and EXPORT hold (each a zone file or a Route 53 export). Each difference is asked for \
      twice more before it is reported; a server that does not reply is never a difference.

      With --offline the two contents answer instead of servers, by the rules that nameservers \
      follow: a proof that they answer alike before any server holds them.

      Old servers that want signed queries (TSIG) are given them with --tsig.

      SOA and NS of the apex are expected to differ. Exit status 0: nothing but expected \
      differences; 1: others; 2: an input is unusable, or no server of a side can be asked.
      """)

  /// The forms of a report.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, html }

  @Argument(
    help: """
      A zone file or a Route 53 export, or - for standard input; or the name of a zone that an old \
      server transfers.
      """)
  var zone: String

  @Argument(help: "The other content: for --offline, or to cover what only the new side holds.")
  var export: String?

  @Flag(help: "Compare the two contents, and ask no server.")
  var offline = false

  @OptionGroup(title: "Servers") var servers: ServerOptions
  @OptionGroup(title: "Differences") var expectations: ExpectationOptions
  @OptionGroup var inputs: InputOptions
  @OptionGroup var messages: MessageOptions

  @Option(help: "The form of the output.")
  var format: Format = .text

  func validate() throws {
    if zone == "-", export == "-" {
      throw ValidationError("only one content can be standard input")
    }
    if offline {
      guard export != nil else {
        throw ValidationError("--offline takes two contents: ZONE and EXPORT")
      }
      guard servers.old.isEmpty, servers.new.isEmpty, servers.parent.isEmpty, servers.tsig == nil
      else {
        throw ValidationError(
          "--offline asks no servers: leave out --old, --new, --parent and --tsig")
      }
    } else if servers.old.isEmpty || servers.new.isEmpty {
      throw ValidationError(
        "--old and --new are needed, each with a server; or --offline with two contents")
    }
  }

  func run(on console: Console) throws -> ExitStatus {
    let reader = InputReader(console: console, options: inputs)
    let key = try TSIGArgument.key(servers.tsig, on: console)
    let contents = try [zone, export].compactMap { $0 }.map { input throws(CommandError) in
      if !offline, let apex = Self.nameWithoutFile(input) { return try transferred(apex, key) }
      return try reader.side(input).zoneContent
    }
    guard let first = contents.first, contents.allSatisfy({ $0.apex == first.apex }) else {
      throw CommandError(
        "the contents are of different zones: "
          + contents.map { "\($0.label) of \($0.apex)" }.joined(separator: ", "))
    }
    let report = offline ? compared(contents) : try asked(contents, key, console)
    switch format {
    case .text: try console.print(report.text(findingsOfCause: expectations.details))
    case .json: try console.print(report.json.text())
    case .markdown: try console.print(report.markdown)
    case .html: try console.print(report.html)
    }
    return report.isClean ? .success : .findings
  }

  /// The zone that an argument names which is no file.
  private static func nameWithoutFile(_ input: String) -> Name? {
    guard input != "-", (try? SourceFile.open(path: input)) == nil, !input.contains("/") else {
      return nil
    }
    return try? Name(parsing: input, origin: .root)
  }

  /// The content that the first old server gives away that lets itself be asked for all of it.
  private func transferred(_ apex: Name, _ key: TSIGKey?) throws(CommandError) -> ZoneContent {
    var refusals: [String] = []
    for server in try servers.addresses(of: servers.old) {
      var records: [Record] = []
      do throws(TransferError) {
        _ = try ZoneTransfer(apex, from: server, key: key).run { (part) throws(TransferError) in
          records += part
        }
        return ZoneContent(
          ZoneIndex(Zone(apex: apex, records: records)), label: "the transfer from \(server)")
      } catch {
        refusals.append("\(server): \(error)")
      }
    }
    throw CommandError(
      "\(zone): no such file, and no old server transfers a zone of that name "
        + "(\(refusals.joined(separator: "; ")))")
  }

  private func compared(_ contents: [ZoneContent]) -> ComparisonReport {
    ContentComparison(
      old: contents[0], new: contents[1],
      expected: expectations.expected(apex: contents[0].apex), ignored: expectations.ignore
    ).run()
  }

  private func asked(
    _ contents: [ZoneContent], _ key: TSIGKey?, _ console: Console
  ) throws(CommandError) -> ComparisonReport {
    // Of one content alone: an export is what the new side holds.
    let isNewAlone = contents.count == 1 && contents[0].isRoute53
    var comparison = LiveComparison(
      apex: contents[0].apex, old: try servers.addresses(of: servers.old),
      new: try servers.addresses(of: servers.new),
      oldContent: isNewAlone ? nil : contents[0],
      newContent: isNewAlone ? contents[0] : contents.dropFirst().first)
    comparison.parents = try servers.addresses(of: servers.parent)
    comparison.expected = expectations.expected(apex: comparison.apex)
    comparison.ignored = expectations.ignore
    comparison.sample = servers.sample
    comparison.options.queriesPerSecond = servers.qps.perSecond
    for server in comparison.old { comparison.options.keys[server] = key }
    comparison.journal = servers.resume.map { ComparisonJournal(file: $0, console: console) }
    let showsProgress = console.messagesAreOnTerminal && !messages.quiet
    do throws(LiveComparisonError) {
      let report = try comparison.run { progress in
        if showsProgress { console.writeMessage(Array("\r\(progress)\u{1b}[K".utf8)) }
      }
      if showsProgress { console.writeMessage(Array("\r\u{1b}[K".utf8)) }
      return report
    } catch {
      throw CommandError(error.description)
    }
  }
}

extension ComparedSide {
  /// What the side answers.
  var zoneContent: ZoneContent {
    switch content {
    case .zone(let index): ZoneContent(index, label: name)
    case .annotated(let zone):
      ZoneContent(hostedZone: zone.recordSets, apex: apex, label: name)
    case .recordSets(let sets): ZoneContent(hostedZone: sets, apex: apex, label: name)
    }
  }
}

extension ComparisonJournal {
  /// A journal in a file. That it cannot be written is said once, and ends nothing.
  init(file path: String, console: Console) {
    let state = Mutex<(offset: Int, hasFailed: Bool)>((0, false))
    let write = { @Sendable (text: String, isWhole: Bool) in
      let octets = Array(text.utf8)
      state.withLock { state in
        guard !state.hasFailed else { return }
        do throws(DirectoryError) {
          if isWhole {
            try WholeFile.write(octets, to: path)
            state.offset = octets.count
          } else {
            try WholeFile.append(octets, at: state.offset, to: path)
            state.offset += octets.count
          }
        } catch {
          state.hasFailed = true
          console.say("\(error); the comparison goes on without")
        }
      }
    }
    self.init(
      read: {
        guard let source = try? SourceFile.open(path: path) else { return [] }
        return source.octets(in: 0..<source.count)
      },
      replace: { write($0, true) }, add: { write($0, false) })
  }
}
