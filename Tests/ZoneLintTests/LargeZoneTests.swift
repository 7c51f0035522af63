import Diagnostics
import Testing
import ZoneKit

@testable import ZoneLint

/// Zones so large that rules run beside each other.
@Suite struct LargeZoneTests {
  /// A zone with so many hosts, every hundredth of them faulty.
  private static func zone(_ count: Int) -> ZoneReading {
    var text = Example("").zoneFile
    for number in 0..<count {
      text +=
        number % 100 == 0
        ? "h_\(number) 5 IN A 10.0.0.1\nc\(number) IN CNAME gone\(number)\n"
        : "h\(number) IN A 192.0.2.1\n"
    }
    return ZoneFileReader.read(SourceFile(name: "large.zone", text: text))
  }

  @Test func orderIsAlwaysTheSame() {
    let reading = Self.zone(25_000)
    let configuration = LintConfiguration(sets: [.strict])
    let first = Linter.lint(reading, configuration: configuration)
    #expect(Set(first.map(\.rule)).count > 4)
    for _ in 0..<4 { #expect(Linter.lint(reading, configuration: configuration) == first) }
  }

  /// Findings of rules that run beside each other are those that they have alone.
  @Test func rulesDoNotDisturbEachOther() {
    let reading = Self.zone(25_000)
    let all = Linter.lint(reading, configuration: LintConfiguration(sets: [.strict]))
    for rule in ["private-ip", "name-host-chars", "cname-dangling-in-zone", "ttl-low"] {
      let alone = Linter.lint(
        reading, configuration: LintConfiguration(sets: [], enabled: [rule]))
      #expect(alone == all.filter { $0.rule == rule })
      #expect(alone.count >= 250)
    }
  }
}
