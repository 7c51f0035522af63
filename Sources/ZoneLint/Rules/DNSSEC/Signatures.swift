import Diagnostics
import ZoneKit

extension Rule {
  static let signedDataOnExport = Rule(
    "signed-data-on-export", "signed data that the target will not serve", .warning, in: .route53,
    group: .dnssec,
    rationale: """
      Route 53 signs for itself and takes neither keys nor signatures. The zone moves unsigned: the \
      DS record has to leave the parent, and its TTL to pass, before the servers change. With a DS \
      left at the parent the zone is dead for resolvers that validate.
      """,
    reference: "Route 53 developer guide, DNSSEC; RFC 4035 2",
    remedy: "plan to go insecure: remove the DS at the parent first; sign anew after the move",
    triggering: ["↓@ IN NSEC3PARAM 1 0 0 -"], nonTriggering: [""]
  ) { context, report in
    guard !context.zone.isExport else { return }
    let types = context.zone.types.filter { $0.isZoneSigning && $0 != .sig && $0 != .nxt }
    let rrsets = types.flatMap { context.zone.rrsets($0).prefix(1) }
    guard let first = rrsets.min(by: { ($0.records.first ?? 0) < ($1.records.first ?? 0) }) else {
      return
    }
    report.add(
      "the zone holds \(types.map(\.description).joined(separator: ", ")) records, which stay behind",
      at: first.location)
  }

  static let rrsigMissing = Rule(
    "rrsig-missing", "unsigned records in a signed zone", .error, group: .dnssec,
    rationale: "Resolvers that validate answer SERVFAIL for them.",
    reference: "RFC 4035 2.2", remedy: "sign the zone again",
    triggering: [
      Example.signed(
        "↓www IN A 192.0.2.1\nwww IN NSEC @ A RRSIG NSEC\n\(Example.signature("www", .nsec))",
        next: "www")
    ],
    nonTriggering: [Example.signed("")]
  ) { context, report in
    guard context.isSigned else { return }
    for name in context.zone.names where !name.isEmptyNonTerminal {
      if context.zone.occluder(of: name, orAt: false) != nil { continue }
      let isCut = context.zone.isCut(name)
      let signed = Set(name[.rrsig]?.values.compactMap { RRSIG($0.data)?.typeCovered } ?? [])
      for rrset in name.rrsets where rrset.type != .rrsig && !signed.contains(rrset.type) {
        // At a zone cut only DS and NSEC are this zone's own.
        if isCut, rrset.type != .ds, rrset.type != .nsec { continue }
        report.add("\(rrset.description) has no signature", at: rrset.location)
      }
    }
  }

  static let rrsigExpired = Rule(
    "rrsig-expired", "signature out of its time", .error, group: .dnssec,
    rationale: """
      Outside its window a signature is worthless, and resolvers that validate answer SERVFAIL. A \
      zone whose signatures end within the parallel run fails in the midst of the move.
      """,
    reference: "RFC 4034 3.1.5, RFC 4035 5.3.1", remedy: "sign the zone again",
    triggering: [
      Example.signed("", expiring: "20260301000000"),
      Example.signed("", expiring: "20260603000000"),
    ],
    nonTriggering: [Example.signed("")]
  ) { context, report in
    guard let now = context.configuration.now else { return }
    for value in context.zone.rrsets(.rrsig).flatMap(\.values) {
      guard let signature = RRSIG(value.data) else { continue }
      // Serial arithmetic (RFC 1982): the nearer side of the circle.
      let left = Int32(truncatingIfNeeded: signature.expiration &- now)
      let age = Int32(truncatingIfNeeded: now &- signature.inception)
      let what = "signature of \(value.owner) \(signature.typeCovered)"
      if left < 0 {
        report.add("\(what) expired \(-Int64(left) / 86_400) days ago", at: value.location)
      } else if age < 0 {
        report.add("\(what) is not valid yet", at: value.location)
      } else if left < 7 * 86_400 {
        report.add(
          "\(what) expires in \(left / 86_400) days", at: value.location, severity: .warning)
      }
    }
  }

  static let rrsigBad = Rule(
    "rrsig-bad", "signature that fits nothing", .error, group: .dnssec,
    rationale: "Such a signature proves nothing; what it covers is bogus where no other is right.",
    reference: "RFC 4034 3.1, RFC 4035 5.3.1", remedy: "sign the zone again",
    triggering: [
      Example.signed("↓\(Example.signature("@", .txt))"),
      Example.signed("", signer: "example.net."),
    ],
    nonTriggering: [Example.signed("")]
  ) { context, report in
    guard let keys = context.zone[context.apex, .dnskey] else {
      if let first = context.zone.rrsets(.rrsig).first {
        report.add(
          "the zone has signatures and no DNSKEY record", at: first.location, severity: .warning)
      }
      return
    }
    let tags = Set(keys.values.compactMap { DNSKEY($0.data)?.keyTag })
    for value in context.zone.rrsets(.rrsig).flatMap(\.values) {
      guard let signature = RRSIG(value.data) else { continue }
      let owner = value.owner
      guard let name = context.zone[owner], context.zone.occluder(of: name, orAt: false) == nil
      else { continue }
      let labels = owner.labelCount - (owner.isWildcard ? 1 : 0)
      let covered = context.zone[owner, signature.typeCovered]
      let fault: String
      var severity: Severity?
      if covered == nil {
        fault = "there are no such records"
      } else if signature.signer != context.apex {
        fault = "signed by \(signature.signer), expected \(context.apex)"
      } else if Int(signature.labels) > labels {
        fault = "\(signature.labels) labels, the name has \(labels)"
      } else if let covered, covered.ttl.rawValue > signature.originalTTL {
        fault = "TTL \(covered.ttl) s, signed with \(signature.originalTTL) s"
      } else if !tags.contains(signature.keyTag) {
        // Left over from a key that was withdrawn; another signature may be right.
        fault = "no DNSKEY has the tag \(signature.keyTag)"
        severity = .warning
      } else {
        continue
      }
      report.add(
        "signature of \(owner) \(signature.typeCovered): \(fault)", at: value.location,
        severity: severity)
    }
  }
}

extension Rule {
  static let rrsigBogus = Rule(
    "rrsig-bogus", "signature that does not verify", .error, group: .dnssec,
    rationale: """
      No key of the zone made the signature for these records: they were changed after signing, or \
      the key was. Resolvers that validate answer SERVFAIL. libldns verifies; signatures of \
      algorithms that it does not know are passed over, and those behind the sixteenth of an RRset.
      """,
    reference: "RFC 4035 5.3.3", remedy: "sign the zone again",
    triggering: [.genuine(minimum: 900)], nonTriggering: [.genuine()]
  ) { context, report in
    guard let keys = context.zone[context.apex, .dnskey] else { return }
    let verifier = SignatureVerifier(keys)
    for rrset in context.zone.rrsets(.rrsig) {
      guard context.zone.occluder(of: rrset.name, orAt: false) == nil else { continue }
      let labels = rrset.owner.labelCount - (rrset.owner.isWildcard ? 1 : 0)
      var counts: [RecordType: Int] = [:]
      for value in rrset.values {
        guard let signature = RRSIG(value.data), signature.signer == context.apex,
          Int(signature.labels) <= labels, let covered = rrset.name[signature.typeCovered]
        else { continue }
        counts[signature.typeCovered, default: 0] += 1
        // Each costs as much as the RRset is large.
        guard counts[signature.typeCovered, default: 0] <= maximumVerified,
          verifier.verify(value, signature, of: covered) == .bogus
        else { continue }
        report.add(
          "signature of \(rrset.owner) \(signature.typeCovered) does not verify",
          at: value.location)
      }
    }
  }
}

/// So many signatures of an RRset are verified. A zone whose keys are being changed has four.
private let maximumVerified = 16

extension LintContext {
  /// Whether the zone is signed: it has keys and signatures, or keys alone that promise them.
  var isSigned: Bool { zone[apex, .dnskey] != nil }
}
