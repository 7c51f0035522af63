import Diagnostics
import Foundation
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// Zones signed by ldns-signzone: faultless as they are, and no longer so once anything is changed.
@Suite(.enabled(if: pathOfTool("ldns-signzone") != nil, "ldns-signzone is not installed"))
struct SignedZoneTests {
  /// How names are shown not to exist.
  enum Denial: String, CaseIterable {
    case nsec, nsec3, optOut

    var options: [String] {
      switch self {
      case .nsec: []
      case .nsec3: ["-n", "-t", "0"]
      case .optOut: ["-n", "-p", "-t", "0"]
      }
    }
  }

  private static let zone = """
    $TTL 300
    @ IN SOA ns1.example.net. hostmaster.example.com. 1 14400 3600 1209600 300
    @ IN NS ns1.example.net.
    @ IN NS ns2.example.net.
    @ IN MX 10 mail.Example.COM.
    mail IN A 192.0.2.1
    mail IN AAAA 2001:db8::1
    deep.empty.above IN TXT "an empty non-terminal or two"
    *.wild IN A 192.0.2.2
    alias IN CNAME mail
    secure IN NS ns1.example.net.
    secure IN DS 1 13 2 \(Example.digest)
    insecure IN NS ns.insecure
    ns.insecure IN A 192.0.2.3
    far.away IN NS ns1.example.net.
    srv IN SRV 0 0 1 mail
    zz IN CAA 0 issue "ca.example.net"

    """

  /// 2026-06-01, within the window of the signatures.
  private static let now: UInt32 = 1_780_272_000

  /// The zone signed, a line each record.
  private static func signed(_ denial: Denial) throws -> [String] {
    try withTemporaryDirectory { folder in
      try Data(zone.utf8).write(to: URL(fileURLWithPath: folder + "/zone"))
      let key = try run(
        "ldns-keygen", ["-a", "ECDSAP256SHA256", "-k", "-r", "/dev/urandom", "example.com"], folder)
      _ = try run(
        "ldns-signzone",
        denial.options + [
          "-o", "example.com", "-i", "20260101000000", "-e", "20380101000000", "zone",
          key.trimmingCharacters(in: .whitespacesAndNewlines),
        ], folder)
      let text = try String(contentsOfFile: folder + "/zone.signed", encoding: .utf8)
      return text.split(separator: "\n").map(String.init)
    }
  }

  private static func run(
    _ tool: String, _ arguments: [String], _ folder: String
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(pathOfTool(tool)))
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }

  /// What the rules about signed data find, those that only say that there are such data left out.
  private static func findings(_ lines: [String]) throws -> [Finding] {
    let source = SourceFile(name: "zone", text: lines.map { $0 + "\n" }.joined())
    let options = ZoneFileOptions(origin: try Name(parsing: "example.com."))
    let configuration = LintConfiguration(
      sets: [.strict], disabled: ["signed-data-on-export"], now: now)
    return Linter.lint(
      ZoneFileReader.read(source, options: options), configuration: configuration
    ).filter { Rule.find($0.rule)?.group == .dnssec }
  }

  @Test(arguments: Denial.allCases)
  func signedZonesAreFaultless(denial: Denial) throws {
    let found = try Self.findings(Self.signed(denial))
    #expect(found.isEmpty, "\(found.map { "\($0.rule): \($0.message)" })")
  }

  @Test(arguments: Denial.allCases)
  func everyRecordThatIsMissingIsMissed(denial: Denial) throws {
    let lines = try Self.signed(denial)
    var count = 0
    for (place, line) in lines.enumerated() where Self.isSigned(line) {
      count += 1
      var rest = lines
      rest.remove(at: place)
      #expect(try !Self.findings(rest).isEmpty, "without \(line)")
    }
    #expect(count > 20)
  }

  @Test(arguments: Denial.allCases)
  func everyRecordThatIsChangedIsBogus(denial: Denial) throws {
    let lines = try Self.signed(denial)
    for (place, line) in lines.enumerated()
    where line.contains("192.0.2.1\t") || line.hasSuffix("192.0.2.1") {
      var changed = lines
      changed[place] = line.replacingOccurrences(of: "192.0.2.1", with: "192.0.2.9")
      #expect(try Self.findings(changed).map(\.rule) == ["rrsig-bogus"])
    }
    for (place, line) in lines.enumerated() where line.contains("\tRRSIG\t") {
      var changed = lines
      // The last digit of the signature but the padding.
      guard let digit = line.lastIndex(where: { $0 != "=" && $0 != " " }) else { continue }
      let before = line.index(digit, offsetBy: -4)
      changed[place] = line.replacingCharacters(
        in: before...before, with: line[before] == "A" ? "B" : "A")
      #expect(try Self.findings(changed).map(\.rule) == ["rrsig-bogus"], "\(line)")
    }
  }

  /// Whether a line is a record that signatures or chains vouch for: no comment, no glue, no
  /// delegation.
  private static func isSigned(_ line: String) -> Bool {
    !line.hasPrefix(";") && !line.contains("insecure") && !line.contains("far.away")
      && !(line.hasPrefix("secure") && line.contains("\tNS\t"))
  }
}

/// The zone of RFC 5155 appendix A, one of whose names is spelt like a hash.
@Suite(.needsSharedCorpus) struct NSEC3ZoneTests {
  @Test func chainAndSignaturesOfTheAppendixVerify() throws {
    let path = try #require(SharedCorpus.root) + "/zones/nsd/tpkg/nsec3_zone.tdir/nsec3_zone.zone"
    let options = ZoneFileOptions(origin: try Name(parsing: "example."))
    let reading = ZoneFileReader.read(try SourceFile.open(path: path), options: options)
    let rules = Set(Linter.lint(reading).map(\.rule))
    #expect(rules.isDisjoint(with: ["nsec3-chain", "rrsig-bogus", "rrsig-missing"]), "\(rules)")
  }
}

/// Whole zones with digests, from RFC 8976 appendix A.
@Suite(.needsSharedCorpus) struct ZoneDigestTests {
  static let zones = [
    ("A.1.Simple-EXAMPLE-Zone", "example."), ("A.2.Complex-EXAMPLE-Zone", "example."),
    ("A.3.EXAMPLE-Zone-with-multiple-digests", "example."),
    ("A.4.The-URI.ARPA-Zone", "uri.arpa."), ("A.5.The-ROOT-SERVERS.NET-Zone", "root-servers.net."),
  ]

  @Test(arguments: zones)
  func digestsOfTheAppendixVerify(file: String, apex: String) throws {
    let folder = try #require(SharedCorpus.root) + "/zones/ldns/test/25-ZONEMD.tpkg/"
    let options = ZoneFileOptions(origin: try Name(parsing: apex), presetTTL: TTL(3_600))
    let source = try SourceFile.open(path: folder + file)
    func digestFindings(_ source: SourceFile) -> [Finding] {
      Linter.lint(ZoneFileReader.read(source, options: options)).filter { $0.rule == "zonemd" }
    }
    #expect(digestFindings(source).isEmpty)
    // One octet more, and no digest is right.
    let text = source.octets(in: 0..<source.count) + Array("\n_more TXT \"x\"\n".utf8)
    #expect(!digestFindings(SourceFile(name: file, octets: text)).isEmpty)
  }
}
