import Diagnostics
import Migration
import RecordSets
import Route53
import TestSupport
import ZoneKit

/// A random zone, a random hosted zone that is to take it over, and random choices.
struct RandomMigration {
  let reading: ZoneReading
  let target: PlanInputs.Target
  let options: PlanOptions
  /// Names of which no set is ever deleted, as the options say.
  let keeps: String?

  var inputs: PlanInputs { PlanInputs(reading: reading, target: target) }

  init(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    reading = PlanSamples.reading(RandomMigration.records(&random))
    target = try RandomMigration.target(like: reading, &random)
    keeps = random.oneIn(3) ? "www" : nil
    options = RandomMigration.options(&random, keeps: keeps)
  }

  private static let owners = [
    "api", "mail", "a.b", "*.w", "_dmarc", "cdn", "old", "deep.er.a.b", "x\\046y", "shop",
  ]

  // MARK: - Records

  private static func records(_ random: inout SeededGenerator) -> String {
    var lines: [String] = []
    for owner in owners where !random.oneIn(3) { lines += records(at: owner, &random) }
    if random.oneIn(4) { lines += records(at: "@", &random) }
    if random.oneIn(12) { lines.append("where 60 IN LOC 51 30 12.748 N 0 7 39.611 W 0.00m") }
    if random.oneIn(30) { lines.append("@ 300 IN CNAME d111111abcdef8.cloudfront.net.") }
    return lines.joined(separator: "\n")
  }

  private static func records(at owner: String, _ random: inout SeededGenerator) -> [String] {
    let ttl = [0, 60, 300, 3_600, 86_400].randomElement(using: &random) ?? 300
    let head = "\(owner) \(ttl) IN "
    if owner != "@", random.oneIn(4) { return [head + "CNAME " + target(&random)] }
    if owner != "@", !owner.hasPrefix("*"), random.oneIn(8) {
      return ["NS ns1.example.net.", "NS ns2.example.net."].map { head + $0 }
    }
    var lines: [String] = []
    if random.oneIn(2) {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        lines.append(head + "A 192.0.2.\(Int.random(in: 0...255, using: &random))")
      }
    }
    if random.oneIn(3) {
      lines.append(head + "AAAA 2001:db8::\(Int.random(in: 1...9, using: &random))")
    }
    if random.oneIn(3) { lines.append(head + "TXT " + text(&random)) }
    if random.oneIn(4) {
      lines.append(head + "MX \(Int.random(in: 0...9, using: &random)) Mail.example.com.")
    }
    if random.oneIn(6) { lines.append(head + "CAA 0 issue \"ca.example; x=1\"") }
    if random.oneIn(6) { lines.append(head + "SRV 1 2 443 www") }
    return lines
  }

  private static func target(_ random: inout SeededGenerator) -> String {
    let number = Int.random(in: 0...9, using: &random)
    return [
      "t\(number).example.net.", "d\(number)11111abcdef8.cloudfront.net.",
      "lb-\(number).eu-west-1.elb.amazonaws.com.", "www",
    ].randomElement(using: &random) ?? "www"
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    [
      "\"v=spf1 -all\"", "\"a\" \"b\"", "\"\\195\\164; \\\"q\\\" \\\\\"", "plain",
      "\"" + String(repeating: "k", count: Int.random(in: 1...255, using: &random)) + "\"",
    ].randomElement(using: &random) ?? "plain"
  }

  // MARK: - The hosted zone

  /// Some of the zone's own sets, changed or not; some of another zone's; some routed.
  private static func target(
    like reading: ZoneReading, _ random: inout SeededGenerator
  ) throws -> PlanInputs.Target {
    var target = try PlanSamples.target()
    let other = PlanSamples.reading(records(&random))
    let pools = try [reading, other].map {
      try Translation(of: ZoneIndex($0.zone), options: .init(unsupported: .skip, ttl: .keep))
        .recordSets
    }
    var zone = try HostedZone(apex: target.apex, id: "ZTEST", sets: target.recordSets)
    for set in pools.joined() where random.oneIn(3) {
      var request = ResourceRecordSet(set)
      if random.oneIn(3) { request.ttl = Int.random(in: 1...999, using: &random) }
      if random.oneIn(4), request.type == "A" {
        request.setIdentifier = "blue"
        request.weight = Int.random(in: 0...255, using: &random)
        request.values = Array((request.values ?? []).prefix(1))
      }
      // What does not go with the others is left out.
      try? zone.apply(ChangeBatch(changes: [Change(.create, request)]))
    }
    target.recordSets = zone.sets
    target.sources = [SourceFile(name: "route53.json", text: zone.sets.exportJSON.text())]
    return target
  }

  // MARK: - Choices

  private static func options(
    _ random: inout SeededGenerator, keeps: String?
  ) -> PlanOptions {
    var options = PlanSamples.options
    options.translation = Translation.Options(
      unsupported: random.oneIn(4) ? .block : .skip,
      ttl: TTLPolicy.allCases.randomElement(using: &random) ?? .lowered,
      alias: AliasPolicy.allCases.randomElement(using: &random) ?? .suggest)
    options.soa = random.oneIn(2) ? .keep : .carry
    options.prunes = random.oneIn(2)
    options.maximumDeletedPercent = random.oneIn(5) ? 30 : 100
    options.keep = keeps.flatMap { KeepPattern(parsing: $0) }.map { [$0] } ?? []
    options.hostedZoneID = "ZTEST"
    // Small requests, so that a few dozen sets need several.
    if random.oneIn(2) { options.reserve = RequestSize(elements: 985, characters: 28_000) }
    return options
  }
}
