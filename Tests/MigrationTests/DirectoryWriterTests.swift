import Foundation
import Migration
import Synchronization
import TestSupport
import Testing

@Suite("The plan's directory")
struct DirectoryWriterTests {
  /// All files below a folder, hidden ones too, with their octets.
  private func contents(of folder: String) -> [String: Data] {
    var found: [String: Data] = [:]
    for path in FileManager.default.subpaths(atPath: folder) ?? [] {
      found[path] = FileManager.default.contents(atPath: folder + "/" + path) ?? Data()
    }
    return found
  }

  private func files() throws -> [PlanFiles.File] {
    PlanFiles.files(of: try PlanSamples.plan())
  }

  @Test("all files are written, and the same each time")
  func writes() throws {
    try withTemporaryDirectory { folder in
      let files = try files()
      try DirectoryWriter().write(files, to: folder + "/a")
      try DirectoryWriter().write(try self.files(), to: folder + "/b/")
      let (a, b) = (contents(of: folder + "/a"), contents(of: folder + "/b"))
      #expect(a == b)
      for file in files { #expect(a[file.path] == Data(file.octets)) }
      for path in [
        "plan.json", "runbook.md", "runbook.html", "schedule.ics", "schedule.svg", "lint.txt",
        "diff.txt", "ledger.json", "delegation.json", "queries.txt", "batches/01-load.json",
        "rollback/02-undo-01-load.json", "old-zone/1-ttls-lowered/example.zone",
        "old-zone/2-ns-switched/example.zone",
      ] {
        #expect(a[path]?.isEmpty == false, "\(path)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["a", "b"])
    }
  }

  @Test("a blocked plan has no batches, and its runbook says so")
  func blocked() throws {
    let plan = try PlanSamples.plan("here IN LOC 51 30 12.748 N 0 7 39.611 W 0.00m")
    let files = PlanFiles.files(of: plan)
    #expect(
      files.map(\.path).sorted()
        == ["ledger.json", "lint.txt", "plan.json", "runbook.html", "runbook.md"])
    let runbook = try #require(files.first { $0.path == "runbook.md" })
    #expect(String(decoding: runbook.octets, as: UTF8.self).hasPrefix("# BLOCKED: "))
  }

  @Test("whatever fails, the directory is whole or untouched, and nothing else is left")
  func faults() throws {
    let files = try files()
    for replaces in [false, true] {
      // How many operations there are, found by counting them.
      let count = Mutex(0)
      try withTemporaryDirectory { folder in
        try DirectoryWriter { _ in count.withLock { $0 += 1 } }.write(files, to: folder + "/p")
      }
      let operations = count.withLock { $0 }
      #expect(operations > files.count * 3)
      for failing in 0..<operations {
        try withTemporaryDirectory { folder in
          if replaces { try DirectoryWriter().write([files[0]], to: folder + "/p") }
          let before = contents(of: folder)
          let done = Mutex(0)
          let writer = DirectoryWriter { (operation) throws(DirectoryError) in
            if done.withLock({
              $0 += 1; return $0 - 1
            }) == failing {
              throw DirectoryError("no space left: \(operation)")
            }
          }
          #expect(throws: DirectoryError.self) {
            try writer.write(files, to: folder + "/p", replacing: PlanFiles.planFile)
          }
          #expect(contents(of: folder) == before, "operation \(failing)")
        }
      }
    }
  }

  @Test("an existing directory is replaced only as asked for, and only a plan")
  func replacing() throws {
    let files = try files()
    try withTemporaryDirectory { folder in
      let path = folder + "/p"
      try DirectoryWriter().write(files, to: path)
      #expect(throws: DirectoryError.self) { try DirectoryWriter().write(files, to: path) }
      try DirectoryWriter().write([files[0]], to: path, replacing: PlanFiles.planFile)
      #expect(contents(of: path).keys.sorted() == ["plan.json"])

      // What nobody here wrote, or shows that the migration has begun, stays.
      for stranger in ["notes.txt"] + PlanFiles.recordsOfARun {
        try Data("x".utf8).write(to: URL(fileURLWithPath: path + "/" + stranger))
        let before = contents(of: folder)
        #expect(throws: DirectoryError.self) {
          try DirectoryWriter().write(files, to: path, replacing: PlanFiles.planFile)
        }
        #expect(contents(of: folder) == before)
        try FileManager.default.removeItem(atPath: path + "/" + stranger)
      }

      // Neither a folder without a plan nor a file.
      let other = folder + "/other"
      try FileManager.default.createDirectory(
        atPath: other, withIntermediateDirectories: false)
      try Data(#"{"schema": {"name": "other"}}"#.utf8).write(
        to: URL(fileURLWithPath: other + "/plan.json"))
      for path in [other, other + "/plan.json"] {
        #expect(throws: DirectoryError.self) {
          try DirectoryWriter().write(files, to: path, replacing: PlanFiles.planFile)
        }
      }
    }
  }

  @Test("an empty directory gives way; a missing parent is an error")
  func placement() throws {
    let files = try files()
    try withTemporaryDirectory { folder in
      let empty = folder + "/empty"
      try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
      try DirectoryWriter().write(files, to: empty)
      #expect(contents(of: empty)["plan.json"] != nil)
      #expect(throws: DirectoryError.self) {
        try DirectoryWriter().write(files, to: folder + "/no/parent")
      }
      #expect(throws: DirectoryError.self) { try DirectoryWriter().write(files, to: "/") }
    }
  }
}
