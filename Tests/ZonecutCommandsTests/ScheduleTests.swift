import TestSupport
import Testing
import ZonecutCommands

/// `zonecut schedule`. The clock of the tests stands at 2026-12-01T09:00:00Z.
@Suite struct `schedule` {
  static let company = sample("company/example.com.zone")

  /// The zone files of the samples, by their folder's name.
  static let samples = files(below: zoneSamples, ending: [".zone"]).filter {
    !$0.contains("/broken/faults/")
  }

  @Test(arguments: ["text", "json", "markdown", "ics"], samples)
  func `golden files of the sample zones`(format: String, path: String) {
    let folder = path.dropFirst(zoneSamples.utf8.count + 1).prefix { $0 != "/" }
    let result = zonecut(
      "schedule", path, "--start", "2026-12-01T09:00:00Z", "--format", format)
    // The broken sample has no schedule: the messages say why.
    let isBroken = folder == "broken"
    #expect(result.status == (isBroken ? .failure : .success))
    let text = (isBroken ? result.messages : result.output).replacing(zoneSamples, with: "...")
    expectSnapshot(text, named: "schedule/\(folder).\(isBroken ? "messages" : format)")
  }

  @Test func `without --start and --cutover TTLs are lowered now`() {
    let result = zonecut("schedule", Self.company)
    #expect(result.status == .success)
    #expect(result.output.contains("TTLs lowered        2026-12-01T09:00:00Z"))
  }

  @Test func `a wished cutover too early is a finding: by how much, and what share is stranded`() {
    let result = zonecut("schedule", Self.company, "--cutover", "2026-12-02T09:00:00Z")
    #expect(result.status == .findings)
    let words = result.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("The wished cutover 2026-12-02T09:00:00Z is 34 d too early. 90.6 %"))
    #expect(
      words.contains("(half-life; strict: 85.7 %) would still hold example.com. NS (TTL 7 d)"))
    let later = zonecut("schedule", Self.company, "--cutover", "2027-03-01T09:00:00Z")
    #expect(later.status == .success)
    #expect(later.output.contains("can be had if TTLs are lowered by"))
  }

  @Test(arguments: [
    (["--window", "Tue 09:00-09:10"], "no change window for the cutover comes from"),
    (
      ["--window", "Tue 09:00-16:00", "--freeze", "2026-01-01..9999-12-31"],
      "no change window for lowering the TTLs comes from"
    ),
    (["--periods", "0"], "found 0 periods to wait, expected 1 to 50"),
    (["--lowered-ttl", "2147483648"], "expected 0 to 2147483647"),
    (["--parent-ttl", "2147483648"], "expected 0 to 2147483647"),
    (["--start", "9999-12-01T00:00:00Z"], "after the year 9999"),
  ])
  func `what no schedule can be made from is status 2`(options: [String], message: String) {
    let result = zonecut(["schedule", Self.company] + options)
    #expect(result.status == .failure)
    #expect(result.output.isEmpty)
    #expect(result.messages.contains(message), "\(result.messages)")
  }

  @Test(arguments: [
    (["--tz", "Perth"], "did you mean Australia/Perth?"),
    (["--tz", "new york"], "did you mean America/New_York?"),
    (["--tz", "Mars/Olympus"], "expected a time zone such as Australia/Perth\n"),
    (["--floor", "24h"], "such as 24h:5% or never:1%"),
    (["--window", "Someday"], "days and hours such as 'Tue-Thu 09:00-16:00'"),
    (["--freeze", "2027-01-05..2026-12-18"], "a first and a last day in order"),
    (["--parent-ttl", "300", "--lowered-parent-ttl", "600"], "is above --parent-ttl"),
    (["--parent-share", "1.5"], "expected 0 to 1"),
  ])
  func `options that mean nothing are wrong usage`(options: [String], message: String) {
    let result = zonecut(["schedule", Self.company] + options)
    #expect(result.status == .usage)
    #expect(result.messages.contains(message), "\(result.messages)")
  }

  @Test(arguments: ["0", "2147483647"])
  func `the shortest and the longest TTL`(ttl: String) {
    let zone = """
      $ORIGIN example.com.
      @ \(ttl) SOA ns1 hostmaster 1 7200 900 1209600 \(ttl)
      @ \(ttl) NS ns1
      ns1 \(ttl) A 192.0.2.1

      """
    for format in ["text", "json", "markdown", "ics", "svg"] {
      let result = zonecut(
        "schedule", "-", "--parent-ttl", ttl, "--ds-ttl", ttl, "--format", format, input: zone)
      #expect(result.status == .success, "\(result.messages)")
    }
    let text = zonecut("schedule", "-", "--parent-ttl", ttl, input: zone).output
    // Five times 2^31 - 1 seconds are 340 years.
    let cutover = ttl == "0" ? "2026-12-01T11:00:00Z" : "2367-03-05T01:10:35Z"
    #expect(text.contains("cutover             \(cutover)"))
  }

  @Test func `an unknown parent is said to be assumed`() {
    let result = zonecut("schedule", sample("company/example.com.zone"), "--format", "json")
    #expect(result.output.contains(#""assumed": true"#))
    let known = zonecut(
      "schedule", sample("company/example.com.zone"), "--format", "json", "--parent-ttl", "3600")
    #expect(known.output.contains(#""assumed": false"#))
  }
}
