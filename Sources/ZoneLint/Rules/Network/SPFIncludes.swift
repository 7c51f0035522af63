import Diagnostics
import ZoneKit

extension Rule {
  static let spfIncludeNone = Rule(
    "spf-include-none", "SPF include of a domain without an SPF record", .error, group: .mail,
    rationale: """
      A receiver that comes to an include or redirect of a domain without an SPF record gives up \
      with a permanent error: usually a provider that was left long ago, and mail that suffers since.
      """,
    reference: "RFC 7208 5.2, 6.1", remedy: "drop the include or redirect, or correct its domain",
    triggering: [
      Example(
        "↓sub IN TXT \"v=spf1 include:gone.example.net -all\"",
        answers: "gone.example.net. NXDOMAIN"),
      Example(
        "↓sub IN TXT \"v=spf1 redirect=b.example.net\"",
        answers: "b.example.net. 60 IN TXT \"other\""),
      Example(
        "↓sub IN TXT \"v=spf1 include:b.example.net -all\"",
        answers: """
          b.example.net. 60 IN TXT "v=spf1 include:gone.example.net -all"
          gone.example.net. NXDOMAIN
          """),
    ],
    nonTriggering: [
      Example(
        "sub IN TXT \"v=spf1 include:b.example.net -all\"",
        answers: "b.example.net. 60 IN TXT \"v=spf1 -all\""),
      Example(
        "sub IN TXT \"v=spf1 include:b.example.net -all\"", also: ["resolve-undecided"],
        answers: "b.example.net. SERVFAIL"),
    ],
    network: .only
  ) { context, report in
    for (text, lookups) in context.spfLookups(&report.network) {
      for (domain, free) in lookups.withoutRecord {
        let claim = free.map { ": whoever registers \($0) may send in its name" } ?? ""
        report.add(
          "SPF record of \(text.value.owner): \(domain), which is included, has no SPF record"
            + claim, at: text.value.location)
      }
    }
  }
}
