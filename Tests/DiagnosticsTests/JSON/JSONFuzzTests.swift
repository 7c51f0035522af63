import Diagnostics
import Foundation
import TestSupport
import Testing

/// Every text is either read or refused with a place inside it.
private func survives(_ octets: [UInt8]) -> Bool {
  let source = SourceFile(name: "fuzz", octets: octets)
  do {
    let value = try JSONReader.read(source)
    return value.location.range.upperBound <= value.location.source.count
  } catch {
    return error.location.range.upperBound <= error.location.source.count
      && !error.description.contains("\n")
  }
}

@Suite("RFC 8259: no input traps the reader")
struct JSONFuzzTests {
  static let sample = Array(
    #"{"a": [1, -2.5e-3, "x\u00e9\ud83d\ude00\n", true, null], "ä": {"b": {}}, "c": "\\052"}"#.utf8)

  @Test("cut off at every octet, a text is refused")
  func truncations() {
    for count in Self.sample.indices {
      let source = SourceFile(name: "fuzz", octets: Array(Self.sample[..<count]))
      #expect(throws: JSONError.self, "cut at \(count)") { try JSONReader.read(source) }
    }
  }

  @Test("every octet at every place")
  func everyOctet() {
    for place in Self.sample.indices {
      for octet in UInt8.min...UInt8.max {
        var octets = Self.sample
        octets[place] = octet
        if !survives(octets) { Issue.record("octet \(octet) at \(place)") }
      }
    }
  }

  @Test("mutated texts", arguments: SeededGenerator.seeds(10))
  func mutations(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let octets = random.mutated(Self.sample)
      if !survives(octets) { Issue.record("\(octets)") }
    }
  }

  @Test("UTF-16 texts, mutated", arguments: SeededGenerator.seeds(10))
  func mutatedUTF16(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sample: [UInt8] = [0xff, 0xfe] + Self.sample.flatMap { [$0, 0] as [UInt8] }
    for _ in 0..<100 {
      let octets = random.mutated(sample)
      if !survives(octets) { Issue.record("\(octets)") }
    }
  }

  @Test("random octets", arguments: SeededGenerator.seeds(10))
  func noise(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let octets = random.octets(Int.random(in: 0...60, using: &random))
      if !survives(octets) { Issue.record("\(octets)") }
    }
  }

  @Test("Foundation reads the same from the sample exports")
  func foundationAgrees() throws {
    for path in files(below: zoneSamples, ending: [".json"]) {
      try expectAgreement(path)
    }
  }

  @Test("Foundation reads the same from the corpus", .needsSharedCorpus)
  func foundationAgreesOnCorpus() throws {
    for path in SharedCorpus.files(below: "route53", ending: [".json"]) {
      try expectAgreement(path)
    }
  }

  private func expectAgreement(_ path: String) throws {
    let data = try #require(FileManager.default.contents(atPath: path))
    let theirs = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
    let ours = try? JSONReader.read(SourceFile.open(path: path))
    switch (theirs, ours) {
    case (nil, nil): break
    case (let theirs?, let ours?): #expect(same(theirs, ours), "\(path)")
    default: Issue.record("\(path): read by \(ours == nil ? "Foundation" : "us") alone")
    }
  }

  private func same(_ theirs: Any, _ ours: JSONValue) -> Bool {
    switch ours.kind {
    case .object(let members):
      guard let theirs = theirs as? [String: Any] else { return false }
      return theirs.count == members.count
        && members.allSatisfy {
          theirs[$0.key].map { [value = $0.value] in same($0, value) } ?? false
        }
    case .array(let elements):
      guard let theirs = theirs as? [Any], theirs.count == elements.count else { return false }
      return zip(theirs, elements).allSatisfy(same)
    case .string(let text): return theirs as? String == text
    case .number(let text): return (theirs as? NSNumber)?.doubleValue == Double(text)
    case .bool(let value): return theirs as? Bool == value
    case .null: return theirs is NSNull
    }
  }
}
