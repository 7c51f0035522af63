import Diagnostics
import ZoneKit

extension Rule {
  static let dsApex = Rule(
    "ds-apex", "DS record at the apex", .error, group: .dnssec,
    rationale: "A DS record stands in the parent zone; here it is never asked for.",
    reference: "RFC 4035 2.4", remedy: "give the DS record to the parent, and remove it here",
    triggering: ["↓@ IN DS 1 13 2 \(Example.digest)"],
    nonTriggering: ["child IN NS ns1.example.net.\nchild IN DS 1 13 2 \(Example.digest)"]
  ) { context, report in
    guard let ds = context.zone[context.apex, .ds] else { return }
    report.add("DS record at the apex \(context.apex)", at: ds.location)
  }

  static let dsNoDelegation = Rule(
    "ds-no-delegation", "DS record without a delegation", .error, group: .dnssec,
    rationale: """
      The DS of a child comes with its NS records. Route 53 keeps a DS only beside NS, and a \
      resolver that validates finds no child.
      """,
    reference: "RFC 4035 2.4", remedy: "add the child's NS records, or remove the DS record",
    triggering: ["↓child IN DS 1 13 2 \(Example.digest)"],
    nonTriggering: ["child IN NS ns1.example.net.\nchild IN DS 1 13 2 \(Example.digest)"]
  ) { context, report in
    for ds in context.zone.rrsets(.ds) where ds.owner != context.apex && ds.name[.ns] == nil {
      report.add("\(ds.description): no NS records stand beside it", at: ds.location)
    }
  }

  static let dsDigest = Rule(
    "ds-digest", "DS record that cannot match a key", .error, group: .dnssec,
    rationale: """
      A digest of the wrong length or an unknown algorithm makes the child unreachable for \
      resolvers that validate.
      """,
    reference: "RFC 4034 5.1, IANA DS digest algorithms", remedy: "ask the child for its DS record",
    triggering: [
      "child IN NS ns1.example.net.\n↓child IN DS 1 13 2 00FF",
      "child IN NS ns1.example.net.\n↓child IN DS 1 99 2 \(Example.digest)",
      "child IN NS ns1.example.net.\n↓child IN DS 1 13 77 \(Example.digest)",
    ],
    nonTriggering: ["child IN NS ns1.example.net.\nchild IN DS 1 13 2 \(Example.digest)"]
  ) { context, report in
    for value in context.zone.rrsets(.ds).flatMap(\.values) {
      guard let ds = DS(value.data) else { continue }
      let fault: String
      if SigningAlgorithm.known[ds.algorithm] == nil {
        fault = "unknown algorithm \(ds.algorithm)"
      } else if let count = SigningAlgorithm.digestCounts[ds.digestType] {
        guard ds.digest.count != count else { continue }
        fault = "digest of \(ds.digest.count) octets, type \(ds.digestType) has \(count)"
      } else {
        fault = "unknown digest type \(ds.digestType)"
      }
      report.add("DS of \(value.owner): \(fault)", at: value.location)
    }
  }

  static let dnssecDeprecated = Rule(
    "dnssec-deprecated", "deprecated signing algorithm", .warning, group: .dnssec,
    rationale: """
      SHA-1 and DSA are no longer to be used; some resolvers treat such zones as unsigned. Sign \
      with algorithm 13 after the move.
      """,
    reference: "RFC 8624 3, RFC 9905", remedy: "use algorithm 13 and digest type 2",
    triggering: [
      "child IN NS ns1.example.net.\n↓child IN DS 1 13 1 5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A",
      "child IN NS ns1.example.net.\n↓child IN DS 1 5 2 \(Example.digest)",
    ],
    nonTriggering: ["child IN NS ns1.example.net.\nchild IN DS 1 13 2 \(Example.digest)"]
  ) { context, report in
    for value in [RecordType.ds, .cds].flatMap({ context.zone.rrsets($0).flatMap(\.values) }) {
      guard let ds = DS(value.data) else { continue }
      if ds.digestType == 1 {
        report.add("\(value.data.type) of \(value.owner) with a SHA-1 digest", at: value.location)
      } else if SigningAlgorithm.deprecated.contains(ds.algorithm) {
        report.add(
          "\(value.data.type) of \(value.owner) for algorithm \(SigningAlgorithm.name(ds.algorithm))",
          at: value.location)
      }
    }
    for value in context.zone.rrsets(.dnskey).flatMap(\.values) {
      guard let key = DNSKEY(value.data), SigningAlgorithm.deprecated.contains(key.algorithm)
      else { continue }
      report.add(
        "DNSKEY of \(value.owner) with algorithm \(SigningAlgorithm.name(key.algorithm))",
        at: value.location)
    }
  }

  static let dnskeyInvalid = Rule(
    "dnskey-invalid", "DNSKEY that cannot be used", .error, group: .dnssec,
    rationale: "Resolvers that validate cannot use the key; what it signs is bogus.",
    reference: "RFC 4034 2.1, RFC 3110 2, RFC 6605 4, RFC 8080 3",
    remedy: "make the key again with the signer's own tool",
    triggering: [
      "↓@ IN DNSKEY 257 2 15 \(Example.key)", "↓@ IN DNSKEY 257 3 13 \(Example.key)",
      "↓@ IN DNSKEY 257 3 8 AgAD\(String(repeating: "/", count: 172))",
    ].map { Example($0, also: ["signed-data-on-export", "rrsig-missing"]) },
    nonTriggering: [
      Example(
        "@ IN DNSKEY 257 3 15 \(Example.key)", also: ["signed-data-on-export", "rrsig-missing"])
    ]
  ) { context, report in
    for value in context.zone.rrsets(.dnskey).flatMap(\.values) {
      guard let key = DNSKEY(value.data), let fault = key.fault else { continue }
      report.add("DNSKEY of \(value.owner): \(fault)", at: value.location)
    }
  }

  static let dnskeyTagDuplicate = Rule(
    "dnskey-keytag-dup", "several keys with one tag", .warning, group: .dnssec,
    rationale: "Resolvers have to try each key; some limit such tries and fail.",
    reference: "RFC 4034 appendix B", remedy: "make one of the keys anew",
    triggering: [
      Example(
        "@ IN DNSKEY 257 3 15 \(Example.key)\n↓@ IN DNSKEY 257 3 15 \(Example.swappedKey)",
        also: ["signed-data-on-export", "rrsig-missing"])
    ],
    nonTriggering: [
      Example(
        "@ IN DNSKEY 257 3 15 \(Example.key)", also: ["signed-data-on-export", "rrsig-missing"])
    ]
  ) { context, report in
    guard let keys = context.zone[context.apex, .dnskey] else { return }
    var seen: Set<UInt16> = []
    for value in keys.values {
      guard let tag = DNSKEY(value.data)?.keyTag, !seen.insert(tag).inserted else { continue }
      report.add("another key of the zone has the tag \(tag) too", at: value.location)
    }
  }

  static let dnskeyNoKSK = Rule(
    "dnskey-no-ksk", "no key to refer to", .warning, group: .dnssec,
    rationale: "A DS record refers to a key with the SEP flag by custom; tools look for one.",
    reference: "RFC 4034 2.1.1, RFC 6781 3.1", remedy: "set the SEP flag of the key-signing key",
    triggering: [
      Example(
        "↓@ IN DNSKEY 256 3 15 \(Example.key)", also: ["signed-data-on-export", "rrsig-missing"])
    ],
    nonTriggering: [
      Example(
        "@ IN DNSKEY 257 3 15 \(Example.key)", also: ["signed-data-on-export", "rrsig-missing"])
    ]
  ) { context, report in
    guard let keys = context.zone[context.apex, .dnskey],
      !keys.values.contains(where: { DNSKEY($0.data)?.isSecureEntryPoint ?? true })
    else { return }
    report.add("no DNSKEY of \(context.apex) has the SEP flag", at: keys.location)
  }

  static let cdsCDNSKEY = Rule(
    "cds-cdnskey", "CDS and CDNSKEY that do not agree", .error, group: .dnssec,
    rationale: """
      Registries that read these records change the DS at the parent by them. Left over in a move, \
      or contradicting each other, they can break the delegation.
      """,
    reference: "RFC 7344 4, RFC 8078 4", remedy: "publish both for the same keys, or neither",
    triggering: [
      "↓@ IN CDS 0 0 0 00\n@ IN CDS 1 13 2 \(Example.digest)\n@ IN CDNSKEY 0 3 0 AA==",
      "↓@ IN CDS 1 13 2 \(Example.digest)",
    ].map { Example($0, also: ["signed-data-on-export"]) } + [
      Example(
        """
        @ IN DNSKEY 257 3 15 \(Example.key)
        @ IN CDNSKEY 257 3 15 \(Example.key)
        ↓@ IN CDS \(Example.keyTag) 15 2 \(Example.digest)
        """, also: ["signed-data-on-export", "rrsig-missing"])
    ],
    nonTriggering: [
      Example(
        """
        @ IN DNSKEY 257 3 15 \(Example.key)
        @ IN CDNSKEY 257 3 15 \(Example.key)
        @ IN CDS \(Example.keyTag) 15 2 \(Example.keyDigest)
        """, also: ["signed-data-on-export", "rrsig-missing"]),
      Example("@ IN CDS 0 0 0 00\n@ IN CDNSKEY 0 3 0 AA==", also: ["signed-data-on-export"]),
    ]
  ) { context, report in
    let digests = context.zone[context.apex, .cds]
    let keys = context.zone[context.apex, .cdnskey]
    guard let location = (digests ?? keys)?.location else { return }
    let tags = Set(digests?.values.compactMap { DS($0.data)?.keyTag } ?? [])
    let deletes = digests?.values.contains { DS($0.data)?.algorithm == 0 } ?? false
    let keyDeletes = keys?.values.contains { DNSKEY($0.data)?.algorithm == 0 } ?? false
    let keyTags = Set(keys?.values.compactMap { DNSKEY($0.data)?.keyTag } ?? [])
    if digests == nil || keys == nil {
      report.add(
        "\(context.apex) has \(digests == nil ? "CDNSKEY and no CDS" : "CDS and no CDNSKEY")",
        at: location, severity: .warning)
    } else if deletes && (digests?.values.count ?? 0) > 1
      || keyDeletes && (keys?.values.count ?? 0) > 1
    {
      report.add("a request to delete the DS stands beside others", at: location)
    } else if deletes != keyDeletes {
      report.add("only one of CDS and CDNSKEY asks to delete the DS", at: location)
    } else if !deletes, tags != keyTags {
      report.add("CDS and CDNSKEY are for different keys", at: location)
    } else if let value = digests?.values.first(where: { !context.isDigestRight($0) }) {
      report.add("the digest of the CDS record is not that of its key", at: value.location)
    }
  }
}

extension LintContext {
  /// Whether the digest of a CDS record is that of the key in this zone that it refers to; true
  /// where there is no such key, or the digest's algorithm is not known.
  fileprivate func isDigestRight(_ value: LintValue) -> Bool {
    guard let ds = DS(value.data),
      let key = zone[apex, .dnskey]?.values.first(where: {
        DNSKEY($0.data).map { $0.keyTag == ds.keyTag && $0.algorithm == ds.algorithm } ?? false
      })
    else { return true }
    let digest: Digest
    switch ds.digestType {
    case 1: digest = .sha1
    case 2: digest = .sha256
    case 4: digest = .sha384
    default: return true
    }
    // RFC 4034 section 5.1.4.
    return ds.digest.elementsEqual(digest(Array(apex.lowercased.wire) + key.data.octets))
  }
}

extension DNSKEY {
  /// Why no resolver can use the key.
  fileprivate var fault: String? {
    if protocolNumber != 3 { return "protocol \(protocolNumber), expected 3" }
    guard let form = SigningAlgorithm.known[algorithm] else {
      return "unknown algorithm \(algorithm)"
    }
    switch form {
    case .fixed(let count):
      return publicKey.count == count
        ? nil : "key of \(publicKey.count) octets, \(SigningAlgorithm.name(algorithm)) has \(count)"
    case .rsa: return rsaFault
    case .other: return nil
    }
  }

  /// RFC 3110 section 2: length of the exponent, exponent, modulus.
  private var rsaFault: String? {
    var rest = publicKey
    guard let first = rest.popFirst() else { return "no key" }
    var count = Int(first)
    if first == 0 {
      guard rest.count >= 2 else { return "no exponent" }
      count = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(2)
    }
    guard count > 0, rest.count > count else { return "no exponent or no modulus" }
    if rest.first == 0 { return "RSA exponent with leading zeros" }
    let modulus = rest.dropFirst(count)
    if modulus.first == 0 { return "RSA modulus with leading zeros" }
    let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
    return (512...4_096).contains(bits) ? nil : "RSA key of \(bits) bits, expected 512 to 4096"
  }
}

extension Example {
  /// 32 octets in base 64, an Ed25519 key of nobody.
  fileprivate static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
  /// Its tag with flags 257 and algorithm 15, and its SHA-256 digest, as ldns-key2ds gives them.
  fileprivate static let keyTag = 62736
  fileprivate static let keyDigest =
    "0307DFD8A74F833F0D0E1962AE873BF91E49753BA1C2469930BF6703CD47C346"
  /// The same octets with the first and third changed places: the tag is the same.
  fileprivate static let swappedKey = "AgEAAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
}
