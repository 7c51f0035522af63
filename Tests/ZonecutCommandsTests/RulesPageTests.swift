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
