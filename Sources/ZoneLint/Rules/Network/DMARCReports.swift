import Diagnostics
import ZoneKit

extension Rule {
  static let dmarcExternalAuthorization = Rule(
    "dmarc-ext-auth", "reports to a domain that did not agree", .warning, group: .mail,
    rationale: """
      Reports go to an address of another domain only if that domain says in its own zone that it \
      takes them. Without this record receivers send none, and nobody notices.
      """,
    reference: "RFC 9990 4",
    remedy: "let the other domain publish a TXT record v=DMARC1 at the name that is told",
    triggering: [
      Example("↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.net\"", answers: ""),
      Example(
        "↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; ruf=mailto:a@reports.example.net!1m\"",
        also: ["dmarc-removed-tag"], answers: "_dmarc.reports.example.net. NXDOMAIN"),
      Example(
        "↓_dmarc.sub IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.net\"",
        answers: "sub.example.com._report._dmarc.example.net. 300 IN TXT \"yes\""),
    ],
    nonTriggering: [
      Example("_dmarc.sub IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com\"", answers: ""),
      Example(
        "_dmarc.sub IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.net\"",
        answers: "sub.example.com._report._dmarc.example.net. 300 IN TXT \"v=DMARC1;\""),
      Example(
        "_dmarc.sub IN TXT \"v=DMARC1; p=reject; rua=mailto:a@example.net\"",
        also: ["resolve-undecided"],
        answers: "sub.example.com._report._dmarc.example.net. SERVFAIL"),
    ],
    network: .only
  ) { context, report in
    for text in context.policyTexts where text.isTagList(version: "DMARC1") {
      let owner = text.value.owner
      guard owner.label(0) == "_dmarc", let domain = owner.parent else { continue }
      var seen: Set<Name> = []
      for host in ReportAddress.hosts(in: text.text) where seen.insert(host).inserted {
        guard !context.belongTogether(domain, host, &report.network),
          let name = domain.reportAuthorization(at: host),
          let answer = context.resolve(name, .txt, &report.network),
          !answer.texts.contains(where: { TagList($0).isDMARC })
        else { continue }
        let claim =
          answer.freeDomain(from: host).map { "; whoever registers \($0) gets them" } ?? ""
        report.add(
          "DMARC record of \(owner) sends reports to \(host), which does not agree: no v=DMARC1 at "
            + "\(name)\(claim)", at: text.value.location)
      }
    }
  }
}

extension ReportAddress {
  /// The hosts of the mail addresses of a DMARC record's `rua` and `ruf`.
  fileprivate static func hosts(in text: String) -> [Name] {
    let list = TagList(text)
    return ["rua", "ruf"].compactMap { list[$0] }.flatMap { $0.split(separator: ",") }
      .compactMap { address in
        let address = address.drop { $0 == " " }
        guard isValid(address), address.lowercased().hasPrefix("mailto:"),
          let at = address.lastIndex(of: "@")
        else { return nil }
        let host = address[address.index(after: at)...].prefix { $0 != "!" && $0 != "?" }
        return try? Name(parsing: host, origin: .root)
      }
  }
}

extension TagList {
  /// Whether it begins as a DMARC record must (RFC 9989 section 4.7).
  fileprivate var isDMARC: Bool { tags.first?.name == "v" && tags.first?.value == "DMARC1" }
}

extension LintContext {
  /// Whether two domains are of one organization, so that reports need no agreement: one lies below
  /// the other, or both below a name that has a DMARC record (RFC 9989 section 4.10).
  ///
  /// Where that is not known they count as if they were; the question stays open.
  fileprivate func belongTogether(_ a: Name, _ b: Name, _ network: inout NetworkView) -> Bool {
    if a.isAtOrBelow(apex), b.isAtOrBelow(apex) { return true }
    var common = a
    while !b.isAtOrBelow(common), let parent = common.parent { common = parent }
    guard common.labelCount >= 2 else { return false }
    if common == a || common == b { return true }
    guard let name = try? common.prepending(label: Array("_dmarc".utf8)),
      let answer = resolve(name, .txt, &network)
    else { return true }
    return answer.texts.contains {
      TagList($0).isDMARC && TagList($0)["psd"]?.lowercased() != "y"
    }
  }
}

extension Name {
  /// Where `host` agrees to take the reports of this domain: `DOMAIN._report._dmarc.HOST`; nil
  /// where that is too long.
  fileprivate func reportAuthorization(at host: Name) -> Name? {
    var name = host
    for label in [Array("_dmarc".utf8), Array("_report".utf8)] + labels.reversed().map(Array.init) {
      guard let longer = try? name.prepending(label: label) else { return nil }
      name = longer
    }
    return name
  }
}

extension NetworkAnswer {
  /// The TXT records, the strings of each put together.
  var texts: [String] {
    data.compactMap { TXT($0).map { String(decoding: $0.joined, as: UTF8.self) } }
  }
}
