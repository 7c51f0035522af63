import TestSupport
import Testing
import ZonecutCommands

@Suite("convert")
struct ConvertTests {
  static let update = sample("update/route53.json")

  @Test("an export becomes a zone file and an export again, nothing lost")
  func roundTrip() throws {
    let zone = zonecut("convert", Self.update, "--to", "zone")
    #expect(zone.status == .success)
    #expect(zone.output.contains("AWS\tALIAS"))
    #expect(zone.output.contains("; AWS routing=\"WEIGHTED\""))
    // The apex keeps its SOA and NS, so that a zone file gives all but those.
    let again = zonecut("convert", "-", "--to", "zone", input: zone.output)
    #expect(again.output == zone.output)
    let export = zonecut("convert", "-", "--to", "route53", "--quiet", input: zone.output)
    #expect(export.status == .success)
    let diff = zonecut(
      "diff", Self.update, "-", "--origin", "shop.example", input: export.output)
    #expect(diff.output.hasSuffix("0 added, 2 removed, 0 changed, 0 TTL only; 21 the same\n"))
  }

  @Test("an export and the zone file made of it do not differ, routing and aliases counted")
  func diff() {
    let zone = zonecut("convert", Self.update, "--to", "zone").output
    let same = zonecut("diff", Self.update, "-", input: zone)
    #expect(same.status == .success)
    #expect(same.output == "no differences; 23 the same\n")
    let heavier = zone.replacing("weight=10", with: "weight=11")
    let changed = zonecut("diff", Self.update, "-", input: heavier)
    #expect(changed.output.contains("routing weighted 10 -> weighted 11"))
  }

  @Test(
    "other tools get what they have words for; the rest is said, and is status 1",
    arguments: [("cloudformation", true), ("terraform", true), ("octodns", false)])
  func otherTools(target: String, isComplete: Bool) {
    let result = zonecut("convert", Self.update, "--to", target)
    #expect(result.status == (isComplete ? .success : .findings))
    #expect(result.output.contains("shop.example"))
    #expect(result.messages.contains("the hosted zone keeps the SOA set"))
    #expect(result.messages.contains("routing policies") == !isComplete)
  }

  @Test("a zone that Route 53 does not take whole is converted as far as it goes, with status 1")
  func blocked() {
    let zone = sample("every-type/types.example.zone")
    let result = zonecut("convert", zone, "--to", "terraform")
    #expect(result.status == .findings)
    #expect(result.messages.contains("blocked:"))
    let skipped = zonecut("convert", zone, "--to", "route53", "--unsupported", "skip", "--quiet")
    #expect(skipped.status == .success)
    #expect(skipped.messages.isEmpty)
  }

  @Test("a change batch is written where one request is enough, and read as the sets it puts")
  func batches() throws {
    try withTemporaryDirectory { (folder) throws in
      let batch = zonecut("convert", zoneFile("mailless"), "--to", "batch")
      #expect(batch.status == .success, "\(batch.messages)")
      let path = try write(batch.output, to: "batch.json", in: folder)
      let verified = zonecut("batches", "--verify", path, "--origin", "example.org")
      #expect(verified.status == .success, "\(verified.messages)")
      let direct = zonecut("convert", zoneFile("mailless"), "--to", "route53", "-q")
      let read = zonecut("convert", path, "--to", "route53", "--origin", "example.org")
      #expect(read.status == .success)
      #expect(read.output.utf8.count == direct.output.utf8.count)
      let large = zonecut("convert", zoneFile("large"), "--to", "batch")
      #expect(large.status == .failure)
      #expect(large.messages.contains("requests are needed: zonecut batches writes them"))
    }
  }
}
