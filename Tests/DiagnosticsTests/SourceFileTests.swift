import Diagnostics
import Foundation
import TestSupport
import Testing

/// The position of an offset, counted from the beginning of the source.
private func counted(_ offset: Int, in octets: [UInt8]) -> Position {
  var position = Position(line: 1, column: 1)
  var index = 0
  while index < offset {
    var length = 1
    switch octets[index] {
    case 0x0a: position = Position(line: position.line + 1, column: 1)
    case 0x0d where index + 1 < octets.count && octets[index + 1] == 0x0a:
      position.column += 1
    case 0x0d: position = Position(line: position.line + 1, column: 1)
    default:
      for count in 2...4 where index + count <= octets.count && octets[index] >= 0x80 {
        let part = octets[index..<index + count]
        if let text = String(validating: part, as: UTF8.self), text.unicodeScalars.count == 1 {
          length = count
        }
      }
      position.column += 1
    }
    index += length
  }
  return position
}

@Suite("Sources: octets, lines and columns")
struct SourceFileTests {
  @Test("lines end with LF, CRLF or CR; columns count scalars")
  func positions() {
    let source = SourceFile(name: "a", text: "ab\ncd\r\nä\u{301}z\rx")
    #expect(source.position(at: 1) == Position(line: 1, column: 2))
    #expect(source.position(at: 3) == Position(line: 2, column: 1))
    #expect(source.position(at: 7) == Position(line: 3, column: 1))
    #expect(source.position(at: 11) == Position(line: 3, column: 3))
    #expect(source.position(at: 13) == Position(line: 4, column: 1))
    #expect(source.position(at: 99) == Position(line: 4, column: 2))
    #expect(source.line(2) == Array("cd".utf8))
    #expect(source.range(ofLine: 4) == 13..<14)
    #expect(source.line(5) == [])
  }

  @Test("an octet that is no UTF-8 counts as one column")
  func brokenUTF8() {
    let source = SourceFile(name: "a", octets: [0xe2, 0x82, 0xff, 0xc3, 0xa4, 0x78])
    #expect(source.position(at: 5) == Position(line: 1, column: 5))
  }

  @Test("long lines too: positions agree with plain counting", arguments: SeededGenerator.seeds(6))
  func agreesWithCounting(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var octets: [UInt8] = []
    while octets.count < 14_000 {
      if random.oneIn(5000) { octets.append(random.oneIn(2) ? 0x0a : 0x0d) }
      octets +=
        random.oneIn(9)
        ? random.octets(2)
        : Array(
          ["a", "ä", "例", "😀"][random.oneIn(2) ? 0 : Int.random(in: 0..<4, using: &random)].utf8)
    }
    let source = SourceFile(name: "a", octets: octets)
    for _ in 0..<40 {
      var offset = Int.random(in: 0...octets.count, using: &random)
      while offset < octets.count, octets[offset] & 0xc0 == 0x80 { offset += 1 }
      #expect(source.position(at: offset) == counted(offset, in: octets), "offset \(offset)")
    }
  }

  @Test("octets are cut to what the source holds")
  func octetRanges() throws {
    let source = SourceFile(name: "a", text: "abcdef")
    #expect(source.octets(in: 2..<4) == Array("cd".utf8))
    #expect(source.octets(in: 4..<99) == Array("ef".utf8))
    #expect(source.octets(in: 50..<99) == [])
    #expect(source.octets(in: -5..<1) == Array("a".utf8))
  }

  @Test("a file is mapped, and its octets outlive its name")
  func mappedFile() throws {
    let source = try withTemporaryDirectory { path in
      try Data("one\ntwo".utf8).write(to: URL(fileURLWithPath: path + "/a.zone"))
      let source = try SourceFile.open(path: path + "/a.zone", name: "a.zone")
      #expect(source.name == "a.zone")
      return source
    }
    #expect(source.count == 7)
    #expect(source.octets(in: 4..<7) == Array("two".utf8))
    #expect(source.position(at: 5) == Position(line: 2, column: 2))
  }

  @Test("an empty file is a source")
  func emptyFile() throws {
    try withTemporaryDirectory { path in
      try Data().write(to: URL(fileURLWithPath: path + "/empty"))
      let source = try SourceFile.open(path: path + "/empty")
      #expect(source.count == 0)
      #expect(source.position(at: 0) == Position(line: 1, column: 1))
    }
  }

  @Test("what cannot be read says so in words")
  func unreadable() throws {
    try withTemporaryDirectory { path in
      let missing = try #require(throws: SourceFileError.self) {
        try SourceFile.open(path: path + "/none", name: "none")
      }
      #expect(missing.description == "none: no such file")
      let directory = try #require(throws: SourceFileError.self) {
        try SourceFile.open(path: path, name: "here")
      }
      #expect(directory.description == "here: is a directory, expected a file")
    }
  }

  @Test("many findings in one long line take no time to speak of")
  func manyFindingsInOneLine() {
    let source = SourceFile(name: "a", octets: [UInt8](repeating: 0x61, count: 2_000_000))
    let findings = (0..<2000).map { index in
      Finding(
        rule: "r", severity: .error, message: "m",
        at: Location(source, index * 1000..<index * 1000 + 5))
    }
    let clock = ContinuousClock()
    let time = clock.measure { _ = FindingReport(findings).text() }
    // Counting from the line's beginning each time takes minutes in a debug build.
    #expect(time < .seconds(30))
  }
}
