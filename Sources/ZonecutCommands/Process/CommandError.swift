import Diagnostics
import Migration

/// Why a command stops: what the person is told, and how it ends.
struct CommandError: Error {
  /// One sentence each, without a final full stop.
  let messages: [String]
  /// Findings that explain it, shown before the messages.
  let findings: [Finding]
  let status: ExitStatus

  /// An input that is unusable, or an operation that failed.
  init(_ messages: String..., findings: [Finding] = []) {
    self.messages = messages
    self.findings = findings
    status = .failure
  }

  private init(status: ExitStatus, _ message: String) {
    messages = [message]
    findings = []
    self.status = status
  }

  /// A source that could not be read.
  init(_ error: SourceFileError) {
    self.init(error.description)
  }

  /// No plan of a zone.
  init(_ error: PlanError, zone: String) {
    switch error {
    case .ledger, .proof: self = .internalFault(error)
    case .target, .timetable: self.init("\(zone): \(error)")
    }
  }

  /// A promise that was about to break: a fault of this program and of no input.
  static func internalFault(_ error: any Error) -> CommandError {
    CommandError(
      status: .internalFault,
      "internal fault: \(error); this is a bug of zonecut, and nothing was written")
  }

  /// Options that do not go together.
  static func usage(_ message: String) -> CommandError {
    CommandError(status: .usage, message)
  }
}

/// Data that could not be written to standard output.
public enum OutputError: Error, Sendable {
  /// The reader went away.
  case closedPipe
  /// The system's error number.
  case failed(errno: Int32)
}
