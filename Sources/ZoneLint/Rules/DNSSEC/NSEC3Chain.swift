import Diagnostics
import ZoneKit

extension Rule {
  static let nsec3Chain = Rule(
    "nsec3-chain", "broken chain of NSEC3 records", .error, group: .dnssec,
    rationale: """
      Where the chain has a gap, resolvers that validate cannot believe that a name does not \
      exist, or believe that one does not which does. Chains with more than 500 iterations, which \
      resolvers treat as unsigned or refuse, are not checked. In a zone without keys only the \
      types that a record lists are looked at.
      """,
    reference: "RFC 5155 7.1", remedy: "sign the zone again",
    triggering: [
      .nsec3(isOfHost: true, types: "A RRSIG"),
      .nsec3(isMarked: true, next: "00000000000000000000000000000000"),
      .nsec3(isMarked: true, types: "NS SOA TXT RRSIG DNSKEY NSEC3PARAM"),
      .nsec3(isMarked: true, types: "NS SOA DNSKEY NSEC3PARAM"),
      .nsec3WithoutKeys(isMarked: true, types: "A TXT"),
    ],
    nonTriggering: [
      .nsec3(),
      .nsec3WithoutKeys(types: "A"),
    ]
  ) { context, report in
    guard !context.zone.rrsets(.nsec3).isEmpty else { return }
    var links: [NSEC3Parameters: [NSEC3Link]] = [:]
    var order: [NSEC3Parameters] = []
    for rrset in context.zone.rrsets(.nsec3) {
      let owner = rrset.owner
      guard owner.parent == context.apex, let hash = owner.firstLabel.flatMap(Base32Hex.decode)
      else {
        if context.isSigned {
          report.add("\(owner) has an NSEC3 record, and is no hash of a name", at: rrset.location)
        }
        continue
      }
      for value in rrset.values {
        guard let nsec3 = NSEC3(value.data) else { continue }
        if links[nsec3.parameters] == nil { order.append(nsec3.parameters) }
        links[nsec3.parameters, default: []].append(
          NSEC3Link(hash: hash, value: value, nsec3: nsec3))
      }
    }
    guard context.isSigned else {
      for parameters in order.filter(\.isUsable).prefix(NSEC3Chain.maximumCount) {
        NSEC3Chain(links[parameters] ?? [], parameters).checkTypes(context, &report)
      }
      return
    }
    let stated = context.zone[context.apex, .nsec3param]
    let parameters = stated?.values.compactMap { NSEC3Parameters($0.data) } ?? []
    if parameters.isEmpty {
      report.add(
        "the zone has NSEC3 records and no NSEC3PARAM record",
        at: context.zone.rrsets(.nsec3).first?.location)
    }
    for parameters in parameters.filter(\.isUsable).prefix(NSEC3Chain.maximumCount) {
      guard let links = links[parameters] else {
        report.add("no NSEC3 record has the parameters of NSEC3PARAM", at: stated?.location)
        continue
      }
      NSEC3Chain(links, parameters).check(context, &report)
    }
  }
}

/// An NSEC3 record with the hash that is its owner.
private struct NSEC3Link {
  let hash: [UInt8]
  let value: LintValue
  let nsec3: NSEC3
}

/// The NSEC3 records of one set of parameters.
private struct NSEC3Chain {
  /// The chains that are looked at: a zone has one, two while its parameters change. Each costs a
  /// hash of every name.
  static let maximumCount = 4

  /// In the order of the hashes.
  private let links: [NSEC3Link]
  private let parameters: NSEC3Parameters

  init(_ links: [NSEC3Link], _ parameters: NSEC3Parameters) {
    self.links = links.sorted { $0.hash.lexicographicallyPrecedes($1.hash) }
    self.parameters = parameters
  }

  func check(_ context: LintContext, _ report: inout RuleReport) {
    for (place, link) in links.enumerated() {
      let next = links[(place + 1) % links.count]
      guard !link.nsec3.next.elementsEqual(next.hash) else { continue }
      report.add(
        "NSEC3 \(link.value.owner) does not lead to the next one, \(next.value.owner)",
        at: link.value.location)
    }
    var isMatched = [Bool](repeating: false, count: links.count)
    for name in context.zone.names {
      // A hash may also be a name with data of its own, as in the zone of RFC 5155 appendix A.
      if name[.nsec3] != nil, name.rrsets.allSatisfy({ $0.type == .nsec3 || $0.type == .rrsig }) {
        continue
      }
      guard context.zone.occluder(of: name, orAt: false) == nil else { continue }
      let hash = parameters.hash(name.name)
      let place = self.place(of: hash)
      guard place < links.count, links[place].hash == hash else {
        checkAbsence(of: name, place, context, &report)
        continue
      }
      isMatched[place] = true
      checkTypes(of: name, links[place], context, &report)
    }
    for (link, isMatched) in zip(links, isMatched) where !isMatched {
      report.add(
        "NSEC3 \(link.value.owner) is the hash of no name of the zone", at: link.value.location)
    }
  }

  /// The first place whose hash is not below `hash`.
  private func place(of hash: [UInt8]) -> Int {
    var low = 0
    var high = links.count
    while low < high {
      let middle = (low + high) / 2
      if links[middle].hash.lexicographicallyPrecedes(hash) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// Delegations without DS, and empty non-terminals above such, may be left out where the record
  /// before them opts out (RFC 5155 section 7.1).
  private func checkAbsence(
    of name: LintName, _ place: Int, _ context: LintContext, _ report: inout RuleReport
  ) {
    let before = links[(place + links.count - 1) % links.count]
    let isInsecure = context.zone.isCut(name) && name[.ds] == nil
    if before.nsec3.isOptOut, isInsecure || name.isEmptyNonTerminal { return }
    report.add(
      "\(name.name) has no NSEC3 record", at: name.firstLocation ?? before.value.location,
      notes: [Note("the record before it", at: before.value.location)])
  }

  private func checkTypes(
    of name: LintName, _ link: NSEC3Link, _ context: LintContext, _ report: inout RuleReport,
    severity: Severity? = nil
  ) {
    guard let fault = context.fault(ofTypes: link.nsec3.types, at: name) else { return }
    report.add("NSEC3 of \(name.name) \(fault)", at: link.value.location, severity: severity)
  }

  /// Checks in a zone without keys what the records say of the names that they are of.
  func checkTypes(_ context: LintContext, _ report: inout RuleReport) {
    for name in context.zone.names {
      guard context.zone.occluder(of: name, orAt: false) == nil else { continue }
      let hash = parameters.hash(name.name)
      let place = self.place(of: hash)
      guard place < links.count, links[place].hash == hash else { continue }
      checkTypes(of: name, links[place], context, &report, severity: .warning)
    }
  }
}

extension LintContext {
  /// The types that NSEC and NSEC3 list for a name: at a zone cut only what is this zone's own.
  func signedTypes(of name: LintName) -> Set<RecordType> {
    let types = name.rrsets.map(\.type)
    let own: Set<RecordType> = [.ns, .ds, .rrsig, .nsec]
    return Set(zone.isCut(name) ? types.filter(own.contains) : types).subtracting([.nsec3])
  }

  /// What is wrong with the types that NSEC or NSEC3 list for a name; nil if nothing is.
  func fault(ofTypes stated: [RecordType], at name: LintName) -> String? {
    let present = signedTypes(of: name)
    // ZONEMD may be put in after signing (RFC 8976 section 3.4).
    let missing = present.subtracting(stated).subtracting([.zonemd])
    if let type = missing.min() { return "does not list \(type)" }
    return Set(stated).subtracting(present).min().map { "lists \($0), which is not there" }
  }
}

extension Example {
  /// The hash of `example.com.` without salt and iterations, as ldns-nsec3-hash gives it.
  private static let apexHash = "onib9mgub9h0rml3cdf5bgrj59dkjhvk"
  /// The hash of `www.example.com.`.
  private static let hostHash = "mifdndt3nff3od53o7tla1hrff95jkuk"

  /// A zone without keys that has the NSEC3 record of a host.
  fileprivate static func nsec3WithoutKeys(isMarked: Bool = false, types: String) -> Example {
    let zone = """
      @ IN SOA ns1.example.net. hostmaster.example.com. 1 14400 3600 1209600 900
      @ 86400 IN NS ns1.example.net.
      @ 86400 IN NS ns2.example.net.
      www IN A 192.0.2.1
      \(isMarked ? "↓" : "")\(hostHash) IN NSEC3 1 0 0 - \(hostHash) \(types)
      """
    return Example(zone, omitting: Part.allCases, also: bare)
  }

  /// A signed zone with one NSEC3 record.
  ///
  /// - Parameters:
  ///   - isOfHost: whether there is a host, and the record is its own rather than the apex's.
  ///   - isMarked: whether a finding points to the record.
  ///   - next: the hash that the record leads to, where not to itself.
  fileprivate static func nsec3(
    isOfHost: Bool = false, isMarked: Bool = false, next: String? = nil,
    types: String = "NS SOA RRSIG DNSKEY NSEC3PARAM"
  ) -> Example {
    let hash = isOfHost ? hostHash : apexHash
    let denial = """
      @ IN NSEC3PARAM 1 0 0 -
      \(signature("@", .nsec3param))
      \(isMarked ? "↓" : "")\(hash) IN NSEC3 1 0 0 - \(next ?? hash) \(types)
      \(signature(hash, .nsec3))
      """
    let host = isOfHost ? "www IN A 192.0.2.1\n\(signature("www", .a))" : ""
    return signed(host, denial: denial, nsMark: isOfHost ? "↓" : "")
  }
}
