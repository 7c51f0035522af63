import Diagnostics
import Foundation
import RecordSets
import Route53
import TestSupport
import Testing

/// The replay model, written apart from this package's in Python, agrees on what batches do.
@Suite(.enabled(if: pathOfTool("python3") != nil, "no python3: the replay model needs it"))
struct BatchReplayTests {
  @Test(arguments: SeededGenerator.seeds(15))
  func anotherModelAgrees(seed: UInt64) throws {
    var zones = RandomZones(seed: seed &+ 99_000)
    let old = zones.zone(count: 40)
    let new = zones.zone(like: old, count: 30)
    var options = ChangeOptions()
    options.prunes = true
    options.maximumDeletedPercent = 100
    options.reserve = RequestSize(elements: 970, characters: 30_500)
    let plan = ChangePlan(from: old, to: new.sets, options: options)
    try #require(plan.blockers == [])
    try withTemporaryDirectory { folder in
      try write(old.sets, to: folder + "/start.json")
      try write(plan.wanted, to: folder + "/wanted.json")
      for name in ["batches", "rollback"] {
        try FileManager.default.createDirectory(
          atPath: folder + "/" + name, withIntermediateDirectories: false)
      }
      for planned in plan.batches {
        try planned.batch.text
          .write(
            toFile: folder + "/batches/" + planned.fileName, atomically: false, encoding: .utf8)
        try planned.rollback.text.write(
          toFile: folder + "/rollback/" + planned.rollbackFileName, atomically: false,
          encoding: .utf8)
      }
      let replay = try runPython([
        packageRoot + "/Tests/replay/replay.py", "--start", folder + "/start.json",
        folder + "/batches", "--zone-id", "ZTEST", "--expect", folder + "/wanted.json",
        "--rollback", folder + "/rollback", "--back-to", folder + "/start.json",
      ])
      let (status, output) = try #require(replay)
      #expect(status == 0, "seed \(seed): \(output)")
    }
  }

  private func write(_ sets: [RecordSet], to path: String) throws {
    try sets.exportJSON.text().write(toFile: path, atomically: false, encoding: .utf8)
  }
}
