import Foundation
import Testing

@testable import Runbook

@Suite("Words for a POSIX shell")
struct ShellTests {
  @Test(
    "the shell reads each word back as it was",
    arguments: [
      "plain", "www.example.com.", "", " ", "a b", "'", "''", "it's", "$(reboot)", "`reboot`",
      "a;b|c&d>e<f", "\\", "\\'", "\"", "*", "~", "!", "-rf", "#x", "{a,b}", "\n", "a\nb", "é",
      "'\u{301}", "\u{202e}x", "%s", "a=b",
    ])
  func roundTrip(word: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "printf '%s.' \(Shell.word(word))"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: output, as: UTF8.self) == word + ".")
  }

  @Test("names that dig would take for something else are named as questions")
  func digNames() {
    #expect(Shell.digName("www.example.com.") == "www.example.com.")
    #expect(Shell.digName("-x.example.com.") == "-q -x.example.com.")
    #expect(Shell.digName("@.example.com.") == "-q @.example.com.")
    #expect(Shell.digName("*.example.com.") == "'*.example.com.'")
  }
}
