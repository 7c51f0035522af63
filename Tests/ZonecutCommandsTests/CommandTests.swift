import Diagnostics
import Foundation
import TestSupport
import Testing
import ZonecutCommands

@Suite("zonecut lint")
struct LintCommandTests {
  @Test("findings below the failing severity are shown and fail nothing")
  func severity() {
    let zone = zoneFile("company")
    let result = zonecut("lint", zone)
    #expect(result.status == .success)
    #expect(result.output.contains(": warning: "))
    #expect(result.messages.hasSuffix("warnings\n") || result.messages.contains(" info"))
    #expect(zonecut("lint", zone, "--fail-on", "warning").status == .findings)
    #expect(zonecut("lint", zone, "--rules", "none").status == .success)
    #expect(zonecut("lint", zone, "--quiet").messages.isEmpty)
  }

  @Test("all errors of a broken zone in one run, each with its place")
  func broken() throws {
    let result = zonecut("lint", zoneFile("broken"))
    #expect(result.status == .findings)
    let places = result.output.split(separator: "\n").filter { $0.contains(": error: ") }
    #expect(places.count > 20)
    for place in places { #expect(place.contains(#/\.zone:\d+:\d+: error: /#)) }
  }

  @Test("machine forms are well formed", arguments: ["json", "sarif"])
  func machines(format: String) throws {
    let result = zonecut("lint", zoneFile("broken"), "--format", format)
    #expect(result.messages.isEmpty)
    _ = try JSONReader.read(SourceFile(name: format, text: result.output))
  }

  @Test("colour on a terminal, unless NO_COLOR or the option say otherwise")
  func color() {
    let zone = zoneFile("mailless")
    let escape = "\u{1b}["
    #expect(zonecut(["lint", zone], isTerminal: true).output.contains(escape))
    #expect(!zonecut(["lint", zone]).output.contains(escape))
    let silenced = zonecut(["lint", zone], environment: ["NO_COLOR": "1"], isTerminal: true)
    #expect(!silenced.output.contains(escape))
    #expect(zonecut(["lint", zone, "--color", "always"]).output.contains(escape))
    #expect(!zonecut(["lint", zone, "--color", "never"], isTerminal: true).output.contains(escape))
  }

  @Test("one input that cannot be read does not keep the others from being linted")
  func several() {
    let result = zonecut("lint", zoneFile("mailless"), "no-such.zone", export("update"))
    #expect(result.status == .failure)
    #expect(result.messages == "zonecut: no-such.zone: no such file\n")
    #expect(result.output.contains("example.org.zone"))
  }

  @Test("an unknown rule is wrong usage, with a suggestion")
  func unknownRule() {
    let result = zonecut("lint", zoneFile("mailless"), "--disable", "web-tll")
    #expect(result.status == .usage)
    #expect(result.messages.contains("did you mean 'web-ttl'?"))
  }
}

@Suite("zonecut diff")
struct DiffCommandTests {
  @Test("equal sides give 0, others 1")
  func sides() {
    let zone = zoneFile("update")
    #expect(zonecut("diff", zone, zone).status == .success)
    #expect(zonecut("diff", export("update"), export("update")).status == .success)
    let result = zonecut("diff", zone, export("update"))
    #expect(result.status == .findings)
    #expect(result.output.contains("± static.shop.example. CNAME ttl 300 -> 86400"))
    #expect(result.output.contains("expected, as Route 53 keeps its own SOA and NS:"))
  }

  @Test("between zones no type is lost that Route 53 does not take")
  func zones() throws {
    try withTemporaryDirectory { (folder) throws in
      let old = try text(of: zoneFile("every-type"))
      let new = old.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.contains(" LOC ") }.joined(separator: "\n")
      let path = try write(new, to: "new.zone", in: folder)
      let result = zonecut("diff", zoneFile("every-type"), path)
      #expect(result.status == .findings)
      #expect(result.output.contains("- loc.types.example. "))
    }
  }

  @Test("what Route 53 cannot hold is said beside an export")
  func unsupported() {
    let result = zonecut("diff", zoneFile("every-type"), export("every-type"))
    #expect(result.messages.contains("not compared: loc.types.example. LOC"))
    #expect(zonecut("diff", zoneFile("every-type"), export("every-type"), "-q").messages.isEmpty)
  }

  @Test("sides of different zones are an error")
  func differentZones() {
    let result = zonecut("diff", zoneFile("company"), export("mailless"))
    #expect(result.status == .failure)
    #expect(result.messages.contains("different zones"))
  }

  @Test("JSON is well formed")
  func json() throws {
    let result = zonecut("diff", zoneFile("update"), export("update"), "--format", "json")
    let document = try JSONReader.read(SourceFile(name: "diff", text: result.output))
    let schema = try document.member("schema", of: "diff").member("name", of: "schema")
    #expect(try schema.string("name") == "zonecut.diff")
  }
}

@Suite("zonecut schedule, convert, fmt, rules, batches")
struct OtherCommandTests {
  @Test(
    "a schedule in each form",
    arguments: [
      ("text", "Schedule of the move of example.com."), ("json", "{\n"), ("markdown", "# Schedule"),
      ("ics", "BEGIN:VCALENDAR\r\n"), ("svg", "<svg"),
    ])
  func schedule(format: String, beginning: String) {
    let result = zonecut("schedule", zoneFile("company"), "--format", format)
    #expect(result.status == .success)
    #expect(result.output.hasPrefix(beginning))
  }

  @Test("a cutover wished too early is a finding")
  func tooEarly() {
    let result = zonecut(
      "schedule", zoneFile("company"), "--start", "2026-12-01T09:00:00Z", "--cutover",
      "2026-12-02T09:00:00Z")
    #expect(result.status == .findings)
  }

  @Test("what a zone is converted to means the same", arguments: ["company", "large", "reverse"])
  func convert(sample: String) throws {
    try withTemporaryDirectory { (folder) throws in
      let json = zonecut("convert", zoneFile(sample), "--to", "route53")
      #expect(json.status == .success)
      #expect(json.messages.contains("blocked"))
      let zone = zonecut("convert", zoneFile(sample), "--to", "zone")
      let path = try write(zone.output, to: "zone", in: folder)
      #expect(zonecut("diff", zoneFile(sample), path).status == .success)
    }
  }

  @Test("formatting means the same and is done once")
  func format() throws {
    try withTemporaryDirectory { (folder) throws in
      let source = zoneFile("delegations")
      #expect(zonecut("fmt", source, "--check").status == .findings)
      let path = try write(zonecut("fmt", source).output, to: "zone", in: folder)
      #expect(zonecut("diff", source, path).status == .success)
      let again = zonecut("fmt", path, "--check")
      #expect(again.status == .success)
      #expect(again.output.isEmpty)
    }
    #expect(zonecut("fmt", zoneFile("broken")).status == .failure)
  }

  @Test("rules are listed, and explained one by one")
  func rules() throws {
    let list = zonecut("rules")
    #expect(list.output.contains("web-ttl"))
    _ = try JSONReader.read(
      SourceFile(name: "rules", text: zonecut("rules", "--format", "json").output))
    #expect(zonecut("rules", "web-ttl").output.contains("To do:"))
    #expect(zonecut("rules", "no-such-rule").status == .usage)
  }

  @Test("batches and rollbacks are written, proven; of a blocked zone none")
  func batches() throws {
    try withTemporaryDirectory { (folder) throws in
      let result = zonecut(
        "batches", zoneFile("company"), "--into", export("company"), "--out", folder + "/b")
      #expect(result.status == .success)
      #expect(
        listing(of: folder + "/b") == [
          "batches", "batches.json", "batches/01-load.json", "batches/02-restore.json", "rollback",
          "rollback/01-undo-02-restore.json", "rollback/02-undo-01-load.json",
        ])
      #expect(
        zonecut(
          "batches", zoneFile("mailless"), "--into", export("mailless"), "--out", folder + "/b",
          "--replace"
        ).status == .success)
      let blocked = zonecut("batches", zoneFile("every-type"), "--out", folder + "/c")
      #expect(blocked.status == .findings)
      #expect(blocked.output.isEmpty)
      #expect(blocked.messages.contains("no batches are written"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["b"])
    }
  }
}
