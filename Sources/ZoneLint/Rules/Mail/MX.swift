import Diagnostics
import ZoneKit

extension Rule {
  static let mailNullMX = Rule(
    "mail-null-mx", "null MX beside other records, or with a preference", .error, group: .mail,
    rationale: """
      A null MX, '0 .', says that a domain takes no mail. Beside other MX records it contradicts \
      them, and receivers differ in what they make of it.
      """,
    reference: "RFC 7505 3", remedy: "keep either '0 .' alone or the other records",
    triggering: ["↓@ IN MX 0 .", "↓sub IN MX 10 .\nsub IN TXT \"v=spf1 -all\""],
    nonTriggering: ["sub IN MX 0 .\nsub IN TXT \"v=spf1 -all\""]
  ) { context, report in
    for rrset in context.zone.rrsets(.mx) {
      let fields = rrset.values.compactMap { value in MX(value.data).map { (value, $0) } }
      guard let (value, null) = fields.first(where: { $0.1.isNull }) else { continue }
      if fields.count > 1 {
        let other = fields.first { !$0.1.isNull }?.0
        report.add(
          "\(rrset.owner) has a null MX beside other MX records", at: value.location,
          notes: other.map { [Note("one of the others", at: $0.location)] } ?? [])
      } else if null.preference != 0 {
        report.add(
          "null MX of \(rrset.owner) with preference \(null.preference), expected 0",
          at: value.location)
      }
    }
  }

  static let mailMXSingle = Rule(
    "mail-mx-single", "a single mail exchange", .info, in: .strict, group: .mail,
    rationale: "While the host is down, senders queue; after some days mail bounces.",
    reference: "RFC 5321 5.1",
    remedy: "add a second exchange, unless the provider stands behind one name",
    triggering: [
      Example("↓@ IN MX 10 mx1.example.net.", omitting: [.mx1, .mx2]),
      "↓sub IN MX 10 mx1.example.net.\nsub IN TXT \"v=spf1 -all\"",
    ],
    nonTriggering: [
      "", Example("sub IN MX 0 .\nsub IN TXT \"v=spf1 -all\""),
      Example("@ IN MX 1 smtp.google.com.", omitting: [.mx1, .mx2]),
      Example(
        "@ IN MX 0 example-com.mail.protection.outlook.com.", omitting: [.mx1, .mx2]),
    ]
  ) { context, report in
    for mx in context.zone.rrsets(.mx) {
      guard mx.values.count == 1, let host = mx.values.first?.data.names.first, !host.isRoot,
        !host.isAtOrBelow(anyOf: providersBehindOneName)
      else { continue }
      report.add("\(mx.owner) has one mail exchange", at: mx.location)
    }
  }

  /// Providers whose one name stands for many hosts, by their own setup instructions.
  private static let providersBehindOneName = [
    "google.com", "googlemail.com", "protection.outlook.com", "mx.microsoft", "amazonaws.com",
    "pphosted.com", "icloud.com",
  ].compactMap { try? Name(parsing: $0, origin: .root) }

  static let mailMXDuplicateHost = Rule(
    "mail-mx-dup-host", "the same mail exchange twice", .info, group: .mail,
    rationale: "A second preference for the same host is no second way to deliver.",
    reference: "RFC 5321 5.1", remedy: "remove one of the two",
    triggering: ["↓@ IN MX 30 mx1.example.net."], nonTriggering: ["@ IN MX 30 mx3.example.net."]
  ) { context, report in
    for rrset in context.zone.rrsets(.mx) {
      var first: [Name: LintValue] = [:]
      for value in rrset.values {
        guard let mx = MX(value.data) else { continue }
        guard let earlier = first[mx.exchange] else {
          first[mx.exchange] = value
          continue
        }
        report.add(
          "\(rrset.owner) names the exchange \(mx.exchange) twice", at: value.location,
          notes: [Note("the first time", at: earlier.location)])
      }
    }
  }
}
