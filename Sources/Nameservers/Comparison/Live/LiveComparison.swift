public import ZoneKit

/// Compares what old and new nameservers answer.
///
/// Every address of every server is asked the questions that cover the contents at hand. Each
/// difference is asked for twice more, one question at a time and from fresh ports, before it is
/// reported; that a server does not reply is never a difference.
public struct LiveComparison: Sendable {
  /// The apex.
  public let apex: Name
  /// The addresses of the old servers.
  public let old: [ServerAddress]
  /// The addresses of the new servers.
  public let new: [ServerAddress]
  /// What the old servers are known to hold.
  public let oldContent: ZoneContent?
  /// What the new servers are known to hold.
  public let newContent: ZoneContent?
  /// Addresses of servers of the parent zone, whose delegation is checked.
  public var parents: [ServerAddress] = []
  /// What may differ.
  public var expected: ExpectedDifferences
  /// What is not asked for.
  public var ignored: [ExpectedDifferences.Pattern] = []
  /// How many questions are asked, spread evenly over all; nil for all of them.
  public var sample: Int?
  /// How servers are asked.
  public var options = QueryOptions()
  /// Time and random numbers.
  public var environment = QueryEnvironment.system
  /// Ends the comparison early.
  public var cancellation: QueryCancellation?
  /// Where progress is kept, so that a comparison that was stopped can be taken up again.
  public var journal: ComparisonJournal?

  /// A comparison of servers by what is known of their content: that of one side at least.
  public init(
    apex: Name, old: [ServerAddress], new: [ServerAddress], oldContent: ZoneContent?,
    newContent: ZoneContent?
  ) {
    self.apex = apex
    self.old = old
    self.new = new
    self.oldContent = oldContent
    self.newContent = newContent
    expected = ExpectedDifferences(apex: apex)
  }

  var contents: [ZoneContent] { [oldContent, newContent].compactMap { $0 } }

  /// Asks the servers. Blocks the calling thread, which must not be one of the cooperative pool.
  ///
  /// - Throws: `LiveComparisonError` where no old or no new server can be asked, or the journal is
  ///   of another comparison.
  public func run(
    progress: (ComparisonProgress) -> Void = { _ in }
  ) throws(LiveComparisonError) -> ComparisonReport {
    let questions = LiveQuestions(self)
    var servers = try examineServers()
    var notes: [String] = []
    var isFirstAttempt = true
    while true {
      let sweep = try Sweep(self, servers: servers, questions: questions)
      sweep.run(progress: progress)
      if cancellation?.isCancelled == true {
        throw LiveComparisonError("stopped after \(sweep.done) of \(questions.count) questions")
      }
      var report = sweep.report
      addFaults(of: servers, to: &report)
      sweep.addFailures(to: &report)
      addConfirmed(sweep.suspects, servers: servers, questions: questions, to: &report)
      let changes = serialChanges(&servers)
      if !changes.isEmpty {
        notes += changes
        if isFirstAttempt, journal == nil {
          isFirstAttempt = false
          notes.append("the zone changed during the comparison, so all questions were asked again")
          continue
        }
        notes.append("the zone changed during the comparison: compare again once it is quiet")
      }
      for parent in parents { check(parent, servers: servers, report: &report) }
      report.notes = notes + sweep.notes + serialNotes(servers) + report.parentNotes
      report.coverage = coverage(questions)
      return report
    }
  }

  private func coverage(_ questions: LiveQuestions) -> String {
    let known = contents.map(\.label).joined(separator: " and ")
    let part =
      questions.isSample
      ? "a sample of \(questions.count) out of \(questions.total) questions, which proves nothing "
        + "of the others"
      : "covers every question about what \(known) hold\(contents.count == 1 ? "s" : ""), at the "
        + "addresses asked"
    return part
      + "; cannot cover other anycast nodes, views, and names that stand in none of the contents"
      + (ignored.isEmpty ? "" : "; questions that are ignored were left out")
  }
}

/// The questions of a comparison in their order, by number.
struct LiveQuestions: Sendable {
  let covering: CoveringQuestions
  private let foreign: Question?
  private let ignored: [ExpectedDifferences.Pattern]
  private let sample: Int?
  /// How many there would be without sampling.
  let total: Int
  /// What tells this list from another.
  let fingerprint: UInt64

  init(_ comparison: LiveComparison) {
    covering = CoveringQuestions(comparison.contents)
    ignored = comparison.ignored
    let outside = try? Name(parsing: "zonecut.invalid.")
    foreign = outside.flatMap {
      $0.isAtOrBelow(comparison.apex) ? nil : Question($0, .a)
    }
    sample = comparison.sample
    var total = 0
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for question in Self.all(covering, foreign, ignored) {
      total += 1
      for octet in question.name.wire { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01b3 }
      hash = (hash ^ UInt64(question.type.rawValue)) &* 0x100_0000_01b3
    }
    self.total = total
    fingerprint = hash
  }

  private static func all(
    _ covering: CoveringQuestions, _ foreign: Question?, _ ignored: [ExpectedDifferences.Pattern]
  ) -> some Sequence<Question> {
    [AnySequence(covering), AnySequence(foreign.map { [$0] } ?? [])].lazy.joined()
      .filter { question in !ignored.contains { $0.matches(question) } }
  }

  var isSample: Bool { sample.map { $0 < total } ?? false }

  /// How many are asked.
  var count: Int { min(sample ?? total, total) }

  /// Those that are asked, in order.
  func makeIterator() -> AnyIterator<Question> {
    let all = Self.all(covering, foreign, ignored)
    guard isSample else { return AnyIterator(all.makeIterator()) }
    // As even as whole numbers allow.
    let (count, total) = (count, total)
    var iterator = all.enumerated().makeIterator()
    return AnyIterator {
      while let (number, question) = iterator.next() {
        if number * count % total < count { return question }
      }
      return nil
    }
  }
}
