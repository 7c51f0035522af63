import Diagnostics
import TestSupport
import Testing
import ZonecutCommands

@Suite("zonecut compare --offline")
struct CompareCommandTests {
  @Test(
    "a content answers like itself, and the summary says what that covers",
    arguments: [
      "company", "delegations", "every-type", "large", "reverse", "signed", "update",
    ])
  func same(sample: String) {
    let result = zonecut("compare", zoneFile(sample), zoneFile(sample), "--offline")
    #expect(result.status == .success)
    #expect(result.output.contains("old and new answer alike"))
    #expect(result.output.contains("cannot cover"))
  }

  @Test("a new hosted zone lacks everything, with each name as one cause")
  func missing() throws {
    let result = zonecut(
      "compare", zoneFile("large"), export("large"), "--offline", "--format", "json")
    #expect(result.status == .findings)
    let document = try JSONReader.read(SourceFile(name: "compare", text: result.output))
    #expect(
      try document.member("schema", of: "compare").member("name", of: "schema").string("name")
        == "zonecut.compare")
    let counts = try document.member("counts", of: "compare").object("counts")
    #expect(counts.contains { $0.key == "missing" })
    #expect(counts.contains { $0.key == "expected" })
  }

  @Test("what is declared, or left out, fails nothing")
  func declared() throws {
    try withTemporaryDirectory { (folder) throws in
      let text = """
        $ORIGIN z.test.
        $TTL 300
        @ SOA ns.other. host 1 1 1 1 60
        @ NS ns.other.
        www A 192.0.2.1

        """
      let old = try write(text, to: "old.zone", in: folder)
      let new = try write(
        text.replacing("192.0.2.1", with: "192.0.2.2"), to: "new.zone", in: folder)
      #expect(zonecut("compare", old, new, "--offline").status == .findings)
      for option in ["--expect", "--ignore"] {
        for pattern in ["www.z.test/A", "www.z.test", "*.z.test"] {
          let result = zonecut("compare", old, new, "--offline", option, pattern)
          #expect(result.status == .success, "\(option) \(pattern)")
        }
        #expect(
          zonecut("compare", old, new, "--offline", option, "www.z.test/TXT").status == .findings)
      }
      let slower = try write(
        text.replacing("www A", with: "www 60 A"), to: "slow.zone", in: folder)
      #expect(zonecut("compare", old, slower, "--offline").status == .findings)
      #expect(zonecut("compare", old, slower, "--offline", "--expect-ttl").status == .success)
    }
  }

  @Test("tables as Markdown and HTML", arguments: ["markdown", "html"])
  func tables(format: String) {
    let result = zonecut(
      "compare", zoneFile("update"), export("update"), "--offline", "--format", format)
    #expect(result.status == .findings)
    #expect(result.output.contains(format == "html" ? "<table>" : "|---|---|---|---|---|"))
  }

  @Test("options that do not go together are wrong usage")
  func usage() {
    let zone = zoneFile("company")
    #expect(zonecut("compare", zone).status == .usage)
    #expect(zonecut("compare", zone, "--offline").status == .usage)
    #expect(zonecut("compare", zone, zone, "--offline", "--old", "127.0.0.1").status == .usage)
    #expect(zonecut("compare", zone, "--old", "a", "--new", "b", "--qps", "x").status == .usage)
    #expect(zonecut("compare", zone, zoneFile("large"), "--offline").status == .failure)
  }
}
