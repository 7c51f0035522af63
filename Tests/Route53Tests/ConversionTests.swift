import Diagnostics
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

@Suite("Record sets for other tools")
struct ConversionTests {
  /// A set of every policy, aliases, odd names and odd text.
  static func sample() throws -> (apex: Name, sets: [RecordSet]) {
    let zone = try ZoneTextTests.read(
      #"""
      $TTL 300
      @ SOA ns-1.awsdns-1.com. h.amazon.com. 1 7200 900 1209600 86400
      @ NS ns-1.awsdns-1.com.
      @ MX 10 mail
      @ MX 20 mail.example.net.
      @ CAA 0 issue "letsencrypt.org; policy=ev"
      @ TXT "v=spf1 -all" "more"
      @ AWS ALIAS A d1.cloudfront.net Z2FDTNDATAQYW2 false
      @ AWS ALIAS AAAA d1.cloudfront.net Z2FDTNDATAQYW2 false
      * CNAME www
      *.x A 192.0.2.9
      a/b TXT "slash"
      a\.b TXT "dot \" quote ${x} %{y} \200"
      host2 A 192.0.2.2
      host10 A 192.0.2.10
      www A 192.0.2.1
      www AAAA 2001:db8::1
      own AWS ALIAS A www $self true
      _sip._tcp SRV 1 2 3 sip
      naptr NAPTR 1 2 "u" "E2U+sip" "!^.*$!sip:x@example.com!" .
      sub NS ns1.example.net.
      sub DS 1 13 2 EFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEF
      ssh SSHFP 4 2 CDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCD
      _443._tcp TLSA 3 1 1 ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB
      svc HTTPS 1 . alpn=h2
      w A 192.0.2.1 ; AWS routing="WEIGHTED" weight=1 identifier="One" healthCheckId="h"
      l A 192.0.2.1 ; AWS routing="LATENCY" region="eu-west-1" identifier="One"
      g A 192.0.2.1 ; AWS routing="GEOLOCATION" countryCode="US" subdivisionCode="WA" identifier="One"
      f A 192.0.2.1 ; AWS routing="FAILOVER" failover="PRIMARY" identifier="One"
      m A 192.0.2.1 ; AWS routing="MULTIVALUE" identifier="One"
      c A 192.0.2.1 ; AWS routing="CIDR" collectionId="c-1" locationName="*" identifier="One"
      p A 192.0.2.1 ; AWS routing="GEOPROXIMITY" latitude="49.22" longitude="-74.01" bias=5 identifier="One"
      tp AWS TRAFFICPOLICY A 60 "id" "192.0.2.40"

      """#)
    #expect(zone.hasErrors == false, "\(zone.findings.map(\.message))")
    return (zone.index.zone.apex, zone.recordSets)
  }

  @Test("CloudFormation, read back: all but the traffic policy instance and the apex's own sets")
  func cloudFormation() throws {
    let (apex, sets) = try Self.sample()
    let conversion = sets.cloudFormation(apex: apex)
    expectSnapshot(conversion.text, named: "template.json")
    #expect(
      conversion.losses.map(\.key.description) == [
        "example.com. NS", "example.com. SOA", "tp.example.com. A",
      ])
    let reading = ExportReading(SourceFile(name: "template", text: conversion.text))
    let lost = Set(conversion.losses.map(\.key))
    let diff = Diff(
      from: sets.filter { !lost.contains($0.key) }, to: try #require(reading.export).recordSets)
    #expect(diff.isEmpty, "\(diff.text)")
  }

  @Test("CloudFormation groups are no larger than a request")
  func groups() throws {
    let apex = try Name(parsing: "example.com.")
    let sets = try (0..<2500).map { number in
      RecordSet(
        owner: try Name(parsing: "h\(number).example.com."), type: .a,
        content: .records(ttl: TTL(60), data: [try RecordData(parsing: "192.0.2.1", type: .a)]))
    }
    let text = sets.cloudFormation(apex: apex).text
    #expect(text.contains("RecordSets3") && !text.contains("RecordSets4"))
    let reading = ExportReading(SourceFile(name: "template", text: text))
    #expect(reading.export?.recordSets.count == 2500)
  }

  @Test("Terraform")
  func terraform() throws {
    let (apex, sets) = try Self.sample()
    let conversion = sets.terraform(apex: apex)
    expectSnapshot(conversion.text, named: "records.tf")
    #expect(
      conversion.losses.map(\.key.description) == [
        "example.com. NS", "example.com. SOA", "tp.example.com. A",
      ])
    let labels = conversion.text.split(separator: "\n").filter { $0.hasPrefix("resource") }
    #expect(Set(labels).count == labels.count && labels.count == sets.count - 3)
  }

  @Test("octoDNS: routing and health checks are losses, and said to be")
  func octoDNS() throws {
    let (apex, sets) = try Self.sample()
    let conversion = sets.octoDNS(apex: apex)
    expectSnapshot(conversion.text, named: "octodns.yaml")
    expectSnapshot(
      conversion.findings.map { $0.message + "\n" }.joined(), named: "octodns-losses.txt")
    #expect(conversion.losses.contains { !$0.isOmitted })
  }
}
