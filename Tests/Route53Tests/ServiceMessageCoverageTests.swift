import Foundation
import Route53
import TestSupport
import Testing

/// Every message of the service that is on record has a rejected batch here.
@Suite(.enabled(if: table != nil, "no ../shared beside the checkout, and none in $ZONECUT_SHARED"))
struct ServiceMessageCoverageTests {
  /// Codes that answer no batch: those are the subject of the tests of `apply`.
  private static let otherCodes = ["PriorRequestNotComplete", "Throttling", "NoSuchHostedZone"]

  @Test func everyMessageOnRecordHasARejectedBatch() throws {
    var given: [(code: String, text: String)] = []
    for row in serviceMessages + documentedRules + valueRules {
      let rejection = try HostedZone.example(row.present)
        .rejection(of: row.refused, comment: row.refusedComment)
      for message in rejection?.messages ?? [] {
        given.append((message.code.rawValue, message.text))
      }
    }
    var full = HostedZone.example
    full.setLimit = full.count
    let overfull = full.rejection(of: [Change(.create, rrset("one", "A", "192.0.2.1"))])
    given += (overfull?.messages ?? []).map { ($0.code.rawValue, $0.text) }

    let rows = try #require(table).split(separator: "\n").dropFirst()
    #expect(rows.count > 20)
    for row in rows {
      let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if Self.otherCodes.contains(fields[0]) { continue }
      let pattern = try Regex(Self.pattern(fields[1]))
      #expect(
        given.contains { $0.code == fields[0] && $0.text.contains(pattern) }, "\(fields[1])")
    }
  }

  /// The message as a pattern: what stands for a name, a type, a value or an id is anything.
  private static func pattern(_ message: String) -> String {
    var text = message
    // The quota was raised since the message was seen.
    text = text.replacing(
      "100 records in a RRSet. (2017; quota now 400)", with: "400 records in a RRSet.")
    text = NSRegularExpression.escapedPattern(for: text)
    for placeholder in [
      "'N\\.'", "'T'", "'S'", "'V'", "'X'", "''", "'CNAME N\\.'",
    ] {
      text = text.replacing(placeholder, with: "'.*'")
    }
    for (word, letters) in [
      ("name ", "N\\."), ("zone ", "Z\\."), ("zone ", "ZID"), ("zone: ", "ZID"),
      ("targets ", "D\\."),
      ("type ", "T"), ("SetIdentifier ", "S"), ("type ", "A"), ("type ", "CNAME"),
    ] {
      text = text.replacing(word + letters, with: word + "\\S+")
    }
    text = text.replacing("\\[SOA, A, TXT, NS, \\.\\.\\.", with: "\\[SOA, A, TXT, NS, .*")
    return text.replacing("but found \\.\\.\\.", with: "but found ")
  }
}

private let table: String? = {
  let root = ProcessInfo.processInfo.environment["ZONECUT_SHARED"] ?? packageRoot + "/../shared"
  return try? String(contentsOfFile: root + "/facts/route53-errors.tsv", encoding: .utf8)
}()
