import Diagnostics
import ZoneKit

extension Rule {
  static let caaValue = Rule(
    "caa-value", "CAA property that authorities do not understand", .warning, group: .caa,
    rationale: """
      An authority that cannot read 'issue' takes it as naming nobody, and one that meets an \
      unknown critical property refuses to issue: certificates fail to renew, weeks after the move.
      """,
    reference: "RFC 8659 4, RFC 8657, RFC 9495", remedy: "correct the property",
    triggering: [
      "↓sub IN CAA 0 issue \"https://ca.example.net/\"",
      "sub IN CAA 0 issue \";\"\n↓sub IN CAA 0 iodef \"a@example.com\"",
      "sub IN CAA 0 issue \";\"\n↓sub IN CAA 128 colour \"blue\"",
      "sub IN CAA 0 issue \";\"\n↓sub IN CAA 0 issuewilde \";\"",
      "↓sub IN CAA 0 issue \"ca.example.net; account\"",
      "↓sub IN CAA 1 issue \"ca.example.net\"",
    ].map { Example($0, also: ["caa-issuewild-implicit"]) },
    nonTriggering: [
      "sub IN CAA 0 issue \"ca.example.net; accounturi=https://ca.example.net/1; validationmethods=dns-01\"",
      "sub IN CAA 0 issue \";\"\nsub IN CAA 0 iodef \"mailto:a@example.com\"",
      "sub IN CAA 128 issue \"\"\nsub IN CAA 0 contactemail \"a@example.com\"",
    ].map { Example($0, also: ["caa-issuewild-implicit"]) }
  ) { context, report in
    for value in context.zone.rrsets(.caa).flatMap(\.values) {
      guard let caa = CAA(value.data), let fault = caa.fault else { continue }
      report.add("CAA of \(value.owner): \(fault)", at: value.location)
    }
  }

  static let caaNoIssue = Rule(
    "caa-no-issue", "CAA that restricts nobody", .warning, group: .caa,
    rationale: "Without 'issue' and 'issuewild' every authority may issue, whatever else is there.",
    reference: "RFC 8659 4.2", remedy: "add 'issue' with the authorities that are used",
    triggering: ["↓sub IN CAA 0 iodef \"mailto:a@example.com\""],
    nonTriggering: ["sub IN CAA 0 issuewild \"ca.example.net\""]
  ) { context, report in
    for rrset in context.zone.rrsets(.caa) where rrset.issuers(["issue", "issuewild"]).isEmpty {
      report.add("\(rrset.description) names no authority", at: rrset.location)
    }
  }

  static let caaIssuewildImplicit = Rule(
    "caa-issuewild-implicit", "wildcard certificates allowed by 'issue' alone", .info,
    in: .strict, group: .caa,
    rationale: "Without 'issuewild' the authorities of 'issue' may issue wildcards as well.",
    reference: "RFC 8659 4.3", remedy: "add 'issuewild', with ';' where none is wanted",
    triggering: ["↓sub IN CAA 0 issue \"ca.example.net\""],
    nonTriggering: ["sub IN CAA 0 issue \"ca.example.net\"\nsub IN CAA 0 issuewild \";\""]
  ) { context, report in
    for rrset in context.zone.rrsets(.caa)
    where !rrset.issuers(["issue"]).isEmpty && rrset.issuers(["issuewild"]).isEmpty {
      report.add("\(rrset.description) has 'issue' and no 'issuewild'", at: rrset.location)
    }
  }

  static let caaBlocksAmazon = Rule(
    "caa-blocks-amazon", "CAA that shuts out Amazon", .warning, in: .migration, group: .caa,
    rationale: """
      ACM issues certificates for CloudFront and load balancers only if CAA allows one of \
      Amazon's names, or sets nothing. Otherwise requests and renewals fail.
      """,
    reference: "AWS Certificate Manager user guide, Configure a CAA record; RFC 8659 4.2",
    remedy: "add '0 issue \"amazon.com\"' if certificates of ACM will be used",
    triggering: [
      Example(
        "↓@ IN CAA 0 issue \"letsencrypt.org\"\n@ IN CAA 0 issuewild \";\"",
        omitting: [.caaIssue, .caaWild]),
      Example(
        "↓@ IN CAA 0 issue \";\"\n@ IN CAA 0 issuewild \";\"", omitting: [.caaIssue, .caaWild]),
    ],
    nonTriggering: [
      "",
      Example(
        "@ IN CAA 0 issue \"ca.example.net\"\n@ IN CAA 0 issuewild \"amazontrust.com\"",
        omitting: [.caaIssue, .caaWild]),
    ]
  ) { context, report in
    guard let caa = context.zone[context.apex, .caa] else { return }
    let issuers = caa.issuers(["issue", "issuewild"])
    guard !issuers.isEmpty, issuers.isDisjoint(with: amazonAuthorities) else { return }
    report.add("\(caa.description) allows none of Amazon's authorities", at: caa.location)
  }

  /// The names by which ACM finds itself allowed.
  private static let amazonAuthorities: Set<String> = [
    "amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com",
  ]
}

extension LintRRset {
  /// The domains that CAA properties of some tags name, in lower case; an empty one for nobody.
  fileprivate func issuers(_ tags: Set<String>) -> Set<String> {
    Set(
      values.compactMap { CAA($0.data) }.filter { tags.contains($0.tag.lowercased()) }.map {
        $0.value.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
      })
  }
}

extension CAA {
  /// What an authority does not understand.
  fileprivate var fault: String? {
    if flags & 0x7F != 0 {
      return "flags \(flags): expected 0, or 128 for a critical property"
    }
    switch tag.lowercased() {
    case "issue", "issuewild", "issuemail", "issuevmc":
      return isIssuer
        ? nil : "\(tag): expected a domain and parameters, found '\(LintText.quoted(value))'"
    case "iodef":
      let isAddress = ["mailto:", "http://", "https://"].contains {
        value.lowercased().hasPrefix($0)
      }
      return isAddress ? nil : "iodef: expected mailto:, http: or https:"
    case "contactemail", "contactphone":
      return nil
    default:
      return isCritical
        ? "unknown property '\(tag)' marked critical: no authority may issue"
        : "unknown property '\(tag)'"
    }
  }

  /// Whether the value is an issuer-domain-name, or none, and parameters (RFC 8659 section 4.2).
  private var isIssuer: Bool {
    let parts = value.split(separator: ";", omittingEmptySubsequences: false)
      .map { $0.drop(while: \.isWhitespace) }
    guard let domain = parts.first?.split(whereSeparator: \.isWhitespace) else { return true }
    guard domain.count <= 1 else { return false }
    let isDomain =
      domain.first.map { name in
        (try? Name(parsing: name, origin: .root))?.isHostName ?? false
      } ?? true
    let parameters = parts.dropFirst().filter { !$0.isEmpty }
    return isDomain
      && parameters.allSatisfy { parameter in
        guard let equals = parameter.firstIndex(of: "=") else { return false }
        let name = parameter[..<equals].split(whereSeparator: \.isWhitespace)
        return name.count == 1
          && name[0].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      }
  }
}
