import Foundation
import TestSupport
import Testing

import ZonecutCommands

@Suite("zonecut lint --fix and --diff")
struct LintFixTests {
  private static let text = """
    $TTL 300
    @ IN SOA ns1.example.net. hostmaster.example.com. 1 14400 3600 1209600 900
    @ 86400 IN NS ns1.example.net.
    @ 86400 IN NS ns2.example.net.
    www 1h IN A 192.0.2.1   ; the site
    h IN A 192.0.2.2
    h IN A 192.0.2.2

    """

  private func withZone(
    _ text: String = text, _ body: (_ path: String) throws -> Void
  ) throws {
    try withTemporaryDirectory { folder in
      let path = folder + "/example.com.zone"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      try body(path)
    }
  }

  private func contents(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func diffShowsAndWritesNothing() throws {
    try withZone { path in
      let result = zonecut("lint", path, "--origin", "example.com", "--diff")
      #expect(result.status == .findings)
      #expect(result.output.contains("-www 1h IN A 192.0.2.1   ; the site\n"))
      #expect(result.output.contains("+www 300 IN A 192.0.2.1   ; the site\n"))
      #expect(result.messages.contains("would be settled in 1 file: 1 web-ttl, 1 zone-duplicate"))
      try #expect(contents(path) == Self.text)
    }
  }

  @Test func fixWritesAndReportsWhatIsLeft() throws {
    try withZone { path in
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      let result = zonecut("lint", path, "--origin", "example.com", "--fix")
      #expect(result.status == .success, "\(result.messages)")
      #expect(result.output.contains("spf-missing") && !result.output.contains("web-ttl"))
      let expected = Self.text.replacing("1h", with: "300").replacing(" 1 14400", with: " 2 14400")
        .replacing("h IN A 192.0.2.2\nh IN A 192.0.2.2\n", with: "h IN A 192.0.2.2\n")
      try #expect(contents(path) == expected)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect((attributes[.posixPermissions] as? Int) == 0o640)
      let folder = (path as NSString).deletingLastPathComponent
      try #expect(FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
    }
  }

  @Test func patchAppliesToTheFile() throws {
    try withZone { path in
      let patch = zonecut(
        "lint", path, "--origin", "example.com", "--diff", "--fix", "--keep-serial")
      #expect(patch.status == .success)
      #expect(!patch.output.contains("SOA ns1.example.net. hostmaster.example.com. 2"))
      #expect(zonecut("lint", path, "--origin", "example.com", "--diff").output.isEmpty)
    }
  }

  @Test func includedFilesAreFixedWhereTheyStand() throws {
    let text = Self.text.replacing("h IN A 192.0.2.2\nh IN A 192.0.2.2\n", with: "$INCLUDE more\n")
    try withZone(text) { path in
      let more = (path as NSString).deletingLastPathComponent + "/more"
      try Data("i IN A 192.0.2.2\ni IN A 192.0.2.2 ; twice\n".utf8)
        .write(to: URL(fileURLWithPath: more))
      let result = zonecut("lint", path, "--origin", "example.com", "--fix")
      #expect(result.messages.contains("settled in 2 files"), "\(result.messages)")
      try #expect(contents(more) == "i IN A 192.0.2.2\n;i IN A 192.0.2.2 ; twice\n")
    }
  }

  @Test func acceptedFindingsAreLeftAlone() throws {
    try withZone { path in
      let lint = zonecut("lint", path, "--origin", "example.com", "--format", "baseline")
      let baseline = (path as NSString).deletingLastPathComponent + "/baseline"
      let known = lint.output.split(separator: "\n").filter { !$0.hasPrefix("zone-duplicate") }
      try Data(known.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: baseline))
      let result = zonecut(
        "lint", path, "--origin", "example.com", "--fix", "--keep-serial", "--baseline", baseline)
      #expect(result.output.isEmpty && result.status == .success)
      #expect(result.messages.contains("settled in 1 file: 1 zone-duplicate-record\n"))
      #expect(result.messages.contains("left alone, as the baseline accepts them: 1 web-ttl\n"))
      let expected = Self.text.replacing(
        "h IN A 192.0.2.2\nh IN A 192.0.2.2\n", with: "h IN A 192.0.2.2\n")
      try #expect(contents(path) == expected)
    }
  }

  /// Nothing is written where the baseline cannot be read.
  @Test func missingBaselineIsNoBaseline() throws {
    try withZone { path in
      let result = zonecut(
        "lint", path, "--origin", "example.com", "--fix", "--baseline", path + ".none")
      #expect(result.status == .failure)
      try #expect(contents(path) == Self.text)
    }
  }

  @Test func symbolicLinksStay() throws {
    try withZone { path in
      let link = (path as NSString).deletingLastPathComponent + "/link.zone"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
      _ = zonecut("lint", link, "--origin", "example.com", "--fix")
      try #expect(FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
      try #expect(contents(path).contains("www 300"))
    }
  }

  @Test func onlyZoneFilesAreFixed() throws {
    #expect(zonecut("lint", "-", "--fix", input: Self.text).status == .usage)
    let export = zonecut("lint", sample("company/route53.json"), "--fix")
    #expect(export.status == .failure && export.messages.contains("zone files only"))
    // A patch of standard input can be printed.
    let patch = zonecut("lint", "-", "--origin", "example.com", "--diff", input: Self.text)
    #expect(patch.output.contains("+++ b/<stdin>"))
  }
}
