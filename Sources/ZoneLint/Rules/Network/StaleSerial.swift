import Diagnostics
import ZoneKit

extension Rule {
  static let soaSerialRegress = Rule(
    "soa-serial-regress", "serial behind the one that is served", .error, group: .soa,
    rationale: """
      The servers have a newer version of the zone than this file. A move of the file loses what \
      was changed since, and secondaries ignore a version whose serial went back.
      """,
    reference: "RFC 1982 3.2, RFC 1034 4.3.5",
    remedy: "fetch the zone as it is served ('zonecut fetch axfr'), or raise the serial",
    triggering: [
      Example(
        "", answers: "example.com. 300 IN SOA ns1.example.net. h.example.com. 2 1 1 1 1")
    ],
    nonTriggering: [
      Example(
        "", answers: "example.com. 300 IN SOA ns1.example.net. h.example.com. 1 1 1 1 1"),
      Example(
        "", answers: "example.com. 300 IN SOA ns1.example.net. h.example.com. 4294967295 1 1 1 1"),
      Example("", also: ["resolve-undecided"], answers: "example.com. SERVFAIL"),
    ],
    network: .only
  ) { context, report in
    // Route 53 counts no versions.
    guard !context.zone.isExport, let (value, soa) = context.soa,
      let served = report.network.answer(context.apex, .soa)?.data.lazy.compactMap({ SOA($0) })
        .first,
      // Later in serial arithmetic: less than half the numbers ahead.
      served.serial != soa.serial, served.serial &- soa.serial < 1 << 31
    else { return }
    report.add(
      "SOA serial \(soa.serial) is behind \(served.serial), which is served",
      at: value.location)
  }
}
