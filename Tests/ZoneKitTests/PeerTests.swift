import TestSupport
import Testing

@testable import ZoneKit

/// What is read here, other readers load too, and BIND to the same data.
@Suite("Zones against other readers")
struct PeerTests {
  /// A record of the type as it is printed here, in a zone of its own.
  private func zone(
    _ schema: RecordSchema, seed: UInt64, generic: Bool
  ) throws -> (text: String, record: Record) {
    var generator = RecordDataGenerator(seed: seed)
    let data = RecordData(type: schema.type, octets: generator.wire(schema)[...])
    let owner = try Name(parsing: "t.example.com.")
    let type = generic ? "TYPE\(schema.type.rawValue)" : "\(schema.type)"
    let line = "\(owner) 300 IN \(type) \(data.presentation(generic: generic))\n"
    return (
      head + "@ NS ns\nns A 192.0.2.53\n" + line,
      Record(owner: owner, ttl: TTL(300), data: data)
    )
  }

  /// What BIND checks in the data beyond their form.
  private static let strictInBIND: [String: String] = [
    "MD": "refused as obsolete", "MF": "refused as obsolete",
    "NAPTR": "flags are letters and digits, the expression is checked",
    "RKEY": "flags are 0", "X25": "digits only", "SSHFP": "the length of known digests",
    "SIG": "times far from now are printed as years before 1970, which BIND refuses itself",
    "RRSIG": "times far from now are printed as years before 1970, which BIND refuses itself",
    "SVCB": "keys registered later, and the form of dohpath",
    "HTTPS": "keys registered later, and the form of dohpath",
    "CLA": "not known to BIND 9.18", "IPN": "not known to BIND 9.18",
  ]

  @Test(.needs(.bind), arguments: RecordSchema.all.map(\.mnemonic))
  func bindLoadsTheSameData(mnemonic: String) throws {
    let type = try #require(RecordType(mnemonic: mnemonic))
    let schema = try #require(type.schema)
    guard type != .soa, Self.strictInBIND[mnemonic] == nil else { return }
    for seed in SeededGenerator.seeds(3) {
      for generic in [false, true] {
        let (text, record) = try zone(schema, seed: seed, generic: generic)
        let bind = try #require(try Peer.bind.run(text))
        #expect(bind.status == 0, "\(record): \(bind.output) \(bind.errors)")
        guard bind.status == 0 else { continue }
        let theirs = ZoneReading(bind.output).zone
        if !theirs.contains(where: { $0.data.canonical == record.data.canonical }) {
          Issue.record("\(record): \(bind.output)")
        }
      }
    }
  }
}
