import Diagnostics
import Propagation
import Synchronization
import TestSupport
import ZonecutCommands

/// What a command line gave.
struct CommandResult: Sendable {
  let status: ExitStatus
  /// What it wrote to standard output.
  let output: String
  /// What it wrote to standard error.
  let messages: String
}

/// Runs a command line within this process, with a clock that stands still at
/// 2026-12-01T09:00:00Z.
///
/// - Parameters:
///   - input: what standard input holds.
///   - outputError: what every write to standard output throws.
func zonecut(
  _ arguments: String..., input: String = "", outputError: OutputError? = nil,
  environment: [String: String] = [:], isTerminal: Bool = false
) -> CommandResult {
  zonecut(
    arguments, input: input, outputError: outputError, environment: environment,
    isTerminal: isTerminal)
}

/// The same with the arguments in an array.
func zonecut(
  _ arguments: [String], input: String = "", outputError: OutputError? = nil,
  environment: [String: String] = [:], isTerminal: Bool = false
) -> CommandResult {
  let written = Mutex<(output: [UInt8], messages: [UInt8])>(([], []))
  let console = Console(
    writeData: { octets throws(OutputError) in
      if let outputError { throw outputError }
      written.withLock { $0.output += octets }
    },
    writeMessage: { octets in written.withLock { $0.messages += octets } },
    standardInput: { () throws(SourceFileError) in SourceFile(name: "<stdin>", text: input) },
    outputIsTerminal: isTerminal, messagesAreOnTerminal: isTerminal, environment: environment,
    now: { Instant(secondsSince1970: 1_796_115_600) })
  let status = Zonecut.run(arguments: arguments, console: console)
  let (output, messages) = written.withLock { $0 }
  return CommandResult(
    status: status, output: String(decoding: output, as: UTF8.self),
    messages: String(decoding: messages, as: UTF8.self))
}

/// A file of the sample zones.
func sample(_ path: String) -> String { zoneSamples + "/" + path }
