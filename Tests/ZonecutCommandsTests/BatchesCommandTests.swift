import Diagnostics
import Foundation
import TestSupport
import Testing
import ZonecutCommands

@Suite("zonecut batches --verify")
struct VerifyCommandTests {
  private let export = """
    {"ResourceRecordSets": [
      {"Name": "example.com.", "Type": "NS", "TTL": 172800,
       "ResourceRecords": [{"Value": "ns-1.awsdns-01.com."}]},
      {"Name": "example.com.", "Type": "SOA", "TTL": 900, "ResourceRecords": [
        {"Value": "ns-1.awsdns-01.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"}]},
      {"Name": "www.example.com.", "Type": "A", "TTL": 300,
       "ResourceRecords": [{"Value": "192.0.2.1"}]}
    ]}
    """

  private func batch(_ action: String, _ name: String, _ type: String, _ value: String) -> String {
    """
    {"Changes": [
      {"Action": "\(action)", "ResourceRecordSet": {"Name": "\(name)", "Type": "\(type)",
        "TTL": 300, "ResourceRecords": [{"Value": "\(value)"}]}}
    ]}

    """
  }

  private func verify(
    _ batches: [String], options: [String] = []
  ) throws -> (result: CommandResult, listing: [String]) {
    try withTemporaryDirectory { (folder) throws in
      let start = try write(export, to: "export.json", in: folder)
      var paths: [String] = []
      for (number, text) in batches.enumerated() {
        paths.append(try write(text, to: "\(number).json", in: folder))
      }
      let before = listing(of: folder)
      let result = zonecut(["batches", "--verify"] + paths + ["--from", start] + options)
      #expect(listing(of: folder) == before)
      return (
        CommandResult(
          status: result.status,
          output: result.output.replacingOccurrences(of: folder + "/", with: ""),
          messages: result.messages.replacingOccurrences(of: folder + "/", with: "")), before
      )
    }
  }

  @Test("batches are applied in turn, and what the zone then holds is said")
  func taken() throws {
    let result = try verify([
      batch("DELETE", "www.example.com", "A", "192.0.2.1"),
      batch("CREATE", "www.example.com.", "CNAME", "a.example.net"),
    ]).result
    #expect(result.status == .success)
    #expect(
      result.output == """
        0.json: taken: 1 change, 1 records, 9 characters
        1.json: taken: 1 change, 1 records, 13 characters
        the hosted zone then holds 3 record sets

        """)
    #expect(result.messages.isEmpty)
  }

  @Test("a batch is refused in the service's words, at its place in the file; the next goes on")
  func refused() throws {
    let result = try verify([
      batch("CREATE", "www.example.com.", "CNAME", "a.example.net"),
      batch("UPSERT", "www.example.com.", "A", "192.0.2.2"),
    ]).result
    #expect(result.status == .findings)
    #expect(result.output.contains("0.json: refused, and nothing of it applied\n1.json: taken: "))
    #expect(
      result.messages.contains(
        "0.json:2:3: error: InvalidChangeBatch: CREATE www.example.com. CNAME: RRSet of type CNAME "
          + "with DNS name www.example.com. is not permitted as it conflicts with other records "
          + "with the same DNS name in zone example.com."), "\(result.messages)")
  }

  @Test("a request to another hosted zone is refused, one to this zone is taken")
  func anotherZone() throws {
    let request =
      "{\"HostedZoneId\": \"/hostedzone/ZOTHER\", \"ChangeBatch\": "
      + batch("DELETE", "www.example.com", "A", "192.0.2.1") + "}"
    let other = try verify([request], options: ["--zone-id", "ZTEST"]).result
    #expect(other.status == .findings)
    #expect(
      other.messages.contains(
        "0.json:1:18: error: NoSuchHostedZone: No hosted zone found with ID: ZOTHER"),
      "\(other.messages)")
    #expect(try verify([request], options: ["--zone-id", "ZOTHER"]).result.status == .success)
  }

  @Test("what is no change batch is unusable", arguments: ["", "{}", "[1]", "{\"Changes\": 7}"])
  func unusable(text: String) throws {
    let result = try verify([text]).result
    #expect(result.status == .failure)
    #expect(result.messages.contains("0.json"))
  }

  @Test("the quota of the hosted zone can be said")
  func quota() throws {
    let create = batch("CREATE", "x.example.com", "A", "192.0.2.1")
    #expect(try verify([create], options: ["--quota", "4"]).result.status == .success)
    let result = try verify([create], options: ["--quota", "3", "--zone-id", "ZTEST"]).result
    #expect(result.messages.contains("Exceeded limit MAX_RRSETS_BY_ZONE for zone: ZTEST"))
  }

  @Test("options that do not go together are wrong usage")
  func usage() {
    #expect(zonecut("batches", "--verify", "x.json").status == .usage)
    #expect(zonecut("batches", "--verify", "x", "--from", "y", "--out", "z").status == .usage)
    #expect(zonecut("batches", "zone", "--from", "y", "--out", "z").status == .usage)
    #expect(zonecut("batches", "zone").status == .usage)
    #expect(zonecut("batches", "--out", "z").status == .usage)
    #expect(zonecut("batches", "--empty", "--out", "z").status == .usage)
  }

  @Test("what batches writes is what --verify takes", arguments: plannable)
  func ownBatches(sample: String) throws {
    try withTemporaryDirectory { (folder) throws in
      let out = folder + "/b"
      let start = ZonecutCommandsTests.export(sample)
      let made = zonecut(
        ["batches", zoneFile(sample), "--into", start, "--out", out] + choices(for: sample))
      #expect(made.status == .success)
      let files = ["batches", "rollback"].flatMap { part in
        listing(of: "\(out)/\(part)").map { "\(out)/\(part)/\($0)" }
      }
      let result = zonecut(["batches", "--verify"] + files + ["--from", start])
      #expect(result.status == .success, "\(result.messages)")
      #expect(result.output.split(separator: "\n").count == files.count + 1)
    }
  }
}

@Suite("zonecut batches")
struct BatchesCommandTests {
  @Test("--empty leads a hosted zone down to SOA and NS of its apex, and can be undone")
  func empty() throws {
    try withTemporaryDirectory { (folder) throws in
      let result = zonecut(
        "batches", "--empty", "--into", export("update"), "--out", folder + "/b")
      #expect(result.status == .success, "\(result.messages)")
      let files = listing(of: folder + "/b/batches")
      #expect(files == ["01-empty.json"])
      let verified = zonecut(
        "batches", "--verify", folder + "/b/batches/01-empty.json", "--from", export("update"))
      #expect(verified.output.hasSuffix("then holds 2 record sets\n"))
      #expect(
        try !text(of: folder + "/b/batches/01-empty.json").contains("\"Action\": \"CREATE\""))
    }
  }

  @Test("--reserve leaves requests room, --quota allows more sets")
  func limits() throws {
    try withTemporaryDirectory { (folder) throws in
      func batches(_ name: String, _ options: [String]) -> CommandResult {
        zonecut(
          [
            "batches", zoneFile("company"), "--into", export("company"), "--out",
            "\(folder)/\(name)",
          ]
            + options)
      }
      #expect(batches("a", ["--reserve", "950:20000"]).status == .success)
      #expect(listing(of: folder + "/a/batches").count > 4)
      #expect(batches("b", ["--reserve", "1000"]).status == .usage)
      #expect(batches("b", ["--reserve", "ten"]).status == .usage)
      #expect(batches("b", ["--quota", "0"]).status == .usage)
    }
  }

  @Test("each file's SHA-256 is listed, and apply refuses a file that was changed")
  func hashes() throws {
    try withTemporaryDirectory { (folder) throws in
      let out = folder + "/b"
      _ = zonecut(
        "batches", zoneFile("company"), "--into", export("company"), "--out", out, "--zone-id",
        "ZTEST")
      let list = try text(of: out + "/batches.json")
      #expect(list.contains("\"sha256\": \"") && list.contains("\"rollbackSha256\": \""))
      let file = out + "/rollback/01-undo-02-restore.json"
      let changed = try text(of: file).replacingOccurrences(
        of: "\"TTL\": 300", with: "\"TTL\": 301")
      _ = try write(changed, to: "b/rollback/01-undo-02-restore.json", in: folder)
      let result = zonecut("apply", out, "--yes")
      #expect(result.status == .failure)
      #expect(result.messages.contains("was changed after the plan was made"))
    }
  }
}

@Suite("Zone files with the forms of cli53")
struct AnnotatedInputTests {
  private let zone = """
    $ORIGIN example.com.
    $TTL 300
    @ IN SOA ns1.example.net. h.example.net. 1 7200 900 1209600 600
    @ IN NS ns1.example.net.
    @ AWS ALIAS A www $self false
    cdn AWS ALIAS A d111111abcdef8.cloudfront.net. Z2FDTNDATAQYW2 false
    www 60 IN A 192.0.2.1
    api 60 IN A 192.0.2.2 ; AWS routing="WEIGHTED" weight=10 identifier="blue"
    api 60 IN A 192.0.2.3 ; AWS routing="WEIGHTED" weight=20 identifier="green"

    """

  @Test("are planned with their aliases and routing")
  func planned() throws {
    try withTemporaryDirectory { (folder) throws in
      let path = try write(zone, to: "example.com.zone", in: folder)
      let result = zonecut(
        "plan", path, "--out", folder + "/plan", "--zone-id", "ZTEST", "--start",
        "2026-12-01T09:00:00Z")
      #expect(result.status == .success, "\(result.output)\(result.messages)")
      #expect(result.output.contains("Edit the old zone by hand"))
      let batch = try text(of: folder + "/plan/batches/01-load.json")
      for part in [
        "\"SetIdentifier\": \"blue\"", "\"Weight\": 20", "\"HostedZoneId\": \"ZTEST\"",
        "\"DNSName\": \"d111111abcdef8.cloudfront.net.\"",
      ] {
        #expect(batch.contains(part), "\(part)")
      }
      #expect(try !text(of: folder + "/plan/lint.txt").contains("TYPE39"))
      let queries = try text(of: folder + "/plan/queries.txt")
      #expect(queries.components(separatedBy: "api.example.com. A\n").count == 2)
      #expect(zonecut("runbook", folder + "/plan").status == .success)
    }
  }

  @Test("batches into a hosted zone lead to no difference, and $self needs the zone's id")
  func batches() throws {
    try withTemporaryDirectory { (folder) throws in
      let path = try write(zone, to: "example.com.zone", in: folder)
      let unknown = zonecut("batches", path, "--out", folder + "/b")
      #expect(unknown.status == .failure)
      #expect(unknown.messages.contains("$self stands for the hosted zone's id"))
      #expect(!unknown.messages.contains("internal fault"))
      let made = zonecut(
        "batches", path, "--out", folder + "/b", "--zone-id", "ZTEST", "--ttl", "keep")
      #expect(made.status == .success, "\(made.messages)")
      let json = zonecut("convert", path, "--to", "route53", "--zone-id", "ZTEST").output
      let other = try write(json, to: "export.json", in: folder)
      let same = zonecut("diff", path, other, "--zone-id", "ZTEST", "--origin", "example.com.")
      #expect(same.output.contains("no differences"), "\(same.output)\(same.messages)")
      let changed = try write(
        json.replacingOccurrences(of: "\"Weight\": 20", with: "\"Weight\": 21"),
        to: "changed.json", in: folder)
      let diff = zonecut("diff", path, changed, "--zone-id", "ZTEST", "--origin", "example.com.")
      #expect(diff.status == .findings)
      #expect(diff.output.contains("green"))
    }
  }
}
