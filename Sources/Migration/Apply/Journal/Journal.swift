import Diagnostics

/// What was done so far with a plan, as its journal says.
///
/// An entry is in the file, and the file on the disk, before anything that follows it is done.
struct Journal: Sendable {
  /// Which plan, which hosted zone; nil before the first run.
  private(set) var start: JournalStart?
  /// How many batches are applied.
  private(set) var applied = 0
  /// What is not finished.
  private(set) var open: Open?
  /// How many octets of the file are whole lines. What follows was cut off in the middle of
  /// being written: what it announces was not done.
  private(set) var wholeCount = 0

  /// A move that is not finished.
  enum Open: Sendable, Hashable {
    /// It was about to be sent.
    case intent(Move)
    /// It is a change of the service that was not yet in sync.
    case sent(Move, changeID: String)
  }

  /// The journal of no run yet.
  init() {}

  /// Reads a journal.
  ///
  /// - Throws: `JSONError` at an entry that is none, or does not follow on those before it.
  init(_ octets: [UInt8], name: String) throws(JSONError) {
    let newline = UInt8(ascii: "\n")
    let end = octets.lastIndex(of: newline).map { $0 + 1 } ?? 0
    for line in octets[..<end].split(separator: newline, omittingEmptySubsequences: false)
      .dropLast()
    {
      // Each line is a text by itself; spaces before it keep its place in the file.
      let blanks = octets[..<line.startIndex].map { $0 == newline ? $0 : UInt8(ascii: " ") }
      let document = try JSONReader.read(SourceFile(name: name, octets: blanks + line))
      guard note(try JournalEntry(document).event, count: line.count + 1) else {
        throw JSONError("this entry does not follow on those before it", at: document.location)
      }
    }
  }

  /// Takes an event in; false if it cannot follow.
  ///
  /// - Parameter count: the octets of its line.
  mutating func note(_ event: JournalEntry.Event, count: Int) -> Bool {
    switch (event, open) {
    case (.start(let start), nil) where self.start == nil: self.start = start
    case (.intent(let move, _), nil) where start != nil && applied == move.before:
      open = .intent(move)
    case (.sent(let move, let changeID), .intent(let intended)) where move == intended:
      applied = move.after
      open = .sent(move, changeID: changeID)
    case (.foundApplied(let move), .intent(let intended)) where move == intended:
      applied = move.after
      open = nil
    case (.foundNotApplied(let move), .intent(let intended)) where move == intended: open = nil
    case (.inSync(let move), .sent(let sent, _)) where move == sent: open = nil
    default: return false
    }
    wholeCount += count
    return true
  }
}
