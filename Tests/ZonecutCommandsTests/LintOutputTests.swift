import Foundation
import TestSupport
import Testing
import ZonecutCommands

@Suite("zonecut lint, what it prints of many findings")
struct LintOutputTests {
  /// A zone with so many hosts that have a name no host should have.
  private func withZone(_ count: Int, _ body: (_ path: String) throws -> Void) throws {
    let hosts = (0..<count).map { "h_\($0) IN A 192.0.2.1\n" }.joined()
    let text = """
      $ORIGIN example.com.
      $TTL 300
      @ IN SOA ns1.example.net. hostmaster.example.com. 1 14400 3600 1209600 900
      @ 86400 IN NS ns1.example.net.
      @ 86400 IN NS ns2.example.net.
      \(hosts)
      """
    try withTemporaryDirectory { folder in
      let path = folder + "/example.com.zone"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      try body(path)
    }
  }

  private func lines(_ result: CommandResult) -> Int {
    result.output.split(separator: "\n").count {
      $0.contains(".zone:") && $0.hasSuffix("[name-host-chars]")
    }
  }

  @Test("text shows a few of a rule and counts them all; each is there when asked for")
  func textIsShort() throws {
    for count in [1, 4, 5, 6, 1_000, 1_500] {
      try withZone(count) { path in
        let short = zonecut("lint", path)
        #expect(lines(short) == min(count, 5))
        let rest = count > 5 ? ", \(count - 5) not shown: --all-findings shows all" : ""
        let counted = "  \(count) findings of name-host-chars\(rest)\n"
        #expect(short.output.contains(counted) == (count > 1))
        let all = zonecut("lint", path, "--all-findings")
        #expect(lines(all) == count)
        #expect(all.messages == short.messages && all.status == short.status)
      }
    }
  }

  @Test("programs get all findings")
  func formats() throws {
    try withZone(1_500) { path in
      for format in ["json", "sarif", "github", "markdown", "baseline"] {
        let output = zonecut("lint", path, "--format", format).output
        for number in [0, 999, 1_499] {
          let host = format == "markdown" ? "h\\_\(number)." : "h_\(number)."
          #expect(output.contains(host), "\(format)")
        }
        #expect(!output.contains("not shown"), "\(format)")
      }
    }
  }

  @Test("what a baseline accepts makes room for what is new")
  func newAmongMany() throws {
    try withZone(1_200) { path in
      let folder = (path as NSString).deletingLastPathComponent
      let known = zonecut("lint", path, "--format", "baseline").output
      try Data(known.utf8).write(to: URL(fileURLWithPath: folder + "/baseline"))
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      _ = try file.seekToEnd()
      try file.write(contentsOf: Data("new_1 IN A 192.0.2.1\n".utf8))
      try file.close()
      let result = zonecut("lint", path, "--baseline", folder + "/baseline")
      #expect(lines(result) == 1 && result.output.contains("new_1."))
    }
  }
}
