import ArgumentParser
import Nameservers
import ZoneKit

/// Which differences of a comparison are expected.
struct ExpectationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A difference that is expected: a name, or a name and a type as in www.example.com/A; "
        + "*.example.com stands for all below as well. Repeatable.",
      valueName: "name[/type]"),
    transform: parsePattern)
  var expect: [ExpectedDifferences.Pattern] = []

  @Option(
    help: ArgumentHelp(
      "What is not asked for, written likewise. Repeatable.", valueName: "name[/type]"),
    transform: parsePattern)
  var ignore: [ExpectedDifferences.Pattern] = []

  @Flag(help: "TTLs are expected to differ, as the plan lowers them.")
  var expectTTL = false

  @Option(help: "How many findings of one cause the text shows.")
  var details = 5

  func validate() throws {
    guard details >= 0 else { throw ValidationError("--details: expected 0 or more") }
  }

  /// What is expected to differ in a zone.
  func expected(apex: Name) -> ExpectedDifferences {
    ExpectedDifferences(apex: apex, declared: expect, ttl: expectTTL)
  }
}

/// Reads a name, and a type behind a slash.
@Sendable func parsePattern(_ text: String) throws -> ExpectedDifferences.Pattern {
  // Names of reverse zones may hold slashes (RFC 2317): only a type behind the last one counts.
  if let slash = text.lastIndex(of: "/"),
    let type = RecordType(mnemonic: text[text.index(after: slash)...])
  {
    return ExpectedDifferences.Pattern(name: try parseName(String(text[..<slash])), type: type)
  }
  return ExpectedDifferences.Pattern(name: try parseName(text))
}
