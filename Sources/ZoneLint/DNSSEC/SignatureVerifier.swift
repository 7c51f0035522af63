import CLDNS
import ZoneKit

/// Verifies signatures with the keys of a zone, by libldns.
struct SignatureVerifier: ~Copyable {
  private let keys: LDNSRecords

  /// What came of a signature.
  enum Verdict {
    /// A key of the zone made it.
    case genuine
    /// No key of the zone made it for these records.
    case bogus
    /// libldns cannot tell: it does not know the algorithm, or the data.
    case unknown
  }

  /// A verifier with the keys of a DNSKEY RRset.
  init(_ rrset: LintRRset) {
    keys = LDNSRecords()
    for value in rrset.values { _ = keys.append(value, of: rrset, ttl: rrset.ttl.rawValue) }
  }

  /// Whether a key of the zone made a signature of an RRset. Times are not looked at.
  ///
  /// - Parameter signature: an RRSIG record at the owner of the set.
  func verify(_ signature: LintValue, of rrset: LintRRset) -> Verdict {
    let covered = LDNSRecords()
    let signatures = LDNSRecords()
    for value in rrset.values {
      guard covered.append(value, of: rrset, ttl: rrset.ttl.rawValue) else { return .unknown }
    }
    guard signatures.append(signature, of: rrset, ttl: rrset.ttl.rawValue) else { return .unknown }
    switch LDNSRecords.verify(signatures, of: covered, keys: keys) {
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

  init() { unsafe list = ldns_rr_list_new() }

  deinit { unsafe ldns_rr_list_deep_free(list) }

  /// Adds a record; false if libldns cannot read its data.
  func append(_ value: LintValue, of rrset: LintRRset, ttl: UInt32) -> Bool {
    let data = value.data
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
