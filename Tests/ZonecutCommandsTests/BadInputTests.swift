import Foundation
import TestSupport
import Testing
import ZonecutCommands

@Suite("Inputs that cannot be used: one clear message, status 2, nothing written")
struct BadInputTests {
  /// Zone files that cannot be used, by name.
  private static let zones: [(name: String, octets: [UInt8])] = [
    ("empty.zone", []), ("comments.zone", Array("; nothing\n\n".utf8)),
    ("binary.zone", (0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 131) }),
    ("json.zone", Array(#"{"ResourceRecordSets": []}"#.utf8)),
    (
      "loop.zone",
      Array("@ 60 IN SOA a b 1 2 3 4 5\n@ 60 IN NS a\n$INCLUDE loop.zone\n".utf8)
    ),
    ("no-soa.zone", Array("$TTL 60\nwww IN A 192.0.2.1\n".utf8)),
    ("quote.zone", Array("@ 60 IN SOA a b 1 2 3 4 5\nx 60 IN TXT \"never closed\n".utf8)),
  ]

  /// Exports that cannot be used, by name.
  private static let exports: [(name: String, text: String)] = [
    ("empty.json", ""), ("truncated.json", #"{"ResourceRecordSets": [{"Name": "example.com."#),
    ("number.json", "42\n"), ("text.json", "not JSON at all\n"),
    ("page.json", #"{"ResourceRecordSets": [], "IsTruncated": true}"#),
    ("zone.json", #"{"HostedZone": {"Id": "/hostedzone/Z1", "Name": "example.com."}}"#),
    ("no-sets.json", #"{"ResourceRecordSets": []}"#),
  ]

  private func expectUnusable(
    _ arguments: [String], named name: String, in folder: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let before = listing(of: folder)
    let result = zonecut(arguments)
    #expect(result.status == .failure, sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    #expect(result.messages.contains(name), sourceLocation: sourceLocation)
    let lines = result.messages.split(separator: "\n").count
    #expect((1...12).contains(lines), "\(result.messages)", sourceLocation: sourceLocation)
    #expect(listing(of: folder) == before, sourceLocation: sourceLocation)
  }

  @Test("zone files", arguments: zones.map(\.name) + ["missing.zone", "folder.zone"])
  func zoneFiles(name: String) throws {
    try withTemporaryDirectory { (folder) throws in
      let path = folder + "/" + name
      if let file = Self.zones.first(where: { $0.name == name }) {
        try Data(file.octets).write(to: URL(fileURLWithPath: path))
      } else if name == "folder.zone" {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      }
      let origin = ["--origin", "example.com."]
      for command in ["plan", "batches"] {
        expectUnusable(
          [command, path, "--into", export("company"), "--out", folder + "/out"] + origin,
          named: name, in: folder)
      }
      expectUnusable(["diff", path, export("company")] + origin, named: name, in: folder)
      expectUnusable(["schedule", path] + origin, named: name, in: folder)
    }
  }

  @Test("exports", arguments: exports.map(\.name) + ["missing.json", "folder.json"])
  func exportFiles(name: String) throws {
    try withTemporaryDirectory { (folder) throws in
      if let file = Self.exports.first(where: { $0.name == name }) {
        _ = try write(file.text, to: name, in: folder)
      } else if name == "folder.json" {
        try FileManager.default.createDirectory(
          atPath: folder + "/" + name, withIntermediateDirectories: false)
      }
      let path = folder + "/" + name
      for command in ["plan", "batches"] {
        expectUnusable(
          [command, zoneFile("company"), "--into", path, "--out", folder + "/out"], named: name,
          in: folder)
      }
      expectUnusable(["diff", zoneFile("company"), path], named: name, in: folder)
    }
  }
}
