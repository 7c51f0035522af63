import Diagnostics

extension Rule {
  /// Rules of the catalogue that find nothing here, each with the reason; `rules --all` lists them.
  static let leftOut: [Rule] = [
    left(
      "er-missing", "agent domain without error reporting", .info, .structure, "RFC 9567",
      "concerns only domains that collect error reports"),
    left(
      "ttl-before-cutover", "TTL still high in the cutover window", .warning, .ttl, "-",
      "needs the schedule; delegation-ttl and web-ttl tell it for the phase before a cutover"),
    left(
      "mail-mx-missing", "neither MX nor null MX", .info, .mail, "RFC 5321, RFC 7505",
      "no-mail-lockdown tells it"),
    left(
      "caa-syntax", "malformed CAA record", .error, .caa, "RFC 8659 4.1",
      "the reader tells it, as syn-rdata"),
    left(
      "r53-apex-ns-soa", "SOA and apex NS are not imported", .info, .route53,
      "Route 53 developer guide",
      "true of every zone; the ledger of a plan tells what becomes of "
        + "them"),
    left(
      "r53-trailing-dot", "target without final dot", .warning, .route53,
      "Route 53 developer guide", "syn-suspect-missing-dot tells it"),
    left(
      "r53-ttl-rrset", "one TTL an RRset", .warning, .route53, "RFC 2181 5.2",
      "zone-ttl-rrset-mismatch tells it"),
    left(
      "r53-alias-loss", "alias and routing have no zone-file form", .warning, .route53,
      "Route 53 API reference", "'zonecut convert' tells it in its ledger"),
    left(
      "cf-import", "what Cloudflare's import changes", .warning, .route53,
      "Cloudflare documentation", "the target here is Route 53"),
  ]

  private static func left(
    _ id: String, _ title: String, _ severity: Severity, _ group: RuleGroup, _ reference: String,
    _ reason: String
  ) -> Rule {
    Rule(
      id, title, severity, group: group, rationale: "Not checked: \(reason).",
      reference: reference, remedy: reason, check: .leftOut(reason: reason))
  }
}
