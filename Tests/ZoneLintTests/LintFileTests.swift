import Diagnostics
import Testing
import ZoneKit

@testable import ZoneLint

@Suite struct LintFileTests {
  private static let text = """
    rules: [standard, route53]
    enable: [cname-chain]
    severity: {caa-missing: info}
    max-web-ttl: 0600
    zones:
      example.com:
        disable: [no-mail-lockdown]
        web-names: [portal.example.com]
    """

  private func file(_ text: String) throws -> LintFile {
    try LintFile(SourceFile(name: ".zonecut.yml", text: text))
  }

  @Test func commonAndZoneSettingsAreMerged() throws {
    let apex = try Name(parsing: "Example.com.")
    let merged = try file(Self.text).merged(into: LintConfiguration(), for: apex)
    #expect(merged.enabled == ["cname-chain"])
    #expect(merged.disabled == ["no-mail-lockdown"])
    #expect(merged.severities == ["caa-missing": .info])
    #expect(merged.webNames == [try Name(parsing: "portal.example.com.")])
    #expect(merged.maximumWebTTL == 600)
    #expect(try file(Self.text).sets(for: apex) == [.standard, .route53])
    let other = try file(Self.text).merged(
      into: LintConfiguration(), for: try Name(parsing: "example.org."))
    #expect(other.disabled.isEmpty && other.webNames.isEmpty)
  }

  @Test func optionsGoBeforeTheFile() throws {
    let options = LintConfiguration(
      enabled: ["no-mail-lockdown"], disabled: ["cname-chain"],
      severities: ["caa-missing": .error])
    let merged = try file(Self.text).merged(
      into: options, for: try Name(parsing: "example.com."))
    #expect(merged.enabled == ["no-mail-lockdown"])
    #expect(merged.disabled == ["cname-chain"])
    #expect(merged.severities == ["caa-missing": .error])
  }

  @Test(arguments: [
    ("disable: [cname-apx]", 1, 11), ("disabled: []", 1, 1), ("rules: [all]", 1, 9),
    ("enable: cname-apex", 1, 9), ("severity: {caa-missing: bad}", 1, 25),
    ("zones:\n  a..b: {}", 2, 3), ("zones:\n  example.com:\n    zones: {}", 3, 5),
    ("max-web-ttl: 5m", 1, 14),
  ])
  func mistakesArePointedAt(_ text: String, line: Int, column: Int) {
    #expect {
      try file(text)
    } throws: { error in
      (error as? JSONError)?.location.start == Position(line: line, column: column)
    }
  }

  @Test func emptyFileSaysNothing() throws {
    let merged = try file("").merged(into: LintConfiguration(), for: .root)
    #expect(merged.enabled.isEmpty && merged.disabled.isEmpty && merged.severities.isEmpty)
  }

  @Test func namesHaveSettingsOfTheirOwn() throws {
    let apex = try Name(parsing: "example.com.")
    let configuration = try file(
      """
      names:
        a_b.example.com: {disable: [name-host-chars]}
        "*.lab.example.com":
          severity: {name-host-chars: info}
      """
    ).merged(into: LintConfiguration(sets: [.strict], disabled: ["private-ip"]), for: apex)
    let text = "a_b A 192.0.2.1\nc_d A 192.0.2.1\ne_f.x.lab A 192.0.2.1"
    let source = SourceFile(name: "example.zone", text: Example(text).zoneFile)
    let findings = Linter.lint(ZoneFileReader.read(source), configuration: configuration)
    #expect(findings.map(\.rule) == ["name-host-chars", "name-host-chars"])
    #expect(findings.map(\.severity) == [.warning, .info])
    #expect(throws: JSONError.self) { try file("names: {example.com: {enable: [cname-chain]}}") }
  }
}
