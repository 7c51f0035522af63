import Diagnostics
import Foundation
import Migration
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

/// What holds of the batches of any move, whatever the choices.
@Suite("Batches under every policy")
struct PolicyPropertyTests {
  /// Moves for each seed; fewer in a debug build, which is many times slower.
  #if DEBUG
    private static let rounds = 3
  #else
    private static let rounds = 40
  #endif

  @Test("proven, within the limits, and back to the start to the octet", arguments: seeds)
  func thereAndBack(seed: UInt64) throws {
    for round in 0..<Self.rounds {
      let number = seed &* 10_007 &+ UInt64(round)
      let move = try RandomMigration(seed: number)
      let set = try Planner.batches(move.inputs, options: move.options)
      guard !set.isBlocked else {
        #expect(set.batches.isEmpty, "seed \(number)")
        continue
      }
      try check(set, of: move, number)
    }
  }

  private static var seeds: [UInt64] { SeededGenerator.seeds(25) }

  /// Moves for each seed that the other models are shown.
  #if DEBUG
    private static let shown = 50
  #else
    private static let shown = 2_000
  #endif

  @Test(
    "another model and the API's own constraints agree",
    .enabled(if: pathOfTool("python3") != nil, "no python3: the replay model needs it"),
    arguments: SeededGenerator.seeds(2))
  func othersAgree(seed: UInt64) throws {
    try withTemporaryDirectory { folder in
      var lines: [UInt8] = []
      for round in 0..<Self.shown {
        let number = seed &* 1_000_003 &+ UInt64(round)
        let move = try RandomMigration(seed: number)
        let set = try Planner.batches(move.inputs, options: move.options)
        if !set.isBlocked { lines += line(of: set, move, number) }
      }
      let file = folder + "/plans.jsonl"
      try Data(lines).write(to: URL(fileURLWithPath: file))
      let replay = try runPython([packageRoot + "/Tests/replay/replay_many.py", file])
      let (status, output) = try #require(replay)
      #expect(status == 0, "\(output)")
    }
  }

  @Test(
    "the API's own constraints are at hand",
    .enabled(
      if: canImportBotocore,
      "no botocore for this python3: batches are not held against the API model; Scripts/test has it"
    ),
    .needsSharedCorpus)
  func theAPIModelIsThere() throws {
    try withTemporaryDirectory { folder in
      let file = folder + "/plans.jsonl"
      try
        #"{"name": "no plan", "start": {"ResourceRecordSets": []}, "batches": [], "rollbacks": []}"#
        .write(toFile: file, atomically: false, encoding: .utf8)
      let replay = try runPython([packageRoot + "/Tests/replay/replay_many.py", file])
      #expect(replay?.output.contains("held against the API model") == true)
    }
  }

  private static let canImportBotocore =
    (try? runPython(["-c", "import botocore"]))?.status == 0

  @Test("the random moves hold what the properties are about")
  func variety() throws {
    var (whole, blocked, several, deleting, restoring, aliases) = (0, 0, 0, 0, 0, 0)
    for seed in UInt64(1)...200 {
      let move = try RandomMigration(seed: seed)
      let set = try Planner.batches(move.inputs, options: move.options)
      let changes = set.batches.flatMap(\.batch.changes)
      if set.isBlocked { blocked += 1 } else { whole += 1 }
      if set.batches.count > 2 { several += 1 }
      if changes.contains(where: { $0.action == .delete }) { deleting += 1 }
      if set.batches.contains(where: { $0.phase == .restore }) { restoring += 1 }
      if changes.contains(where: { $0.set.aliasTarget != nil }) { aliases += 1 }
    }
    #expect(whole > 80 && blocked > 10, "\(whole), \(blocked)")
    #expect(several > 5 && deleting > 20, "\(several), \(deleting)")
    #expect(restoring > 40 && aliases > 10, "\(restoring), \(aliases)")
  }

  // MARK: - What holds

  private func check(_ set: BatchSet, of move: RandomMigration, _ seed: UInt64) throws {
    let start = try HostedZone(
      apex: move.target.apex, id: "ZTEST", sets: move.target.recordSets)
    let limit = RequestSize(
      elements: RequestLimits.elements - move.options.reserve.elements,
      characters: RequestLimits.characters - move.options.reserve.characters)
    let servers = nameServers(of: start).values
    var zone = start
    for file in set.batches {
      #expect(file.batch.size.fits(limit) && file.rollback.size.fits(limit), "seed \(seed)")
      #expect(file.batch.comment?.contains(set.id) == true)
      try zone.apply(reread(file.batch))
      #expect(nameServers(of: zone).values == servers, "seed \(seed)")
      for kept in start.sets where isKept(kept, move) {
        #expect(zone.sets(at: kept.owner).contains { $0.key == kept.key }, "seed \(seed)")
      }
    }
    let load = set.batches.prefix { $0.phase == .load }.count
    if load < set.batches.count || !set.batches.isEmpty {
      #expect(nameServers(of: zone).ttl == 86_400, "seed \(seed)")
    }
    for file in set.batches.reversed() { try zone.apply(reread(file.rollback)) }
    #expect(
      zone.sets.map(ResourceRecordSet.init) == start.sets.map(ResourceRecordSet.init),
      "seed \(seed)")
  }

  private func isKept(_ set: RecordSet, _ move: RandomMigration) -> Bool {
    move.keeps == "www" && set.owner == Name("www.example.com.")
  }

  private func nameServers(of zone: HostedZone) -> ResourceRecordSet {
    zone.sets(at: zone.apex).first { $0.type == .ns }.map(ResourceRecordSet.init)
      ?? ResourceRecordSet(name: "", type: "none")
  }

  private func reread(_ batch: ChangeBatch) throws -> ChangeBatch {
    let reading = ChangeBatchReading(
      try JSONReader.read(SourceFile(name: "batch.json", text: batch.text)))
    #expect(reading.findings == [])
    return reading.batch
  }

  // MARK: - For the others

  /// A plan on one line, its batches as its files have them.
  private func line(of set: BatchSet, _ move: RandomMigration, _ number: UInt64) -> [UInt8] {
    let texts = Dictionary(
      uniqueKeysWithValues: PlanFiles.files(of: set).map { ($0.path, $0.octets) })
    // The order of the names is that in which rollbacks are applied.
    let files = [set.batches.map(\.path), set.batches.map(\.rollbackPath).sorted()]
    let lists = files.map { paths in
      let batches = paths.map { (texts[$0] ?? []).filter { $0 != UInt8(ascii: "\n") } }
      return Array("[".utf8) + batches.joined(separator: ",".utf8) + Array("]".utf8)
    }
    let start = move.target.recordSets.exportJSON.octets(pretty: false)
    return Array(#"{"name": "\#(number)", "start": "#.utf8) + start
      + Array(#", "batches": "#.utf8) + lists[0] + Array(#", "rollbacks": "#.utf8) + lists[1]
      + Array("}\n".utf8)
  }
}

extension Name {
  fileprivate init(_ text: String) {
    guard let name = try? Name(parsing: text, origin: .root) else {
      preconditionFailure("\(text) is no name")
    }
    self = name
  }
}
