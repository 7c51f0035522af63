import Foundation
import TestSupport
import Testing

@Suite("Test support")
struct TestSupportTests {
  @Test("the package root holds Package.swift and the sample zones")
  func packageRootIsFound() {
    #expect(FileManager.default.fileExists(atPath: packageRoot + "/Package.swift"))
    #expect(!files(below: zoneSamples, ending: [".zone", ".json"]).isEmpty)
  }

  @Test("SplitMix64 gives the reference numbers for seed 1234567")
  func splitMix64() {
    // Reference sequence: rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64
    var random = SeededGenerator(seed: 1_234_567)
    let numbers = (0..<5).map { _ in random.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("a temporary directory is empty at first and gone at the end")
  func temporaryDirectory() throws {
    let path = try withTemporaryDirectory { path in
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty)
      try Data("x".utf8).write(to: URL(fileURLWithPath: path + "/x"))
      return path
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("a text that differs from its snapshot is an issue")
  func snapshotDifference() {
    expectSnapshot("one\ntwo\n", named: "support.txt")
    guard ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != "1" else { return }
    withKnownIssue {
      expectSnapshot("one\nthree\n", named: "support.txt")
    } matching: { issue in
      issue.comments.contains { $0.rawValue.contains("-2: \"two\"\n+2: \"three\"") }
    }
  }

  @Test("the shared corpus has zones", .needsSharedCorpus)
  func sharedCorpus() {
    #expect(!SharedCorpus.files(below: "zones").isEmpty)
  }
}
