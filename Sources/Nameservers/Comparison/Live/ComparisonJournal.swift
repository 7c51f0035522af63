import Diagnostics
import ZoneKit

/// Where a comparison keeps what it is through with, so that it can be taken up again: lines of
/// JSON, the first of which says what is compared.
public struct ComparisonJournal: Sendable {
  /// All octets so far; empty where there are none.
  public var read: @Sendable () -> [UInt8]
  /// Replaces all, as a whole or not at all.
  public var replace: @Sendable (_ text: String) -> Void
  /// Adds text at the end.
  public var add: @Sendable (_ text: String) -> Void

  /// A journal.
  public init(
    read: @escaping @Sendable () -> [UInt8],
    replace: @escaping @Sendable (_ text: String) -> Void,
    add: @escaping @Sendable (_ text: String) -> Void
  ) {
    self.read = read
    self.replace = replace
    self.add = add
  }

  /// What is compared: a journal of anything else is of no use.
  struct Header: Hashable {
    var line: String

    init(_ comparison: LiveComparison, questions: LiveQuestions) {
      let list = { (servers: [ServerAddress]) in
        JSONOutput.array(servers.map { .string($0.description) })
      }
      line = JSONOutput.object([
        "schema": ["name": "zonecut.compare.journal", "version": 1],
        "zone": .string(comparison.apex.description), "old": list(comparison.old),
        "new": list(comparison.new), "questions": .int(questions.count),
        "fingerprint": .string(String(questions.fingerprint, radix: 16)),
      ]).text(pretty: false)
    }
  }

  /// A difference seen at the question with a number.
  struct Suspect: Hashable {
    var question: Int
    var server: Int
    var reference: Int
  }

  /// What came to pass up to a question, since the checkpoint before.
  struct Checkpoint: Hashable {
    /// How many questions are done, from the first one on.
    var done = 0
    var matches = 0
    var expected: [String: Int] = [:]
    var suspects: [Suspect] = []
  }

  /// What an earlier run was through with; nil where there was none.
  ///
  /// - Throws: `LiveComparisonError` where the journal is of another comparison.
  func resume(_ header: Header) throws(LiveComparisonError) -> Checkpoint? {
    let lines = String(decoding: read(), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true)
    guard let first = lines.first else {
      replace(header.line + "\n")
      return nil
    }
    guard first == header.line else {
      throw LiveComparisonError(
        "the journal is of another comparison (servers, questions or contents are not the same): "
          + "remove it to begin anew")
    }
    var sum = Checkpoint()
    for line in lines.dropFirst() {
      // The last line may be cut short.
      guard let next = Checkpoint(line) else { break }
      sum.done = next.done
      sum.matches += next.matches
      sum.expected.merge(next.expected) { $0 + $1 }
      sum.suspects += next.suspects
    }
    // Whatever was cut short is gone before more is added.
    replace("\(header.line)\n\(sum.line)\n")
    return sum
  }

  func append(_ checkpoint: Checkpoint) { add(checkpoint.line + "\n") }
}

extension ComparisonJournal.Checkpoint {
  var line: String {
    JSONOutput.object([
      "done": .int(done), "match": .int(matches),
      "expected": .object(expected.mapValues { .int($0) }),
      "suspects": .array(
        suspects.map { .array([.int($0.question), .int($0.server), .int($0.reference)]) }),
    ]).text(pretty: false)
  }

  init?(_ line: some StringProtocol) {
    do throws(JSONError) {
      let json = try JSONReader.read(SourceFile(name: "journal", text: String(line)))
      done = try json.member("done", of: "journal").wholeNumber("done")
      matches = try json.member("match", of: "journal").wholeNumber("match")
      for member in try json.member("expected", of: "journal").object("expected") {
        expected[member.key] = try member.value.wholeNumber("expected")
      }
      for entry in try json.member("suspects", of: "journal").array("suspects") {
        let parts = try entry.array("suspect")
        guard parts.count == 3 else { return nil }
        suspects.append(
          ComparisonJournal.Suspect(
            question: try parts[0].wholeNumber("question"),
            server: try parts[1].wholeNumber("server"),
            reference: try parts[2].wholeNumber("reference")))
      }
    } catch { return nil }
  }
}
