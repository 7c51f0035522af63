import Foundation
import TestSupport
import Testing

@testable import ZonecutCommands

@Suite("--template")
struct TemplateCommandTests {
  private let start = ["--start", "2026-12-01T09:00:00Z", "--rules", "none"]

  @Test("a plan's runbook is written with it, and can be written with it again")
  func plan() throws {
    try withTemporaryDirectory { (folder) throws in
      let zone = zoneFile("mailless")
      let out = folder + "/plan"
      let template = try write(
        "{{zone}}: {{#chapters}}{{title}}; {{/chapters}}\n", to: "team.md.mustache", in: folder)
      let made = zonecut(["plan", zone, "--out", out, "--template", template] + start)
      #expect(made.status != .failure, "\(made.messages)")
      let runbook = try text(of: out + "/runbook.md")
      #expect(runbook.hasPrefix("example.org.: Inventory and access; Rehearsal; "))
      #expect(try text(of: out + "/runbook.html").contains("<!DOCTYPE html>"))
      #expect(zonecut(["runbook", out, "--template", template]).output == runbook)

      let plain = try write("{{zone}}\n", to: "team.txt", in: folder)
      let again = zonecut(
        ["plan", zone, "--out", out, "--replace", "--template", plain] + start)
      #expect(again.status != .failure, "\(again.messages)")
      #expect(try text(of: out + "/runbook.txt") == "example.org.\n")
      #expect(try text(of: out + "/runbook.md").hasPrefix("# Move"))
      // A plan that holds one may be replaced like any other.
      let last = zonecut(["plan", zone, "--out", out, "--replace"] + start)
      #expect(last.status != .failure, "\(last.messages)")
    }
  }

  @Test("all that is wrong with it is told with its place, and nothing is written")
  func mistakes() throws {
    try withTemporaryDirectory { (folder) throws in
      let template = try write(
        "<p>{{zome}}</p>\n<p>{{chapters}}</p>\n", to: "team.html", in: folder)
      let result = zonecut(
        [
          "plan", zoneFile("mailless"), "--out", folder + "/plan",
          "--template", template,
        ] + start)
      #expect(result.status == .failure)
      #expect(result.messages.contains("team.html:1:4: error: there is no 'zome' here"))
      #expect(result.messages.contains("did you mean zone?"))
      #expect(result.messages.contains("team.html:2:4: error: 'chapters' holds several values"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/plan"))
    }
  }

  @Test("a blocked plan is never put into one")
  func blocked() throws {
    try withTemporaryDirectory { (folder) throws in
      let out = folder + "/plan"
      let template = try write("all is well\n", to: "team.md", in: folder)
      let zone = zoneFile("every-type")
      let result = zonecut(["plan", zone, "--out", out, "--template", template] + start)
      #expect(result.status == .findings)
      #expect(try text(of: out + "/runbook.md").hasPrefix("# BLOCKED: "))
      #expect(
        zonecut(["runbook", out, "--template", template]).output.hasPrefix("# BLOCKED: "))
    }
  }

  @Test("the document that it is filled from is what --format json prints")
  func document() throws {
    try withTemporaryDirectory { (folder) throws in
      let out = folder + "/plan"
      _ = zonecut(
        ["plan", zoneFile("mailless"), "--out", out] + start)
      let json = zonecut(["runbook", out, "--format", "json"])
      #expect(json.status == .success, "\(json.messages)")
      let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
      #expect((document as? [String: Any])?["zone"] as? String == "example.org.")
    }
  }
}
