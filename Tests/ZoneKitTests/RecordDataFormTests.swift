import TestSupport
import Testing

@testable import ZoneKit

/// Forms of record data that are easily read wrongly.
@Suite("Record data forms")
struct RecordDataFormTests {
  private func hex(_ text: String, _ type: String) throws -> String {
    let type = try #require(RecordType(mnemonic: type))
    let origin = try Name(parsing: "example.com.")
    let data = try RecordData(parsing: text, type: type, origin: origin)
    return String(data.presentation(generic: true).split(separator: " ").last ?? "")
  }

  private func refuses(_ text: String, _ type: String, at range: Range<Int>? = nil) throws {
    let type = try #require(RecordType(mnemonic: type))
    let error = #expect(throws: RecordDataError.self, "\(type) \(text)") {
      try RecordData(parsing: text, type: type, origin: .root)
    }
    if let range { #expect(error?.range == range, "\(type) \(text): \(error?.message ?? "")") }
  }

  @Test("RFC 8078 4: a lone 0 asks for deletion, a 0 before more words is data")
  func deletionRecords() throws {
    #expect(try hex("0 0 0 0", "CDS") == "0000000000")
    #expect(try hex("0 0 0 00", "CDS") == "0000000000")
    #expect(try hex("0 3 0 0", "CDNSKEY") == "0000030000")
    #expect(try hex("0 3 0 AA==", "CDNSKEY") == "0000030000")
    #expect(try hex("1 2 3 0 GIm", "CDNSKEY") == "00010203D06226")
    #expect(try hex("1 2 3 0 1", "CDS") == "0001020301")
  }

  @Test("RFC 9859 2.1: the scheme by number or mnemonic")
  func schemes() throws {
    #expect(try hex("CDS NOTIFY 5359 a.", "DSYNC") == "003B0114EF016100")
    #expect(try hex("CDS 1 5359 a.", "DSYNC") == "003B0114EF016100")
    try refuses("CDS NOTIFIES 5359 a.", "DSYNC", at: 4..<12)
  }

  @Test("RFC 2535 5.3: types of NXT without a mnemonic are plain numbers")
  func typesOfNXT() throws {
    #expect(try hex("a. A 86", "NXT") == (try hex("a. A TYPE86", "NXT")))
    try refuses("a. 128", "NXT", at: 3..<6)
  }

  @Test("RFC 9460 8: mandatory written as key0 is checked, odd octets are refused")
  func mandatoryAsKey0() throws {
    try refuses("1 . key0=\"abc\"", "SVCB", at: 4..<9)
    try refuses("1 . key0=\"\"", "SVCB")
    try refuses("1 . key0=\"\\000\\001\"", "SVCB")
    #expect(
      try hex("1 . key0=\"\\000\\001\" alpn=h2", "SVCB") == "00010000000002000100010003026832")
  }

  @Test(
    "RFC 1876 3: minutes, seconds and sizes may be left out",
    arguments: [
      ("42 21 54 N 71 06 18 W -24m 30m", "00331613 89172DD0 70BE15F0 00988D20"),
      ("42 N 71 W 0", "001216138903210070C3DA8000989680"),
      ("0 0 0.001 S 0 0 0 E -100000m 0 0.01 90000000", "00001099 7FFFFFFF 80000000 00000000"),
      ("90 0 0.001 N 0 E 0m", ""), ("1 60 N 0 E 0m", ""), ("1 0 60 N 0 E 0m", ""),
      ("1 N 181 E 0m", ""), ("1 N 1 E 42849672.96m", ""), ("1 N 1 E -100000.01m", ""),
      ("1 N 1 E 0m 90000001m", ""), ("1 N 1 E 0.001m", ""), ("1 E 1 N 0m", ""),
    ])
  func location(text: String, octets: String) throws {
    let wanted = octets.filter { $0 != " " }
    if wanted.isEmpty { return try refuses(text, "LOC") }
    #expect(try hex(text, "LOC") == wanted)
  }

  @Test(
    "RFC 3123 5: address prefixes",
    arguments: [
      ("1:192.168.32.0/21 !1:192.168.38.0/28", "00011503C0A82000011C83C0A826"),
      ("1:224.0.0.0/4 2:FF00:0:0:0:0:0:0:0/8", "00010401E000020801FF"),
      ("1:0.0.0.0/0", "00010000"),
    ])
  func addressPrefixes(text: String, octets: String) throws {
    #expect(try hex(text, "APL") == octets)
  }

  @Test(
    "RFC 3123 4: what is no prefix",
    arguments: [
      "1:192.0.2.0/33", "2:::/129", "3:abc/1", "1:192.0.2.0", "192.0.2.0/24", "!!1:0.0.0.0/0",
    ])
  func badPrefixes(text: String) throws { try refuses(text, "APL") }

  @Test(
    "RFC 4034 3.2: times in both forms",
    arguments: [
      ("20260714000000", 1_783_987_200), ("1783987200", 1_783_987_200), ("19700101000000", 0),
      ("21060207062815", 4_294_967_295), ("0", 0),
    ])
  func times(text: String, seconds: UInt32) throws {
    let octets = try hex("A 8 0 0 \(text) 0 0 . AA==", "RRSIG")
    #expect(
      octets.dropFirst(16).prefix(8) == String(seconds, radix: 16, uppercase: true).leftPadded)
  }

  @Test(
    "RFC 4034 3.2: what is no time",
    arguments: [
      "20260230000000", "20261301000000", "20260101240000", "20260101006000", "202601010000",
      "4294967296", "-1", "19691231235959",
    ])
  func badTimes(text: String) throws { try refuses("A 8 0 0 \(text) 0 0 . AA==", "RRSIG") }

  @Test(
    "RFC 3596, 4291, 5952: IPv6 addresses",
    arguments: [
      ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
      ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
      ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ])
  func addresses(text: String, printed: String) throws {
    #expect(try RecordData(parsing: text, type: .aaaa).presentation() == printed)
  }

  @Test(
    "RFC 4291 2.2: what is no IPv6 address",
    arguments: [
      "1::2::3", ":1", "1:", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "::1.2.3", "g::",
      "::1.2.3.4:5", "1.2.3.4", ":::", "fe80::1%eth0",
    ])
  func badAddresses(text: String) throws { try refuses(text, "AAAA") }

  @Test(
    "What is no IPv4 address",
    arguments: [
      "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1..2.3", ".1.2.3", "1.2.3.", "0x1.2.3.4",
      "1.2.3.4/24", "\"1.2.3.4\"", "",
    ])
  func badIPv4Addresses(text: String) throws { try refuses(text, "A") }

  @Test(
    "Fields are named where they stand",
    arguments: [
      ("MX", "ten mail", 0..<3, "MX preference: expected 0-65535, found 'ten'"),
      ("MX", "10", 2..<2, "MX exchange: expected a domain name, found end of line"),
      ("MX", "65536 a.", 0..<5, "MX preference: expected 0-65535, found '65536'"),
      ("SRV", "1 2 x a.", 4..<5, "SRV port: expected 0-65535, found 'x'"),
      (
        "SOA", "a. b. 1 2 3 4 x", 14..<15,
        "SOA minimum: expected seconds (0-4294967295), or a time such as 1h30m, found 'x'"
      ),
      ("DS", "1 8 2 xyz", 6..<9, "DS digest: expected hexadecimal digits, found 'xyz'"),
      (
        "CAA", "0 is-sue \"x\"", 2..<8,
        "CAA tag: expected a tag of letters and digits, found 'is-sue'"
      ),
      ("A", "192.0.2.1 192.0.2.2", 10..<19, "A data: expected end of record, found '192.0.2.2'"),
      ("HTTPS", "1 . alpn=h2 alpn=h3", 12..<19, "HTTPS parameter: alpn is given twice"),
      ("SVCB", "1 . port=65536", 9..<14, "SVCB port: expected 0-65535, found '65536'"),
      ("NSEC", "a. A NOTYPE", 5..<11, "NSEC types: expected a record type, found 'NOTYPE'"),
      (
        "TLSA", "3 1 1", 5..<5,
        "TLSA association data: expected hexadecimal digits, found end of line"
      ),
    ])
  func messagesNameTheField(
    type: String, text: String, range: Range<Int>, message: String
  ) throws {
    let type = try #require(RecordType(mnemonic: type))
    let error = #expect(throws: RecordDataError.self) {
      try RecordData(parsing: text, type: type, origin: .root)
    }
    #expect(error?.range == range)
    #expect(error?.message == message)
  }
}

extension String {
  /// With zeros in front up to 8 digits.
  fileprivate var leftPadded: String { String(repeating: "0", count: 8 - count) + self }
}
