import Diagnostics
import ZoneKit

// DMARC records (RFC 9989, which takes the place of RFC 7489).

extension Rule {
  static let dmarcMultiple = Rule(
    "dmarc-multiple", "more than one DMARC record", .error, group: .mail,
    rationale: "Receivers that find two DMARC records use neither.",
    reference: "RFC 9989 4.10", remedy: "keep one record",
    triggering: ["↓_dmarc IN TXT \"v=DMARC1; p=quarantine\""],
    nonTriggering: ["_dmarc.sub IN TXT \"v=DMARC1; p=quarantine\""]
  ) { context, report in
    var first: [Name: LintText] = [:]
    for text in context.dmarcTexts where text.value.owner.label(0) == "_dmarc" {
      if let earlier = first[text.value.owner] {
        report.add(
          "second DMARC record at \(text.value.owner)", at: text.value.location,
          notes: [Note("the first one", at: earlier.value.location)])
      } else {
        first[text.value.owner] = text
      }
    }
  }

  static let dmarcSyntax = Rule(
    "dmarc-syntax", "DMARC record that breaks the grammar", .error, group: .mail,
    rationale: """
      A receiver ignores a record that does not begin with v=DMARC1, and a tag whose value it does \
      not know: the policy in force is then another than the one written.
      """,
    reference: "RFC 9989 4.7, 4.8", remedy: "correct the tag that is named",
    triggering: [
      "↓_dmarc.sub IN TXT \"v=DMARC1; p=rejected\"",
      "↓_dmarc.sub IN TXT \"v=dmarc1; p=reject\"",
      "↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; rua=dmarc@example.com\"",
      "↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; adkim=strict\"",
      "↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; fo=2\"",
      "↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; p=reject\"",
      Example("↓_dmarc.sub IN TXT \"v=DMARC1 p=reject\"", also: ["dmarc-p"]),
    ],
    nonTriggering: [
      "_dmarc.sub IN TXT \"v=DMARC1; p=reject; sp=quarantine; np=reject; adkim=s; aspf=r; fo=1:d; t=n; psd=u; rua=mailto:a@example.com,https://example.net/r\""
    ]
  ) { context, report in
    for text in context.dmarcTexts {
      let faults = DMARCPolicy.faults(of: text.text)
      guard !faults.isEmpty else { continue }
      report.add(
        "DMARC record of \(text.value.owner): \(faults.joined(separator: "; "))",
        at: text.value.location)
    }
  }

  static let dmarcPolicy = Rule(
    "dmarc-p", "DMARC that asks for nothing", .warning, group: .mail,
    rationale: """
      With p=none, or without p, receivers deliver forged mail as before. It is meant for the time \
      of watching reports; sp=none opens every subdomain.
      """,
    reference: "RFC 9989 4.7", remedy: "move to p=quarantine, then p=reject, as reports allow",
    triggering: [
      "↓_dmarc.sub IN TXT \"v=DMARC1; p=none\"",
      "↓_dmarc.sub IN TXT \"v=DMARC1; rua=mailto:a@example.com\"",
      "↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; sp=none\"",
    ],
    nonTriggering: ["_dmarc.sub IN TXT \"v=DMARC1; p=quarantine\""]
  ) { context, report in
    for text in context.dmarcTexts where text.value.owner.label(0) == "_dmarc" {
      let list = TagList(text.text)
      let fault: String
      switch (list["p"]?.lowercased(), list["sp"]?.lowercased()) {
      case (nil, _): fault = "has no p tag, which counts as p=none"
      case ("none", _): fault = "has p=none: forged mail is delivered"
      case (_, "none"): fault = "has sp=none: mail forged for subdomains is delivered"
      default: continue
      }
      report.add("DMARC record of \(text.value.owner) \(fault)", at: text.value.location)
    }
  }

  static let dmarcRemovedTag = Rule(
    "dmarc-removed-tag", "DMARC tag that was removed", .info, group: .mail,
    rationale: "RFC 9989 dropped pct, rf, ri and the size limit of report addresses.",
    reference: "RFC 9989 appendix C", remedy: "remove the tag",
    triggering: [
      "↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; pct=50\"",
      "↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com!10m\"",
    ],
    nonTriggering: ["_dmarc.sub IN TXT \"v=DMARC1; p=reject; t=y\""]
  ) { context, report in
    for text in context.dmarcTexts {
      let list = TagList(text.text)
      var old = list.tags.map { $0.name.lowercased() }.filter(DMARCPolicy.removedTags.contains)
      let addresses = [list["rua"], list["ruf"]].compactMap { $0 }.joined(separator: ",")
      if addresses.contains("!") { old.append("a size limit behind an address") }
      guard !old.isEmpty else { continue }
      report.add(
        "DMARC record of \(text.value.owner) uses \(old.joined(separator: ", "))",
        at: text.value.location)
    }
  }

  static let dmarcUnknownTag = Rule(
    "dmarc-unknown-tag", "unknown DMARC tag", .info, group: .mail,
    rationale: "Receivers ignore it; often it is a slip in a tag that was meant to count.",
    reference: "RFC 9989 4.7", remedy: "correct or remove the tag",
    triggering: ["↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; rau=mailto:a@example.com\""],
    nonTriggering: ["_dmarc.sub IN TXT \"v=DMARC1; p=reject\""]
  ) { context, report in
    for text in context.dmarcTexts {
      let unknown = TagList(text.text).tags.filter { tag in
        tag.isPair && !DMARCPolicy.knows(tag.name.lowercased())
      }
      guard !unknown.isEmpty else { continue }
      report.add(
        "DMARC record of \(text.value.owner): unknown tag "
          + unknown.map { "'\(LintText.quoted($0.name))'" }.joined(separator: ", "),
        at: text.value.location)
    }
  }

  static let dmarcLocation = Rule(
    "dmarc-location", "DMARC or SPF record at the wrong name", .error, group: .mail,
    rationale: "Receivers look for DMARC at _dmarc and for SPF at the domain itself, nowhere else.",
    reference: "RFC 9989 4.10, RFC 7208 3", remedy: "move the record to the name that is asked for",
    triggering: [
      "↓sub IN TXT \"v=DMARC1; p=reject\"", "↓_dmarc.sub IN TXT \"v=spf1 -all\"",
    ],
    nonTriggering: [
      "_dmarc.sub IN TXT \"v=DMARC1; p=reject\"", "example.net._report._dmarc IN TXT \"v=DMARC1\"",
    ]
  ) { context, report in
    for text in context.policyTexts {
      let owner = text.value.owner
      let isAtDMARC = owner.label(0) == "_dmarc"
      if text.isTagList(version: "DMARC1"), !isAtDMARC, !owner.isReportAuthorization {
        report.add(
          "DMARC record at \(owner), expected at _dmarc.\(owner)", at: text.value.location)
      } else if text.isSPF, isAtDMARC, let domain = owner.parent {
        report.add("SPF record at \(owner), expected at \(domain)", at: text.value.location)
      }
    }
  }
}

/// The tags of a DMARC record (RFC 9989 section 4.7).
enum DMARCPolicy {
  private static let policies = ["none", "quarantine", "reject"]
  private static let values: [String: [String]] = [
    "p": policies, "sp": policies, "np": policies, "adkim": ["r", "s"], "aspf": ["r", "s"],
    "t": ["y", "n"], "psd": ["y", "n", "u"],
  ]
  /// Tags of RFC 7489 that are no more.
  static let removedTags: Set<String> = ["pct", "rf", "ri"]

  /// Whether a tag is of the grammar, past or present.
  static func knows(_ tag: String) -> Bool {
    values[tag] != nil || removedTags.contains(tag) || ["v", "fo", "rua", "ruf"].contains(tag)
  }

  /// What breaks the grammar, in words.
  static func faults(of text: String) -> [String] {
    let list = TagList(text)
    var faults: [String] = []
    if let first = list.tags.first, first.name != "v" || first.value != "DMARC1" {
      faults.append(
        "expected 'v=DMARC1;' first, found '\(LintText.quoted(first.name))="
          + "\(LintText.quoted(first.value))'")
    }
    let names = list.tags.map { $0.name.lowercased() }
    if Set(names).count < names.count { faults.append("a tag stands twice") }
    for tag in list.tags.dropFirst() {
      if let fault = fault(of: tag) { faults.append(fault) }
    }
    return faults
  }

  private static func fault(of tag: TagList.Tag) -> String? {
    let name = tag.name.lowercased()
    let value = tag.value.lowercased()
    guard tag.isPair else { return "expected tag=value, found '\(LintText.quoted(tag.name))'" }
    if let allowed = values[name], !allowed.contains(value) {
      return "\(name): expected \(allowed.joined(separator: ", ")), found "
        + "'\(LintText.quoted(tag.value))'"
    }
    switch name {
    case "fo":
      let options = value.split(separator: ":", omittingEmptySubsequences: false)
      return options.allSatisfy { ["0", "1", "d", "s"].contains($0) }
        ? nil : "fo: expected 0, 1, d or s, found '\(LintText.quoted(tag.value))'"
    case "rua", "ruf":
      let addresses = tag.value.split(separator: ",", omittingEmptySubsequences: false)
      let wrong = addresses.first { !ReportAddress.isValid($0.drop { $0 == " " }) }
      return wrong.map {
        "\(name): expected 'mailto:' and an address, found '\(LintText.quoted($0))'"
      }
    default: return nil
    }
  }
}

/// Addresses that reports are sent to, in DMARC and TLS-RPT records.
enum ReportAddress {
  /// Whether it is a `mailto:` with a mailbox, or another URI.
  static func isValid(_ text: some StringProtocol) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return false }
    let scheme = text[..<colon].lowercased()
    let rest = text[text.index(after: colon)...].prefix { $0 != "!" && $0 != "?" }
    guard !rest.contains(where: { $0.isWhitespace || $0 == ";" }) else { return false }
    switch scheme {
    case "mailto":
      let parts = rest.split(separator: "@", omittingEmptySubsequences: false)
      return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
    case "https", "http":
      return rest.hasPrefix("//") && rest.count > 2
    default:
      return false
    }
  }
}

extension LintContext {
  /// Records that are meant to be DMARC, even where what follows the version is not parted from it.
  fileprivate var dmarcTexts: [LintText] {
    policyTexts.filter {
      $0.isTagList(version: "DMARC1") || $0.hasRunTogether(version: "DMARC1")
    }
  }
}

extension LintText {
  /// Whether the version is followed by something else than a semicolon.
  fileprivate func hasRunTogether(version: String) -> Bool {
    text.lowercased().hasPrefix("v=\(version.lowercased()) ")
  }
}

extension Name {
  /// Whether it authorises reports about another domain (RFC 9990 section 4).
  fileprivate var isReportAuthorization: Bool {
    let labels = labels
    return labels.indices.dropLast().contains {
      labels[$0].equalsFolded("_report") && labels[$0 + 1].equalsFolded("_dmarc")
    }
  }
}
