import Diagnostics
import ZoneKit

extension Rule {
  static let soaRefreshLow = timer(
    "soa-refresh-low", "short SOA refresh", .info, in: .strict,
    "Secondaries ask for the serial more often than is of use; NOTIFY tells them at once.",
    reference: "RFC 1912 2.2", remedy: "set refresh to at least 14400 s",
    triggering: "3600 900 1209600 900", also: ["soa-retry-low"],
    nonTriggering: "14400 3600 1209600 900"
  ) { $0.refresh < 14_400 ? "SOA refresh is \($0.refresh) s, expected at least 14400 s" : nil }

  static let soaRetryVsRefresh = timer(
    "soa-retry-vs-refresh", "SOA retry is not below refresh", .warning, in: .standard,
    "After a failed refresh the next try comes no sooner than the regular one.",
    reference: "RFC 1912 2.2", remedy: "set retry to a fraction of refresh",
    triggering: "14400 14400 1209600 900", nonTriggering: "14400 3600 1209600 900"
  ) {
    $0.retry >= $0.refresh
      ? "SOA retry is \($0.retry) s, expected less than refresh, \($0.refresh) s" : nil
  }

  static let soaRetryLow = timer(
    "soa-retry-low", "short SOA retry", .info, in: .strict,
    "Secondaries that lost the primary ask again and again.",
    reference: "RFC 1912 2.2", remedy: "set retry to at least 3600 s",
    triggering: "14400 600 1209600 900", nonTriggering: "14400 3600 1209600 900"
  ) { $0.retry < 3_600 ? "SOA retry is \($0.retry) s, expected at least 3600 s" : nil }

  static let soaExpireLow = timer(
    "soa-expire-low", "short SOA expire", .warning, in: .standard,
    "A secondary that does not reach the primary for that long stops answering: in the parallel "
      + "run of a move the old secondaries may fall silent before the caches have left.",
    reference: "RFC 1912 2.2", remedy: "set expire to at least 604800 s",
    triggering: "14400 3600 86400 900", nonTriggering: "14400 3600 604800 900"
  ) { soa in
    if UInt64(soa.expire) < UInt64(soa.refresh) + UInt64(soa.retry) {
      return "SOA expire is \(soa.expire) s, expected more than refresh and retry together"
    }
    return soa.expire < 604_800
      ? "SOA expire is \(soa.expire) s, expected at least 604800 s" : nil
  }

  static let soaMinimumRange = timer(
    "soa-minimum-range", "negative TTL out of range", .warning, in: .standard,
    "The SOA minimum is how long caches remember that a name does not exist. Over a day a name "
      + "that was forgotten in a move stays missing; under 300 s queries pile up.",
    reference: "RFC 2308 5", remedy: "set the SOA minimum between 300 s and 86400 s",
    triggering: "14400 3600 1209600 604800", nonTriggering: "14400 3600 1209600 86400"
  ) {
    (300...86_400).contains($0.minimum)
      ? nil : "SOA minimum, the negative TTL, is \($0.minimum) s, expected 300 s to 86400 s"
  }

  /// A rule that looks at the four timers of the apex's SOA record.
  private static func timer(
    _ id: String, _ title: String, _ severity: Severity, in home: RuleSet, _ rationale: String,
    reference: String, remedy: String, triggering: String, also companions: [String] = [],
    nonTriggering: String, fault: @escaping @Sendable (SOA) -> String?
  ) -> Rule {
    @Sendable func example(_ timers: String, _ companions: [String] = []) -> Example {
      Example(
        "@ IN SOA ns1.example.net. hostmaster.example.com. 1 " + timers, omitting: [.soa],
        also: companions)
    }
    return Rule(
      id, title, severity, in: home, group: .soa, rationale: rationale, reference: reference,
      remedy: remedy, triggering: [example(triggering, companions)],
      nonTriggering: [example(nonTriggering)]
    ) { context, report in
      guard let (value, soa) = context.soa, let message = fault(soa) else { return }
      report.add(message, at: value.location)
    }
  }
}
