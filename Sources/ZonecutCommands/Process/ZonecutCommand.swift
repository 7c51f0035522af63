import ArgumentParser

/// A subcommand. Its `run` gets the console as a value, so that tests run it within their process.
protocol ZonecutCommand: ParsableCommand {
  /// Does the command's work.
  ///
  /// - Throws: `CommandError`, or `OutputError` from writing data.
  func run(on console: Console) throws -> ExitStatus
}

extension Zonecut {
  /// Runs a command line: the arguments without the command's own name.
  public static func run(arguments: [String], console: Console) -> ExitStatus {
    do {
      var command = try parseAsRoot(arguments)
      if let command = command as? any ZonecutCommand { return try command.run(on: console) }
      try command.run()
      return .success
    } catch let error as CommandError {
      console.report(error)
      return error.status
    } catch let error as OutputError {
      return console.report(error)
    } catch {
      return end(with: error, console: console)
    }
  }

  /// What the argument parser throws: help and the version are data, all else is wrong usage.
  private static func end(with error: any Error, console: Console) -> ExitStatus {
    let text = fullMessage(for: error) + "\n"
    guard exitCode(for: error).isSuccess else {
      console.writeMessage(Array(text.utf8))
      return .usage
    }
    do throws(OutputError) {
      try console.print(text)
      return .success
    } catch {
      return console.report(error)
    }
  }
}

extension Console {
  fileprivate func report(_ error: OutputError) -> ExitStatus {
    switch error {
    case .closedPipe: return .closedPipe
    case .failed(let errno):
      say("standard output: \(systemMessage(errno))")
      return .failure
    }
  }
}
