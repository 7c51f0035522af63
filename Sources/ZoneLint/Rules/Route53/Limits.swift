import Diagnostics
import RecordSets
import Route53
import ZoneKit

extension Rule {
  static let route53Values = Rule(
    "r53-txt", "more than a Route 53 record set holds", .error, in: .route53, group: .route53,
    rationale: """
      A value has at most 4,000 characters and a set at most 400 values. Such a set cannot be \
      created.
      """,
    reference: "Route 53 developer guide, Quotas", remedy: "shorten the value, or split the name",
    triggering: ["↓big IN TXT \(Example.strings(17))"],
    nonTriggering: ["big IN TXT \(Example.strings(15))"]
  ) { context, report in
    guard !context.zone.isExport else { return }
    // No octet takes more than four characters, so that short data need no second look.
    let hasLongData = context.zone.largestDataCount * 4 > RecordSetLimits.valueCount
    for rrset in context.zone.rrsets
    where hasLongData
      || context.zone.index.recordCount(ofRRset: rrset.number) > RecordSetLimits.valuesPerSet
    {
      guard rrset.type.isRoute53 else { continue }
      if rrset.records.count > RecordSetLimits.valuesPerSet {
        report.add(
          "\(rrset.description) has \(rrset.records.count) values, at most "
            + "\(RecordSetLimits.valuesPerSet) are taken", at: rrset.location)
      }
      for value in rrset.values
      where value.octetCount * 4 > RecordSetLimits.valueCount
        && value.data.route53.utf8.count > RecordSetLimits.valueCount
      {
        report.add(
          "\(rrset.description): the value has \(value.data.route53.utf8.count) characters, at most "
            + "\(RecordSetLimits.valueCount) are taken", at: value.location)
      }
    }
  }

  static let route53Escape = Rule(
    "r53-escape", "name that Route 53 writes with escapes", .info, in: .route53, group: .route53,
    rationale: """
      Route 53 writes all but letters, digits, hyphen and underscore as octal escapes, where zone \
      files use decimal ones. Tools that mix them up create another name.
      """,
    reference: "Route 53 developer guide, DNS domain name format",
    remedy: "check the name after the load, or rename it",
    triggering: ["↓with\\032space IN TXT \"x\"", "↓first\\.last IN TXT \"x\""],
    nonTriggering: ["_x-1 IN TXT \"x\"", Example("*.x IN A 192.0.2.1", also: ["wildcard-risk"])]
  ) { context, report in
    for (name, traits) in context.peculiarNames where traits.contains(.escaped) {
      report.add(
        "\(name.name) becomes \(name.name.route53) at Route 53", at: name.firstLocation)
    }
  }

  static let wildcardBesideENT = Rule(
    "wildcard-beside-ent", "empty non-terminal under a wildcard", .warning, in: .route53,
    group: .route53,
    rationale: """
      By RFC 4592 a wildcard does not cover a name that exists only because something lies below \
      it. Route 53's guide says nothing of this rule: the same query may find the wildcard there.
      """,
    reference: "RFC 4592 2.2.2, 3.3.1; Route 53 developer guide",
    remedy: "ask both sides for the name before the cutover, or give it records of its own",
    triggering: [
      Example("*.apps IN A 192.0.2.1\n↓x.deep.apps IN A 192.0.2.2", also: ["wildcard-risk"])
    ],
    nonTriggering: [
      Example("*.apps IN A 192.0.2.1\ndeep.apps IN A 192.0.2.2", also: ["wildcard-risk"])
    ]
  ) { context, report in
    var firstBelow: [Name: LintName]?
    for name in context.zone.names where name.isEmptyNonTerminal {
      let owner = name.name
      guard let wildcard = owner.parent?.wildcardChild, let there = context.zone[wildcard],
        !there.isEmptyNonTerminal
      else { continue }
      if firstBelow == nil { firstBelow = context.zone.firstNamesBelowEmptyNonTerminals }
      let below = firstBelow?[owner]
      report.add(
        "\(owner) exists only through \(below.map { "\($0.name)" } ?? "a name below it"): by "
          + "RFC 4592 the wildcard \(wildcard) does not cover it",
        at: below?.firstLocation, notes: [Note("the wildcard", at: there.firstLocation)])
    }
  }

  static let route53Import = Rule(
    "r53-import-directive", "directives that the console's import refuses", .info, in: .route53,
    group: .route53,
    rationale: """
      The import of a zone file in the Route 53 console fails at $INCLUDE and $GENERATE. Change \
      batches are not concerned: here both are expanded.
      """,
    reference: "Route 53 developer guide, Creating records by importing a zone file",
    remedy: "load the zone with change batches, or expand the file with 'zonecut convert'",
    triggering: [Example("↓$GENERATE 1-2 host$ A 192.0.2.$", also: ["syn-generate"])],
    nonTriggering: [""]
  ) { context, report in
    if let included = context.zone.index.zone.sources.dropFirst().first {
      report.add("the zone includes \(included.name)", at: included.includedFrom)
    }
    let zone = context.zone.index.zone
    guard let record = zone.indices.first(where: { zone.isGenerated(record: $0) }) else { return }
    report.add("$GENERATE is used", at: context.zone.location(ofRecord: record))
  }

  static let route53ImportLimit = Rule(
    "r53-import-limit", "more records than the console imports", .info, in: .route53,
    group: .route53,
    rationale: """
      The import in the Route 53 console takes 1,000 records. Change batches are not concerned: \
      they are split as needed.
      """,
    reference: "Route 53 developer guide, Creating records by importing a zone file",
    remedy: "load the zone with change batches",
    triggering: [
      Example((0..<1_001).map { "h\($0) IN A 192.0.2.1" }.joined(separator: "\n"))
    ],
    nonTriggering: [Example((0..<900).map { "h\($0) IN A 192.0.2.1" }.joined(separator: "\n"))]
  ) { context, report in
    let count = context.zone.index.zone.count
    guard !context.zone.isExport, count > 1_000 else { return }
    report.add(
      "\(count) records, the console imports at most 1000", at: context.zone.location)
  }
}

extension LintZone {
  /// For each empty non-terminal the first owner below it.
  fileprivate var firstNamesBelowEmptyNonTerminals: [Name: LintName] {
    var first: [Name: LintName] = [:]
    for name in names where !name.isEmptyNonTerminal {
      var parent = name.name.parent
      while let ancestor = parent, ancestor.isBelow(apex),
        self[ancestor]?.isEmptyNonTerminal == true
      {
        if first[ancestor] == nil { first[ancestor] = name }
        parent = ancestor.parent
      }
    }
    return first
  }
}

extension Example {
  /// So many quoted strings of 250 octets.
  fileprivate static func strings(_ count: Int) -> String {
    let string = "\"" + String(repeating: "x", count: 250) + "\""
    return Array(repeating: string, count: count).joined(separator: " ")
  }
}
