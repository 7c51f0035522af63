import Foundation
import TestSupport

/// Counts the instructions of runs of zonecut, by valgrind: the same run gives the same number,
/// however busy the machine is.
struct InstructionCounter {
  private let binary: String

  /// Whether the tools and a command that valgrind can run are there; not so under a sanitizer.
  static var isAvailable: Bool {
    #if canImport(Glibc)
      pathOfTool("valgrind") != nil && pathOfTool("strip") != nil && command != nil && !isSanitized
    #else
      false
    #endif
  }

  /// The command beside the tests.
  private static var command: String? {
    let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    guard let folder = tests.map({ ($0 as NSString).deletingLastPathComponent }) else { return nil }
    let path = folder + "/zonecut"
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }

  private static var isSanitized: Bool {
    let marks: [String] = ["__asan_init", "__tsan_init"]
    return marks.contains { mark in unsafe dlsym(nil, mark) != nil }
  }

  /// A counter that keeps its copy of the command in a folder.
  init(_ folder: String) throws {
    binary = folder + "/zonecut"
    // valgrind stumbles over the debugging information.
    _ = try Self.run("strip", ["--strip-debug", "-o", binary, Self.command ?? ""])
  }

  /// How many instructions a run takes.
  func count(_ arguments: [String]) throws -> Int {
    let output = try Self.run(
      "valgrind", ["--tool=callgrind", "--callgrind-out-file=/dev/null", binary] + arguments)
    // "==12== Collected : 229999493"
    let line = output.split(separator: "\n").first { $0.contains("Collected : ") }
    guard let count = line?.split(separator: " ").last.flatMap({ Int($0) }) else {
      throw CocoaError(.fileReadCorruptFile, userInfo: [NSDebugDescriptionErrorKey: output])
    }
    return count
  }

  /// What a tool says on standard error; what it prints is dropped.
  private static func run(_ tool: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: pathOfTool(tool) ?? tool)
    process.arguments = arguments
    let messages = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = messages
    try process.run()
    let output = messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }
}
