import Diagnostics
import Foundation
import Propagation
import TestSupport
import Testing

@testable import Runbook

@Suite("Templates")
struct TemplateTests {
  /// A runbook in which the texts of inputs hold `text`.
  private func runbook(_ text: String = "x") throws -> Runbook {
    let zone = "\(text).example.com."
    var inputs = ScheduleInputs(
      zone: zone, timing: .start(Instant(secondsSince1970: 1_796_115_600)),
      childNS: LoweredTTL(86_400), dsTTL: nil, negativeTTL: 600, records: [])
    inputs.parentNS = ParentTTL(172_800, source: "test")
    var facts = RunbookFacts(
      zone: zone, planID: "0123456789ab", schedule: try Schedule(inputs),
      zoneFile: "zones/\(text).zone")
    facts.notes = ["note \(text)"]
    facts.loadBatches = ["batches/\(text).json"]
    facts.probes = [.init(owner: zone, type: "TXT", answers: ["\"\(text)\""])]
    return Runbook(facts)
  }

  private func template(
    _ text: String, name: String = "team.md"
  ) throws(TemplateError) -> RunbookTemplate {
    try RunbookTemplate(SourceFile(name: name, text: text))
  }

  /// What is wrong with a template: places and messages.
  private func findings(_ text: String) throws -> [String] {
    let error = try #require(throws: TemplateError.self) { try template(text) }
    return error.findings.map { finding in
      let start = finding.location?.start
      return "\(start?.line ?? 0):\(start?.column ?? 0): \(finding.message)"
    }
  }

  @Test("names, lists and sections are filled from the document")
  func fills() throws {
    let text = "{{zone}} {{plan}}{{#warnings}}\n- {{.}}{{/warnings}}\n{{#timeZone}}no{{/timeZone}}"
    let filled = try template(text).render(runbook())
    #expect(filled.hasPrefix("x.example.com. 0123456789ab\n- note x\n- "))
    #expect(!filled.contains("no{"))
    let numbers = try template(
      "{{#chapters}}{{#steps}}{{number}}{{^last()}},{{/last()}}{{/steps}};{{/chapters}}"
    ).render(runbook())
    #expect(numbers.hasPrefix("1.1,1.2,1.3,1.4;2.1,2.2;"))
  }

  @Test("what the document has none of is empty, and is not taken from what surrounds it")
  func absent() throws {
    let filled = try template(
      "{{#chapters}}{{#steps}}{{number}}={{instant}}{{^instant}}-{{/instant}} {{/steps}}{{/chapters}}"
    ).render(runbook())
    #expect(filled.hasPrefix("1.1=- 1.2=- "))
    #expect(filled.contains("3.1=2026-12-01T09:00:00Z "))
  }

  @Test("each target escapes for itself")
  func escapes() throws {
    let runbook = try runbook("<b>*`&`*|")
    let text = "{{zone}} {{{zone}}} {{&zone}}"
    let html = "&lt;b&gt;*`&amp;`*|.example.com."
    #expect(try template(text, name: "a.html").render(runbook) == "\(html) \(html) \(html)")
    let markdown = "\\<b\\>\\*\\`\\&\\`\\*\\|.example.com."
    #expect(try template(text).render(runbook) == "\(markdown) \(markdown) \(markdown)")
    let plain = "<b>*`&`*|.example.com."
    #expect(
      try template(text, name: "a.txt.mustache").render(runbook) == "\(plain) \(plain) \(plain)")
  }

  private static let hostile = [
    "<script>alert(1)</script>", "{{plan}}", "{{{plan}}}", "}}", "```\n# x", "\u{1b}[2J",
    "\u{202e}abc", "<\u{301}script>", "]]>", "{{=<% %>=}}",
  ]

  @Test("no text of an input acts on a template's result", arguments: hostile)
  func hostileTexts(text: String) throws {
    let everything = """
      {{zone}} {{#summary}}{{label}} {{value}}{{/summary}} {{#warnings}}{{.}}{{/warnings}}
      {{#chapters}}{{#steps}}{{why}}
      {{#do}}
      {{block}}
      {{#command}}

      {{command}}
      {{/command}}
      {{/do}}
      {{/steps}}{{/chapters}}
      """
    for name in ["a.html", "a.md", "a.txt"] {
      let filled = try template(everything, name: name).render(runbook(text))
      #expect(!filled.contains("\u{1b}") && !filled.contains("\u{202e}"))
      // The text comes out as text: a tag in it is not filled.
      if text == "{{plan}}" { #expect(filled.contains("{{plan}}.example.com.")) }
      if name == "a.html" {
        let harmless = try template(everything, name: name).render(runbook("x"))
        #expect(
          filled.unicodeScalars.count { $0 == "<" } == harmless.unicodeScalars.count { $0 == "<" })
      }
    }
  }

  @Test("a name that the document does not have is an error with its place")
  func unknownNames() throws {
    #expect(try findings("a\n{{zome}}") == ["2:1: there is no 'zome' here"])
    #expect(try findings("{{why}}") == ["1:1: there is no 'why' here"])
    #expect(
      try findings("{{#chapters}}{{#stepps}}{{x}}{{/stepps}}{{/chapters}}")
        == ["1:14: there is no 'stepps' here"])
    #expect(try findings("{{schema.nam}}") == ["1:1: there is no 'nam' here"])
    let error = try #require(throws: TemplateError.self) { try template("{{zome}}") }
    #expect(error.findings[0].help?.hasPrefix("did you mean zone? here are blocked, ") ?? false)
  }

  @Test(
    "what a template cannot be is an error",
    arguments: [
      ("{{zone", "1:1: the tag is not closed, expected }}"),
      ("{{#chapters}}", "1:1: the section is not closed, expected {{/chapters}}"),
      ("{{/chapters}}", "1:1: the end of a section 'chapters': none is open"),
      (
        "{{#chapters}}{{/steps}}{{/chapters}}",
        "1:14: the end of a section 'steps': expected the end of 'chapters'"
      ),
      (
        "{{chapters}}",
        "1:1: 'chapters' holds several values: write a section, #chapters, and the names within"
      ),
      ("{{> other}}", "1:1: a template is one file: there are no partials or blocks"),
      ("{{$ block}}", "1:1: a template is one file: there are no partials or blocks"),
      ("{{% CONTENT_TYPE: HTML}}", "1:1: the file's name says what is escaped for, no pragma can"),
      ("{{.}}", "1:1: '.' outside of a section stands for nothing"),
      ("{{= x =}}", "1:1: expected two delimiters, such as {{=<% %>=}}"),
    ])
  func mistakes(text: String, message: String) throws {
    #expect(try findings(text) == [message])
  }

  @Test("functions of the library are not offered, but for the place in a list")
  func functions() throws {
    #expect(try findings("{{uppercased(zone)}}").count == 1)
    #expect(try findings("{{first()}}").count == 1)
    _ = try template("{{#warnings}}{{index()}}{{/warnings}}")
  }

  @Test("delimiters can be changed, comments say nothing")
  func delimiters() throws {
    let filled = try template("{{! zome }}{{=<% %>=}}<%zone%> {{plan}}<%={{ }}=%>{{plan}}")
      .render(runbook())
    #expect(filled == "x.example.com. {{plan}}0123456789ab")
    #expect(try findings("{{=<% %>=}}<%zome%>") == ["1:12: there is no 'zome' here"])
  }

  @Test(
    "what the check accepts, the library reads as it was checked",
    arguments: SeededGenerator.seeds(8))
  func randomTemplates(seed: UInt64) throws {
    let pieces = [
      "{{zone}}", "{{{plan}}}", "{{& start }}", "{{#chapters}}", "{{/chapters}}", "{{#steps}}",
      "{{/steps}}", "{{^steps}}", "{{title}}", "{{#instant}}", "{{/instant}}", "{{^instant}}",
      "{{instant}}", "{{#do}}", "{{/do}}", "{{block}}", "{{#points}}{{.}}{{/points}}", "{{.}}",
      "{{#table}}{{#rows}}{{#cells}}{{.}}{{/cells}}{{/rows}}{{/table}}", "{{schema.name}}",
      "{{#blocked}}", "{{/blocked}}", "{{index()}}", "{{^last()}},{{/last()}}", "{{! no }}",
      "{{=<% %>=}}", "<%zone%>", "<%={{ }}=%>", "{{zo", "}}", "{", "\n", "  ", "x", "{{#}}",
      "{{ }}", "{{a b}}", "{{#zone}}{{.}}{{/zone}}", "{{#schema}}{{version}}{{/schema}}",
    ]
    var random = SeededGenerator(seed: seed)
    let runbook = try runbook()
    for _ in 0..<100 {
      let text = (0..<Int.random(in: 1...9, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      do throws(TemplateError) {
        let filled = try template(text).render(runbook)
        // Nothing is printed as the program holds it.
        for sign in ["Optional(", "Absent", "[\"", "[:", "DocumentValue"] {
          #expect(!filled.contains(sign), "\(text)")
        }
      } catch {
        // Refused by the check, with places; never by the library after it.
        #expect(!error.findings.isEmpty, "\(text): \(error)")
      }
    }
  }

  @Test("a text may end with what begins a tag", arguments: ["{", "{{=<% %>=}}<"])
  func ending(text: String) throws {
    #expect(try template("{{zone}}" + text).render(runbook()) == "x.example.com." + text.suffix(1))
  }

  @Test("sections lie only so deep, and so many mistakes are told")
  func depth() throws {
    let deep = String(repeating: "{{#zone}}", count: 10_000)
    #expect(try findings(deep).count == TemplateChecker.maximumFindings)
  }

  @Test(
    "the name has to say what the texts are escaped for", arguments: ["a", "a.mustache", "a.js"])
  func names(name: String) {
    #expect(throws: TemplateError.self) { try template("", name: name) }
  }

  @Test("octets that are no UTF-8, and too many of them, are refused")
  func octets() {
    for octets in [[0xff], [UInt8](repeating: 32, count: RunbookTemplate.maximumCount + 1)] {
      #expect(throws: TemplateError.self) {
        try RunbookTemplate(SourceFile(name: "a.md", octets: octets))
      }
    }
  }

  @Test("the template among the samples can be filled")
  func sample() throws {
    let source = try SourceFile.open(path: zoneSamples + "/checklist.md.mustache")
    let runbook = try runbook()
    let filled = try RunbookTemplate(source).render(runbook)
    #expect(filled.hasPrefix("# x.example.com.: checklist of plan 0123456789ab\n"))
    #expect(!filled.contains("\n\n\n"))
    for step in runbook.chapters.flatMap(\.steps) + runbook.rollback {
      #expect(filled.contains(markdownWords(step.title)))
    }
  }

  // MARK: - The document

  @Test("the document has the shape that templates are checked against")
  func shape() throws {
    func check(_ value: DocumentValue, _ shape: DocumentShape, at path: String) {
      switch (value, shape) {
      case (.prose, .text), (.word, .text), (.lines, .text), (.block, .text), (.absent, .text),
        (.number, .text),
        (.absent, .object), (.flag, .flag):
        break
      case (.list(let elements), .list(let shape)):
        for element in elements { check(element, shape, at: path + "[]") }
      case (.object(let members), .object(let shapes)):
        #expect(members.keys.sorted() == shapes.keys.sorted(), "\(path)")
        for (key, member) in members {
          if let shape = shapes[key] { check(member, shape, at: path + "." + key) }
        }
      default: Issue.record("\(path)")
      }
    }
    check(try runbook().document, .runbook, at: "")
  }

  @Test("the JSON form holds every step, and texts as they are")
  func json() throws {
    let runbook = try runbook("<&'")
    let data = Data(runbook.json().utf8)
    let document = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let schema = try #require(document["schema"] as? [String: Any])
    #expect(schema["name"] as? String == "zonecut.runbook")
    #expect(schema["version"] as? Int == 1)
    #expect(document["zone"] as? String == "<&'.example.com.")
    let chapters = try #require(document["chapters"] as? [[String: Any]])
    let steps = chapters.flatMap { $0["steps"] as? [[String: Any]] ?? [] }
    #expect(steps.compactMap { $0["id"] as? String } == runbook.chapters.flatMap(\.steps).map(\.id))
    let commands = steps.flatMap { $0["do"] as? [[String: Any]] ?? [] }
      .compactMap { $0["command"] as? String }
    #expect(!commands.isEmpty)
  }
}
