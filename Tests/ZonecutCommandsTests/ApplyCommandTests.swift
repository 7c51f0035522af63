import Foundation
import TestSupport
import Testing
import ZonecutCommands

@Suite("zonecut apply and fetch")
struct ApplyCommandTests {
  @Test("without a terminal nothing is sent unless --yes says so: wrong usage")
  func unconfirmed() {
    let result = zonecut("apply", "anywhere")
    #expect(result.status == .usage)
    #expect(result.messages.contains("--yes confirms"))
  }

  @Test("a directory that is no plan's, and a plan that was changed")
  func noPlan() throws {
    try withTemporaryDirectory { folder in
      let none = zonecut("apply", folder, "--yes")
      #expect(none.status == .failure)
      #expect(none.messages.contains("plan.json: no such file"))

      let plan = folder + "/plan"
      let zone = sample("company/example.com.zone")
      #expect(
        zonecut(
          "batches", zone, "--into", sample("company/route53.json"), "--out", plan, "--quiet"
        ).status == .success)
      try "{\"Changes\": 1}".write(
        toFile: plan + "/batches/01-load.json", atomically: true, encoding: .utf8)
      let changed = zonecut("apply", plan, "--yes", "--zone-id", "Z1")
      #expect(changed.status == .failure)
      #expect(changed.messages.contains("01-load.json was changed after the plan was made"))
    }
  }

  @Test("without an aws command both say so")
  func noCommand() throws {
    try withTemporaryDirectory { folder in
      let fetch = zonecut("fetch", "route53", "Z1", "--out", folder + "/export.json")
      #expect(fetch.status == .failure)
      #expect(
        fetch.messages
          == "zonecut: there is no aws command in PATH; install the AWS CLI\n")
    }
  }
}
