import TestSupport
import Testing

@testable import ZoneKit

/// The same presentation form read here and by libldns (`ldns_rr_new_frm_str`).
@Suite("Record data against libldns")
struct LDNSDifferentialTests {
  static let types = RecordSchema.all.filter { LDNS.knows($0.mnemonic) }

  @Test(arguments: SeededGenerator.seeds(10))
  func generatedDataGiveTheSameOctets(seed: UInt64) {
    var generator = RecordDataGenerator(seed: seed)
    let origin = try? Name(parsing: "example.com.")
    for schema in Self.types {
      for _ in 0..<20 {
        let text = generator.text(schema)
        let theirs = LDNS.data(of: text, type: schema.mnemonic, origin: "example.com.")
        let ours = Result { try RecordData(parsing: text, type: schema.type, origin: origin) }
        switch (ours, theirs) {
        case (.success(let data), .data(let octets)):
          if Array(data.octets) != octets {
            Issue.record(
              "DIFF \(schema.mnemonic) \(text)\n  ours   \(data.presentation(generic: true))\n  theirs \(RecordData(type: schema.type, octets: octets[...]).presentation(generic: true))"
            )
          }
        case (.success, .refused(let reason)):
          Issue.record("THEYREFUSE \(schema.mnemonic) \(text): \(reason)")
        case (.failure(let error), _):
          Issue.record("WEREFUSE \(schema.mnemonic) \(text): \(error) \(theirs)")
        }
      }
    }
  }
}
