import Foundation
import TestSupport
import Testing

@testable import Diagnostics

@Suite("Unified differences")
struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    let diff = UnifiedDiff(from: Array(old.utf8), to: Array(new.utf8), name: "a.zone")
    return String(decoding: diff.octets, as: UTF8.self)
  }

  @Test("no change, no text")
  func same() {
    #expect(diff("a\nb\n", "a\nb\n") == "")
    #expect(diff("", "") == "")
  }

  @Test("changed lines with three around them; far changes in hunks of their own")
  func hunks() {
    let old = (1...20).map { "line \($0)\n" }
    var new = old
    new[4] = "changed\n"
    new.remove(at: 15)
    new.insert("added\n", at: 0)
    #expect(
      diff(old.joined(), new.joined()) == """
        --- a/a.zone
        +++ b/a.zone
        @@ -1,8 +1,9 @@
        +added
         line 1
         line 2
         line 3
         line 4
        -line 5
        +changed
         line 6
         line 7
         line 8
        @@ -13,7 +14,6 @@
         line 13
         line 14
         line 15
        -line 16
         line 17
         line 18
         line 19

        """)
  }

  @Test("no line, one line, and a last line without its end")
  func edges() {
    #expect(diff("", "a\n") == "--- a/a.zone\n+++ b/a.zone\n@@ -0,0 +1 @@\n+a\n")
    #expect(
      diff("a", "a\n") == """
        --- a/a.zone
        +++ b/a.zone
        @@ -1 +1 @@
        -a
        \\ No newline at end of file
        +a

        """)
  }

  @Test("for a terminal, what acts on it is named; colours mark the sides")
  func terminal() {
    let diff = UnifiedDiff(
      from: Array("a\t\u{1b}[2J\n".utf8), to: Array("b\u{202e}\n".utf8), name: "x\n\u{1b}")
    #expect(
      diff.text() == """
        --- a/x<U+000A><U+001B>
        +++ b/x<U+000A><U+001B>
        @@ -1 +1 @@
        -a\t<U+001B>[2J
        +b<U+202E>

        """)
    #expect(diff.text(style: .colored).contains("\u{1b}[31m-a\t<U+001B>[2J\u{1b}[0m\n"))
  }

  /// The steps applied to `old`, nil if they do not fit the two lists.
  private func applied(_ edits: [LineEdit], _ old: [Int], _ new: [Int]) -> [Int]? {
    var result: [Int] = []
    var x = 0
    var y = 0
    for edit in edits {
      if edit != .insert {
        guard x < old.count else { return nil }
        if edit == .keep { result.append(old[x]) }
        x += 1
      }
      if edit != .delete {
        guard y < new.count else { return nil }
        if edit == .insert { result.append(new[y]) }
        y += 1
      }
    }
    return x == old.count && y == new.count ? result : nil
  }

  @Test("the steps lead from the old lines to the new", arguments: SeededGenerator.seeds(20))
  func stepsLeadToNew(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let alphabet = Int.random(in: 1...12, using: &random)
      func list() -> [Int] {
        (0..<Int.random(in: 0...40, using: &random)).map { _ in
          Int.random(in: 0..<alphabet, using: &random)
        }
      }
      let (old, new) = (list(), list())
      let shortest = new.difference(from: old).count
      let edits = lineEdits(from: old, to: new)
      #expect(applied(edits, old, new) == new)
      #expect(edits.count { $0 != .keep } == shortest)
      // With a small stride the search begins anew many times: still right, perhaps longer.
      let stepwise = lineEdits(from: old, to: new, stride: 3)
      #expect(applied(stepwise, old, new) == new)
    }
  }

  @Test("two long texts with nothing in common are done at once")
  func nothingInCommon() {
    let edits = lineEdits(from: Array(0..<3000), to: Array(3000..<6000))
    #expect(edits.count == 6000)
  }

  private static let patch = pathOfTool("patch")

  @Test(
    "patch makes the new text of the old and the patch",
    .enabled(if: patch != nil, "no patch here"),
    arguments: SeededGenerator.seeds(4))
  func patchAgrees(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func text() -> [UInt8] {
      let lines = (0..<Int.random(in: 1...60, using: &random)).map { _ in
        "\(Int.random(in: 0..<9, using: &random))"
      }
      return Array((lines.joined(separator: "\n") + (random.oneIn(3) ? "" : "\n")).utf8)
    }
    let (old, new) = (text(), text())
    try withTemporaryDirectory { path in
      try Data(old).write(to: URL(fileURLWithPath: path + "/f"))
      let diff = UnifiedDiff(from: old, to: new, name: "f")
      try Data(diff.octets).write(to: URL(fileURLWithPath: path + "/d"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(Self.patch))
      process.arguments = ["-s", "-p1", "-i", "d"]
      process.currentDirectoryURL = URL(fileURLWithPath: path)
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(FileManager.default.contents(atPath: path + "/f") == Data(new))
    }
  }
}
