import Foundation
import Propagation
import Testing

@testable import Runbook

@Suite("Runbooks")
struct RunbookTests {
  /// Facts in which every text that comes from an input holds `text`.
  private func facts(_ text: String = "x", signed: Bool = false) throws -> RunbookFacts {
    let zone = "\(text).example.com."
    var inputs = ScheduleInputs(
      zone: zone, timing: .start(Instant(secondsSince1970: 1_796_115_600)),
      childNS: LoweredTTL(86_400), dsTTL: signed ? 86_400 : nil, negativeTTL: 600,
      records: [
        RecordTTL(name: "www.\(zone)", type: "A", ttl: LoweredTTL(3_600), changes: true)
      ])
    inputs.parentNS = ParentTTL(172_800, source: "source \(text)")
    var facts = RunbookFacts(
      zone: zone, planID: "0123456789ab", schedule: try Schedule(inputs),
      zoneFile: "zones/\(text).zone")
    facts.isSigned = signed
    facts.parentDS = signed ? .present : .absent
    facts.exports = ["\(text).json"]
    facts.hostedZoneID = "Z\(text)"
    facts.planArguments = ["--keep", text]
    facts.batchArguments = ["--keep", text]
    facts.newServers = ["ns-1.\(text).net."]
    facts.oldServers = [.init(name: "ns1.\(zone)", addresses: ["192.0.2.1"])]
    facts.loadBatches = ["batches/\(text).json"]
    facts.loadRollback = ["rollback/\(text).json"]
    facts.restoreBatches = ["batches/2-\(text).json"]
    facts.restoreRollback = ["rollback/2-\(text).json"]
    facts.loweredFiles = ["old-zone/\(text)"]
    facts.switchedFiles = ["old-zone/2/\(text)"]
    facts.loweredSets = [.init(owner: "www.\(zone)", type: "A", from: 3_600, to: 300)]
    facts.probes = [.init(owner: zone, type: "TXT", answers: ["\"\(text)\""])]
    facts.restoredNSFiles = ["old-zone/3/\(text)"]
    facts.restoredTTLFiles = ["old-zone/4/\(text)"]
    facts.entryKeys = [.init(flags: 257, algorithm: 13, publicKey: text)]
    facts.settings = RunbookSettings(
      resolvers: [text], oldServers: [text], newServers: [text], parentServers: [text],
      primaryDirectory: text)
    facts.updaters = ["\(code: "_acme-challenge.\(zone)"): a certificate client"]
    facts.childZones = ["child.\(zone)"]
    facts.toSettle = ["finding \(text)"]
    facts.notes = ["note \(text)"]
    facts.findingsSummary = "1 error"
    facts.ledgerSummary = "5 records"
    facts.differenceSummary = "no differences"
    return facts
  }

  private func allSteps(_ runbook: Runbook) -> [RunbookStep] {
    runbook.chapters.flatMap(\.steps) + runbook.rollback
  }

  @Test("the chapters are those of the procedure, in its order")
  func order() throws {
    let runbook = Runbook(try facts(signed: true))
    #expect(
      runbook.chapters.map(\.title) == [
        "Inventory and access", "Rehearsal", "Lower the TTLs and wait",
        "Record the old delegation and freeze", "Load the new zone and compare",
        "Glue, locks and DS", "Redelegate", "Test", "Parallel run", "Restore and clean up",
        "Appendix: the batches by the aws command alone",
      ])
    let ids = allSteps(runbook).map(\.id)
    #expect(Set(ids).count == ids.count)
    func index(_ id: String) throws -> Int { try #require(ids.firstIndex(of: id)) }
    #expect(try index("record-delegation") < index("remove-ds"))
    #expect(try index("remove-ds") < index("no-ds"))
    #expect(try index("no-ds") < index("redelegate"))
    #expect(try index("redelegate") < index("switch-old-ns"))
  }

  @Test("instants rise from step to step", arguments: [false, true])
  func instants(signed: Bool) throws {
    let steps = Runbook(try facts(signed: signed)).chapters.flatMap(\.steps)
    // The parallel run is told behind the tests that fall into it.
    let instants = steps.filter { $0.id != "parallel-run" }.compactMap(\.instant)
    #expect(instants == instants.sorted())
  }

  @Test("every step says who, how long, what to do, how to verify, and how to undo")
  func complete() throws {
    for signed in [false, true] {
      for step in allSteps(Runbook(try facts(signed: signed))) {
        #expect(!step.duration.isEmpty, "\(step.id)")
        #expect(!step.why.text.isEmpty, "\(step.id)")
        #expect(!step.actions.isEmpty, "\(step.id)")
        #expect(!step.verification.isEmpty, "\(step.id)")
        #expect(!step.undo.isEmpty, "\(step.id)")
      }
    }
  }

  @Test("the point of no return and the hard stops are marked")
  func marks() throws {
    let steps = allSteps(Runbook(try facts(signed: true)))
    func marked(_ mark: RunbookStep.Mark) -> [String] {
      steps.filter { $0.mark == mark }.map(\.id)
    }
    #expect(marked(.pointOfNoReturn) == ["decommission"])
    #expect(marked(.hardStop) == ["remove-ds", "no-ds"])
    #expect(marked(.slowReturn) == ["redelegate"])
    #expect(marked(.gate) == ["wait", "plan-again", "compare", "go-no-go"])
  }

  @Test("a step that fails leads to a rollback step that there is", arguments: [false, true])
  func wayBack(signed: Bool) throws {
    let runbook = Runbook(try facts(signed: signed))
    let rollback = runbook.rollback.map(\.id)
    var named: Set<String> = []
    for step in allSteps(runbook) {
      guard case .rollback(let id) = step.wayBack else { continue }
      #expect(rollback.contains(id), "\(step.id) leads to \(id)")
      named.insert(id)
    }
    #expect(named.contains("rollback-delegation"))
    // Before the cutover a signed zone gets its DS set back first.
    #expect(named.contains("rollback-ds") == signed)
    #expect(rollback.last == "rollback-load")
    #expect(runbook.markdown().contains("- If it fails: R2 After the redelegation"))
  }

  @Test("every command says what it prints")
  func outputs() throws {
    for step in allSteps(Runbook(try facts(signed: true))) {
      for blocks in [step.actions, step.verification, step.undo] {
        for (block, next) in zip(blocks, blocks.dropFirst().map(Optional.some) + [nil]) {
          guard case .command(let lines, _) = block else { continue }
          guard case .output(let text, let isObserved)? = next else {
            Issue.record("\(step.id): no output of \(lines)")
            continue
          }
          // What is set up prints nothing; what the registrar answers was never seen.
          #expect(!text.isEmpty || step.id == "shell" || step.id == "record-delegation")
          #expect(isObserved != lines.contains("route53domains"), "\(step.id)")
        }
      }
    }
  }

  @Test("the commands ask the servers that were given, by the clock that was given")
  func settings() throws {
    var facts = try facts("a")
    facts.settings = RunbookSettings(
      clockCommand: "cat clock", resolvers: ["192.0.2.8"], oldServers: ["192.0.2.2"],
      newServers: ["192.0.2.4", "192.0.2.5"], parentServers: ["192.0.2.9"])
    facts.leftBehind = ["here.a.example.com./LOC"]
    let markdown = Runbook(facts).markdown()
    for line in [
      "OLD=192.0.2.2", "NEW='192.0.2.4 192.0.2.5'", "PARENT=192.0.2.9", "RESOLVERS=192.0.2.8",
      "now() { cat clock; }", "  --new 192.0.2.4 --new 192.0.2.5 \\", "  --expect-ttl \\",
      "  --expect here.a.example.com./LOC &&",
    ] {
      #expect(markdown.contains("\n" + line + "\n") || markdown.contains(line + "\n"), "\(line)")
    }
    facts.settings = RunbookSettings()
    let usual = Runbook(facts).markdown()
    #expect(usual.contains("PARENT=$(dig +short example.com. NS | sort)"))
    #expect(usual.contains("now() { date -u +%Y-%m-%dT%H:%M:%SZ; }"))
  }

  @Test("a blocked runbook says by what, and has nothing to do")
  func blocked() throws {
    var facts = try facts()
    facts.blockers = ["a | b"]
    let runbook = Runbook(facts)
    #expect(runbook.chapters.isEmpty && runbook.rollback.isEmpty)
    #expect(runbook.markdown().hasPrefix("# BLOCKED: "))
    #expect(runbook.markdown().contains("- a \\| b"))
    #expect(runbook.html().contains("<h1>BLOCKED: "))
  }

  // MARK: - Hostile input

  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x>", "'; reboot; '", "$(reboot)", "`reboot`",
    "a|b", "```\n# x", "-->", "]]>", "\u{1b}[2J", "\u{202e}abc", "<\u{301}script>", "]()",
    "a\r\nb", "\\'",
  ]

  @Test("no text of an input becomes HTML", arguments: hostile)
  func html(text: String) throws {
    let harmless = try Runbook(facts("x")).html()
    let html = try Runbook(facts(text)).html()
    func tags(_ html: String) -> [String] {
      var tags: [String] = []
      var tag: String?
      for scalar in html.unicodeScalars {
        if scalar == "<" { tag = "" }
        tag?.unicodeScalars.append(scalar)
        if scalar == ">", let found = tag {
          // Attributes may differ where the chart draws the name; the elements do not.
          tags.append(String(found.prefix { $0 != " " }))
          tag = nil
        }
      }
      return tags
    }
    #expect(tags(html) == tags(harmless))
    #expect(!html.contains("\u{1b}") && !html.contains("\u{202e}"))
  }

  @Test("no text of an input becomes Markdown of its own", arguments: hostile)
  func markdown(text: String) throws {
    let harmless = try Runbook(facts("x")).markdown()
    let markdown = try Runbook(facts(text)).markdown()
    // Headings, tables and quotes outside code, and how many blocks of code there are.
    func structure(_ text: String) -> [Character] {
      var found: [Character] = []
      var fence: Substring?
      for line in text.split(separator: "\n") {
        let run = line.prefix { $0 == "`" }
        if let open = fence {
          if line == open { fence = nil }
        } else if run.count >= 3 {
          fence = run
          found.append("`")
        } else if let first = line.first, "#|>".contains(first) {
          found.append(first)
        }
      }
      #expect(fence == nil)
      return found
    }
    #expect(structure(markdown) == structure(harmless))
    #expect(!markdown.contains("\u{1b}") && !markdown.contains("\u{202e}"))
  }

  @Test("every command is one that a shell can read", arguments: hostile + ["x"])
  func commands(text: String) throws {
    for signed in [false, true] {
      let steps = allSteps(Runbook(try facts(text, signed: signed)))
      let blocks = steps.flatMap { $0.actions + $0.verification + $0.undo }
      let commands = blocks.compactMap { block -> String? in
        if case .command(let lines, _) = block { lines } else { nil }
      }
      #expect(commands.count > 20)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-n", "-c", commands.joined(separator: "\n")]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
  }

  @Test(
    "no text of an input is run by the shell",
    arguments: [
      "'; touch canary; '", "$(touch canary)", "`touch canary`", "\"; touch canary; \"",
      "\\'; touch canary; '", "a\ntouch canary\n", "& touch canary &", "| touch canary |",
      "> canary", "a b; touch canary",
    ])
  func injection(text: String) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/zonecut-test-\(UUID())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var facts = try facts(text, signed: true)
    // The one setting that is a command, and means to be.
    facts.settings.clockCommand = RunbookSettings.systemClock
    let blocks = allSteps(Runbook(facts)).flatMap { $0.actions + $0.verification + $0.undo }
    let commands = blocks.compactMap { block -> String? in
      if case .command(let lines, _) = block { "(" + lines + "\n)" } else { nil }
    }
    // Nothing but the shell itself works: what it would run does nothing.
    let harmless = [
      "aws", "dig", "zonecut", "rndc", "named_checkzone", "cp", "rm", "tee", "cat", "test", "sed",
    ].map { "\($0)() { :; }" }
    let script = harmless.joined(separator: "\n") + "\n" + commands.joined(separator: "\n")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let found = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(!found.contains { $0.contains("canary") }, "\(found)")
  }
}
