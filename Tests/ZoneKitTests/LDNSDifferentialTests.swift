import TestSupport
import Testing

@testable import ZoneKit

/// The same presentation form read here and by libldns (`ldns_rr_new_frm_str`).
@Suite("Record data against libldns")
struct LDNSDifferentialTests {
  static let types = RecordSchema.all.filter { LDNS.knows($0.mnemonic) }

  /// Where libldns (1.8) reads otherwise, and why the reading here is right.
  struct Disagreement: Sendable {
    /// Their mnemonics; all types where empty.
    let types: [String]
    let reason: String
    /// Whether libldns reads the text, but to other octets; else it refuses it.
    let isOtherData: Bool
    let applies: @Sendable (_ words: [String]) -> Bool

    init(
      _ types: [String], _ reason: String, otherData: Bool = false,
      where applies: @escaping @Sendable (_ words: [String]) -> Bool = { _ in true }
    ) {
      self.types = types
      self.reason = reason
      isOtherData = otherData
      self.applies = applies
    }
  }

  static let disagreements: [Disagreement] = [
    Disagreement(["SINK"], "libldns has one octet before the data; draft 2 and BIND have three"),
    Disagreement(
      ["SINK"], "libldns keeps only the first octet of generic data", otherData: true
    ) { $0[0] == "\\#" },
    Disagreement(["NXT"], "RFC 2535 5: one bit map; libldns reads none"),
    Disagreement(["A6"], "RFC 2874 3; libldns reads an address alone"),
    Disagreement(
      ["NSAP-PTR"], "RFC 1348: a name; libldns takes it for a string", otherData: true),
    Disagreement(
      ["ATMA"], "af-dans-0152.000: a format octet comes first; libldns leaves it out",
      otherData: true
    ) { !$0[0].hasPrefix("+") },
    Disagreement(["ATMA"], "af-dans-0152.000: E.164 digits after +") { $0[0].hasPrefix("+") },
    Disagreement(
      ["LOC"], "RFC 1876 3: seconds may be left out; libldns then reads another longitude",
      otherData: true
    ) { words in
      let signs = words.indices.filter { ["N", "S", "E", "W"].contains(words[$0]) }
      return signs.count == 2 && signs[1] - signs[0] < 4
    },
    Disagreement(
      ["IPSECKEY"], "RFC 4025 3: a relative gateway is completed; libldns takes it as absolute",
      otherData: true
    ) { $0[1] == "3" && ($0[3] == "@" || !$0[3].hasSuffix(".") || $0[3].hasSuffix("\\.")) },
    Disagreement(["IPSECKEY"], "RFC 4025 3.1: white space may stand in the key") { $0.count != 5 },
    Disagreement(
      ["IPSECKEY"], "RFC 4025 3.1: no gateway is written \".\"; libldns wants no name at all"
    ) { $0[3] == "." },
    Disagreement(["SIG", "RRSIG"], "BIND reads units in TTLs") { Int($0[3]) == nil },
    Disagreement(["KEY"], "RFC 2535 7.1: the algorithm by its mnemonic") { Int($0[2]) == nil },
    Disagreement(
      ["KEY", "DNSKEY", "CDNSKEY", "RKEY"],
      "RFC 2535 7.1: flags and protocol by their mnemonics, for all keys as in BIND"
    ) { Int($0[0]) == nil || Int($0[1]) == nil },
    Disagreement(["CERT"], "RFC 4398 2.1: type 0 is reserved, not malformed") {
      Int($0[0]) == 0
    },
    Disagreement(
      ["DS", "CDS", "DLV", "TA", "DNSKEY", "CDNSKEY", "RKEY", "KEY"],
      "an empty digest or key is laid out well, as RFC 8078 uses it"
    ) { $0.count == 3 },
    Disagreement(["SVCB", "HTTPS"], "keys registered after libldns was made") { words in
      let newer = ["ech", "ohttp", "tls-supported-groups", "docpath", "pvd", "oots", "dohpath"]
      return words.contains { word in newer.contains { word.hasPrefix($0) || word.contains($0) } }
    },
    Disagreement(
      [], "RFC 1035 5.1: \\@ is a label; libldns takes it for the origin", otherData: true
    ) { words in words.contains { $0.hasPrefix("\\@") } },
    Disagreement(
      [], "RFC 3597 5: \\# stands first; libldns takes it in any place", otherData: true
    ) { words in words.dropFirst().contains("\\#") },
    Disagreement(["SVCB", "HTTPS"], "RFC 9460 A.1: an escaped backslash in an identifier") {
      words in words.contains { $0.contains("\\\\") }
    },
    Disagreement(
      ["SVCB", "HTTPS"], "RFC 9460 A.1: an escaped comma or backslash in an identifier",
      otherData: true
    ) { words in words.contains { $0.contains("\\\\") } },
  ]

  @Test(arguments: SeededGenerator.seeds(10))
  func generatedDataGiveTheSameOctets(seed: UInt64) {
    var generator = RecordDataGenerator(seed: seed)
    let origin = try? Name(parsing: "example.com.")
    for schema in Self.types {
      for _ in 0..<20 {
        let text =
          generator.oneIn(8)
          ? generator.generic(generator.wire(schema)) : generator.text(schema)
        let theirs = LDNS.data(of: text, type: schema.mnemonic, origin: "example.com.")
        let ours: RecordData
        do {
          ours = try RecordData(parsing: text, type: schema.type, origin: origin)
        } catch {
          Issue.record("\(schema.mnemonic) \(text): \(error); libldns: \(theirs)")
          continue
        }
        switch theirs {
        case .data(let octets):
          if Array(ours.octets) != octets, !isExplained(schema, text, isOtherData: true) {
            let other = RecordData(type: schema.type, octets: octets[...])
            Issue.record(
              """
              \(schema.mnemonic) \(text)
                here    \(ours.presentation(generic: true))
                libldns \(other.presentation(generic: true))
              """)
          }
        case .refused(let reason):
          if !isExplained(schema, text, isOtherData: false) {
            Issue.record("\(schema.mnemonic) \(text): libldns: \(reason)")
          }
        }
      }
    }
  }

  private func isExplained(_ schema: RecordSchema, _ text: String, isOtherData: Bool) -> Bool {
    let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
    return Self.disagreements.contains {
      ($0.types.isEmpty || $0.types.contains(schema.mnemonic)) && $0.isOtherData == isOtherData
        && $0.applies(words)
    }
  }

  @Test func libraryKnowsMostTypes() {
    #expect(Self.types.count > 60, "\(LDNS.version) knows \(Self.types.map(\.mnemonic))")
  }
}
