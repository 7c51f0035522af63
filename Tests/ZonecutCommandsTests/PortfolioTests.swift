import Foundation
import TestSupport
import Testing
import ZonecutCommands

/// `zonecut plan --portfolio`
@Suite struct `plan --portfolio` {
  /// Lends a directory with the sample zones and a portfolio file.
  static func withPortfolio<Value>(
    _ text: String, named name: String, _ body: (_ folder: String, _ file: String) throws -> Value
  ) throws -> Value {
    try withTemporaryDirectory { folder in
      try FileManager.default.copyItem(atPath: zoneSamples, toPath: folder + "/zones")
      let file = folder + "/" + name
      try Data(text.utf8).write(to: URL(filePath: file))
      return try body(folder, file)
    }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: URL(filePath: path), encoding: .utf8)
  }

  static let csv = """
    zone,file,export,registrar,priority,parent-ttl
    example.com,zones/company/example.com.zone,,"Registrar, A",1,
    example.net,zones/delegations/example.net.zone,zones/delegations/route53.json,B,2,
    example.org,zones/mailless/example.org.zone,,"The ""other"" one",1,3600

    """

  static let yaml = """
    - zone: example.com
      file: zones/company/example.com.zone
      registrar: Registrar, A
      priority: 1
    - zone: example.net
      file: zones/delegations/example.net.zone
      export: zones/delegations/route53.json
      registrar: B
      priority: 2
    - {zone: example.org, file: zones/mailless/example.org.zone, registrar: The "other" one,
       priority: 1, parent-ttl: 3600}

    """

  static let options = [
    "--start", "2026-12-01T09:00:00Z", "--zones-per-window", "1", "--tz", "Australia/Perth",
    "--window", "Tue-Thu 09:00-16:00",
  ]

  @Test(arguments: [("p.csv", csv), ("p.yaml", yaml)])
  func `an overview and a calendar, the same from CSV and from YAML`(
    name: String, text: String
  ) throws {
    try Self.withPortfolio(text, named: name) { folder, file in
      let out = folder + "/out"
      let result = zonecut(["plan", "--portfolio", file, "--out", out] + Self.options)
      #expect(result.status == .success, "\(result.messages)")
      #expect(result.messages.isEmpty)
      expectSnapshot(result.output, named: "portfolio/samples.txt")
      expectSnapshot(try Self.text(out + "/portfolio.md"), named: "portfolio/samples.md")
      expectSnapshot(try Self.text(out + "/portfolio.json"), named: "portfolio/samples.json")
      expectSnapshot(try Self.text(out + "/portfolio.ics"), named: "portfolio/samples.ics")

      let again = zonecut(["plan", "--portfolio", file, "--out", out] + Self.options)
      #expect(again.status == .failure)
      let replaced = zonecut(
        ["plan", "--portfolio", file, "--out", out, "--replace", "--format", "json"] + Self.options)
      #expect(replaced.status == .success)
      #expect(replaced.output == (try Self.text(out + "/portfolio.json")))
    }
  }

  @Test func `each zone's plan has the dates of its wave, and can be made again`() throws {
    try Self.withPortfolio(Self.csv, named: "p.csv") { folder, file in
      let (out, plans) = (folder + "/out", folder + "/some/plans")
      let result = zonecut(
        ["plan", "--portfolio", file, "--out", out, "--plans", plans] + Self.options)
      #expect(result.status == .success, "\(result.messages)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: plans).sorted()
          == ["example.com", "example.net", "example.org"])
      let overview = try #require(
        try JSONSerialization.jsonObject(with: Data(Self.text(out + "/portfolio.json").utf8))
          as? [String: Any])
      let waves = try #require(overview["waves"] as? [[String: Any]])
      #expect(waves.count == 3)
      for wave in waves {
        let zone = try #require((wave["zones"] as? [[String: Any]])?.first)
        let name = try #require(zone["zone"] as? String).dropLast()
        let plan = try #require(
          try JSONSerialization.jsonObject(
            with: Data(Self.text("\(plans)/\(name)/plan.json").utf8)) as? [String: Any])
        let schedule = try #require(plan["schedule"] as? [String: Any])
        #expect(schedule["cutover"] as? String == wave["cutover"] as? String)
        #expect(schedule["start"] as? String == zone["start"] as? String)
        #expect(schedule["end"] as? String == zone["end"] as? String)
        let runbook = zonecut("runbook", "\(plans)/\(name)")
        #expect(runbook.output == (try Self.text("\(plans)/\(name)/runbook.md")))
      }
    }
  }

  @Test func `a broken row is a finding with its place and stops no other`() throws {
    let text = """
      zone,file,export,registrar,priority,colour
      example.com,zones/company/example.com.zone,,,1,red
      nowhere.example,zones/nowhere.zone,,,,
      EXAMPLE.com.,zones/company/example.com.zone,,,,
      types.example,zones/every-type/types.example.zone,,,,
      broken.example,zones/broken/broken.example.zone,,,,
      example.net,zones/mailless/example.org.zone,,,,
      shop.example,zones/update/shop.example.zone,,,high,
      ,zones/update/shop.example.zone,,,,
      a b..example,zones/update/shop.example.zone,,,,
      x.example,"zones/x
      y.example,"zones/y"z,,,,
      too,few
      example.org,zones/mailless/example.org.zone,,,,
      """
    try Self.withPortfolio(text, named: "p.csv") { folder, file in
      let result = zonecut(
        ["plan", "--portfolio", file, "--out", folder + "/out"] + Self.options)
      #expect(result.status == .findings)
      #expect(result.output.hasPrefix("2 zones in 2 waves"))
      #expect(result.output.contains("NOT PLANNED: 11 zones."))
      expectSnapshot(
        result.messages.replacing(folder, with: "..."), named: "portfolio/broken.messages")
      let overview = try Self.text(folder + "/out/portfolio.md")
      #expect(overview.contains("## Not planned"))
      #expect(overview.contains("no such file"))
    }
  }

  @Test(arguments: [
    ("- zone: no\n  file: zones/x.zone\n", "p.yaml:2:9: error: .../zones/x.zone: no such file"),
    ("- zone: example.org\n  exprot: x\n", "help: did you mean export?"),
    ("- zone: example.org\n  file: [a, b]\n", "p.yaml:2:9: error: file: found an array"),
    ("- just text\n", "p.yaml:1:3: error: found a string, expected a zone with its keys"),
    ("zones: 3\n", "the portfolio: expected an array, found an object"),
    ("- zone: [\n", "the text is no YAML"),
    ("", "found 0 documents, expected one list of zones"),
    ("- zone: example.org\n", "the row has no file"),
    (
      "- {zone: a.example, file: a, parent-ttl: soon, parent-ds: maybe}\n",
      "parent-ds: found 'maybe', expected one of present, absent, unknown"
    ),
  ])
  func `nothing that can be planned is status 2, and nothing is written`(
    text: String, message: String
  ) throws {
    try Self.withPortfolio(text, named: "p.yaml") { folder, file in
      let result = zonecut(
        ["plan", "--portfolio", file, "--out", folder + "/out"] + Self.options)
      #expect(result.status == .failure)
      #expect(result.output.isEmpty)
      let messages = result.messages.replacing(folder, with: "...")
      #expect(messages.contains(message), "\(messages)")
      #expect(messages.contains("no zone can be planned"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }

  @Test(arguments: [
    ("name,file\n", "the header has no column zone"), ("zone\n", "the header has no column file"),
    ("zone,file,zone\n", "the column zone stands twice"), ("", "found no lines"),
    ("zone,\"file\n", "found a quote that is not closed on its line"),
  ])
  func `headers that mean nothing`(text: String, message: String) throws {
    try Self.withPortfolio(text, named: "p.csv") { folder, file in
      let result = zonecut("plan", "--portfolio", file, "--out", folder + "/out")
      #expect(result.status == .failure)
      #expect(result.messages.contains(message), "\(result.messages)")
    }
  }

  @Test func `a window that never comes is said once`() throws {
    try Self.withPortfolio(Self.csv, named: "p.csv") { folder, file in
      let result = zonecut(
        "plan", "--portfolio", file, "--out", folder + "/out", "--window", "Tue 09:00-09:10")
      #expect(result.status == .failure)
      #expect(result.messages.contains("no change window comes from 2026-12-01T09:00:00Z on"))
      #expect(result.messages.split(separator: "\n").count == 1)
    }
  }

  @Test(arguments: [
    [], ["zone", "--portfolio", "p.csv"], ["zone", "--plans", "plans"],
    ["--portfolio", "p.csv", "--cutover", "2027-01-01T00:00:00Z"],
    ["--portfolio", "p.csv", "--into", "export.json"],
    ["--portfolio", "p.csv", "--zones-per-window", "0"],
  ])
  func `options that do not go together`(options: [String]) {
    let result = zonecut(["plan", "--out", "out"] + options)
    #expect(result.status == .usage)
    #expect(result.output.isEmpty)
  }
}
