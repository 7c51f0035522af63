import Nameservers
import TestSupport
import Testing
import ZoneKit

/// The model of lookup, and the covering questions, beside servers of the field.
@Suite(
  "lookup model and covering questions beside BIND, NSD and Knot", .needsNameServers)
struct LiveModelTests {
  private static let types: [RecordType] =
    RandomContents.types + [.cname, .dname, .ns, .ds, .soa, .srv]

  /// BIND gives negative answers about SOA a TTL of 0, unless it is told not to.
  private static let bindLines = ["zero-no-soa-ttl no;"]

  @Test("every question about random zones", arguments: LoopbackServer.Brand.allCases)
  func model(brand: LoopbackServer.Brand) async throws {
    try await onOwnThread {
      try withTemporaryDirectory { (folder) throws in
        let files = ServedZones(folder: folder)
        let generators = SeededGenerator.seeds(6).map {
          RandomContents(seed: $0, apex: "m\($0).test.")
        }
        let zones = generators.map { generator in
          var generator = generator
          return generator.pair().old
        }
        var settings = LoopbackServer.Settings()
        if brand == .bind { settings.serverLines = Self.bindLines }
        let server = try LoopbackServer(
          brand, zones: zones.map { try files.zone($0, side: "m") }, settings: settings)
        defer { server.stop() }
        for (generator, zone) in zip(generators, zones) {
          let content = ZoneContent(ZoneIndex(zone), label: "zone")
          let questions = generator.universe(depth: 3).flatMap { name in
            Self.types.map { Question(name, $0) }
          }
          let answers = try ask(questions, of: server.address, apex: zone.apex)
          var differing = 0
          for (question, answer) in zip(questions, answers) {
            let known = content.lookUp(question.name, question.type).answers[0]
            guard answer != known, !isGlueOfOccludedWildcard(answer, known, in: zone) else {
              continue
            }
            differing += 1
            if differing <= 3 {
              Issue.record(
                """
                \(brand) \(question): expected \(known), found \(answer?.description ?? "nothing")
                \(zone.map(\.description).joined(separator: "\n"))
                """)
            }
          }
        }
      }
    }
  }

  /// Whether the answers are referrals that differ in glue alone, and a wildcard lies below the
  /// cut: NSD and Knot make glue of it, though nothing below a cut is the zone's to answer with.
  private func isGlueOfOccludedWildcard(_ answer: Answer?, _ known: Answer, in zone: Zone) -> Bool {
    guard let answer, answer.kind == .referral, known.kind == .referral,
      let cut = known.sets.first(where: { $0.type == .ns }),
      answer.sets.contains(cut)
    else { return false }
    return zone.contains { $0.owner.isWildcard && $0.owner.isAtOrBelow(cut.owner) }
  }

  @Test("the covering questions show a difference exactly if any question does")
  func covering() async throws {
    try await onOwnThread {
      try withTemporaryDirectory { (folder) throws in
        let files = ServedZones(folder: folder)
        let generators = SeededGenerator.seeds(12).map {
          RandomContents(seed: $0 &+ 1_000, apex: "p\($0).test.")
        }
        let pairs = generators.map { generator in
          var generator = generator
          return generator.pair()
        }
        var settings = LoopbackServer.Settings()
        settings.serverLines = Self.bindLines
        let bind = try LoopbackServer(
          .bind, zones: pairs.map { try files.zone($0.old, side: "old") }, settings: settings)
        defer { bind.stop() }
        let nsd = try LoopbackServer(.nsd, zones: pairs.map { try files.zone($0.new, side: "new") })
        defer { nsd.stop() }
        for (generator, pair) in zip(generators, pairs) {
          let apex = pair.old.apex
          let report = try LiveComparison.local(
            apex, old: [bind.address], new: [nsd.address],
            oldContent: ZoneContent(ZoneIndex(pair.old), label: "old"),
            newContent: ZoneContent(ZoneIndex(pair.new), label: "new")
          ).run()
          let questions = generator.universe(depth: 4).flatMap { name in
            Self.types.map { Question(name, $0) }
          }
          let before = try ask(questions, of: bind.address, apex: apex)
          let after = try ask(questions, of: nsd.address, apex: apex)
          let first = questions.indices.first { before[$0] != after[$0] }
          if report.isClean != (first == nil) {
            Issue.record(
              """
              \(report.text())
              \(first.map { "\(questions[$0]): \(before[$0]!), \(after[$0]!)" } ?? "no difference")
              \(pair.old.map(\.description).joined(separator: "\n"))
              ---
              \(pair.new.map(\.description).joined(separator: "\n"))
              """)
          }
        }
      }
    }
  }
}
