/// How a command ends, for the shell.
public enum ExitStatus: Int32, Sendable {
  /// Nothing found, or all done.
  case success = 0
  /// Findings at or above the failing severity, differences, or a blocker.
  case findings = 1
  /// An input or the configuration is unusable, or an operation failed.
  case failure = 2
  /// Wrong usage (`EX_USAGE` of sysexits).
  case usage = 64
  /// A fault of this program: a promise was about to break (`EX_SOFTWARE`).
  case internalFault = 70
  /// The reader of standard output went away: what SIGPIPE would have given.
  case closedPipe = 141

  /// The worse of two: of several inputs the one that fared worst decides.
  static func worse(_ a: ExitStatus, _ b: ExitStatus) -> ExitStatus {
    a.rawValue >= b.rawValue ? a : b
  }
}
