import Diagnostics
import Migration
import Propagation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Console {
  /// The console of this process.
  public static func standard() -> Console {
    var console = Console(
      writeData: { octets throws(OutputError) in
        let error = writeAll(octets, to: STDOUT_FILENO)
        if error == EPIPE { throw .closedPipe }
        if error != 0 { throw .failed(errno: error) }
      },
      writeMessage: { _ = writeAll($0, to: STDERR_FILENO) },
      standardInput: { () throws(SourceFileError) in try SourceFile.standardInput() },
      readLine: { Swift.readLine() }, inputIsTerminal: isatty(STDIN_FILENO) == 1,
      outputIsTerminal: isatty(STDOUT_FILENO) == 1,
      messagesAreOnTerminal: isatty(STDERR_FILENO) == 1,
      environment: environmentVariables(["NO_COLOR", "TERM", TSIGArgument.variable]),
      now: { Instant(secondsSince1970: Int64(time(nil))) }, runner: .system, pace: .system)
    console.keep = { value in kept.withLock { $0.append(value) } }
    return console
  }
}

/// What is kept until the process ends.
private let kept = Mutex<[any Sendable]>([])

/// Writes all octets; the system's error number, 0 for none.
private func writeAll(_ octets: [UInt8], to descriptor: Int32) -> Int32 {
  var written = 0
  while written < octets.count {
    let count = unsafe octets.withUnsafeBytes {
      unsafe write(descriptor, $0.baseAddress! + written, $0.count - written)
    }
    if count < 0 {
      if errno == EINTR { continue }
      return errno
    }
    written += count
  }
  return 0
}

/// Those of the variables that are set.
private func environmentVariables(_ names: [String]) -> [String: String] {
  var values: [String: String] = [:]
  for name in names {
    if let value = unsafe getenv(name) { values[name] = unsafe String(cString: value) }
  }
  return values
}

/// Removes a file.
func removeFile(_ path: String) { _ = unsafe unlink(path) }

/// The text that the system has for an error number.
func systemMessage(_ errno: Int32) -> String { unsafe String(cString: strerror(errno)) }

extension Zonecut {
  /// Runs the command line of this process and ends it.
  public static func runProcess() -> Never {
    // A closed pipe is an error of `write`, so that the command can end in order.
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    exit(run(arguments: arguments, console: .standard()).rawValue)
  }
}
