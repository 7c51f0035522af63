import Diagnostics
import ZoneKit

extension Rule {
  static let zoneSOAMissing = Rule(
    "zone-soa-missing", "no SOA record", .error, group: .structure,
    rationale: """
      Without an SOA record no server loads the zone, and nobody can tell where it begins. What \
      looks like a zone is then a fragment: a move made from it would lose the rest.
      """,
    reference: "RFC 1035 5.2",
    remedy: "add the SOA record at the apex, or lint the file that includes this one",
    triggering: [Example("", omitting: [.soa])],
    nonTriggering: [""]
  ) { context, report in
    guard !context.zone.isExport, context.zone.rrsets(.soa).isEmpty else { return }
    report.add("no SOA record: a zone begins with one", at: nil)
  }

  static let zoneClass = Rule(
    "zone-class", "a zone of another class than IN", .error, group: .structure,
    rationale: """
      Names of class CH or HS are no part of the public DNS, and Route 53 serves class IN only: \
      such a zone cannot be moved. No other rule is asked about it.
      """,
    reference: "RFC 1035 3.2.4", remedy: "leave the zone on the server that it belongs to",
    triggering: [
      .file("$ORIGIN example.com.\n$TTL 300\n↓@ CH SOA ns hostmaster 1 2 3 4 5\n@ CH NS ns\n")
    ],
    nonTriggering: [""]
  ) { context, report in
    let zone = context.zone.index.zone
    guard zone.recordClass != .in else { return }
    report.add(
      "the zone's class is \(zone.recordClass), expected IN", at: zone.location(ofRecord: 0))
  }

  static let zoneSOAMultiple = Rule(
    "zone-soa-multiple", "more than one SOA record", .error, group: .structure,
    rationale: """
      A zone has one SOA record. Servers refuse a second one or keep either; which serial and \
      negative TTL are in force is then chance.
      """,
    reference: "RFC 1035 5.2", remedy: "keep one SOA record",
    triggering: [
      "↓@ IN SOA ns1.example.net. hostmaster.example.com. 2 14400 3600 1209600 900"
    ],
    nonTriggering: ["@ IN SOA ns1.example.net. hostmaster.example.com. 1 14400 3600 1209600 900"]
      .map { Example($0, also: ["zone-duplicate-record"]) }
  ) { context, report in
    guard let soa = context.zone[context.apex, .soa] else { return }
    for value in soa.values.dropFirst() {
      report.add(
        "second SOA record of the zone", at: value.location,
        notes: [Note("the first one", at: soa.location)])
    }
  }

  static let zoneSOANotApex = Rule(
    "zone-soa-not-apex", "SOA record below the apex", .error, group: .structure,
    rationale: """
      An SOA record below the apex marks another zone. Servers refuse the file; often two zones \
      were put together, or an $ORIGIN is missing.
      """,
    reference: "RFC 1035 5.2", remedy: "move the other zone to a file of its own and delegate it",
    triggering: ["↓child IN SOA ns1.example.net. hostmaster.example.com. 1 7200 900 1209600 900"],
    nonTriggering: [""]
  ) { context, report in
    for soa in context.zone.rrsets(.soa) where soa.owner != context.apex {
      report.add(
        "SOA record at \(soa.owner), but the zone's apex is \(context.apex)", at: soa.location)
    }
  }

  static let zoneNSMissing = Rule(
    "zone-ns-missing", "no NS records at the apex", .error, group: .structure,
    rationale: """
      The NS records of the apex tell resolvers which servers to stay with. Servers refuse a zone \
      without them, and the TTL of the delegation cannot be planned.
      """,
    reference: "RFC 1034 4.2.1", remedy: "add the NS records of the apex",
    triggering: [Example("", omitting: [.ns1, .ns2])],
    nonTriggering: [""]
  ) { context, report in
    guard context.zone[context.apex, .ns] == nil, context.zone.location != nil else { return }
    report.add("no NS records at the apex \(context.apex)", at: context.zone.location)
  }
}
