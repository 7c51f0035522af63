import CLDNS
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// libldns as an oracle for record data.
enum LDNS {
  enum Outcome: Equatable {
    /// The data in wire form.
    case data([UInt8])
    /// The library's words for why it refuses.
    case refused(String)
  }

  /// The version of the library.
  static var version: String { unsafe String(cString: ldns_version()) }

  /// Whether the library has a presentation form for the type.
  static func knows(_ mnemonic: String) -> Bool {
    let type = unsafe ldns_get_rr_type_by_name(mnemonic)
    guard let descriptor = unsafe ldns_rr_descript(UInt16(type.rawValue)) else { return false }
    guard let name = unsafe descriptor.pointee._name else { return false }
    return unsafe String(cString: name) == mnemonic
  }

  /// What the library calls the type with a number; nil for one that it does not know.
  static func mnemonic(_ number: UInt16) -> String? {
    guard let descriptor = unsafe ldns_rr_descript(number) else { return nil }
    guard let name = unsafe descriptor.pointee._name else { return nil }
    return unsafe String(cString: name)
  }

  /// The library asks the system for protocols by name, which answers in one place for all threads.
  private static let turn = Mutex(())

  /// What the library makes of the data in presentation form, relative names below `origin`.
  static func data(of text: String, type: String, origin: String) -> Outcome {
    turn.withLock { _ in outcome(of: text, type: type, origin: origin) }
  }

  private static func outcome(of text: String, type: String, origin: String) -> Outcome {
    let originName = unsafe ldns_dname_new_frm_str(origin)
    defer { unsafe ldns_rdf_deep_free(originName) }
    var record: OpaqueRecord = nil
    let status = unsafe ldns_rr_new_frm_str(&record, "a. 60 IN \(type) \(text)", 0, originName, nil)
    defer { unsafe ldns_rr_free(record) }
    guard status == LDNS_STATUS_OK, let record = unsafe record else {
      return .refused(unsafe String(cString: ldns_get_errorstr_by_id(status)))
    }
    var wire: UnsafeMutablePointer<UInt8>?
    var count = 0
    let written = unsafe ldns_rr2wire(&wire, record, Int32(LDNS_SECTION_ANSWER.rawValue), &count)
    defer { unsafe free(wire) }
    guard written == LDNS_STATUS_OK, let wire = unsafe wire else {
      return .refused(unsafe String(cString: ldns_get_errorstr_by_id(written)))
    }
    // Owner of 3 octets, then type, class, TTL and length.
    let octets = unsafe Array(UnsafeBufferPointer(start: wire, count: count))
    return .data(Array(octets.dropFirst(13)))
  }

  private typealias OpaqueRecord = UnsafeMutablePointer<ldns_rr>?
}
