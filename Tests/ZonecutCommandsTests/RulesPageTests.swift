import Testing
import ZoneLint

import ZonecutCommands

@Suite("zonecut rules, as a page")
struct RulesPageTests {
  @Test(arguments: ["markdown", "html"])
  func everyRuleIsOnThePage(format: String) {
    let page = zonecut("rules", "--format", format).output
    for rule in Rule.all {
      let heading = format == "html" ? "<section id=\"\(rule.id)\">" : "\n### \(rule.id)\n"
      #expect(page.contains(heading), "\(rule.id)")
    }
  }

  @Test func oneRuleIsExplainedInEachForm() {
    for format in ["text", "json", "markdown", "html"] {
      let page = zonecut("rules", "web-ttl", "--format", format)
      #expect(page.status == .success && page.output.contains("lower the TTL"), "\(format)")
      #expect(!page.output.contains("↓"))
    }
  }

  @Test func rulesThatAreLeftOutAreListedWithTheirReason() throws {
    let usual = zonecut("rules").output
    let all = zonecut("rules", "--all").output
    let leftOut = Rule.all.filter { $0.leftOutReason != nil }
    #expect(!leftOut.isEmpty)
    for rule in leftOut {
      let reason = try #require(rule.leftOutReason)
      #expect(!usual.contains(rule.id + " ") && all.contains("(left out: \(reason))"))
    }
  }
}

@Suite("zonecut rules, examples with odd octets")
struct RuleExampleTests {
  @Test(
    "no example puts a control character on the terminal", arguments: ["text", "markdown", "html"])
  func controls(format: String) {
    for id in ["syn-not-text", "syn-bom", "syn-crlf", "syn-too-many-errors", "r53-import-limit"] {
      let output = zonecut("rules", id, "--format", format).output
      let isClean = output.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.value >= 0x20 && $0.value != 0xFEFF
      }
      #expect(isClean, "\(id)")
      #expect(output.split(separator: "\n").count < 80, "\(id)")
    }
  }
}
