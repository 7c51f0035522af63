import Diagnostics
import ZoneKit

// SVCB and HTTPS records (RFC 9460).

extension Rule {
  static let svcbAliasParams = serviceBinding(
    "svcb-alias-params", "alias with parameters", .warning,
    "Clients ignore the parameters of an alias; they belong to the target's record.",
    reference: "RFC 9460 2.4.2", remedy: "remove the parameters, or give a priority over 0",
    triggering: "↓x IN HTTPS 0 svc.example.net. alpn=h2",
    nonTriggering: "x IN HTTPS 0 svc.example.net."
  ) { _, svcb in svcb.isAlias && !svcb.parameters.isEmpty ? "alias with parameters" : nil }

  static let svcbAliasMultiple = Rule(
    "svcb-alias-multiple", "several aliases at a name", .warning, group: .structure,
    rationale: "Clients pick one alias at random, and ignore records with parameters beside it.",
    reference: "RFC 9460 2.4.1, 2.4.2", remedy: "keep one alias",
    triggering: ["x IN HTTPS 0 a.example.net.\n↓x IN HTTPS 0 b.example.net."],
    nonTriggering: ["x IN HTTPS 1 a.example.net. alpn=h2\nx IN HTTPS 2 b.example.net. alpn=h2"]
  ) { context, report in
    for type in [RecordType.svcb, .https] {
      for rrset in context.zone.rrsets(type) {
        let aliases = rrset.values.filter { SVCB($0.data)?.isAlias ?? false }
        for value in aliases.dropFirst() {
          report.add(
            "second alias at \(rrset.description)", at: value.location,
            notes: [Note("the first one", at: aliases.first?.location)])
        }
      }
    }
  }

  static let svcbSelfTarget = serviceBinding(
    "svcb-self-target", "alias to itself", .error,
    "Clients follow the alias in a circle and give up.",
    reference: "RFC 9460 2.4.2", remedy: "name another target, or give a priority over 0",
    triggering: "↓x IN HTTPS 0 x",
    nonTriggering: "x IN HTTPS 1 . alpn=h2"
  ) { owner, svcb in svcb.isAlias && svcb.target == owner ? "alias to itself" : nil }

  static let svcbDNSInvalid = serviceBinding(
    "svcb-dns-invalid", "DNS server binding that clients cannot use", .error,
    "For _dns clients need alpn, and a dohpath with '{?dns}' for HTTP.",
    reference: "RFC 9461 4, 5", remedy: "add alpn, and dohpath where it has h2 or h3",
    triggering: "↓_dns.x IN SVCB 1 dns.example.net. port=853",
    nonTriggering: "_dns.x IN SVCB 1 dns.example.net. alpn=dot"
  ) { owner, svcb in
    guard owner.label(0) == "_dns" || owner.label(1) == "_dns", !svcb.isAlias else { return nil }
    guard let alpn = svcb.value(ofKey: 1) else { return "_dns without alpn" }
    let protocols = SVCB.strings(alpn)
    guard protocols.contains(where: { ["h2", "h3", "http/1.1"].contains($0) }) else { return nil }
    guard let path = svcb.value(ofKey: 7) else { return "_dns over HTTP without dohpath" }
    return String(decoding: path, as: UTF8.self).contains("{?dns}")
      ? nil : "dohpath without '{?dns}'"
  }

  /// A rule about single records.
  private static func serviceBinding(
    _ id: String, _ title: String, _ severity: Severity, _ rationale: String, reference: String,
    remedy: String, triggering: String, nonTriggering: String,
    fault: @escaping @Sendable (Name, SVCB) -> String?
  ) -> Rule {
    Rule(
      id, title, severity, group: .structure, rationale: rationale, reference: reference,
      remedy: remedy, triggering: [Example(triggering)], nonTriggering: [Example(nonTriggering)]
    ) { context, report in
      for type in [RecordType.svcb, .https] {
        for value in context.zone.rrsets(type).flatMap(\.values) {
          guard let svcb = SVCB(value.data), let fault = fault(value.owner, svcb) else { continue }
          report.add("\(value.owner) \(type): \(fault)", at: value.location)
        }
      }
    }
  }
}

extension SVCB {
  /// Strings led by their lengths, as in the value of alpn.
  fileprivate static func strings(_ octets: ArraySlice<UInt8>) -> [String] {
    var rest = octets
    var strings: [String] = []
    while let count = rest.popFirst() {
      strings.append(String(decoding: rest.prefix(Int(count)), as: UTF8.self))
      rest = rest.dropFirst(Int(count))
    }
    return strings
  }
}
