import CLDNS
import ZoneKit

/// Verifies signatures with the keys of a zone, by libldns.
struct SignatureVerifier {
  /// So many keys of one tag are tried for a signature. Tags are checksums, and keys of one tag can
  /// be made by the thousand; resolvers limit such tries too.
  static let maximumKeysPerTag = 4

  private let rrset: LintRRset
  private let keys: [KeyID: [LintValue]]

  /// What a signature tells of its key.
  private struct KeyID: Hashable {
    let algorithm: UInt8
    let tag: UInt16
  }

  /// What came of a signature.
  enum Verdict {
    /// A key of the zone made it.
    case genuine
    /// No key of the zone made it for these records.
    case bogus
    /// Not to be told: libldns does not know the algorithm or the data, or no key or too many have
    /// the tag.
    case unknown
  }

  /// A verifier with the keys of a DNSKEY RRset.
  init(_ rrset: LintRRset) {
    self.rrset = rrset
    var keys: [KeyID: [LintValue]] = [:]
    for value in rrset.values {
      guard let key = DNSKEY(value.data) else { continue }
      keys[KeyID(algorithm: key.algorithm, tag: key.keyTag), default: []].append(value)
    }
    self.keys = keys
  }

  /// Whether a key of the zone made a signature of an RRset. Times are not looked at.
  ///
  /// - Parameters:
  ///   - value: an RRSIG record at the owner of the set.
  ///   - signature: its fields.
  func verify(_ value: LintValue, _ signature: RRSIG, of covered: LintRRset) -> Verdict {
    let id = KeyID(algorithm: signature.algorithm, tag: signature.keyTag)
    guard let fitting = keys[id], fitting.count <= Self.maximumKeysPerTag,
      let keys = LDNSRecords(fitting, of: rrset),
      let records = LDNSRecords(covered.values, of: covered),
      let signatures = LDNSRecords(CollectionOfOne(value), of: covered)
    else { return .unknown }
    switch LDNSRecords.verify(signatures, of: records, keys: keys) {
    case LDNS_STATUS_OK: return .genuine
    case LDNS_STATUS_CRYPTO_BOGUS: return .bogus
    default: return .unknown
    }
  }
}

/// A list of records of libldns, owned.
@safe
private struct LDNSRecords: ~Copyable {
  private let list: UnsafeMutablePointer<ldns_rr_list>?

  /// The records at the owner of an RRset, with its TTL; nil if libldns cannot read their data.
  init?(_ values: some Sequence<LintValue>, of rrset: LintRRset) {
    unsafe list = ldns_rr_list_new()
    for value in values where !append(value, of: rrset) { return nil }
  }

  deinit { unsafe ldns_rr_list_deep_free(list) }

  /// Adds a record; false if libldns cannot read its data.
  private func append(_ value: LintValue, of rrset: LintRRset) -> Bool {
    let data = value.data
    let ttl = rrset.ttl.rawValue
    var wire = Array(rrset.owner.wire)
    wire.append(big: data.type.rawValue)
    wire.append(big: rrset.zone.index.zone.recordClass.rawValue)
    wire.append(big: UInt16(truncatingIfNeeded: ttl >> 16))
    wire.append(big: UInt16(truncatingIfNeeded: ttl))
    wire.append(big: UInt16(data.octets.count))
    wire.append(contentsOf: data.octets)
    return unsafe wire.withUnsafeBufferPointer { wire in
      var record: UnsafeMutablePointer<ldns_rr>?
      var position = 0
      let status = unsafe ldns_wire2rr(
        &record, wire.baseAddress, wire.count, &position, LDNS_SECTION_ANSWER)
      guard status == LDNS_STATUS_OK, let record = unsafe record else { return false }
      guard unsafe ldns_rr_list_push_rr(list, record) else {
        unsafe ldns_rr_free(record)
        return false
      }
      return true
    }
  }

  /// What libldns says of the one signature of a set.
  static func verify(
    _ signatures: borrowing LDNSRecords, of covered: borrowing LDNSRecords,
    keys: borrowing LDNSRecords
  ) -> ldns_status {
    // The keys that fit are only lent to this list.
    let good = unsafe ldns_rr_list_new()
    defer { unsafe ldns_rr_list_free(good) }
    return unsafe ldns_verify_rrsig_keylist_notime(
      covered.list, ldns_rr_list_rr(signatures.list, 0), keys.list, good)
  }
}

extension [UInt8] {
  /// Appends a number in network order.
  mutating func append(big number: UInt16) {
    append(UInt8(truncatingIfNeeded: number >> 8))
    append(UInt8(truncatingIfNeeded: number))
  }
}
