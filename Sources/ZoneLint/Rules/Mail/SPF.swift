import Diagnostics
import ZoneKit

// SPF records (RFC 7208) at any name of the zone.

extension Rule {
  static let spfMultiple = Rule(
    "spf-multiple", "more than one SPF record", .error, group: .mail,
    rationale: """
      Receivers that find two SPF records give up with a permanent error: mail fails although each \
      of them is right. It happens when a new provider's record is added beside the old one.
      """,
    reference: "RFC 7208 3.2, 4.5", remedy: "merge them into one record",
    triggering: ["↓@ IN TXT \"v=spf1 ip4:192.0.2.1 -all\""],
    nonTriggering: ["sub IN TXT \"v=spf1 ip4:192.0.2.1 -all\""]
  ) { context, report in
    var first: [Name: LintText] = [:]
    for (text, _) in context.spfRecords {
      let owner = text.value.owner
      if let earlier = first[owner] {
        report.add(
          "second SPF record at \(owner)", at: text.value.location,
          notes: [Note("the first one", at: earlier.value.location)])
      } else {
        first[owner] = text
      }
    }
  }

  static let spfSyntax = Rule(
    "spf-syntax", "SPF record that breaks the grammar", .error, group: .mail,
    rationale: """
      A receiver gives up on the whole record with a permanent error; DMARC then counts SPF as \
      failed.
      """,
    reference: "RFC 7208 4.6, 5, 7, 12", remedy: "correct the term that is named",
    triggering: [
      "↓sub IN TXT \"v=spf1 ipv4:192.0.2.1 -all\"", "↓sub IN TXT \"v=spf1 ip4:192.0.2.1/33 -all\"",
      "↓sub IN TXT \"v=spf1 include -all\"", "↓sub IN TXT \"v=spf1 exists:%{z}.example.net -all\"",
      "↓sub IN TXT \"v=spf1 a:example.net/24/64 -all\"",
      "↓sub IN TXT \"v=spf1 redirect=a.example.net redirect=b.example.net\"",
      Example("↓sub IN TXT \"v=spf1 ip4:192.0.2.1-all\"", also: ["spf-all"]),
    ],
    nonTriggering: [
      "sub IN TXT \"v=spf1 ip6:2001:db8::/32 a:example.net/24//64 mx -all\"",
      "sub IN TXT \"v=spf1 exists:%{ir}.%{v}._spf.%{d2} x-note=%{c} redirect=_spf.example.net\"",
    ]
  ) { context, report in
    for (text, record) in context.spfRecords where !record.faults.isEmpty {
      report.add(
        "SPF record of \(text.value.owner): \(record.faults.joined(separator: "; "))",
        at: text.value.location)
    }
  }

  static let spfAll = Rule(
    "spf-all", "SPF record without a firm end", .warning, group: .mail,
    rationale: """
      Without 'all' or 'redirect' every other sender is neutral, '+all' and '?all' permit or shrug \
      at the whole world, and terms behind 'all' are never looked at.
      """,
    reference: "RFC 7208 4.7, 5.1", remedy: "end the record with -all or ~all",
    triggering: [
      "↓sub IN TXT \"v=spf1 ip4:192.0.2.1\"", "↓sub IN TXT \"v=spf1 +all\"",
      "↓sub IN TXT \"v=spf1 ?all\"", "↓sub IN TXT \"v=spf1 -all ip4:192.0.2.1\"",
    ],
    nonTriggering: [
      "sub IN TXT \"v=spf1 ~all\"", "sub IN TXT \"v=spf1 redirect=_spf.example.net\"",
      "sub IN TXT \"v=spf1 -all exp=why.example.net\"",
    ]
  ) { context, report in
    for (text, record) in context.spfRecords {
      let fault: String
      if let all = record.terms.firstIndex(where: { $0.kind == .all }) {
        let term = record.terms[all]
        if term.qualifier == "+" {
          fault = "'+all' lets the whole world send"
        } else if term.qualifier == "?" {
          fault = "'?all' says nothing about other senders"
        } else if record.terms[(all + 1)...].contains(where: {
          $0.kind != .exp && $0.kind != .other
        }) {
          fault = "terms behind 'all' are never looked at"
        } else {
          continue
        }
      } else if record.terms.contains(where: { $0.kind == .redirect }) {
        continue
      } else {
        fault = "neither 'all' nor 'redirect' says what other senders are"
      }
      report.add("SPF record of \(text.value.owner): \(fault)", at: text.value.location)
    }
  }

  static let spfPTR = Rule(
    "spf-ptr", "SPF mechanism 'ptr'", .warning, group: .mail,
    rationale: "It is slow, unreliable and not to be used; some receivers ignore it.",
    reference: "RFC 7208 5.5", remedy: "list the addresses instead",
    triggering: ["↓sub IN TXT \"v=spf1 ptr -all\""],
    nonTriggering: ["sub IN TXT \"v=spf1 a:h.example.net -all\""]
  ) { context, report in
    for (text, record) in context.spfRecords where record.terms.contains(where: { $0.kind == .ptr })
    {
      report.add("SPF record of \(text.value.owner) uses 'ptr'", at: text.value.location)
    }
  }

  static let spfLength = Rule(
    "spf-length", "long SPF record", .warning, group: .mail,
    rationale: """
      Records should fit an answer of 512 octets together with the other TXT records of the name; \
      beyond 450 some resolvers need TCP, and a few receivers see nothing.
      """,
    reference: "RFC 7208 3.4", remedy: "move parts behind an include",
    triggering: ["↓sub IN TXT \"v=spf1\" \(Example.addresses(30)) \" -all\""],
    nonTriggering: ["sub IN TXT \"v=spf1\" \(Example.addresses(20)) \" -all\""]
  ) { context, report in
    for (text, _) in context.spfRecords where text.text.utf8.count > 450 {
      let count = text.text.utf8.count
      report.add(
        "SPF record of \(text.value.owner) has \(count) octets, expected at most 450",
        at: text.value.location)
    }
  }

  static let spfSenderID = Rule(
    "spf-senderid", "Sender ID record", .info, group: .mail,
    rationale: "Sender ID was given up; nobody reads such records any more.",
    reference: "RFC 6686", remedy: "remove the record",
    triggering: ["↓sub IN TXT \"spf2.0/pra ip4:192.0.2.1 -all\""],
    nonTriggering: ["sub IN TXT \"v=spf1 -all\""]
  ) { context, report in
    for text in context.policyTexts where text.text.lowercased().hasPrefix("spf2.0/") {
      report.add("Sender ID record at \(text.value.owner)", at: text.value.location)
    }
  }

  static let spfType = Rule(
    "spf-type", "record of the type SPF", .warning, group: .mail,
    rationale: """
      Receivers read TXT alone. A record of the old type is at best a copy that grows stale; where \
      it has no TXT of the same text, somebody believes in a policy that nobody sees.
      """,
    reference: "RFC 7208 3.1", remedy: "keep the policy as TXT and remove the SPF record",
    triggering: ["↓@ IN SPF \"v=spf1 -all\""], nonTriggering: ["sub IN TXT \"v=spf1 -all\""],
    fix: .records("remove it where a TXT record has the same text") { context, record in
      let value = LintValue(zone: context.zone, record: record)
      let texts = context.zone.texts(at: value.owner)
      return value.isCopied(among: texts) ? [.remove(record: record)] : []
    }
  ) { context, report in
    for rrset in context.zone.rrsets(.spf) {
      let texts = context.zone.texts(at: rrset.owner)
      for value in rrset.values {
        report.add(
          "\(rrset.description): the type SPF is obsolete"
            + (value.isCopied(among: texts) ? "" : ", and no TXT record has the same text"),
          at: value.location)
      }
    }
  }

  static let spfLookups = Rule(
    "spf-lookups", "SPF record that needs too many queries", .error, group: .mail,
    rationale: """
      A receiver makes at most ten queries for a check and then gives up with a permanent error. \
      Queries behind includes of other zones count too; what is told here is the least.
      """,
    reference: "RFC 7208 4.6.4", remedy: "drop includes that are no longer used, or list addresses",
    triggering: [
      "↓sub IN TXT \"v=spf1\" \(Example.includes(11)) \" -all\"",
      "a IN TXT \"v=spf1\" \(Example.includes(9)) \" -all\"\n↓sub IN TXT \"v=spf1 include:a.example.com mx:example.net -all\"",
      Example(
        "↓sub IN TXT \"v=spf1 include:a.example.net -all\"",
        answers: """
          a.example.net. 60 IN TXT "v=spf1 include:b.example.net mx -all"
          a.example.net. 60 IN MX 10 mx1.example.net.
          b.example.net. 60 IN TXT "v=spf1" \(Example.hosts(8)) " -all"
          """),
    ],
    nonTriggering: [
      "sub IN TXT \"v=spf1\" \(Example.includes(10)) \" -all\"",
      Example(
        "sub IN TXT \"v=spf1 redirect=a.example.net\" \(Example.includes(10)) \" -all mx\"",
        also: ["spf-all"]),
      Example(
        "sub IN TXT \"v=spf1 include:a.example.net -all\"",
        answers: "a.example.net. 60 IN TXT \"v=spf1\" \(Example.hosts(9)) \" -all\""),
      Example(
        "sub IN TXT \"v=spf1 include:a.example.net -all\"", also: ["resolve-undecided"],
        answers: "a.example.net. SERVFAIL"),
    ],
    network: .more
  ) { context, report in
    for (text, lookups) in context.spfLookups(&report.network) {
      let count = lookups.count
      guard count > SPFLookups.limit else { continue }
      report.add(
        "SPF record of \(text.value.owner) needs at least \(count) queries, at most "
          + "\(SPFLookups.limit) are made", at: text.value.location)
    }
  }

  static let spfVoid = Rule(
    "spf-void", "SPF record with queries that find nothing", .warning, group: .mail,
    rationale: """
      A receiver may give up after two queries that find nothing: usually names that were removed \
      and left in the record.
      """,
    reference: "RFC 7208 4.6.4", remedy: "drop the terms whose names do not exist",
    triggering: [
      "↓sub IN TXT \"v=spf1 a:x.example.com a:y.example.com a:z.example.com -all\"",
      Example(
        "↓sub IN TXT \"v=spf1 include:a.example.net a:b.example.net -all\"",
        answers: """
          a.example.net. 60 IN TXT "v=spf1 mx:c.example.net a:d.example.net -all"
          b.example.net. NXDOMAIN
          d.example.net. NXDOMAIN
          """),
    ],
    nonTriggering: [
      "sub IN TXT \"v=spf1 a:x.example.com a:y.example.com -all\"",
      Example(
        "sub IN TXT \"v=spf1 a:x.example.com a:y.example.com a:b.example.net -all\"",
        also: ["resolve-undecided"], answers: "b.example.net. SERVFAIL"),
    ],
    network: .more
  ) { context, report in
    for (text, lookups) in context.spfLookups(&report.network) {
      let count = lookups.voids
      guard count > SPFLookups.voidLimit else { continue }
      let names = report.network.isConnected ? "names" : "names of this zone"
      report.add(
        "SPF record of \(text.value.owner) asks for \(count) \(names) that do not exist, "
          + "at most \(SPFLookups.voidLimit) such queries are allowed", at: text.value.location)
    }
  }

  static let spfMX10 = Rule(
    "spf-mx-10", "SPF 'mx' with more than ten hosts", .error, group: .mail,
    rationale: "A receiver that finds more than ten exchanges gives up with a permanent error.",
    reference: "RFC 7208 4.6.4", remedy: "list the addresses instead of 'mx'",
    triggering: [
      Example(
        "↓many IN TXT \"v=spf1 mx -all\"\n"
          + (0...10).map { "many IN MX 10 m\($0).example.net." }.joined(separator: "\n")),
      Example(
        "↓sub IN TXT \"v=spf1 mx:many.example.net -all\"",
        answers: Example.exchanges(11, of: "many.example.net.")),
    ],
    nonTriggering: [
      Example("sub IN TXT \"v=spf1 mx:example.com -all\""),
      Example(
        "sub IN TXT \"v=spf1 mx:many.example.net -all\"",
        answers: Example.exchanges(10, of: "many.example.net.")),
    ],
    network: .more
  ) { context, report in
    for (text, lookups) in context.spfLookups(&report.network) {
      for domain in lookups.crowdedExchanges {
        report.add(
          "SPF record of \(text.value.owner): \(domain) has more than ten MX records",
          at: text.value.location)
      }
    }
  }

  static let spfLoop = Rule(
    "spf-loop", "SPF records that include one another", .error, group: .mail,
    rationale: "A receiver follows the circle until its limit and gives up with a permanent error.",
    reference: "RFC 7208 4.6.4, 5.2", remedy: "break the circle",
    triggering: [
      "↓a IN TXT \"v=spf1 include:a.example.com -all\"",
      Example(
        "↓a IN TXT \"v=spf1 include:b.example.net -all\"",
        answers: "b.example.net. 60 IN TXT \"v=spf1 redirect=a.example.com\""),
    ],
    nonTriggering: [
      "a IN TXT \"v=spf1 include:b.example.com -all\"\nb IN TXT \"v=spf1 -all\"",
      Example(
        "a IN TXT \"v=spf1 include:b.example.net -all\"",
        answers: "b.example.net. 60 IN TXT \"v=spf1 -all\""),
    ],
    network: .more
  ) { context, report in
    for (text, lookups) in context.spfLookups(&report.network) {
      let loop = lookups.loop
      guard loop.first == loop.last, !loop.isEmpty else { continue }
      report.add(
        "SPF loop: \(loop.map { "\($0)" }.joined(separator: " -> "))", at: text.value.location)
    }
  }
}

extension Example {
  /// Quoted strings with so many `ip4` terms.
  fileprivate static func addresses(_ count: Int) -> String {
    (0..<count).map { "\" ip4:198.51.100.\(100 + $0)\"" }.joined(separator: " ")
  }

  /// Quoted strings with so many `a` terms.
  fileprivate static func hosts(_ count: Int) -> String {
    (0..<count).map { "\" a:h\($0).example.net\"" }.joined(separator: " ")
  }

  /// So many MX records.
  fileprivate static func exchanges(_ count: Int, of owner: String) -> String {
    (0..<count).map { "\(owner) 60 IN MX 10 m\($0).example.net." }.joined(separator: "\n")
  }

  /// Quoted strings with so many `include` terms.
  fileprivate static func includes(_ count: Int) -> String {
    (0..<count).map { "\" include:s\($0).example.net\"" }.joined(separator: " ")
  }
}

extension LintZone {
  /// The texts of the TXT records at a name.
  fileprivate func texts(at owner: Name) -> Set<[UInt8]> {
    Set(self[owner, .txt]?.values.compactMap { TXT($0.data)?.joined } ?? [])
  }
}

extension LintValue {
  /// Whether its text is one of these.
  fileprivate func isCopied(among texts: Set<[UInt8]>) -> Bool {
    TXT(data).map { texts.contains($0.joined) } ?? false
  }
}
