import Diagnostics
import ZoneKit

extension Rule {
  static let nameHostChars = Rule(
    "name-host-chars", "host name with other characters", .warning, group: .naming,
    rationale: """
      Hosts are named with letters, digits and hyphens. BIND refuses others as owners of \
      addresses and as mail exchanges where check-names is on; certificates and some clients do \
      so too.
      """,
    reference: "RFC 952, RFC 1123 2.1", remedy: "rename the host with letters, digits and hyphens",
    triggering: ["↓my_host IN A 192.0.2.1", "@ IN MX 10 ↓mx_1.example.net."],
    nonTriggering: [
      "my-host IN A 192.0.2.1", "_sip._tcp.x IN SRV 0 0 1 h.example.net.",
      Example("*.x IN A 192.0.2.1", also: ["wildcard-risk"]),
    ]
  ) { context, report in
    for type in [RecordType.a, .aaaa] {
      for rrset in context.zone.rrsetNumbers(type)
      where context.nameTraits[context.zone.nameNumber(ofRRset: rrset)].contains(.noHost) {
        let rrset = LintRRset(zone: context.zone, number: rrset)
        report.add(
          "\(rrset.description): the owner is not a host name", at: rrset.location)
      }
    }
    for type in [RecordType.ns, .mx, .srv] {
      for (value, host, _) in context.lastTargets(of: type, with: .noHost) {
        report.add("\(type) target \(host) is not a host name", at: value.location(of: host))
      }
    }
  }

  static let nameHyphen34 = labels(
    "name-hyphen-34", "hyphens as third and fourth character", .hyphens34,
    "Such labels are set aside: 'xn--' marks a name in Punycode, others are refused by registries "
      + "and by browsers that show international names.",
    reference: "RFC 5891 4.2.3.1", remedy: "rename it, or write correct Punycode",
    triggering: "↓ab--cd IN A 192.0.2.1", nonTriggering: "xn--mnchen-3ya IN A 192.0.2.1"
  ) {
    $0.label(0).map { $0.hasPrefix("xn--") && Punycode.isValid(String($0.dropFirst(4))) } ?? false
  }

  static let nameLeadingHyphen = labels(
    "name-leading-hyphen", "label that starts or ends with a hyphen", .edgeHyphen,
    "Host names do not; some resolver libraries refuse to look such a name up.",
    reference: "RFC 1123 2.1", remedy: "rename it without the hyphen at the edge",
    triggering: "↓web- IN A 192.0.2.1", nonTriggering: "web-1 IN A 192.0.2.1")

  static let nameSlash = labels(
    "name-slash", "slash in a name", .slash,
    "Outside the reverse zones of RFC 2317 a slash is usually a slip.",
    reference: "RFC 2317 4", remedy: "rename it with a hyphen",
    triggering: "↓0/26 IN TXT \"x\"", nonTriggering: "0-26 IN TXT \"x\"", also: ["r53-escape"])

  /// A rule about the labels of the zone's names.
  private static func labels(
    _ id: String, _ title: String, _ trait: LabelTraits, _ rationale: String, reference: String,
    remedy: String, triggering: String, nonTriggering: String, also companions: [String] = [],
    except isFine: @escaping @Sendable (Name) -> Bool = { _ in false }
  ) -> Rule {
    Rule(
      id, title, .warning, group: .naming, rationale: rationale, reference: reference,
      remedy: remedy, triggering: [Example(triggering, also: companions)],
      nonTriggering: [Example(nonTriggering)]
    ) { context, report in
      if trait == .slash, context.apex.isReverse { return }
      for (name, traits) in context.peculiarNames where traits.contains(trait) {
        guard !isFine(name.name) else { continue }
        report.add("\(name.name): \(title)", at: name.firstLocation)
      }
    }
  }
}
