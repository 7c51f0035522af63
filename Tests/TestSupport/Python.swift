import Foundation

/// Runs a Python program; its exit status, and all that it said. Nil where there is no python3.
public func runPython(_ arguments: [String]) throws -> (status: Int32, output: String)? {
  guard let python = pathOfTool("python3") else { return nil }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: python)
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}
