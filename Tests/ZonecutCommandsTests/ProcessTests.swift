import Testing
import ZonecutCommands

@Suite("How a command line ends")
struct ProcessTests {
  @Test("help and the version are data and no failure")
  func help() {
    let help = zonecut("--help")
    #expect(help.status == .success)
    #expect(help.output.contains("SUBCOMMANDS:"))
    #expect(help.messages.isEmpty)
    let version = zonecut("--version")
    #expect(version.status == .success)
    #expect(version.output == Zonecut.version + "\n")
  }

  @Test("wrong usage is a message on standard error and status 64")
  func usage() {
    for result in [
      zonecut("no-such-command"), zonecut("diff", "one-side-only"),
      zonecut("diff", "-", "-"), zonecut("schedule", "zone", "--start", "tomorrow"),
      zonecut("schedule", "zone", "--lowered-parent-ttl", "300"),
    ] {
      #expect(result.status == .usage)
      #expect(result.output.isEmpty)
      #expect(result.messages.contains("Error: "))
      #expect(result.messages.contains("Usage: zonecut"))
    }
  }

  @Test("a failed write of data is status 2, a closed pipe ends quietly with 141")
  func outputErrors() {
    let zone = sample("company/example.com.zone")
    for arguments in [["--help"], ["schedule", zone]] {
      let full = zonecut(arguments, outputError: .failed(errno: 28))
      #expect(full.status == .failure)
      #expect(full.messages == "zonecut: standard output: No space left on device\n")
      let closed = zonecut(arguments, outputError: .closedPipe)
      #expect(closed.status == .closedPipe)
      #expect(closed.messages.isEmpty)
    }
  }
}
