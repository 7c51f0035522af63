import Diagnostics
import Propagation
import TestSupport
import Testing
import ZoneKit

@testable import Runbook

@Suite("The page")
struct PageTests {
  private func runbook(timeZone: LocalTime? = nil, blockers: [String] = []) throws -> Runbook {
    let zone = "example.com."
    var inputs = ScheduleInputs(
      zone: zone, timing: .start(Instant(secondsSince1970: 1_796_115_600)),
      childNS: LoweredTTL(86_400), dsTTL: nil, negativeTTL: 600, records: [])
    inputs.parentNS = ParentTTL(172_800, source: "test")
    inputs.calendar = timeZone.map { ChangeCalendar(localTime: $0) }
    var facts = RunbookFacts(
      zone: zone, planID: "0123456789ab", schedule: try Schedule(inputs), zoneFile: "x.zone")
    facts.blockers = blockers
    return Runbook(facts)
  }

  /// What stands between two texts, each time.
  private func between(_ start: String, _ end: String, in text: String) -> [Substring] {
    text.split(separator: start, omittingEmptySubsequences: false).dropFirst().map {
      $0.split(separator: end, maxSplits: 1, omittingEmptySubsequences: false)[0]
    }
  }

  @Test("the policy names every style and script of the page by its digest, and allows no other")
  func policy() throws {
    let html = try runbook().html()
    let policy = try #require(between("content=\"default-src", "\"", in: html).first)
    var digests: Set<String> = []
    for element in ["style", "script"] {
      for content in between("<\(element)>", "</\(element)>", in: html) {
        var hash = SHA256()
        hash.update(content.utf8)
        var base64: [UInt8] = []
        Encoding.appendBase64(hash.digest()[...], to: &base64)
        digests.insert("'sha256-" + String(decoding: base64, as: UTF8.self) + "'")
      }
    }
    let named = policy.split { " ;".contains($0) }.filter { $0.hasPrefix("'sha256-") }
    #expect(Set(named.map(String.init)) == digests)
    #expect(digests.count == 3)
    #expect(policy.hasPrefix(" 'none'; "))
    #expect(!policy.contains("unsafe"))
    for attribute in [" style=", " onclick=", " onload=", " src="] {
      #expect(!html.contains(attribute))
    }
  }

  @Test("no style or script holds what ends it early")
  func assets() {
    for text in [PageAssets.style, PageAssets.script, Schedule.chartStyle] {
      #expect(!text.isEmpty)
      #expect(!text.contains("</") && !text.contains("<!--") && !text.contains("\r"))
    }
  }

  @Test("every step has its boxes, its dates in UTC and in the plan's zone, and its mark's meaning")
  func steps() throws {
    let perth = LocalTime(name: "Australia/Perth") { _ in .hours(8) }
    let runbook = try runbook(timeZone: perth)
    let html = runbook.html()
    let sections = between("<section class=\"step", "</section>", in: html)
    let steps = runbook.chapters.flatMap(\.steps) + runbook.rollback
    #expect(sections.count == steps.count)
    for (section, step) in zip(sections, steps) {
      #expect(section.contains("id=\"\(step.id)\""))
      #expect(section.contains("class=\"started\"") && section.contains("class=\"finished-box\""))
      if let mark = step.mark { #expect(section.contains(mark.meaning)) }
      if let instant = step.instant { #expect(section.contains("data-instant=\"\(instant)\"")) }
    }
    #expect(html.contains("Tue 2026-12-01 09:00 UTC</time> (Tue 2026-12-01 17:00 Australia/Perth)"))
  }

  @Test("the timeline has every step once, in order")
  func timeline() throws {
    let runbook = try runbook()
    let stops = between("data-step=\"", "\"", in: runbook.html()).map(String.init)
    #expect(stops == runbook.chapters.flatMap(\.steps).map(\.id))
  }

  @Test("a blocked plan's page has nothing to do, and no script to do it with")
  func blocked() throws {
    let html = try runbook(blockers: ["the <b> stands in the way"]).html()
    #expect(html.contains("<h1>BLOCKED: "))
    #expect(html.contains("the &lt;b&gt; stands in the way"))
    #expect(!html.contains("<script>") && !html.contains("<input"))
  }
}
