import Diagnostics
import RecordSets
import Route53
import Synchronization
import ZoneKit

@testable import Migration

/// The `aws` command and the service behind it, as far as `AWSRoute53` goes: the strict model of a
/// hosted zone that takes change batches, and answers that a test prepares.
final class SimulatedRoute53: Sendable {
  struct State {
    var zone: HostedZone
    /// The batches that were taken.
    var taken: [[UInt8]] = []
    /// All command lines.
    var calls: [CommandRunner.Invocation] = []
    /// What the next calls of an operation give, before the service answers by itself.
    var prepared: [String: [Prepared]] = [:]
    /// How many times a change is PENDING when it is asked for.
    var pendingCount = 0
    /// Seconds slept.
    var slept: [Double] = []
  }

  enum Prepared {
    /// An answer in place of the service's.
    case answer(CommandRunner.Result)
    /// The command does not end well, and has done nothing.
    case fails(CommandFailure)
    /// The service does what it is asked, and the answer is lost.
    case losesAnswer(CommandFailure)
    /// Somebody else does something first.
    case after(@Sendable (inout State) -> Void)
  }

  let state: Mutex<State>
  let killer: Killer

  init(_ zone: HostedZone, killer: Killer = Killer(at: nil)) {
    state = Mutex(State(zone: zone))
    self.killer = killer
  }

  private init(_ state: State, killer: Killer) {
    self.state = Mutex(state)
    self.killer = killer
  }

  /// The same service for another process.
  func seen(by killer: Killer) -> SimulatedRoute53 {
    SimulatedRoute53(state.withLock { $0 }, killer: killer)
  }

  func prepare(_ operation: String, _ answers: Prepared...) {
    state.withLock { $0.prepared[operation, default: []] += answers }
  }

  var sets: [RecordSet] { state.withLock { $0.zone.sets } }
  var takenCount: Int { state.withLock { $0.taken.count } }

  /// How often an operation was called.
  func callCount(_ operation: String) -> Int {
    state.withLock { $0.calls.count { $0.arguments[1] == operation } }
  }

  var service: AWSRoute53 {
    AWSRoute53(
      runner: CommandRunner { [self] invocation throws(CommandFailure) in
        try killer.pass { CommandFailure.system("killed") }
        let result = try answer(invocation)
        try killer.pass { CommandFailure.system("killed") }
        return result
      },
      pace: Pace(
        now: { [self] in state.withLock { $0.slept.reduce(0, +) } },
        sleep: { [self] seconds in state.withLock { $0.slept.append(seconds) } },
        random: { 1 }))
  }

  private func answer(
    _ invocation: CommandRunner.Invocation
  ) throws(CommandFailure) -> CommandRunner.Result {
    let result = state.withLock { state -> Result<CommandRunner.Result, CommandFailure> in
      state.calls.append(invocation)
      let operation = invocation.arguments[1]
      switch state.prepared[operation]?.first {
      case nil: return .success(Self.serve(invocation, &state))
      case .answer(let answer)?:
        state.prepared[operation]?.removeFirst()
        return .success(answer)
      case .fails(let failure)?:
        state.prepared[operation]?.removeFirst()
        return .failure(failure)
      case .losesAnswer(let failure)?:
        state.prepared[operation]?.removeFirst()
        _ = Self.serve(invocation, &state)
        return .failure(failure)
      case .after(let action)?:
        state.prepared[operation]?.removeFirst()
        action(&state)
        return .success(Self.serve(invocation, &state))
      }
    }
    return try result.get()
  }

  private static func serve(
    _ invocation: CommandRunner.Invocation, _ state: inout State
  ) -> CommandRunner.Result {
    switch invocation.arguments[1] {
    case "list-resource-record-sets":
      return ok(state.zone.sets.exportJSON.text())
    case "get-hosted-zone":
      return ok(
        """
        {"HostedZone": {"Id": "/hostedzone/ZEXAMPLE", "Name": "\(state.zone.apex)", \
        "Config": {"PrivateZone": false}, "ResourceRecordSetCount": \(state.zone.count)}, \
        "DelegationSet": {"NameServers": ["ns-1.example.net"]}}
        """)
    case "change-resource-record-sets":
      let source = SourceFile(name: "batch", octets: invocation.input)
      guard let document = try? JSONReader.read(source) else {
        return refused("MalformedInput", "no JSON", invocation)
      }
      do throws(ChangeBatchRejection) {
        try state.zone.apply(ChangeBatchReading(document).batch)
      } catch {
        let texts = error.messages.map(\.text).joined(separator: ", ")
        return refused(error.code.rawValue, "[\(texts)]", invocation)
      }
      state.taken.append(invocation.input)
      return ok(info("C\(state.taken.count)", isPending: state.pendingCount > 0))
    case "get-change":
      state.pendingCount -= 1
      return ok(info(invocation.arguments[3], isPending: state.pendingCount > 0))
    default: return refused("InvalidAction", "unknown", invocation)
    }
  }

  private static func ok(_ text: String) -> CommandRunner.Result {
    .init(status: 0, output: Array(text.utf8))
  }

  private static func info(_ id: String, isPending: Bool) -> String {
    """
    {"ChangeInfo": {"Id": "/change/\(id)", "Status": "\(isPending ? "PENDING" : "INSYNC")", \
    "SubmittedAt": "2026-12-01T09:00:00Z"}}
    """
  }

  private static func refused(
    _ code: String, _ message: String, _ invocation: CommandRunner.Invocation
  ) -> CommandRunner.Result {
    failed(code, message, operation: invocation.arguments[1])
  }

  /// What the command says of a service's error.
  static func failed(
    _ code: String, _ message: String, operation: String = "ChangeResourceRecordSets"
  ) -> CommandRunner.Result {
    let text =
      "\nAn error occurred (\(code)) when calling the \(operation) operation: \(message)\n"
    return .init(status: 254, messages: Array(text.utf8))
  }
}

/// Ends a simulated process at one of the points at which it touches the world.
final class Killer: Sendable {
  private let state: Mutex<(left: Int?, passed: Int)>

  /// - Parameter at: the point at which it ends, counted from 0; nil for never.
  init(at: Int?) { state = Mutex((at, 0)) }

  /// Throws, from the point on.
  func pass<Failure: Error>(_ failure: () -> Failure) throws(Failure) {
    let isDead = state.withLock { state in
      state.passed += 1
      guard let left = state.left else { return false }
      state.left = max(left - 1, 0)
      return left == 0
    }
    if isDead { throw failure() }
  }

  /// How many points were passed.
  var passed: Int { state.withLock { $0.passed } }
}

/// A plan's directory in memory.
final class SimulatedDirectory: Sendable {
  let files = Mutex<(journal: [UInt8], export: [UInt8]?)>(([], nil))

  var journal: [UInt8] { files.withLock { $0.journal } }

  /// The directory as a process sees it that may end between any two octets.
  func store(_ killer: Killer = Killer(at: nil)) -> ApplyStore {
    let killed: @Sendable () -> DirectoryError = { DirectoryError("killed") }
    return ApplyStore(
      journal: { [self] in journal },
      append: { [self] line, offset throws(DirectoryError) in
        try killer.pass(killed)
        files.withLock { $0.journal = Array($0.journal[..<offset] + line[..<(line.count / 2)]) }
        try killer.pass(killed)
        files.withLock { $0.journal = Array($0.journal[..<offset] + line) }
        try killer.pass(killed)
      },
      firstExport: { [self] in
        files.withLock(\.export).map { SourceFile(name: "before.json", octets: $0) }
      },
      keepFirstExport: { [self] octets throws(DirectoryError) in
        try killer.pass(killed)
        files.withLock { $0.export = octets }
        try killer.pass(killed)
      })
  }
}
