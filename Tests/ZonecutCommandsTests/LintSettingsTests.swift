import Foundation
import TestSupport
import Testing

import ZonecutCommands

@Suite("zonecut lint, its files of settings and accepted findings")
struct LintSettingsTests {
  private let zone = zoneFile("mailless")

  @Test func baselineAcceptsWhatItPrinted() throws {
    try withTemporaryDirectory { folder in
      let printed = zonecut("lint", zone, "--format", "baseline")
      #expect(printed.output.contains("no-mail-lockdown\t"))
      let path = folder + "/baseline"
      try Data(printed.output.utf8).write(to: URL(fileURLWithPath: path))
      let again = zonecut("lint", zone, "--baseline", path, "--fail-on", "info")
      #expect(again.status == .success && again.output.isEmpty, "\(again.output)")
    }
  }

  @Test func settingsApplyToTheirZone() throws {
    try withTemporaryDirectory { folder in
      let path = folder + "/settings.yml"
      let text = "zones:\n  example.org:\n    disable: [no-mail-lockdown]\n"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      #expect(zonecut("lint", zone).output.contains("no-mail-lockdown"))
      #expect(!zonecut("lint", zone, "--config", path).output.contains("no-mail-lockdown"))
    }
  }

  @Test func unusableSettingsAreTold() throws {
    try withTemporaryDirectory { folder in
      let path = folder + "/settings.yml"
      try Data("disable: [cname-apx]\n".utf8).write(to: URL(fileURLWithPath: path))
      let result = zonecut("lint", zone, "--config", path)
      #expect(result.status == .failure && result.output.isEmpty)
      #expect(result.messages.contains("settings.yml:1:11: "))
      #expect(result.messages.contains("did you mean 'cname-apex'?"))
      #expect(zonecut("lint", zone, "--config", folder + "/missing.yml").status == .failure)
      #expect(zonecut("lint", zone, "--baseline", folder + "/missing").status == .failure)
    }
  }

  @Test func plansReadThemToo() throws {
    try withTemporaryDirectory { folder in
      let path = folder + "/settings.yml"
      try Data("disable: [no-mail-lockdown]\n".utf8).write(to: URL(fileURLWithPath: path))
      func lint(_ arguments: String...) throws -> String {
        let out = folder + "/plan-\(arguments.count)"
        let result = zonecut(["plan", zone, "--out", out] + arguments)
        #expect(result.status == .success, "\(result.messages)")
        let again = zonecut("runbook", out)
        let runbook = try String(contentsOfFile: out + "/runbook.md", encoding: .utf8)
        #expect(again.output == runbook, "\(again.messages)")
        return try String(contentsOfFile: out + "/lint.txt", encoding: .utf8)
      }
      #expect(try lint().contains("no-mail-lockdown"))
      #expect(try !lint("--config", path).contains("no-mail-lockdown"))
      // A plan is made again from what it was made from.
      try Data("disable: []\n".utf8).write(to: URL(fileURLWithPath: path))
      #expect(zonecut("runbook", folder + "/plan-2").messages.contains("has changed"))
    }
  }
}
