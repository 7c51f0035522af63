import Diagnostics
import TestSupport
import Testing

@testable import ZoneKit

@Suite("Zone file writer, formatter and editor")
struct WriterTests {
  static let text = """
    $ORIGIN example.com.
    $TTL 1h
    @   IN SOA ns1 hostmaster ( 7 ; serial
          7200 900 1209600 300 )
        NS ns1   ; ours
        NS ns2.example.net.
    ns1 A 192.0.2.1
    www 60 in a 192.0.2.2
        60 aaaa 2001:db8::2
    ; mail
    @ mx 10   mail
    mail A 192.0.2.3
    txt TXT "a b" c\\;d "\\200"
    _s._tcp 300 SRV 1 2 3 .
    h HTTPS 1 . alpn="h2,h3" port=8443

    """

  static func read(_ text: String) -> ZoneReading {
    ZoneFileReader.read(SourceFile(name: "example.zone", text: text))
  }

  @Test(arguments: [false, true], [false, true])
  func writtenZonesReadBack(isPortable: Bool, isSorted: Bool) {
    let zone = Self.read(Self.text).zone
    let written = ZoneFileWriter(isPortable: isPortable, isSorted: isSorted).write(zone)
    let again = Self.read(String(decoding: written, as: UTF8.self))
    #expect(again.findings.isEmpty)
    #expect(again.zone.count == zone.count)
    #expect(Set(again.zone) == Set(zone))
    if !isSorted { #expect(Array(again.zone) == Array(zone)) }
  }

  @Test func formattedTextKeepsCommentsAndMeaning() throws {
    let source = SourceFile(name: "example.zone", text: Self.text)
    let formatted = try #require(try ZoneFileFormatter.format(source))
    #expect(
      String(decoding: formatted, as: UTF8.self) == """
        $ORIGIN example.com.
        $TTL 1h
        @               IN SOA    ns1 hostmaster ( 7 ; serial
              7200 900 1209600 300 )
                        IN NS     ns1  ; ours
                        IN NS     ns2.example.net.
        ns1             IN A      192.0.2.1
        www     60      IN A      192.0.2.2
                60      IN AAAA   2001:db8::2
        ; mail
        @               IN MX     10 mail
        mail            IN A      192.0.2.3
        txt             IN TXT    "a b" c\\;d "\\200"
        _s._tcp 300     IN SRV    1 2 3 .
        h               IN HTTPS  1 . alpn="h2,h3" port=8443

        """)
    let twice = try #require(
      try ZoneFileFormatter.format(SourceFile(name: "example.zone", octets: formatted)))
    #expect(twice == formatted)
  }

  @Test func textWithErrorsIsNotFormatted() throws {
    #expect(try ZoneFileFormatter.format(SourceFile(name: "x", text: "@ IN CNMAE a\n")) == nil)
  }

  /// Formatting what can be formatted of the corpus changes no record.
  @Test(.needsSharedCorpus) func formattingTheCorpusKeepsItsRecords() throws {
    var count = 0
    for entry in try CorpusEntry.zones() {
      let source = try SourceFile.open(path: entry.folder + "/" + entry.path)
      let origin = try? Name(parsing: entry.origin, origin: .root)
      let options = ZoneFileOptions(
        origin: origin, presetTTL: TTL(3600), includeRoot: entry.folder)
      if try ZoneFileFormatter.format(source, options: options) != nil { count += 1 }
    }
    #expect(count > 900)
  }

  // MARK: Editor

  static func edit(_ text: String, _ edits: (Zone) throws -> [ZoneEdit]) throws -> String {
    let zone = read(text).zone
    let files = try ZoneFileEditor(zone).apply(try edits(zone))
    return String(decoding: files[0].octets(in: 0..<files[0].count), as: UTF8.self)
  }

  @Test func editsTouchNothingElse() throws {
    let edited = try Self.edit(Self.text) { zone in
      [
        .setTTL(records: zone.indices.filter { zone[$0].type == .ns }, ttl: TTL(300)),
        .setTTL(records: [4], ttl: TTL(30)),
        .setData(
          record: 0,
          data: try RecordData(
            parsing: "ns1.example.com. hostmaster.example.com. 8 7200 900 1209600 300", type: .soa)),
        .insert(
          Record(
            owner: zone.apex, ttl: TTL(300),
            data: try RecordData(parsing: "ns-1.awsdns-01.org.", type: .ns)), after: 2),
      ]
    }
    #expect(
      edited == """
        $ORIGIN example.com.
        $TTL 1h
        @   IN SOA ns1 hostmaster ( 8 ; serial
              7200 900 1209600 300 )
            300 NS ns1   ; ours
            300 NS ns2.example.net.
        example.com. 300 IN NS ns-1.awsdns-01.org.
        ns1 A 192.0.2.1
        www 30 in a 192.0.2.2
            60 aaaa 2001:db8::2
        ; mail
        @ mx 10   mail
        mail A 192.0.2.3
        txt TXT "a b" c\\;d "\\200"
        _s._tcp 300 SRV 1 2 3 .
        h HTTPS 1 . alpn="h2,h3" port=8443

        """)
  }

  /// Data whose tokens do not stand for a field each are written anew, parentheses included.
  @Test func dataOfSeveralTokensAreReplacedAsAWhole() throws {
    let edited = try Self.edit(
      "$ORIGIN e.\n$TTL 5\na TXT ( \"x\" ; one\n \"y\" ) ; two\nb A 192.0.2.1\n"
    ) {
      _ in [.setData(record: 0, data: try RecordData(parsing: "\"z\"", type: .txt))]
    }
    #expect(edited == "$ORIGIN e.\n$TTL 5\na TXT ( \"z\" ) ; two\nb A 192.0.2.1\n")
  }

  @Test func removedOwnerGoesToTheNextRecord() throws {
    let edited = try Self.edit("$ORIGIN e.\n$TTL 5\na A 192.0.2.1\n  A 192.0.2.2\n") { _ in
      [.remove(record: 0)]
    }
    #expect(edited == "$ORIGIN e.\n$TTL 5\na  A 192.0.2.2\n")
  }

  /// Without $TTL a record inherits the last TTL given: a change to one must not spread.
  @Test func changedTTLDoesNotSpread() throws {
    let edited = try Self.edit("$ORIGIN e.\na 60 A 192.0.2.1\nb A 192.0.2.2\n") { _ in
      [.setTTL(records: [0], ttl: TTL(5))]
    }
    #expect(edited == "$ORIGIN e.\na 5 A 192.0.2.1\nb 60 A 192.0.2.2\n")
  }

  @Test func generatedRecordsChangeTogetherOrNotAtAll() throws {
    let text = "$ORIGIN e.\n$TTL 9\n$GENERATE 1-3 h$ A 192.0.2.$\n"
    let edited = try Self.edit(text) { _ in [.setTTL(records: [0, 1, 2], ttl: TTL(5))] }
    #expect(edited == "$ORIGIN e.\n$TTL 9\n$GENERATE 1-3 h$ 5 A 192.0.2.$\n")
    #expect(throws: ZoneEditError.self) {
      try Self.edit(text) { _ in [.setTTL(records: [0], ttl: TTL(5))] }
    }
  }
}
