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

  /// Whether BIND takes data whatever their values: it is less strict than others with some types,
  /// and knows the newest types of a bit map by number alone.
  private static func isTakenByBIND(_ data: RecordData) -> Bool {
    let words = data.presentation().split(separator: " ")
    guard !words.contains(where: { ["NXNAME", "CLA", "IPN"].contains($0) }) else { return false }
    return switch data.type.description {
    case "CERT": true
    case "NSEC3": words[0] != "1" || words[4].count == 32
    default: isServed(data)
    }
  }

  @Test(.needs(.bind), arguments: RecordSchema.all.map(\.mnemonic))
  func bindLoadsTheSameData(mnemonic: String) throws {
    let type = try #require(RecordType(mnemonic: mnemonic))
    let schema = try #require(type.schema)
    guard type != .soa, Self.strictInBIND[mnemonic] == nil else { return }
    for seed in SeededGenerator.seeds(3) {
      for generic in [false, true] {
        let (text, record) = try zone(schema, seed: seed, generic: generic)
        guard Self.isTakenByBIND(record.data) else { continue }
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

  /// Flags and protocols of keys in words (RFC 2535 section 7.1).
  @Test(.needs(.bind), arguments: ["KEY", "DNSKEY", "CDNSKEY"])
  func bindReadsTheSameWordsInKeys(type: String) throws {
    let flags =
      Mnemonics.keyFlags.map { "\($0.name)" } + [
        "ZONE|KSK", "host|noconf|sig3", "NTYP3|EXTEND|FLAG11|SIG15", "256", "0",
      ]
    let protocols = Mnemonics.keyProtocols.map { "\($0.name)" } + ["dnssec", "3"]
    let words = flags.map { "\($0) DNSSEC" } + protocols.map { "ZONE \($0)" }
    let lines = words.enumerated().map { number, words in
      // The flags of a KEY may say that there is none.
      let key = type == "KEY" && words.hasPrefix("NOKEY") ? "" : "AQPAAQID"
      return "k\(number) \(type) \(words) RSASHA256 \(key)\n"
    }
    let text = head + "@ NS ns\nns A 192.0.2.53\n" + lines.joined()
    let here = ZoneReading(text)
    #expect(!here.hasErrors)
    let bind = try #require(try Peer.bind.run(text))
    #expect(bind.status == 0, "\(bind.output) \(bind.errors)")
    let theirs = Dictionary(
      ZoneReading(bind.output).zone.map { ($0.owner, $0.data) }, uniquingKeysWith: { $1 })
    for record in here.zone where record.type.description == type {
      #expect(theirs[record.owner] == record.data, "\(record)")
    }
    #expect(here.zone.count == words.count + 3)
  }

  /// A zone that holds a record of every type but the SOA, each under a name of its own.
  static func zoneOfAllTypes(seed: UInt64, without types: Set<String>) throws -> Zone {
    var generator = RecordDataGenerator(seed: seed)
    let origin = try Name(parsing: "example.com.")
    var records = Array(ZoneReading(head + "@ NS ns\nns A 192.0.2.53\n").zone)
    for schema in RecordSchema.all where schema.type != .soa && !types.contains(schema.mnemonic) {
      var data: RecordData
      repeat {
        data = RecordData(type: schema.type, octets: generator.wire(schema)[...])
      } while !isServed(data)
      records.append(
        Record(
          owner: try Name(parsing: "t\(schema.type.rawValue)", origin: origin), ttl: TTL(300),
          data: data))
    }
    return Zone(apex: origin, records: records)
  }

  /// Whether data are more than well-formed: what no server is given is read in odd ways, or refused.
  private static func isServed(_ data: RecordData) -> Bool {
    let text = data.presentation().split(separator: " ")
    let octets = Array(data.octets)
    return switch data.type.description {
    case "DS", "CDS", "DLV", "TA":
      // A digest, of its length where there is one.
      text.count > 3
        && [1: 20, 2: 32, 4: 48][octets[3], default: octets.count - 4] == octets.count - 4
    case "DNSKEY", "CDNSKEY": text.count > 3  // A key.
    case "KEY": text.count > 3 && octets[0] & 0xC0 != 0xC0  // RFC 2535 section 3.1.2: no key.
    case "ZONEMD": octets.count >= 6 + 12 && (octets[5] == 0 || octets[5] > 2)  // RFC 8976 2.2.4.
    case "RRSIG", "SIG":  // RFC 2181 section 8.
      text[0] != "TYPE0" && (UInt32(text[3]) ?? 0) <= UInt32(Int32.max)
    case "NSEC": text.count > 1 && !text.contains("TYPE0")
    case "CSYNC": !text.contains("TYPE0")
    case "CERT": text[0] != "0"  // Reserved, RFC 4398 section 2.1.
    case "NSEC3": !text.contains("TYPE0") && text[4].count == 32  // SHA-1, the one hash there is.
    default: true
    }
  }

  /// Whether NSD prints data as nobody reads them: the protocol in WKS by the name that the machine
  /// has for it, and a quotation mark in some names as it is.
  private static func isOddInNSD(_ data: RecordData) -> Bool {
    switch data.type.description {
    case "WKS": ![6, 17].contains(Array(data.octets)[4])
    case "NSEC", "SIG", "RRSIG": data.presentation().contains("\\\"")
    default: false
    }
  }

  /// What a reader refuses in the data of a type, whatever their form.
  private static let refused: [String: [String: String]] = [
    "named-compilezone": strictInBIND.merging(["NXT": "a zone that has one is not loaded"]) { $1 },
    "kzonecheck": ["DS": "stands at no zone cut"],
    "ldns-read-zone": [
      "NSAP-PTR": "taken for a string", "SINK": "cut off behind the first octet",
    ],
  ]

  /// The portable form is for them all: each loads every record, and to the same data (Knot's
  /// checker gives only a verdict; `ServedZoneTests` asks its server).
  @Test(arguments: [Peer.bind, .nsd, .knot, .ldns])
  func portableZonesAreLoadedToTheSameData(peer: Peer) throws {
    guard peer.path != nil else { return }
    let refused = Self.refused[peer.name] ?? [:]
    for seed in SeededGenerator.seeds(3) {
      let zone = try Self.zoneOfAllTypes(seed: seed, without: Set(refused.keys))
      let written = String(
        decoding: ZoneFileWriter(isPortable: true).write(zone), as: UTF8.self)
      let run = try #require(try peer.run(written))
      guard run.status == 0 else {
        Issue.record("\(peer.name) refuses it: \(run.output) \(run.errors)\n\(written)")
        continue
      }
      guard peer.name != Peer.knot.name else { continue }
      // Letter case in names is no part of their meaning, and NSD keeps little of it.
      let theirs = Set(ZoneReading(run.output).zone.map(line))
      for record in zone where !theirs.contains(line(record)) {
        if peer.name == Peer.nsd.name, Self.isOddInNSD(record.data) { continue }
        let there = theirs.first { $0.hasPrefix("\(record.owner) ") } ?? "nothing"
        Issue.record("\(line(record))\nis in \(peer.name) \(there)")
      }
    }
  }

  private func line(_ record: Record) -> String {
    // IPSECKEY, the one with a name that is none of the data's names.
    let hasNames = !record.data.names.isEmpty || record.type.rawValue == 45
    let data = record.data.presentation()
    return "\(record.owner) \(record.ttl) \(record.type) \(hasNames ? data.lowercased() : data)"
  }
}
