/// Runs a command to its end: the edge to other processes. A test passes its own.
public struct CommandRunner: Sendable {
  /// Runs the command.
  public var run: @Sendable (Invocation) throws(CommandFailure) -> Result

  /// A runner.
  public init(run: @escaping @Sendable (Invocation) throws(CommandFailure) -> Result) {
    self.run = run
  }

  /// A command line with its standard input.
  public struct Invocation: Sendable, Hashable {
    /// The command, looked for in `PATH` unless it holds a slash.
    public var command: String
    /// Its arguments, without its name.
    public var arguments: [String]
    /// Variables of its environment, over those of this process.
    public var environment: [String: String]
    /// Its standard input.
    public var input: [UInt8]
    /// After how many seconds it is ended.
    public var timeLimit: Int
  }

  /// What a command that ran to its end gave.
  public struct Result: Sendable, Hashable {
    /// The exit status; 128 and the signal's number where a signal ended it.
    public var status: Int32
    /// What it wrote to standard output.
    public var output: [UInt8]
    /// What it wrote to standard error.
    public var messages: [UInt8]

    /// A result.
    public init(status: Int32, output: [UInt8] = [], messages: [UInt8] = []) {
      self.status = status
      self.output = output
      self.messages = messages
    }
  }
}

/// Why a command did not run to its end.
public enum CommandFailure: Error, Sendable, Hashable {
  /// There is no such command.
  case notFound
  /// It was ended, as it ran longer than allowed.
  case timeout
  /// The system's reason.
  case system(String)
}

/// Time and chance for whoever waits. A test passes its own.
public struct Pace: Sendable {
  /// Seconds that only rise, from any start.
  public var now: @Sendable () -> Double
  /// Waits that many seconds.
  public var sleep: @Sendable (_ seconds: Double) -> Void
  /// A number from 0 to 1 by chance.
  public var random: @Sendable () -> Double

  /// A pace.
  public init(
    now: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (_ seconds: Double) -> Void,
    random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.random = random
  }
}
