import Diagnostics
import ZoneKit

@testable import ZoneLint

/// A zone that faults are put into.
struct Host {
  let name: String
  let octets: [UInt8]
  let reading: ZoneReading

  var apex: Name { reading.zone.apex }
  var isSigned: Bool { reading.zone.contains { $0.owner == apex && $0.type == .dnskey } }

  /// nil for what is no complete zone of the class IN under a host name.
  init?(_ source: SourceFile, origin: Name?) {
    name = source.name
    octets = source.octets(in: 0..<source.count)
    reading = Injection.read(.init(octets: octets, origin: origin), named: source.name)
    let zone = reading.zone
    guard !reading.hasErrors, zone.hasSOA, !apex.isRoot, apex.isHostName,
      zone.recordClass == .in, zone.contains(where: { $0.owner == apex && $0.type == .ns }),
      !zone.contains(where: { $0.owner == apex && $0.type == .dname })
    else { return nil }
  }

  /// Text behind the records of the zone.
  func followed(by text: String) -> Injection.Text {
    .init(octets: octets + Array(text.utf8), origin: apex)
  }

  /// Text before what is left of the zone.
  func preceded(by text: String, rest: [UInt8]) -> Injection.Text {
    .init(octets: Array(text.utf8) + rest, origin: apex)
  }

  /// The zone's text without the records that are not wanted; where it cannot be edited so, its
  /// records line by line.
  func text(where isWanted: (Record) -> Bool) -> [UInt8] {
    let zone = reading.zone
    let surplus = zone.indices.filter { !isWanted(zone[$0]) }
    if surplus.isEmpty { return octets }
    let options = ZoneFileOptions(origin: apex, presetTTL: TTL(3_600))
    if let files = try? ZoneFileEditor(zone, options: options)
      .apply(surplus.map { .remove(record: $0) }), files.count == 1
    {
      return files[0].octets(in: 0..<files[0].count)
    }
    return lines(where: isWanted)
  }

  /// The records line by line, with absolute names and TTLs.
  func lines(where isWanted: (Record) -> Bool = { _ in true }) -> [UInt8] {
    Array(reading.zone.filter(isWanted).map { "\($0)\n" }.joined().utf8)
  }
}

extension Injection {
  /// Puts an example of a rule into a zone: nil where it does not apply.
  ///
  /// An example about names of its own comes behind the zone, below `zonecut-fault`. In one about
  /// the apex, the zone's own apex gives place to the faultless one of the examples, and so do
  /// names that the example uses, with what leads to them; everything else stays.
  init?(_ rule: Rule, _ example: Example, into host: Host) {
    // The faultless zone has such addresses itself.
    if rule.id == "private-ip", example.text.contains("2001:db8") { return nil }
    let zone = "\(host.apex)".dropLast()
    let standsAtApex =
      !example.omitted.isEmpty || example.phase == .cutover || !example.webNames.isEmpty
      || example.text.contains("@ ") || !example.text.contains("↓")
      || Self.leansOnTheApex.contains(example.text)
    let domain = standsAtApex ? String(zone) : "zonecut-fault.\(zone)"
    func placed(_ text: String) -> String {
      // In one go, as the zone itself may be example.net.
      text.replacing("example.net", with: "\u{1}").replacing("example.org", with: "\u{2}")
        .replacing("example.com", with: domain).replacing("\u{1}", with: "zonecut-fault.invalid")
        .replacing("\u{2}", with: "zonecut-fault.test")
    }
    let marked: String
    let base: Text
    if standsAtApex {
      let ground = Self.ground(of: example)
      let names = Self.names(
        in: placed(ground.zoneFile + example.zoneFile), apex: host.apex)
      let rest = host.text { record in
        record.owner != host.apex && !record.owner.isAtOrBelow(anyOf: names)
          && !(record.owner.isWildcard && record.owner.parent == host.apex)
          && !record.data.names.contains { $0.isAtOrBelow(anyOf: names) }
      }
      base = host.preceded(by: placed(ground.marked), rest: rest)
      marked = placed(example.marked)
      faulty = host.preceded(by: marked.replacing("↓", with: ""), rest: rest)
      place =
        (marked.firstRange(of: "↓") ?? marked.firstRange(of: "@ IN SOA")).map {
          marked.utf8.distance(from: marked.startIndex, to: $0.lowerBound)
        }
    } else {
      let ground = "\n$ORIGIN \(domain).\n$TTL 300\n@ IN TXT \"ground\"\n"
      base = host.followed(by: ground)
      marked = ground + placed(example.text) + "\n"
      faulty = host.followed(by: marked.replacing("↓", with: ""))
      guard let mark = marked.firstRange(of: "↓") else { return nil }
      place =
        host.octets.count + marked.utf8.distance(from: marked.startIndex, to: mark.lowerBound)
    }
    self.rule = rule
    self.base = base
    companions = Set(example.companions).union(["private-ip"]).subtracting([rule.id])
    companions.formUnion(Self.companionsInHosts[rule.id] ?? [])
    if host.isSigned { companions.formUnion(Self.unsigned) }
    // Its message counts the records.
    if host.reading.zone.count > 900 { companions.insert("r53-import-limit") }
    configuration.phase = example.phase
    configuration.now = 1_780_272_000  // 2026-06-01
    configuration.webNames = example.webNames.compactMap { try? Name(parsing: placed($0)) }
    if Self.onceAZone.contains(rule.id), isFoundBefore(named: host.name) { return nil }
  }

  /// The faultless zone that an example is compared with.
  private static func ground(of example: Example) -> Example {
    guard example.phase == .cutover else { return Example("") }
    return Example(
      "@ 300 IN NS ns1.example.net.\n@ 300 IN NS ns2.example.net.", omitting: [.ns1, .ns2],
      phase: .cutover)
  }

  /// What a fault at the apex is as well in a zone whose names lead there.
  private static let companionsInHosts: [String: Set<String>] = [
    "cname-apex": ["cname-chain", "mx-target-cname", "srv-target-cname", "ns-target-cname"]
  ]

  /// The names that an example uses, without the apex itself and with those of the faultless zone.
  private static func names(in text: String, apex: Name) -> [Name] {
    let reading = read(.init(octets: Array(text.utf8), origin: apex), named: "example")
    let names = reading.zone.flatMap { [$0.owner] + $0.data.names }
    return Array(Set(names.filter { $0.isBelow(apex) }))
  }

  /// What is put into a signed zone is not signed.
  private static let unsigned = Set(
    Rule.all.filter { $0.group == .dnssec }.map(\.id))

  /// Rules with one finding for the whole zone, however often it has the fault.
  static let onceAZone: Set<String> = [
    "signed-data-on-export", "r53-import-directive", "r53-import-limit", "syn-crlf",
    "syn-provider-export",
  ]

  /// Examples that repeat a record of the faultless zone's own names, or speak of what does not
  /// exist below its apex.
  static let leansOnTheApex: Set<String> = [
    "↓_dmarc IN TXT \"v=DMARC1; p=quarantine\"", "↓_mta-sts IN TXT \"v=STSv1; id=2\"",
    "↓_smtp._tls IN TXT \"v=TLSRPTv1; rua=mailto:b@example.com\"",
    "ftp IN CNAME ↓files.provider.net", "↓www 3600 IN CNAME site.example.net.",
    "↓www.example.com IN A 192.0.2.1",
  ]
}
