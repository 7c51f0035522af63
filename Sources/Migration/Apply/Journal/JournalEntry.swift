import Diagnostics

/// One line of the journal: what was about to be done, or was done, with a hosted zone.
struct JournalEntry: Sendable, Hashable {
  /// When, as RFC 3339 writes it.
  var time: String
  /// What.
  var event: Event

  /// What can happen.
  enum Event: Sendable, Hashable {
    /// The first line: which plan is applied to which hosted zone, whose export is kept.
    case start(JournalStart)
    /// A batch is about to be sent.
    case intent(Move, sha256: String)
    /// The service has taken it as a change.
    case sent(Move, changeID: String)
    /// That change is in sync.
    case inSync(Move)
    /// The hosted zone shows that the batch was taken, though no answer is known.
    case foundApplied(Move)
    /// The hosted zone shows that the batch was not taken.
    case foundNotApplied(Move)
  }
}

/// A batch of the plan in one of two directions.
struct Move: Sendable, Hashable {
  var direction: Direction
  /// The batch of the plan, counted from 0.
  var step: Int

  /// How many batches are applied before the move.
  var before: Int { direction == .apply ? step : step + 1 }
  /// How many batches are applied behind it.
  var after: Int { direction == .apply ? step + 1 : step }
  /// What undoes the move.
  var inverse: Move { Move(direction: direction == .apply ? .rollback : .apply, step: step) }
}

/// Forward or back.
public enum Direction: String, Sendable, Hashable {
  /// Batches are applied.
  case apply
  /// Batches are undone, the last first.
  case rollback
}

/// What is applied to what.
struct JournalStart: Sendable, Hashable {
  var planID: String
  var zone: String
  var hostedZoneID: String
  /// The SHA-256 of the export that was kept.
  var exportSHA256: String
  /// The SHA-256 of each batch's file and of its rollback's, in the order of the plan.
  var files: [String]
}

// MARK: - A line of JSON

extension JournalEntry {
  static let schema = "zonecut.journal"

  /// The entry on one line, its line end included.
  var line: String {
    var members: [String: JSONOutput] = ["at": .string(time)]
    switch event {
    case .start(let start):
      members["event"] = "start"
      members["schema"] = ["name": .string(Self.schema), "version": 1]
      members["plan"] = .string(start.planID)
      members["zone"] = .string(start.zone)
      members["hostedZoneId"] = .string(start.hostedZoneID)
      members["exportSha256"] = .string(start.exportSHA256)
      members["batches"] = .array(start.files.map(JSONOutput.string))
    case .intent(let move, let sha256):
      members["event"] = "intent"
      members["sha256"] = .string(sha256)
      members.add(move)
    case .sent(let move, let changeID):
      members["event"] = "sent"
      members["change"] = .string(changeID)
      members.add(move)
    case .inSync(let move):
      members["event"] = "insync"
      members.add(move)
    case .foundApplied(let move):
      members["event"] = "found-applied"
      members.add(move)
    case .foundNotApplied(let move):
      members["event"] = "found-not-applied"
      members.add(move)
    }
    return JSONOutput.object(members).text(pretty: false) + "\n"
  }

  /// Reads a line.
  init(_ document: JSONValue) throws(JSONError) {
    time = try document.member("at", of: "the entry").string("at")
    let word = try document.member("event", of: "the entry")
    switch try word.string("event") {
    case "start":
      var files: [String] = []
      for file in try document.member("batches", of: "start").array("batches") {
        files.append(try file.string("batches"))
      }
      event = .start(
        JournalStart(
          planID: try document.member("plan", of: "start").string("plan"),
          zone: try document.member("zone", of: "start").string("zone"),
          hostedZoneID: try document.member("hostedZoneId", of: "start").string("hostedZoneId"),
          exportSHA256: try document.member("exportSha256", of: "start").string("exportSha256"),
          files: files))
    case "intent":
      event = .intent(
        try Move(document),
        sha256: try document.member("sha256", of: "intent").string("sha256"))
    case "sent":
      event = .sent(
        try Move(document), changeID: try document.member("change", of: "sent").string("change"))
    case "insync": event = .inSync(try Move(document))
    case "found-applied": event = .foundApplied(try Move(document))
    case "found-not-applied": event = .foundNotApplied(try Move(document))
    default: throw JSONError("event: unknown to this version of zonecut", at: word.location)
    }
  }
}

extension Move {
  fileprivate init(_ document: JSONValue) throws(JSONError) {
    let word = try document.member("direction", of: "the entry")
    guard let direction = Direction(rawValue: try word.string("direction")) else {
      throw JSONError("direction: expected apply or rollback", at: word.location)
    }
    self.direction = direction
    step = try document.member("step", of: "the entry").wholeNumber("step", in: 1...Int.max) - 1
  }
}

extension [String: JSONOutput] {
  fileprivate mutating func add(_ move: Move) {
    self["direction"] = .string(move.direction.rawValue)
    self["step"] = .int(move.step + 1)
  }
}
