import Diagnostics
import ZoneKit

// MTA-STS, TLS-RPT and BIMI records.

extension Rule {
  static let mtaSTS = Rule(
    "mta-sts", "faulty MTA-STS record", .error, group: .mail,
    rationale: """
      Senders ignore the record, and with it the policy: mail goes out without the protection that \
      everybody believes in.
      """,
    reference: "RFC 8461 3.1",
    remedy: "write one record 'v=STSv1; id=' with 1 to 32 letters and digits",
    triggering: [
      Example("↓_mta-sts IN TXT \"v=STSv1;\"", omitting: [.mtaSTS]),
      Example("↓_mta-sts IN TXT \"v=STSv1; id=2026-01-01\"", omitting: [.mtaSTS]),
      "↓_mta-sts IN TXT \"v=STSv1; id=2\"",
    ],
    nonTriggering: [
      Example("_mta-sts IN TXT \"v=STSv1; id=20260101T000000;\"", omitting: [.mtaSTS])
    ]
  ) { context, report in
    reportPolicies("_mta-sts", "STSv1", "MTA-STS", context, &report) { list in
      guard let id = list["id"] else { return "no id" }
      let isID =
        (1...32).contains(id.count)
        && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      return isID ? nil : "id: expected 1 to 32 letters and digits, found '\(LintText.quoted(id))'"
    }
  }

  static let tlsRPT = Rule(
    "tls-rpt", "faulty TLS-RPT record", .error, group: .mail,
    rationale: "Senders ignore the record, and nobody learns that encrypted delivery fails.",
    reference: "RFC 8460 3", remedy: "write one record 'v=TLSRPTv1; rua=mailto:...'",
    triggering: [
      Example("↓_smtp._tls IN TXT \"v=TLSRPTv1\"", omitting: [.tlsRPT]),
      Example("↓_smtp._tls IN TXT \"v=TLSRPTv1; rua=tls@example.com\"", omitting: [.tlsRPT]),
      "↓_smtp._tls IN TXT \"v=TLSRPTv1; rua=mailto:b@example.com\"",
    ],
    nonTriggering: [
      Example(
        "_smtp._tls IN TXT \"v=TLSRPTv1;rua=mailto:a@example.com,https://example.net/tls\"",
        omitting: [.tlsRPT])
    ]
  ) { context, report in
    reportPolicies("_smtp._tls", "TLSRPTv1", "TLS-RPT", context, &report) { list in
      guard let rua = list["rua"] else { return "no rua with the address of reports" }
      let wrong = rua.split(separator: ",", omittingEmptySubsequences: false).first {
        !ReportAddress.isValid($0.drop { $0 == " " })
      }
      return wrong.map { "rua: expected mailto: or https:, found '\(LintText.quoted($0))'" }
    }
  }

  static let bimi = Rule(
    "bimi", "BIMI record that shows nothing", .warning, group: .mail,
    rationale: """
      Mailboxes show the logo only if the record is well-formed, the image is SVG over HTTPS and \
      DMARC asks for quarantine or reject.
      """,
    reference: "draft-brand-indicators-for-message-identification 4",
    remedy: "correct the record, or the DMARC policy",
    triggering: [
      "↓default._bimi IN TXT \"v=BIMI1; l=http://example.com/logo.svg\"",
      "↓default._bimi IN TXT \"v=BIMI1; l=https://example.com/logo.png\"",
      "↓default._bimi IN TXT \"v=BIMI1; a=https://example.com/vmc.pem\"",
      Example(
        "_dmarc IN TXT \"v=DMARC1; p=none\"\n↓default._bimi IN TXT \"v=BIMI1; l=https://example.com/a.svg\"",
        omitting: [.dmarc], also: ["dmarc-p"]),
    ],
    nonTriggering: [
      "default._bimi IN TXT \"v=BIMI1; l=https://example.com/a.svg; a=https://example.com/vmc.pem\"",
      "default._bimi IN TXT \"v=BIMI1; l=; a=;\"",
    ]
  ) { context, report in
    for text in context.policyTexts where text.isTagList(version: "BIMI1") {
      guard let fault = context.bimiFault(TagList(text.text), at: text.value.owner) else {
        continue
      }
      report.add("BIMI record of \(text.value.owner): \(fault)", at: text.value.location)
    }
  }

  /// Reports faulty and surplus records of a policy that stands at one name below a domain.
  private static func reportPolicies(
    _ labels: String, _ version: String, _ what: String, _ context: LintContext,
    _ report: inout RuleReport, fault: (TagList) -> String?
  ) {
    var first: [Name: LintText] = [:]
    for text in context.policyTexts where text.isTagList(version: version) {
      let owner = text.value.owner
      if let earlier = first[owner] {
        report.add(
          "second \(what) record at \(owner): senders then use none", at: text.value.location,
          notes: [Note("the first one", at: earlier.value.location)])
        continue
      }
      first[owner] = text
      let list = TagList(text.text)
      let isFirst = list.tags.first.map { $0.name == "v" && $0.value == version } ?? false
      let prefix = "\(owner)".lowercased().hasPrefix(labels + ".")
      let found =
        isFirst
        ? (prefix ? fault(list) : "expected at \(labels), where senders look")
        : "expected 'v=\(version);' first"
      guard let found else { continue }
      report.add("\(what) record of \(owner): \(found)", at: text.value.location)
    }
  }
}

extension LintContext {
  /// Why no mailbox shows the logo.
  fileprivate func bimiFault(_ list: TagList, at owner: Name) -> String? {
    guard owner.label(1) == "_bimi" else { return "expected at SELECTOR._bimi" }
    guard let logo = list["l"] else { return "no l with the address of the logo" }
    // Empty l and a say that the domain takes no part.
    if logo.isEmpty { return nil }
    guard logo.lowercased().hasPrefix("https://") else { return "l: expected an https address" }
    let path = logo.prefix { $0 != "?" && $0 != "#" }.lowercased()
    guard path.hasSuffix(".svg") || path.hasSuffix(".svgz") else {
      return "l: expected an SVG image"
    }
    if let mark = list["a"], !mark.isEmpty, !mark.lowercased().hasPrefix("https://") {
      return "a: expected an https address"
    }
    let dmarc = policies(at: "_dmarc", version: "DMARC1")
    guard owner.parent?.parent == apex, dmarc.isKnown, let policy = dmarc.values.first else {
      return nil
    }
    let asked = TagList(policy.text)["p"]?.lowercased()
    return ["quarantine", "reject"].contains(asked)
      ? nil : "DMARC must ask for quarantine or reject"
  }
}
