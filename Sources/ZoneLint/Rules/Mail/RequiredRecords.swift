import Diagnostics
import ZoneKit

extension Rule {
  static let spfMissing = Rule(
    "spf-missing", "no SPF record at the apex", .warning, group: .mail,
    rationale: """
      Without SPF anybody may send in the domain's name, and large receivers refuse or mark such \
      mail. A record that was there and got lost in a move shows only as bounces, days later.
      """,
    reference: "RFC 7208 3, 10.2",
    remedy: "publish a TXT record 'v=spf1 ... -all' at the apex",
    triggering: [
      Example("", omitting: [.spf]),
      Example(
        "@ IN MX 0 .\n_dmarc IN TXT \"v=DMARC1; p=reject\"",
        omitting: Example.Part.mail
          + [.spf, .dmarc]),
    ],
    nonTriggering: ["", Example("@ IN TXT V=SPF1\\032-all", omitting: [.spf])]
  ) { context, report in
    guard context.isOrdinaryDomain, context.spf.isEmpty, context.zone.location != nil else {
      return
    }
    let sends = context.mail == .takesMail
    report.add(
      sends
        ? "\(context.apex) takes mail and has no SPF record"
        : "\(context.apex) has neither MX records of its own nor an SPF record",
      at: context.zone.location,
      help: sends ? nil : "for a domain without mail publish a TXT record 'v=spf1 -all'")
  }

  static let spfMissingBelow = Rule(
    "spf-missing-below", "name below the apex with MX records and without SPF", .info, in: .strict,
    group: .mail,
    rationale: """
      SPF is not inherited: the record of the apex says nothing of mail from names below it. Where \
      such a name takes mail it usually sends some too, and anybody may do so in its name.
      """,
    reference: "RFC 7208 3, 10.1",
    remedy: "publish a TXT record 'v=spf1 ... -all' at the name, 'v=spf1 -all' beside a null MX",
    triggering: [
      Example("↓sub IN MX 10 mx1.example.net.\nsub IN MX 20 mx2.example.net."), "↓sub IN MX 0 .",
      "↓sub IN MX 0 .\nsub IN TXT \"v=spf1 mx -all\"",
    ],
    nonTriggering: [
      "sub IN MX 10 mx1.example.net.\nsub IN MX 20 mx2.example.net.\nsub IN TXT \"v=spf1 mx -all\"",
      "sub IN MX 0 .\nsub IN TXT \"v=spf1 -all\"",
    ]
  ) { context, report in
    for mx in context.zone.rrsets(.mx) where mx.owner != context.apex {
      guard context.zone.occluder(of: mx.name, orAt: true) == nil else { continue }
      let spf = mx.name[.txt]?.values.compactMap(LintText.init).first(where: \.isSPF)
      let isNull = mx.values.allSatisfy { MX($0.data)?.isNull ?? false }
      if spf == nil {
        report.add(
          "\(mx.owner) \(isNull ? "takes no mail" : "takes mail") and has no SPF record",
          at: mx.location)
      } else if isNull, let spf, !spf.allowsNobody {
        report.add(
          "\(mx.owner) takes no mail, but its SPF record allows somebody to send",
          at: mx.location, notes: [Note("the SPF record", at: spf.value.location)])
      }
    }
  }

  static let dmarcMissing = Rule(
    "dmarc-missing", "mail domain without DMARC", .warning, group: .mail,
    rationale: """
      DMARC tells receivers what to do with mail that fails SPF and DKIM, and where to report. \
      The reports are also the first sign that a sender was forgotten in a move.
      """,
    reference: "RFC 9989", remedy: "publish a TXT record 'v=DMARC1; p=...; rua=...' at _dmarc",
    triggering: [Example("", omitting: [.dmarc])],
    nonTriggering: [
      "", Example("_dmarc IN CNAME policy.dmarc.example.net.", omitting: [.dmarc]),
    ]
  ) { context, report in
    let found = context.policies(at: "_dmarc", version: "DMARC1")
    guard context.isOrdinaryDomain, context.mail == .takesMail, found.isKnown,
      found.values.isEmpty
    else { return }
    report.add(
      "\(context.apex) takes mail and has no DMARC record at _dmarc", at: context.zone.location)
  }

  static let tlsRPTMissing = Rule(
    "tls-rpt-missing", "mail domain without TLS reports", .warning, group: .mail,
    rationale: """
      With TLS-RPT senders report when encrypted delivery fails. After a move it is how one learns \
      that a certificate or the MTA-STS policy no longer fits the mail hosts.
      """,
    reference: "RFC 8460 3",
    remedy: "publish a TXT record 'v=TLSRPTv1; rua=mailto:...' at _smtp._tls",
    triggering: [Example("", omitting: [.tlsRPT])], nonTriggering: [""]
  ) { context, report in
    let found = context.policies(at: "_smtp._tls", version: "TLSRPTv1")
    guard context.isOrdinaryDomain, context.mail == .takesMail, found.isKnown,
      found.values.isEmpty
    else { return }
    report.add(
      "\(context.apex) takes mail and has no TLS-RPT record at _smtp._tls",
      at: context.zone.location)
  }

  static let mtaSTSMissing = Rule(
    "mta-sts-missing", "mail domain without MTA-STS", .warning, group: .mail,
    rationale: """
      MTA-STS makes senders insist on TLS and a valid certificate. It needs the record and the \
      host mta-sts that serves the policy; a move that forgets the host leaves senders with a \
      policy that they cannot renew.
      """,
    reference: "RFC 8461 3",
    remedy: "publish a TXT record 'v=STSv1; id=...' at _mta-sts and the host mta-sts",
    triggering: [
      Example("", omitting: [.mtaSTS, .mtaSTSHost]),
      Example("↓_mta-sts IN TXT \"v=STSv1; id=1\"", omitting: [.mtaSTS, .mtaSTSHost]),
    ],
    nonTriggering: [
      "", Example("mta-sts IN CNAME policy.example.net.", omitting: [.mtaSTSHost]),
    ]
  ) { context, report in
    guard context.isOrdinaryDomain, context.mail == .takesMail else { return }
    let found = context.policies(at: "_mta-sts", version: "STSv1")
    guard let record = found.values.first else {
      guard found.isKnown else { return }
      return report.add(
        "\(context.apex) takes mail and has no MTA-STS record at _mta-sts",
        at: context.zone.location)
    }
    guard let host = context.below("mta-sts"), !context.zone.mayHaveAddress(host) else { return }
    report.add(
      "MTA-STS is announced, but \(host), which must serve the policy, has no address",
      at: record.value.location)
  }

  static let noMailLockdown = Rule(
    "no-mail-lockdown", "domain without mail does not say so", .warning, group: .mail,
    rationale: """
      A domain that neither takes nor sends mail is a favourite of forgers. Three records close \
      it: a null MX, 'v=spf1 -all', and DMARC with p=reject.
      """,
    reference: "RFC 7505 3, RFC 7208 10.1, RFC 9989",
    remedy: "publish '@ MX 0 .', '@ TXT \"v=spf1 -all\"' and '_dmarc TXT \"v=DMARC1; p=reject\"'",
    triggering: [
      Example("", omitting: Example.Part.mail),
      Example(
        "@ IN MX 0 .\n@ IN TXT \"v=spf1 -all\"",
        omitting: Example.Part.mail
          + [.spf, .dmarc]),
    ],
    nonTriggering: [
      "", Example("@ IN MX 0 .\n@ IN TXT \"v=spf1 -all\"", omitting: Example.Part.mail + [.spf]),
    ]
  ) { context, report in
    guard context.isOrdinaryDomain, context.mail != .takesMail, context.zone.location != nil else {
      return
    }
    var missing: [String] = []
    if context.mail == .unstated { missing.append("a null MX") }
    // That there is no SPF record at all is told by spf-missing.
    if let spf = context.spf.first, !spf.allowsNobody {
      missing.append("an SPF record that allows nobody")
    }
    let dmarc = context.policies(at: "_dmarc", version: "DMARC1")
    if dmarc.isKnown,
      !dmarc.values.contains(where: { TagList($0.text)["p"]?.lowercased() == "reject" })
    {
      missing.append("DMARC with p=reject")
    }
    guard !missing.isEmpty else { return }
    report.add(
      "\(context.apex) has no mail servers, but lacks \(missing.joined(separator: ", "))",
      at: context.zone.location)
  }
}

extension LintText {
  /// Whether it is the SPF record of a name that sends no mail.
  fileprivate var allowsNobody: Bool {
    text.lowercased().filter { $0 != " " } == "v=spf1-all"
  }
}
