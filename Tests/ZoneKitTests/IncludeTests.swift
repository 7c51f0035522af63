import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ZoneKit

/// `$INCLUDE` (RFC 1035 section 5.1), as BIND reads it and within its bounds.
@Suite("$INCLUDE")
struct IncludeTests {
  /// Writes the files into a new directory, reads `main` there, and hands on what was read.
  private func reading(
    _ files: [String: String], main: String = "main", root: String? = nil,
    links: [String: String] = [:], _ check: (ZoneReading, _ folder: String) throws -> Void
  ) throws {
    try withTemporaryDirectory { folder in
      for (name, text) in files {
        let path = folder + "/" + name
        let parent = (path as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(
          atPath: parent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      }
      for (link, target) in links {
        try FileManager.default.createSymbolicLink(
          atPath: folder + "/" + link,
          withDestinationPath: target.replacing("FOLDER", with: folder))
      }
      let options = ZoneFileOptions(
        origin: try Name(parsing: "example.com."), includeRoot: root.map { folder + "/" + $0 })
      try check(
        ZoneFileReader.read(try SourceFile.open(path: folder + "/" + main), options: options),
        folder)
    }
  }

  @Test func pathsAreRelativeToTheIncludingFile() throws {
    try reading([
      "main": head + "$INCLUDE sub/a\nz A 192.0.2.9\n", "sub/a": "$INCLUDE b\na A 192.0.2.1\n",
      "sub/b": "b A 192.0.2.2\n",
    ]) { reading, _ in
      #expect(reading.places == [])
      #expect(
        reading.records.dropFirst() == [
          "b.example.com. 300 IN A 192.0.2.2", "a.example.com. 300 IN A 192.0.2.1",
          "z.example.com. 300 IN A 192.0.2.9",
        ])
    }
  }

  @Test func pathsFromTheZonesOwnDirectoryAreFound() throws {
    try reading([
      "main": head + "$INCLUDE sub/a\n", "sub/a": "$INCLUDE b\n", "b": "b A 192.0.2.2\n",
    ]) { reading, _ in
      #expect(reading.places == ["1:10 warning syn-include-elsewhere"])
      #expect(reading.records.dropFirst() == ["b.example.com. 300 IN A 192.0.2.2"])
    }
  }

  @Test func namesMayBeQuotedAndAbsolute() throws {
    try withTemporaryDirectory { folder in
      try Data("a A 192.0.2.1\n".utf8).write(to: URL(fileURLWithPath: folder + "/a b"))
      let source = SourceFile(
        name: folder + "/main", text: head + "$include \"\(folder)/a b\"\n$INCLUDE a\\ b\n")
      let reading = ZoneFileReader.read(
        source, options: ZoneFileOptions(origin: try Name(parsing: "example.com.")))
      #expect(reading.places == [])
      #expect(reading.zone.count == 3)
    }
  }

  @Test func originHoldsInsideAndComesBackBehind() throws {
    try reading([
      "main": head + "$INCLUDE a sub\nx A 192.0.2.9\n$INCLUDE a other.test. ; absolute\n",
      "a": "@ A 192.0.2.1\n$ORIGIN deep\nd A 192.0.2.2\n",
    ]) { reading, _ in
      #expect(reading.places == [])
      #expect(
        reading.zone.dropFirst().map(\.owner.description) == [
          "sub.example.com.", "d.deep.sub.example.com.", "x.example.com.", "other.test.",
          "d.deep.other.test.",
        ])
    }
  }

  @Test func defaultTTLLeaksOutWithAWarning() throws {
    try reading([
      "main": head + "$INCLUDE a\nx A 192.0.2.9\n", "a": "$TTL 60\na A 192.0.2.1\n",
    ]) { reading, _ in
      #expect(reading.zone.map(\.ttl) == [300, 60, 60].map { TTL($0) })
      #expect(reading.places == ["3:1 warning syn-include-ttl-leak"])
    }
  }

  @Test func blankOwnersInheritAcrossTheBorderWithAWarning() throws {
    try reading([
      "main": head + "w A 192.0.2.1\n$INCLUDE a\n A 192.0.2.9\n",
      "a": " A 192.0.2.2\nv A 192.0.2.3\n",
    ]) { reading, _ in
      #expect(
        reading.zone.dropFirst().map(\.owner.description) == [
          "w.example.com.", "w.example.com.", "v.example.com.", "w.example.com.",
        ])
      #expect(
        reading.places == [
          "1:2 warning syn-inherited-owner-after-origin",
          "5:2 warning syn-inherited-owner-after-origin",
        ])
    }
  }

  @Test func findingsInsideCarryTheChain() throws {
    try reading([
      "main": head + "$INCLUDE a\nw A 192.0.2.1\n", "a": "\n$INCLUDE b\n",
      "b": "x A 192.0.2.256\ny A 192.0.2.2\n",
    ]) { reading, folder in
      let finding = try #require(reading.findings.first { $0.severity == .error })
      #expect(finding.place == "1:5 error syn-rdata")
      let inner = try #require(finding.location?.source)
      #expect(inner.name == folder + "/b")
      #expect(inner.includedFrom?.start == Position(line: 2, column: 10))
      #expect(inner.includedFrom?.source.name == folder + "/a")
      #expect(
        inner.includedFrom?.source.includedFrom?.start == Position(line: 3, column: 10))
      #expect(inner.includedFrom?.source.includedFrom?.source.includedFrom == nil)
      #expect(reading.zone.count == 3, "reading goes on inside and behind")
      let location = try #require(reading.zone.location(ofRecord: 1))
      #expect(location.source.name == folder + "/b" && location.start.line == 2)
    }
  }

  @Test(arguments: ["main", "./main", "a"])
  func loopsAreOneError(file: String) throws {
    try reading(["main": head + "$INCLUDE a\n", "a": "$INCLUDE \(file)\nw A 192.0.2.1\n"]) {
      reading, folder in
      #expect(reading.places == ["1:10 error syn-include-missing"])
      let finding = try #require(reading.findings.first { $0.severity == .error })
      #expect(finding.message.hasSuffix("includes itself"))
      #expect(finding.location?.source.includedFrom?.source.name == folder + "/main")
      #expect(reading.zone.count == 2)
    }
  }

  @Test func loopsThroughSymbolicLinksAreFound() throws {
    try reading(
      ["main": head + "$INCLUDE a\n", "a": "$INCLUDE link\n"], links: ["link": "a"]
    ) { reading, _ in
      #expect(reading.places == ["1:10 error syn-include-missing"])
    }
  }

  @Test func sixteenFilesMayIncludeOneAnother() throws {
    var files = ["main": head + "$INCLUDE f1\n"]
    for number in 1...17 {
      files["f\(number)"] = "$INCLUDE f\(number + 1)\nw\(number) A 192.0.2.1\n"
    }
    try reading(files) { reading, folder in
      #expect(reading.places == ["1:10 error syn-include-missing"])
      let finding = try #require(reading.findings.first { $0.severity == .error })
      #expect(finding.location?.source.name == folder + "/f16")
      #expect(finding.message.contains("16 files include one another"))
      #expect(reading.zone.count == 1 + 16)
    }
  }

  @Test func missingFilesAndDirectoriesAreErrors() throws {
    try reading([
      "main": head + "$INCLUDE none\n$INCLUDE sub\n$INCLUDE\n$INCLUDE \"\"\n$INCLUDE a b c\n"
        + "w A 192.0.2.1\n", "sub/x": "", "a": "",
    ]) { reading, _ in
      #expect(
        reading.places == [
          "3:10 error syn-include-missing", "4:10 error syn-include-missing",
          "5:9 error syn-directive", "6:10 error syn-include-missing", "7:14 error syn-directive",
        ])
      let messages = reading.findings.map(\.message)
      #expect(messages[0].hasSuffix("no such file"))
      #expect(messages[1].hasSuffix("is a directory, expected a file"))
      #expect(reading.zone.count == 2)
    }
  }

  @Test(arguments: ["../outside", "FOLDER/outside", "sub/../../outside"])
  func filesOutsideTheRootAreRefused(path: String) throws {
    try withTemporaryDirectory { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/zones/sub", withIntermediateDirectories: true)
      try Data("secret A 192.0.2.1\n".utf8).write(to: URL(fileURLWithPath: folder + "/outside"))
      let path = path.replacing("FOLDER", with: folder)
      let source = SourceFile(name: folder + "/zones/main", text: head + "$INCLUDE \(path)\n")
      var options = ZoneFileOptions(origin: try Name(parsing: "example.com."))
      let refused = ZoneFileReader.read(source, options: options)
      #expect(refused.places == ["3:10 error syn-include-missing"])
      #expect(refused.findings.first?.help?.contains("--include-root") == true)
      #expect(refused.zone.count == 1)
      options.includeRoot = folder
      #expect(ZoneFileReader.read(source, options: options).zone.count == 2)
    }
  }

  @Test func symbolicLinksOutOfTheRootAreRefused() throws {
    try reading(
      ["zones/main": head + "$INCLUDE file\n$INCLUDE dir/outside\n", "outside": "w A 192.0.2.1\n"],
      main: "zones/main", links: ["zones/file": "FOLDER/outside", "zones/dir": ".."]
    ) { reading, _ in
      #expect(
        reading.places == ["3:10 error syn-include-missing", "4:10 error syn-include-missing"])
      #expect(reading.zone.count == 1)
    }
  }

  @Test func symbolicLinksInsideTheRootAreFollowed() throws {
    try reading(
      ["zones/main": head + "$INCLUDE link\n", "zones/sub/a": "w A 192.0.2.1\n"],
      main: "zones/main", links: ["zones/link": "sub/a"]
    ) { reading, _ in
      #expect(reading.places == [])
      #expect(reading.zone.count == 2)
    }
  }

  @Test func directoryBesideTheRootWithALongerNameIsOutside() throws {
    try reading(
      ["zones/main": head + "$INCLUDE ../zones2/a\n", "zones2/a": "w A 192.0.2.1\n"],
      main: "zones/main", root: "zones"
    ) { reading, _ in
      #expect(reading.places == ["3:10 error syn-include-missing"])
    }
  }

  /// Ten files that include the next ten times would be 10^10 files.
  @Test func bombsStopAtTheLimitOfFiles() throws {
    let open: @Sendable (String, Location) throws(SourceFileError) -> SourceFile = {
      path, includedFrom in
      let depth = Int(path.split(separator: "f").last ?? "") ?? 0
      let text = String(repeating: "$INCLUDE f\(depth + 1)\n", count: 10)
      return SourceFile(name: path, octets: Array(text.utf8), includedFrom: includedFrom)
    }
    let reading = ZoneFileReader.read(
      SourceFile(name: "f0", text: head + String(repeating: "$INCLUDE f1\n", count: 10)),
      options: ZoneFileOptions(origin: try Name(parsing: "example.com."), open: open))
    #expect(reading.zone.sources.count <= ZoneFileReader.maximumFileCount)
    let errors = reading.findings.filter { $0.severity == .error }
    #expect(errors.count <= ZoneFileReader.maximumErrorCount + 1)
  }

  @Test func bareLimitOfFilesIsOneError() throws {
    let open: @Sendable (String, Location) throws(SourceFileError) -> SourceFile = {
      path, includedFrom in
      SourceFile(name: path, octets: [], includedFrom: includedFrom)
    }
    let count = ZoneFileReader.maximumFileCount + 100
    let reading = ZoneFileReader.read(
      SourceFile(name: "main", text: head + String(repeating: "$INCLUDE a\n", count: count)),
      options: ZoneFileOptions(origin: try Name(parsing: "example.com."), open: open))
    #expect(reading.zone.sources.count == ZoneFileReader.maximumFileCount)
    #expect(reading.places.count == 1, "a limit is told once, and reading stops")
  }
}
