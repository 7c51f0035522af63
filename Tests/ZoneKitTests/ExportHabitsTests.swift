import Diagnostics
import TestSupport
import Testing

@testable import ZoneKit

/// Habits of services and tools that export zone files.
@Suite("Habits of exporters")
struct ExportHabitsTests {
  private static let cloudflare = """
    ;;
    ;; Domain:     example.com.
    ;; Exported:   2026-07-01 12:00:00
    ;;
    ;; SOA Record
    example.com\t3600\tIN\tSOA\tada.ns.cloudflare.com dns.cloudflare.com 2045 10000 2400 604800 3600

    ;; A Records
    example.com.\t1\tIN\tA\t192.0.2.1 ; cf_tags=cf-proxied:true
    www.example.com.\t1\tIN\tA\t192.0.2.1 ; cf_tags=cf-proxied:false
    ftp.example.com.\t120\tIN\tA\t192.0.2.2

    """

  @Test(arguments: [nil, "example.com."])
  func cloudflareExportIsRead(origin: String?) {
    let reading = ZoneReading(Self.cloudflare, origin: origin)
    #expect(
      reading.records == [
        "example.com. 3600 IN SOA ada.ns.cloudflare.com. dns.cloudflare.com. 2045 10000 2400 604800 3600",
        "example.com. 300 IN A 192.0.2.1", "www.example.com. 300 IN A 192.0.2.1",
        "ftp.example.com. 120 IN A 192.0.2.2",
      ])
    #expect(
      reading.findings.map(\.place) == [
        "2:16 info syn-provider-export", "9:31 warning syn-provider-export",
      ])
  }

  @Test func oneSecondIsOneSecondInOtherFiles() {
    #expect(ZoneReading(head + "w 1 A 192.0.2.1 ; cf_tags=x\n").zone.last?.ttl == TTL(1))
  }

  @Test func ageStampsOfMicrosoftAreSkippedWithAWarning() {
    let reading = ZoneReading(head + "pc [AGE:3529160] 1200 A 192.0.2.1\nno [age:0] A 192.0.2.2\n")
    #expect(
      reading.records.dropFirst() == [
        "pc.example.com. 1200 IN A 192.0.2.1", "no.example.com. 300 IN A 192.0.2.2",
      ])
    #expect(reading.places == ["3:4 warning syn-provider-export"])
    #expect(ZoneReading(head + "pc [AGE:x] A 192.0.2.1\n").places == ["3:4 error syn-record"])
  }

  @Test(arguments: [
    ("alias 86400 AWS ALIAS A www $self false", "3:13"), ("@ ALIAS lb.example.net.", "3:3"),
    ("@ 60 ANAME lb.example.net.", "3:6"), ("@ WINS L1 C900 ( 10.0.0.1 )", "3:3"),
  ])
  func pseudoRecordsAreExplained(line: String, place: String) {
    let reading = ZoneReading(head + line + "\nw A 192.0.2.1\n")
    #expect(reading.places == [place + " error syn-record"])
    #expect(reading.findings.last?.message.hasSuffix("no record of DNS") == true)
    #expect(reading.findings.last?.help != nil)
    #expect(reading.zone.count == 2)
  }

  @Test func routingCommentsOfCli53AreErrors() {
    let reading = ZoneReading(
      head
        + "geo 300 IN A 127.0.0.2 ; AWS routing=\"GEOLOCATION\" continentCode=\"AF\"\nw A 192.0.2.1 ; x\n"
    )
    #expect(reading.places == ["3:24 error syn-provider-export"])
    #expect(reading.zone.count == 3, "the record is read as it stands")
  }
}
