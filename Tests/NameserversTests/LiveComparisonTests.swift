import Diagnostics
import Foundation
import Nameservers
import Synchronization
import TestSupport
import Testing
import ZoneKit

@Suite("comparison of servers", .needsNameServers)
struct LiveComparisonTests {
  /// A zone of everything that a fault can be planted in; owners are relative.
  private static let base = """
    $TTL 3600
    @ SOA ns.elsewhere.test. host 1 7200 900 86400 600
    @ NS ns.elsewhere.test.
    www A 192.0.2.1
    www A 192.0.2.2
    mail A 192.0.2.3
    @ MX 10 mail
    *.wild A 192.0.2.4
    *.wild TXT "wild"
    a.wild A 192.0.2.7
    alias CNAME target.elsewhere.test.
    deep.ent.x A 192.0.2.5
    sub NS ns.sub
    ns.sub A 192.0.2.6
    sub DS 1 13 2 0101010101010101010101010101010101010101010101010101010101010101
    tree DNAME elsewhere.test.

    """

  /// A fault, what of the base it replaces, and what is to be found: class, name and type of one
  /// question, and the cause.
  private struct Planted: Sendable {
    let label: String
    let line: String
    let replacement: String
    let verdict: ComparisonClass
    let question: (String, RecordType)
    let cause: @Sendable (Name) -> ComparisonFinding.Cause
  }

  private static let planted: [Planted] = [
    Planted(
      label: "missing", line: "mail A 192.0.2.3\n", replacement: "", verdict: .missing,
      question: ("mail.", .a), cause: { .name(child("mail", of: $0)) }),
    Planted(
      label: "extra", line: "mail A 192.0.2.3\n", replacement: "mail A 192.0.2.3\nmail TXT x\n",
      verdict: .extra, question: ("mail.", .txt), cause: { .name(child("mail", of: $0)) }),
    Planted(
      label: "value", line: "www A 192.0.2.2\n", replacement: "www A 192.0.2.22\n",
      verdict: .value, question: ("www.", .a), cause: { .name(child("www", of: $0)) }),
    Planted(
      label: "ttl", line: "mail A 192.0.2.3\n", replacement: "mail 300 A 192.0.2.3\n",
      verdict: .ttlOnly, question: ("mail.", .a), cause: { .name(child("mail", of: $0)) }),
    Planted(
      label: "wildcard", line: "*.wild A 192.0.2.4\n*.wild TXT \"wild\"\n",
      replacement: "", verdict: .missing, question: ("zonecut.wild.", .a),
      cause: { .wildcard(child("*", of: child("wild", of: $0))) }),
    Planted(
      label: "delegation", line: "sub NS ns.sub\n", replacement: "sub NS ns.other\n",
      verdict: .value, question: ("sub.", .ns), cause: { .delegation(child("sub", of: $0)) }),
    Planted(
      label: "glue", line: "ns.sub A 192.0.2.6\n", replacement: "", verdict: .value,
      question: ("sub.", .ns), cause: { .delegation(child("sub", of: $0)) }),
    Planted(
      label: "ds", line: base.split(separator: "\n").first { $0.contains(" DS ") }! + "\n",
      replacement: "", verdict: .missing, question: ("sub.", .ds),
      cause: { .name(child("sub", of: $0)) }),
    Planted(
      label: "dot", line: "alias CNAME target.elsewhere.test.\n",
      replacement: "alias CNAME target.elsewhere.test\n", verdict: .value,
      question: ("alias.", .cname), cause: { .name(child("alias", of: $0)) }),
  ]

  @Test("a fault in the content is found, rightly classed, and nothing beside it")
  func faultsOfContent() async throws {
    try await onOwnThread {
      try withTemporaryDirectory { (folder) throws in
        let files = ServedZones(folder: folder)
        func apex(_ fault: Planted) -> Name { named("\(fault.label).test.") }
        let bind = try LoopbackServer(
          .bind, zones: Self.planted.map { try files.zone(apex($0), Self.base, side: "old") })
        defer { bind.stop() }
        let nsd = try LoopbackServer(
          .nsd,
          zones: Self.planted.map { fault in
            #expect(Self.base.contains(fault.line), "\(fault.label)")
            let text = Self.base.replacingOccurrences(of: fault.line, with: fault.replacement)
            return try files.zone(apex(fault), text, side: "new")
          })
        defer { nsd.stop() }
        for fault in Self.planted {
          let apex = apex(fault)
          let report = try LiveComparison.local(
            apex, old: [bind.address], new: [nsd.address],
            oldContent: ZoneContent(Self.base, apex: apex)
          ).run()
          // An extra type is found because the covering questions ask for types of the zone only;
          // a type that the old content has nowhere at the name takes the new content as well.
          let findings = report.open.flatMap(\.findings)
          if fault.label == "extra" {
            let text = Self.base.replacingOccurrences(of: fault.line, with: fault.replacement)
            let both = try LiveComparison.local(
              apex, old: [bind.address], new: [nsd.address],
              oldContent: ZoneContent(Self.base, apex: apex),
              newContent: ZoneContent(text, apex: apex)
            ).run()
            expect(fault, both.open.flatMap(\.findings), both, nsd)
          } else {
            expect(fault, findings, report, nsd)
          }
        }
      }
    }
  }

  private func expect(
    _ fault: Planted, _ findings: [ComparisonFinding], _ report: ComparisonReport,
    _ server: LoopbackServer
  ) {
    let name = named("\(fault.question.0)\(report.apex)")
    let finding = findings.first {
      $0.question == Question(name, fault.question.1)
    }
    #expect(finding?.verdict == fault.verdict, "\(fault.label): \(report.text())")
    #expect(finding?.servers == [server.address])
    #expect(finding?.cause == fault.cause(report.apex), "\(fault.label): \(report.text())")
    #expect(report.open.count == 1, "\(fault.label): \(report.text())")
    #expect(!report.isClean)
  }

  @Test("a fault of one server of four is found there, and nothing beside it")
  func faultsOfServers() async throws {
    try await onOwnThread {
      try withTemporaryDirectory { (folder) throws in
        let files = ServedZones(folder: folder)
        let apex = named("servers.test.")
        let zone = try files.zone(apex, Self.base, side: "new")
        let content = try ZoneContent(Self.base, apex: apex)
        let stale = Self.base.replacingOccurrences(of: "host 1 ", with: "host 0 ")
          .replacingOccurrences(of: "mail A 192.0.2.3\n", with: "mail A 192.0.2.33\n")
        let bind = try LoopbackServer(.bind, zones: [zone])
        defer { bind.stop() }
        var settings = LoopbackServer.Settings()
        settings.addresses = ["127.0.0.2", "127.0.0.3", "::1"]
        let nsd = try LoopbackServer(.nsd, zones: [zone], settings: settings)
        defer { nsd.stop() }
        let knot = try LoopbackServer(.knot, zones: [try files.zone(apex, stale, side: "stale")])
        defer { knot.stop() }

        func compare(_ servers: [String]) throws -> ComparisonReport {
          try LiveComparison.local(
            apex, old: [bind.address], new: nsd.addresses + servers, oldContent: content
          ).run()
        }
        let clean = try compare([])
        #expect(clean.isClean, "\(clean.text())")

        let old = try compare([knot.address])
        #expect(old.open.count == 1, "\(old.text())")
        #expect(old.open.first?.servers == [knot.address])
        #expect(old.open.first?.cause.description.contains("serial 0, they 1") == true)

        let dead = try compare(["127.0.0.4@\(try LoopbackServer.freePort(at: ["127.0.0.4"]))"])
        #expect(dead.open.count == 1)
        #expect(dead.counts[.unreachable] == 1, "\(dead.text())")

        let truncating = try FaultyServer(.truncating, before: bind)
        let short = try compare([truncating.address])
        #expect(short.isClean, "\(short.text())")
        #expect(short.notes.contains { $0.contains("\(truncating.address): truncated") })

        let withoutTCP = try FaultyServer(.withoutTCP, before: bind)
        let half = try compare([withoutTCP.address])
        #expect(half.open.count == 1, "\(half.text())")
        #expect(half.open.first?.servers == [withoutTCP.address])
        #expect(half.open.first?.cause.description.contains("TCP") == true)

        let limiting = try FaultyServer(.limiting(100), before: bind)
        let limited = try compare([limiting.address])
        #expect(limited.isClean, "\(limited.text())")
        #expect(limited.notes.contains { $0.contains(limiting.address) && $0.contains("limits") })

        let denying = try FaultyServer(.denying("ent.x.\(apex)"), before: bind)
        let denied = try compare([denying.address])
        #expect(denied.open.count == 1, "\(denied.text())")
        #expect(denied.open.first?.servers == [denying.address])
        #expect(denied.open.first?.findings.allSatisfy { $0.verdict == .kind } == true)
        #expect(
          denied.open.first?.findings.allSatisfy {
            $0.question?.name == named("ent.x.\(apex)")
          } == true)

        let wavering = try FaultyServer(.wavering, before: bind)
        let wavered = try compare([wavering.address])
        #expect(wavered.open.count == 1, "\(wavered.text())")
        #expect(wavered.open.first?.servers == [wavering.address])
        #expect(wavered.open.first?.findings.allSatisfy { $0.verdict == .flaky } == true)

        let lame = try LoopbackServer(.nsd, zones: [])
        defer { lame.stop() }
        let without = try compare([lame.address])
        #expect(without.counts[.lame] == 1, "\(without.text())")
        #expect(without.open.count == 1)
      }
    }
  }

  @Test("a zone below that the old server holds too is told apart")
  func childHosted() async throws {
    try await onOwnThread {
      try withTemporaryDirectory { (folder) throws in
        let files = ServedZones(folder: folder)
        let apex = named("hosting.test.")
        let zone = try files.zone(apex, Self.base, side: "new")
        let below = try files.zone(
          child("sub", of: apex),
          "@ 300 SOA ns host 1 1 1 1 60\n@ 300 NS ns\nns 300 A 192.0.2.6\nwww 300 A 192.0.2.8\n",
          side: "old")
        let bind = try LoopbackServer(.bind, zones: [zone, below])
        defer { bind.stop() }
        let nsd = try LoopbackServer(.nsd, zones: [zone])
        defer { nsd.stop() }
        let report = try LiveComparison.local(
          apex, old: [bind.address], new: [nsd.address],
          oldContent: ZoneContent(Self.base, apex: apex)
        ).run()
        #expect(report.isClean, "\(report.text())")
        #expect(report.counts[.childHosted] ?? 0 > 0, "\(report.text())")
      }
    }
  }

  @Test("delegation, glue and DS at the parent")
  func parent() async throws {
    try await onOwnThread {
      try withTemporaryDirectory { (folder) throws in
        let files = ServedZones(folder: folder)
        let (parent, apex) = (named("parent.test."), named("child.parent.test."))
        let text = """
          @ 300 SOA ns host 1 1 1 1 60
          @ 300 NS ns
          ns 300 A 192.0.2.6
          www 300 A 192.0.2.8

          """
        let zone = try files.zone(apex, text, side: "own")
        let nsd = try LoopbackServer(.nsd, zones: [zone])
        defer { nsd.stop() }
        func found(_ delegation: String) throws -> ComparisonReport {
          let above = "@ 300 SOA ns.x. host 1 1 1 1 60\n@ 300 NS ns.x.\n" + delegation
          let bind = try LoopbackServer(.bind, zones: [try files.zone(parent, above, side: "up")])
          defer { bind.stop() }
          var comparison = try LiveComparison.local(
            apex, old: [nsd.address], new: [nsd.address], oldContent: ZoneContent(text, apex: apex))
          comparison.parents = try ServerAddress.resolve(bind.address)
          return try comparison.run()
        }
        let right = try found("child 300 NS ns.child\nns.child 300 A 192.0.2.6\n")
        #expect(right.isClean, "\(right.text())")
        #expect(right.notes.contains { $0.contains("delegates to the old") })
        for (delegation, verdict) in [
          ("child 300 NS ns.other.\n", ComparisonClass.value),
          ("child 300 NS ns.child\n", .missing),
          ("child 300 NS ns.child\nns.child 300 A 192.0.2.7\n", .value),
          (
            "child 300 NS ns.child\nns.child 300 A 192.0.2.6\nchild 300 DS 1 13 2 "
              + String(repeating: "01", count: 32) + "\n", .kind
          ),
        ] {
          let report = try found(delegation)
          #expect(report.open.map(\.cause) == [.parent], "\(delegation)\(report.text())")
          #expect(report.counts[verdict] == 1, "\(delegation)\(report.text())")
        }
      }
    }
  }

  @Test("a comparison is taken up where its journal ends")
  func resumed() async throws {
    try await onOwnThread {
      try withTemporaryDirectory { (folder) throws in
        let files = ServedZones(folder: folder)
        let apex = named("journal.test.")
        let text = Self.base.replacingOccurrences(of: "192.0.2.1\n", with: "192.0.2.11\n")
        let bind = try LoopbackServer(.bind, zones: [try files.zone(apex, Self.base, side: "old")])
        defer { bind.stop() }
        let nsd = try LoopbackServer(.nsd, zones: [try files.zone(apex, text, side: "new")])
        defer { nsd.stop() }
        let kept = Mutex("")
        var comparison = try LiveComparison.local(
          apex, old: [bind.address], new: [nsd.address],
          oldContent: ZoneContent(Self.base, apex: apex))
        comparison.journal = ComparisonJournal(
          read: { kept.withLock { Array($0.utf8) } },
          replace: { text in kept.withLock { $0 = text } },
          add: { text in kept.withLock { $0 += text } })
        let first = try comparison.run()
        // What was cut short is as if it had never been written.
        kept.withLock { $0 += "{\"done\":99" }
        let second = try comparison.run()
        #expect(first.counts == second.counts)
        #expect(first.open == second.open)
        kept.withLock { $0 = $0.replacingOccurrences(of: "journal.test.", with: "other.test.") }
        #expect(throws: LiveComparisonError.self) { _ = try comparison.run() }
      }
    }
  }

  @Test("no usable server of a side is an error, not a report")
  func unusable() async throws {
    try await onOwnThread {
      let apex = named("servers.test.")
      let port = try LoopbackServer.freePort(at: ["127.0.0.5"])
      let comparison = try LiveComparison.local(
        apex, old: ["127.0.0.5@\(port)"], new: ["127.0.0.5@\(port)"],
        oldContent: ZoneContent(Self.base, apex: apex))
      #expect(throws: LiveComparisonError.self) { _ = try comparison.run() }
    }
  }
}
