import Diagnostics
import TestSupport
import Testing

@testable import ZoneKit

/// Where readers of zone files disagree: the meaning is BIND's, and a finding says so.
@Suite("Zone file semantics")
struct ZoneFileSemanticsTests {
  // MARK: TTLs

  @Test func recordWithoutTTLTakesDollarTTL() {
    let reading = ZoneReading(
      "$TTL 1h\n@ SOA ns hm 1 2 3 4 5\nwww A 192.0.2.1\n$TTL 60\nftp A 192.0.2.2\n")
    #expect(reading.zone.map(\.ttl) == [3600, 3600, 60].map { TTL($0) })
    #expect(reading.places == [])
  }

  @Test func recordWithoutTTLTakesTheLastExplicitOne() {
    let reading = ZoneReading(
      "@ 900 SOA ns hm 1 2 3 4 5\na A 192.0.2.1\nb 60 A 192.0.2.1\nc A 192.0.2.1\n")
    #expect(reading.zone.map(\.ttl) == [900, 900, 60, 60].map { TTL($0) })
    #expect(reading.places == ["2:1 warning syn-no-default-ttl"])
    #expect(reading.findings.first?.message.hasPrefix("2 records without a TTL") == true)
  }

  @Test func recordWithoutAnyTTLTakesTheSOAMinimum() {
    let reading = ZoneReading("@ SOA ns hm 1 2 3 4 77\nwww A 192.0.2.1\n")
    #expect(reading.zone.map(\.ttl) == [77, 77].map { TTL($0) })
    #expect(
      reading.places == ["1:1 warning syn-no-default-ttl", "2:1 warning syn-no-default-ttl"])
  }

  @Test func recordBeforeTheSOATakesItsTTL() {
    let reading = ZoneReading("www A 192.0.2.1\n@ 500 SOA ns hm 1 2 3 4 77\n")
    #expect(reading.zone.map(\.ttl) == [500, 500].map { TTL($0) })
    #expect(reading.places == ["1:1 warning syn-no-default-ttl"])
  }

  @Test func noTTLAtAllIsAnError() {
    let reading = ZoneReading("www A 192.0.2.1\nftp A 192.0.2.2\n")
    #expect(reading.places == ["1:1 error syn-no-default-ttl"])
  }

  @Test func presetTTLIsTakenWhereGiven() {
    let reading = ZoneReading("www A 192.0.2.1\n", options: ZoneFileOptions(presetTTL: TTL(42)))
    #expect(reading.zone.map(\.ttl) == [TTL(42)])
    #expect(reading.places == [])
  }

  @Test(arguments: ["2147483648", "4294967295", "4294967296", "99999999999999999999", "3551w"])
  func ttlOver31BitsIsAnError(ttl: String) {
    let reading = ZoneReading(head + "www \(ttl) A 192.0.2.1\nftp A 192.0.2.2\n")
    #expect(reading.places == ["3:5 error syn-ttl-out-of-range"])
    #expect(reading.records.dropFirst() == ["ftp.example.com. 300 IN A 192.0.2.2"])
    #expect(ZoneReading("$TTL \(ttl)\n").places == ["1:6 error syn-ttl-out-of-range"])
  }

  @Test func largestTTLIsRead() {
    #expect(ZoneReading(head + "www 2147483647 A 192.0.2.1\n").places == [])
  }

  @Test(arguments: [
    ("1h30m", 5400, false), ("1W2D", 777_600, false), ("1w2d3h4m5s", 788_645, false),
    ("90S", 90, false), ("0", 0, false), ("30m1h", 5400, true), ("1h1h", 7200, true),
  ])
  func ttlUnitsAreReadInAnyCase(text: String, seconds: UInt32, isOdd: Bool) {
    let reading = ZoneReading(head + "www \(text) A 192.0.2.1\n")
    #expect(reading.zone.last?.ttl == TTL(seconds))
    #expect(reading.places == (isOdd ? ["3:5 warning syn-ttl-unit-order"] : []))
  }

  @Test(arguments: ["1h30", "h", "1x", "1hh", "-1"])
  func otherTTLsAreErrors(text: String) {
    let reading = ZoneReading(head + "www \(text) A 192.0.2.1\n")
    #expect(reading.places == ["3:5 error syn-record"])
  }

  // MARK: Order of the parts

  @Test(arguments: ["300 IN A", "IN 300 A", "in 300 a", "300 A", "IN A", "CLASS1 300 TYPE1"])
  func ttlAndClassComeInEitherOrder(parts: String) {
    let reading = ZoneReading(head + "www \(parts) 192.0.2.1\n")
    #expect(reading.records.last == "www.example.com. 300 IN A 192.0.2.1")
    #expect(reading.places == [])
  }

  @Test(arguments: ["300 300 A", "IN IN A", "300 IN 300 A"])
  func ttlAndClassComeOnce(parts: String) {
    #expect(ZoneReading(head + "www \(parts) 192.0.2.1\n").places.count == 1)
  }

  @Test(arguments: ["a", "in", "60", "soa", "type1", "ANY"])
  func ownerMayLookLikeAnotherPart(owner: String) {
    let reading = ZoneReading(head + "\(owner) A 192.0.2.1\n")
    #expect(reading.records.last == "\(owner).example.com. 300 IN A 192.0.2.1")
    #expect(reading.places == [])
  }

  // MARK: Owners and origins

  @Test func blankOwnerAsTheFirstRecordIsAnError() {
    let reading = ZoneReading(
      "$TTL 300\n  A 192.0.2.1\n  MX 10 mail\n@ SOA ns hm 1 2 3 4 5\n A 192.0.2.1\n")
    #expect(reading.places == ["2:3 error syn-blank-owner-first"], "one cause, one finding")
    #expect(reading.zone.count == 2)
  }

  @Test func blankOwnerInheritsTheOneBefore() {
    let reading = ZoneReading(
      head + "www A 192.0.2.1\n\tA 192.0.2.2\n    ; only a comment\n A 192.0.2.3\n")
    #expect(
      reading.zone.dropFirst().map(\.owner.description) == [
        "www.example.com.", "www.example.com.", "www.example.com.",
      ])
    #expect(reading.places == [])
  }

  @Test func blankOwnerBehindAnOriginInheritsWithAWarning() {
    let reading = ZoneReading(head + "www A 192.0.2.1\n$ORIGIN sub\n A 192.0.2.2\nx A 192.0.2.3\n")
    #expect(
      reading.records.dropFirst() == [
        "www.example.com. 300 IN A 192.0.2.1", "www.example.com. 300 IN A 192.0.2.2",
        "x.sub.example.com. 300 IN A 192.0.2.3",
      ])
    #expect(reading.places == ["5:2 warning syn-inherited-owner-after-origin"])
  }

  @Test func blankOwnerInheritsTheOwnerOfABrokenRecord() {
    let reading = ZoneReading(head + "www A 192.0.2.256\n  A 192.0.2.2\n")
    #expect(reading.places == ["3:7 error syn-rdata"])
    #expect(reading.records.dropFirst() == ["www.example.com. 300 IN A 192.0.2.2"])
  }

  @Test func blankOwnerBehindABrokenOwnerIsNotAttributed() {
    let reading = ZoneReading(
      head + "www A 192.0.2.1\na..b A 192.0.2.2\n  A 192.0.2.3\nc A 192.0.2.4\n A 192.0.2.5\n")
    #expect(reading.places == ["4:1 error syn-name-too-long"])
    #expect(
      reading.records.dropFirst() == [
        "www.example.com. 300 IN A 192.0.2.1", "c.example.com. 300 IN A 192.0.2.4",
        "c.example.com. 300 IN A 192.0.2.5",
      ])
  }

  @Test func blankOwnerBehindAForeignCommentInheritsTheOneBefore() {
    let reading = ZoneReading(head + "www A 192.0.2.1\n# the second\n  A 192.0.2.2\n")
    #expect(reading.places == ["4:1 error syn-comment-char"])
    #expect(reading.records.last == "www.example.com. 300 IN A 192.0.2.2")
  }

  @Test func relativeOriginIsAppended() {
    let reading = ZoneReading(
      head + "$ORIGIN b\n$origin a\nwww A 192.0.2.1\n$ORIGIN c.test.\nwww A 192.0.2.1\n")
    #expect(
      reading.zone.dropFirst().map(\.owner.description) == [
        "www.a.b.example.com.", "www.c.test.",
      ])
  }

  @Test func rootOriginCompletesWithNothing() {
    let reading = ZoneReading(head + "$ORIGIN .\nexample.com NS ns.example.com\n")
    #expect(reading.records.last == "example.com. 300 IN NS ns.example.com.")
  }

  @Test func relativeNamesWithoutAnOriginAreOneError() {
    let reading = ZoneReading(
      "$TTL 300\nwww A 192.0.2.1\nftp A 192.0.2.2\na. CNAME b\n$ORIGIN c\n", origin: nil)
    #expect(reading.places == ["2:1 error syn-no-origin"])
    #expect(reading.findings.first?.help?.contains("--origin") == true)
  }

  @Test func brokenOriginIsOneError() {
    let reading = ZoneReading("$TTL 300\n$ORIGIN a..b.\nwww A 192.0.2.1\n", origin: nil)
    #expect(reading.places == ["2:9 error syn-name-too-long"])
  }

  @Test func brokenDefaultTTLIsOneError() {
    let reading = ZoneReading("$TTL 1x\n@ SOA ns hm 1 2 3 4 5\nwww A 192.0.2.1\n")
    #expect(reading.places == ["1:6 error syn-directive"])
  }

  @Test func brokenSOAIsOneError() {
    let reading = ZoneReading("@ SOA ns hm one 2 3 4 5\nwww A 192.0.2.1\n")
    #expect(reading.places == ["1:13 error syn-rdata"])
  }

  @Test func quotedOwnerIsAnErrorWithAFix() throws {
    let reading = ZoneReading(head + "\"www\" A 192.0.2.1\n")
    #expect(reading.places == ["3:1 error syn-quoted-name"])
    let fix = try #require(reading.findings.first { $0.severity == .error }?.fix)
    #expect(fix.edits.map { String(decoding: $0.replacement, as: UTF8.self) } == ["www"])
    #expect(fix.edits.map { $0.location.range.count } == [5])
  }

  @Test func atSignIsTheOriginOnlyAsAnOwnName() {
    let reading = ZoneReading(head + "\\@ TXT @ \"@\"\n@ MX 10 @\n\\064 CNAME a.@\n")
    #expect(
      reading.records.dropFirst() == [
        "@.example.com. 300 IN TXT \"@\" \"@\"", "example.com. 300 IN MX 10 example.com.",
        "@.example.com. 300 IN CNAME a.@.example.com.",
      ])
  }

  @Test(arguments: ["$ttl 60\n", "$Ttl 60\n", "$tTL 1m\n"])
  func directivesAreReadInAnyCase(directive: String) {
    let reading = ZoneReading(head + directive + "$origin sub\nwww A 192.0.2.1\n")
    #expect(reading.records.last == "www.sub.example.com. 60 IN A 192.0.2.1")
    #expect(reading.places == [])
  }

  // MARK: Classes and types

  @Test func otherClassesAreReadWithAnError() {
    let reading = ZoneReading(head + "a CH TXT x\nb HS TXT y\nc CLASS7 TXT z\nd IN TXT i\n")
    #expect(reading.zone.count == 5)
    #expect(
      reading.places == [
        "3:6 error syn-class-mismatch", "4:6 error syn-class-mismatch",
        "5:10 error syn-class-mismatch",
      ])
  }

  @Test(arguments: ["CH", "HS", "CLASS32"])
  func zoneOfAnotherClassIsRead(recordClass: String) {
    let reading = ZoneReading("$TTL 60\n@ \(recordClass) SOA ns hm 1 2 3 4 5\n NS ns\n")
    #expect(reading.zone.recordClass.description == recordClass)
    #expect(reading.zone.map(\.recordClass).allSatisfy { $0.description == recordClass })
    #expect(reading.places == [])
  }

  @Test(arguments: ["NONE", "CLASS0", "CLASS65535", "CLASS255"])
  func queryClassesAreRefused(recordClass: String) {
    let reading = ZoneReading(head + "a \(recordClass) TXT x\n")
    #expect(reading.findings.map(\.rule) == ["syn-class-mismatch"])
  }

  @Test(arguments: [
    "MD a", "MF a", "MB a", "MG a", "MR a", "A6 0 ::1", "SPF \"v=spf1\"", "NXT a. A",
    "WKS 192.0.2.1 TCP 25",
  ])
  func obsoleteTypesAreRead(text: String) {
    let reading = ZoneReading(head + "www \(text)\n")
    #expect(reading.places == [])
    #expect(reading.zone.last?.type.isObsolete == true)
  }

  @Test(arguments: [
    "OPT", "TKEY", "TSIG", "IXFR", "AXFR", "MAILB", "MAILA", "ANY", "NXNAME", "TYPE255", "TYPE41",
  ])
  func metaTypesAreRefused(type: String) {
    let reading = ZoneReading(head + "www 300 IN \(type) \\# 0\n")
    // ANY is read as a class first, where one is not given.
    #expect(reading.places == ["3:12 error syn-meta-type"])
  }

  // MARK: What a server makes of the records

  @Test func duplicatesAreKeptByTheReaderAndMergedInTheRRset() throws {
    let reading = ZoneReading(head + "w A 192.0.2.1\nW A 192.0.2.1\nw A 192.0.2.2\n")
    #expect(reading.zone.count == 4)
    let index = ZoneIndex(reading.zone)
    let rrset = try #require(index.rrset(try Name(parsing: "w.example.com."), .a))
    #expect(rrset.data.count == 2)
    #expect(rrset.indices == [1, 3])
  }

  @Test func firstTTLCountsForTheRRset() throws {
    let reading = ZoneReading(head + "w 60 A 192.0.2.1\nw 70 A 192.0.2.2\n")
    let index = ZoneIndex(reading.zone)
    #expect(index.rrset(try Name(parsing: "w.example.com."), .a)?.ttl == TTL(60))
  }

  @Test func dataOutsideTheZoneAreKeptByTheReader() throws {
    let reading = ZoneReading(head + "www.example.net. A 192.0.2.1\n")
    #expect(reading.zone.count == 2)
    #expect(
      ZoneIndex(reading.zone).standing(ofRecord: 1) != ZoneIndex(reading.zone).standing(ofRecord: 0)
    )
  }

  // MARK: Mnemonics

  @Test(arguments: [
    ("CNMAE", "CNAME"), ("AAA", "AAAA"), ("TXTT", "TXT"), ("SVR", "SRV"), ("HTTP", "HTTPS"),

  ])
  func nearMissesAreSuggested(word: String, meant: String) {
    let reading = ZoneReading(head + "www \(word) x\n")
    #expect(reading.places == ["3:5 error syn-record"])
    #expect(reading.findings.last?.help == "did you mean \(meant)?")
    #expect(
      reading.findings.last?.fix?.edits.first.map {
        String(decoding: $0.replacement, as: UTF8.self)
      } == meant)
  }

  @Test(arguments: [("$ORGIN", "$ORIGIN"), ("$TLL", "$TTL"), ("$INLCUDE", "$INCLUDE")])
  func nearMissesOfDirectivesAreSuggested(word: String, meant: String) {
    let reading = ZoneReading(head + "\(word) x\n")
    #expect(reading.places == ["3:1 error syn-unknown-directive"])
    #expect(reading.findings.last?.help == "did you mean \(meant)?")
  }

  @Test func genericFormServesEveryType() {
    let reading = ZoneReading(
      head
        + "a A \\# 4 C0000201\nb TYPE1 192.0.2.2\nc TYPE65280 \\# 3 0a 0b0c\nd NULL \\# 0\ne CLASS1 TYPE65281 ( \\# 1\n ff )\n"
    )
    #expect(
      reading.records.dropFirst() == [
        "a.example.com. 300 IN A 192.0.2.1", "b.example.com. 300 IN A 192.0.2.2",
        "c.example.com. 300 IN TYPE65280 \\# 3 0A0B0C", "d.example.com. 300 IN NULL \\# 0",
        "e.example.com. 300 IN TYPE65281 \\# 1 FF",
      ])
  }

  @Test(arguments: [
    ("A \\# 4 C00002", "3:8"), ("A \\# 3 C00002", "3:5"), ("TYPE700 \\# 1 F", "3:16"),
    ("TYPE700 \\# 65536 00", "3:14"), ("TYPE700 x", "3:11"), ("NULL", "3:7"),
  ])
  func genericFormIsChecked(text: String, place: String) {
    let places = ZoneReading(head + "w \(text)\n").places
    #expect(places.count == 1 && places[0].hasPrefix(place + " error"), "\(places)")
  }
}
