import Foundation
import Migration
import Route53
import TestSupport
import Testing

@testable import ZonecutCommands

@Suite("zonecut plan")
struct PlanCommandTests {
  private let start = ["--start", "2026-12-01T09:00:00Z"]

  private func plan(_ sample: String, _ options: [String] = [], out: String) -> CommandResult {
    zonecut(
      ["plan", zoneFile(sample), "--into", export(sample), "--out", out] + start + options)
  }

  /// A text of a plan without its id, which hashes the inputs, and where this checkout stands.
  private func portable(_ text: String, _ folder: String) -> String {
    text.replacingOccurrences(of: packageRoot + "/", with: "")
      .replacingOccurrences(of: folder + "/", with: "")
      .replacing(#/\b[0-9a-f]{12}\b/#, with: "(plan's id)")
  }

  @Test("plans each sample", arguments: plannable)
  func samples(sample: String) throws {
    try withTemporaryDirectory { (folder) throws in
      // Without rules: their findings are the subject of other tests.
      let result = plan(
        sample, ["--rules", "none"] + choices(for: sample), out: folder + "/plan")
      #expect(result.messages.isEmpty)
      #expect(result.status == .success || result.status == .findings)
      #expect(result.output.contains("proven, there and back"))
      expectSnapshot(portable(result.output, folder), named: "plan/\(sample).txt")
      expectSnapshot(
        listing(of: folder + "/plan").joined(separator: "\n") + "\n",
        named: "plan/\(sample).files")
    }
  }

  @Test(
    "the runbook of each sample",
    arguments: plannable.map { ($0, []) } + [
      ("large", []), ("signed", ["--parent-ds", "present"]),
      ("every-type", ["--unsupported", "skip"]),
    ])
  func runbooks(sample: String, options: [String]) throws {
    try withTemporaryDirectory { (folder) throws in
      let chosen = options.isEmpty ? choices(for: sample) : options
      _ = plan(sample, ["--rules", "none"] + chosen, out: folder + "/plan")
      let runbook = try text(of: folder + "/plan/runbook.md")
      let name = ([sample] + options.suffix(1)).joined(separator: "-")
      expectSnapshot(portable(runbook, folder), named: "plan/\(name).md")
    }
  }

  @Test("the same inputs and start give the same octets")
  func determinism() throws {
    try withTemporaryDirectory { (folder) throws in
      for out in ["a", "b"] { _ = plan("company", out: folder + "/" + out) }
      let names = listing(of: folder + "/a")
      #expect(names == listing(of: folder + "/b"))
      #expect(names.count > 15)
      for name in names {
        let contents = ["a", "b"].map {
          FileManager.default.contents(atPath: "\(folder)/\($0)/\(name)")
        }
        #expect(contents[0] == contents[1], "\(name)")
      }
    }
  }

  @Test("a blocked plan says by what, holds no batches, and ends with 1")
  func blocked() throws {
    try withTemporaryDirectory { (folder) throws in
      let result = plan("every-type", out: folder + "/plan")
      #expect(result.status == .findings)
      #expect(result.output.hasPrefix("BLOCKED: "))
      #expect(result.output.contains("Route 53 takes no LOC records"))
      #expect(
        listing(of: folder + "/plan")
          == ["ledger.json", "lint.txt", "plan.json", "runbook.html", "runbook.md"])
    }
  }

  @Test("findings are told in the plan, and those of the failing severity fail it")
  func findings() throws {
    try withTemporaryDirectory { (folder) throws in
      let result = plan("company", ["--fail-on", "warning"], out: folder + "/plan")
      #expect(result.status == .findings)
      let lint = try text(of: folder + "/plan/lint.txt")
      #expect(lint.contains("[web-ttl]"))
      #expect(try text(of: folder + "/plan/runbook.md").contains("TTL 86400 s of a web name"))
    }
  }

  @Test("an existing plan is replaced only where asked for")
  func replace() throws {
    try withTemporaryDirectory { (folder) throws in
      let out = folder + "/plan"
      _ = plan("company", out: out)
      let refused = plan("mailless", out: out)
      #expect(refused.status == .failure)
      #expect(refused.messages.contains("--replace"))
      #expect(try text(of: out + "/plan.json").contains("example.com."))
      #expect(plan("mailless", ["--replace"], out: out).output.contains("example.org."))
      #expect(try text(of: out + "/plan.json").contains("example.org."))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["plan"])
    }
  }

  @Test("a plan that has begun is kept, and the next one carries its delegation over")
  func carriedDelegation() throws {
    try withTemporaryDirectory { (folder) throws in
      let (first, next) = (folder + "/first", folder + "/next")
      _ = plan("company", out: first)
      let early = plan("company", ["--delegation-from", first], out: next)
      #expect(early.status == .failure)
      #expect(early.messages.contains("holds no record of the old delegation"))

      _ = try write("example.com. 172800 IN NS ns1.\n", to: "old-delegation.txt", in: first)
      let refused = plan("company", ["--replace"], out: first)
      #expect(refused.status == .failure)
      #expect(refused.messages.contains("--delegation-from \(first)"))
      let other = plan("mailless", ["--delegation-from", first], out: next)
      #expect(other.messages.contains("is a plan of example.com., expected one of example.org."))
      #expect(listing(of: next).isEmpty)

      #expect(plan("company", ["--delegation-from", first], out: next).status != .failure)
      #expect(try text(of: next + "/old-delegation.txt") == text(of: first + "/old-delegation.txt"))
      #expect(plan("company", ["--replace"], out: next).status == .failure)
      #expect(zonecut(["runbook", next]).status == .success)
    }
  }

  @Test("a missing directory above the plan's is named")
  func missingParent() throws {
    try withTemporaryDirectory { (folder) throws in
      let result = plan("mailless", out: folder + "/not/there")
      #expect(result.status == .failure)
      #expect(result.messages.contains("there is no directory \(folder)/not/ to write it into"))
    }
  }

  @Test("batches that cannot be proven are a fault of the program")
  func unproven() {
    let failure = ProofFailure(stage: .batch(0), reason: "refused")
    let error = CommandError(.proof(failure), zone: "a.zone")
    #expect(error.status == .internalFault)
    #expect(error.messages.first?.contains("the batches cannot be proven: batch 1") == true)
  }

  @Test("an export of another zone is refused, and nothing is written")
  func anotherZone() throws {
    try withTemporaryDirectory { (folder) throws in
      let result = zonecut(
        ["plan", zoneFile("company"), "--into", export("mailless"), "--out", folder + "/plan"])
      #expect(result.status == .failure)
      #expect(
        result.messages.contains("is the export of example.org., expected that of example.com."))
      #expect(listing(of: folder).isEmpty)
    }
  }

  @Test("another hosted zone's id is refused, and nothing is written")
  func anotherID() throws {
    try withTemporaryDirectory { (folder) throws in
      for command in ["plan", "batches"] {
        let result = zonecut(
          command, zoneFile("company"), "--into", export("company"), "--into",
          sample("company/hosted-zone.json"), "--zone-id", "ZOTHER", "--out", folder + "/plan")
        #expect(result.status == .failure)
        #expect(result.messages.contains("is the hosted zone Z0M8G3A3NESCE88MWKWP3, not ZOTHER"))
        #expect(listing(of: folder).isEmpty)
      }
    }
  }

  @Test("get-hosted-zone beside the export gives the id to the commands")
  func hostedZone() throws {
    try withTemporaryDirectory { (folder) throws in
      let result = plan(
        "company", ["--into", sample("company/hosted-zone.json")], out: folder + "/plan")
      #expect(result.status != .failure, "\(result.messages)")
      #expect(try text(of: folder + "/plan/runbook.md").contains("ZONE_ID=Z0M8G3A3NESCE88MWKWP3"))
    }
  }

  @Test("standard input, a plan as JSON, and a quiet one")
  func forms() throws {
    try withTemporaryDirectory { (folder) throws in
      let zone = """
        $ORIGIN example.com.
        @ 300 IN SOA ns1.example.net. h.example.net. 1 7200 900 1209600 600
        @ 300 IN NS ns1.example.net.
        @ 300 IN MX 0 .

        """
      let json = zonecut(
        ["plan", "-", "--out", folder + "/a", "--format", "json", "--rules", "none"], input: zone)
      #expect(json.status == .success)
      #expect(try json.output == text(of: folder + "/a/plan.json"))
      let quiet = zonecut(
        ["plan", "-", "--out", folder + "/b", "--quiet", "--rules", "none"], input: zone)
      #expect(quiet.output.isEmpty && quiet.messages.isEmpty)
      #expect(listing(of: folder + "/b").contains("runbook.md"))
    }
  }

  @Test("dates that cannot be had are an error, and nothing is written")
  func noWindow() throws {
    try withTemporaryDirectory { (folder) throws in
      let result = plan(
        "company", ["--window", "Mon 09:00-09:10"], out: folder + "/plan")
      #expect(result.status == .failure)
      #expect(result.messages.contains("no change window"))
      #expect(listing(of: folder).isEmpty)
    }
  }
}

@Suite("zonecut runbook")
struct RunbookCommandTests {
  @Test("renders the runbook of a plan again")
  func again() throws {
    try withTemporaryDirectory { (folder) throws in
      let out = folder + "/plan"
      _ = zonecut(
        [
          "plan", zoneFile("company"), "--into", export("company"), "--out", out, "--ttl", "keep",
          "--parent-ttl", "1d", "--floor", "24h:5%", "--window", "Tue-Thu 09:00-16:00",
        ])
      let markdown = zonecut(["runbook", out])
      #expect(markdown.status == .success)
      #expect(try markdown.output == text(of: out + "/runbook.md"))
      let html = zonecut(["runbook", out + "/plan.json", "--format", "html"])
      #expect(try html.output == text(of: out + "/runbook.html"))
    }
  }

  @Test("a changed input, a missing one, or another file is an error")
  func changed() throws {
    try withTemporaryDirectory { (folder) throws in
      let zone = try write(text(of: zoneFile("mailless")), to: "example.org.zone", in: folder)
      let out = folder + "/plan"
      _ = zonecut(["plan", zone, "--into", export("mailless"), "--out", out])
      _ = try write(text(of: zone) + "; changed\n", to: "example.org.zone", in: folder)
      let changed = zonecut(["runbook", out])
      #expect(changed.status == .failure)
      #expect(changed.messages.contains("has changed since the plan was made"))
      try FileManager.default.removeItem(atPath: zone)
      #expect(zonecut(["runbook", out]).messages.contains("no such file"))
      #expect(zonecut(["runbook", export("mailless")]).status == .failure)
      #expect(zonecut(["runbook", folder]).status == .failure)
    }
  }
}
