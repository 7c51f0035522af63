public import Diagnostics
public import Migration
public import Propagation

/// The edge between a command and the process it runs in: where its data and messages go, and all
/// it may learn of the world besides the files that it is given. A test passes its own.
public struct Console: Sendable {
  /// Writes data to standard output, all of them or an error.
  public var writeData: @Sendable ([UInt8]) throws(OutputError) -> Void
  /// Writes a message to standard error. That this fails is nothing a command could do about.
  public var writeMessage: @Sendable ([UInt8]) -> Void
  /// Reads standard input to its end.
  public var standardInput: @Sendable () throws(SourceFileError) -> SourceFile
  /// Reads a line of standard input, without its end; nil if there is no more.
  public var readLine: @Sendable () -> String?
  /// Whether standard input is a terminal: whether somebody can answer a question.
  public var inputIsTerminal: Bool
  /// Whether standard output is a terminal.
  public var outputIsTerminal: Bool
  /// Whether standard error is a terminal.
  public var messagesAreOnTerminal: Bool
  /// The environment.
  public var environment: [String: String]
  /// The clock.
  public var now: @Sendable () -> Instant
  /// Runs other commands.
  public var runner: CommandRunner
  /// Time and chance for whoever waits.
  public var pace: Pace
  /// Keeps a value until the process ends: one as large as a zone is not taken apart piece by piece
  /// when all goes at once.
  var keep: @Sendable (any Sendable) -> Void = { _ in }

  /// A console.
  public init(
    writeData: @escaping @Sendable ([UInt8]) throws(OutputError) -> Void,
    writeMessage: @escaping @Sendable ([UInt8]) -> Void,
    standardInput: @escaping @Sendable () throws(SourceFileError) -> SourceFile,
    readLine: @escaping @Sendable () -> String? = { nil }, inputIsTerminal: Bool = false,
    outputIsTerminal: Bool = false, messagesAreOnTerminal: Bool = false,
    environment: [String: String] = [:],
    now: @escaping @Sendable () -> Instant,
    runner: CommandRunner = CommandRunner { _ throws(CommandFailure) in throw .notFound },
    pace: Pace = Pace(now: { 0 }, sleep: { _ in }, random: { 0 })
  ) {
    self.writeData = writeData
    self.writeMessage = writeMessage
    self.standardInput = standardInput
    self.readLine = readLine
    self.inputIsTerminal = inputIsTerminal
    self.outputIsTerminal = outputIsTerminal
    self.messagesAreOnTerminal = messagesAreOnTerminal
    self.environment = environment
    self.now = now
    self.runner = runner
    self.pace = pace
  }

  /// Writes text to standard output.
  func print(_ text: String) throws(OutputError) {
    try writeData(Array(text.utf8))
  }

  /// Writes `zonecut: message` to standard error, nothing in it that a terminal would obey.
  func say(_ message: String) {
    writeMessage(Array("zonecut: \(visible(message))\n".utf8))
  }
}
