import Foundation
import TestSupport
import Testing
import ZonecutCommands

/// The report of the samples with one of each fault.
@Suite("zonecut lint over one of each fault")
struct FaultSampleTests {
  private static let inputs = files(
    below: zoneSamples + "/broken/faults", ending: [".zone", ".json"])

  @Test("the report", arguments: [("text", "txt"), ("json", "json"), ("markdown", "md")])
  func report(format: String, ending: String) throws {
    #expect(Self.inputs.count > 8)
    let result = zonecut(["lint", "--rules", "strict", "--format", format] + Self.inputs)
    #expect(result.status == .failure)
    expectSnapshot(
      result.output.replacing(zoneSamples + "/", with: ""), named: "lint/faults.\(ending)")
    expectSnapshot(
      result.messages.replacing(zoneSamples + "/", with: ""),
      named: "lint/faults.\(ending).messages")
  }
}
