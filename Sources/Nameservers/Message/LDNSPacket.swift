import CLDNS
import ZoneKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A packet of libldns, which is freed with this value.
@safe struct LDNSPacket: ~Copyable {
  private let packet: UnsafeMutablePointer<ldns_pkt>

  private init(owning packet: UnsafeMutablePointer<ldns_pkt>) {
    unsafe self.packet = packet
  }

  deinit { unsafe ldns_pkt_free(packet) }

  /// A type of private use: libldns takes its data as they are.
  static let standIn = RecordType(rawValue: 65_534)

  /// Whether libldns reads other data than stand in a record of the type, or none, and then no
  /// record of the message: the name in NSAP-PTR (RFC 1348) as a string, the three octets before
  /// those of SINK as one. No name is compressed in either (RFC 3597 section 4), so that `standIn`
  /// can take the type's place.
  static func misreads(_ type: Int) -> Bool {
    type == 23 || type == 40 || type == Int(standIn.rawValue)
  }

  /// Reads a message; any octets will do.
  static func read(_ octets: ArraySlice<UInt8>) throws(MessageError) -> LDNSPacket {
    var packet: UnsafeMutablePointer<ldns_pkt>?
    let status = unsafe octets.withUnsafeBufferPointer { octets in
      unsafe ldns_wire2pkt(&packet, octets.baseAddress, octets.count)
    }
    guard status == LDNS_STATUS_OK, let packet = unsafe packet else { throw error(status) }
    return unsafe LDNSPacket(owning: packet)
  }

  /// Makes the packet of a message.
  static func make(_ message: Message) throws(MessageError) -> LDNSPacket {
    guard let new = unsafe ldns_pkt_new() else { throw MessageError("no memory") }
    let packet = unsafe LDNSPacket(owning: new)
    try packet.fill(message)
    return packet
  }

  /// The octets of the packet, names compressed where they may be.
  func octets() throws(MessageError) -> [UInt8] {
    var octets: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = unsafe ldns_pkt2wire(&octets, packet, &count)
    defer { unsafe free(octets) }
    guard status == LDNS_STATUS_OK, let octets = unsafe octets else { throw Self.error(status) }
    guard count <= Message.maximumCount else { throw MessageError("longer than 65,535 octets") }
    return unsafe Array(UnsafeBufferPointer(start: octets, count: count))
  }

  private static func error(_ status: ldns_status) -> MessageError {
    guard let words = unsafe ldns_get_errorstr_by_id(status) else {
      return MessageError("libldns: error \(status.rawValue)")
    }
    return MessageError(unsafe String(cString: words))
  }
}

// MARK: - From the packet

extension LDNSPacket {
  /// The message in the packet.
  func message() throws(MessageError) -> Message {
    var message = Message(id: unsafe ldns_pkt_id(packet), questions: try questions())
    message.isResponse = unsafe ldns_pkt_qr(packet)
    message.opcode = UInt8(truncatingIfNeeded: unsafe ldns_pkt_get_opcode(packet).rawValue)
    message.isAuthoritative = unsafe ldns_pkt_aa(packet)
    message.isTruncated = unsafe ldns_pkt_tc(packet)
    message.isRecursionDesired = unsafe ldns_pkt_rd(packet)
    message.isRecursionAvailable = unsafe ldns_pkt_ra(packet)
    message.answer = try unsafe records(ldns_pkt_answer(packet))
    message.authority = try unsafe records(ldns_pkt_authority(packet))
    message.additional = try unsafe records(ldns_pkt_additional(packet))
    var code = UInt16(truncatingIfNeeded: unsafe ldns_pkt_get_rcode(packet).rawValue) & 15
    if unsafe packet.pointee._edns_present != 0 {
      code |= UInt16(unsafe ldns_pkt_edns_extended_rcode(packet)) << 4
      message.edns = EDNS(
        payload: unsafe ldns_pkt_edns_udp_size(packet),
        version: unsafe ldns_pkt_edns_version(packet),
        wantsDNSSEC: unsafe ldns_pkt_edns_do(packet), options: try options())
    }
    message.responseCode = ResponseCode(rawValue: code)
    return message
  }

  private func questions() throws(MessageError) -> [Question] {
    let list = unsafe ldns_pkt_question(packet)
    var questions: [Question] = []
    for index in 0..<(unsafe ldns_rr_list_rr_count(list)) {
      let record = unsafe ldns_rr_list_rr(list, index)
      questions.append(
        Question(
          try unsafe owner(of: record), unsafe type(of: record),
          recordClass: unsafe recordClass(of: record)))
    }
    return questions
  }

  private func records(_ list: UnsafeMutablePointer<ldns_rr_list>?) throws(MessageError) -> [Record]
  {
    let count = unsafe ldns_rr_list_rr_count(list)
    var records: [Record] = []
    records.reserveCapacity(count)
    for index in 0..<count {
      let record = unsafe ldns_rr_list_rr(list, index)
      var data: [UInt8] = []
      for field in 0..<(unsafe ldns_rr_rd_count(record)) {
        data += unsafe octets(of: ldns_rr_rdf(record, field))
      }
      records.append(
        Record(
          owner: try unsafe owner(of: record), recordClass: unsafe recordClass(of: record),
          ttl: TTL(unsafe ldns_rr_ttl(record)),
          data: RecordData(type: unsafe type(of: record), octets: data[...])))
    }
    return records
  }

  private func owner(of record: UnsafeMutablePointer<ldns_rr>?) throws(MessageError) -> Name {
    guard let name = try? Name(wire: unsafe octets(of: ldns_rr_owner(record))) else {
      throw MessageError("an owner that is no domain name")
    }
    return name
  }

  private func type(of record: UnsafeMutablePointer<ldns_rr>?) -> RecordType {
    RecordType(rawValue: UInt16(truncatingIfNeeded: unsafe ldns_rr_get_type(record).rawValue))
  }

  private func recordClass(of record: UnsafeMutablePointer<ldns_rr>?) -> RecordClass {
    RecordClass(rawValue: UInt16(truncatingIfNeeded: unsafe ldns_rr_get_class(record).rawValue))
  }

  private func octets(of field: UnsafeMutablePointer<ldns_rdf>?) -> [UInt8] {
    guard let field = unsafe field, let octets = unsafe ldns_rdf_data(field) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: octets, count: ldns_rdf_size(field)))
  }

  private func options() throws(MessageError) -> [EDNS.Option] {
    var rest = unsafe octets(of: ldns_pkt_edns_data(packet))[...]
    var options: [EDNS.Option] = []
    while !rest.isEmpty {
      guard rest.count >= 4 else { throw MessageError("an EDNS option that is cut off") }
      let start = rest.startIndex
      let count = Int(rest[start + 2]) << 8 | Int(rest[start + 3])
      guard rest.count >= 4 + count else { throw MessageError("an EDNS option that is cut off") }
      options.append(
        EDNS.Option(
          code: UInt16(rest[start]) << 8 | UInt16(rest[start + 1]),
          octets: Array(rest[(start + 4)..<(start + 4 + count)])))
      rest = rest.dropFirst(4 + count)
    }
    return options
  }
}

// MARK: - To the packet

extension LDNSPacket {
  private func fill(_ message: Message) throws(MessageError) {
    unsafe ldns_pkt_set_id(packet, message.id)
    unsafe ldns_pkt_set_qr(packet, message.isResponse)
    unsafe ldns_pkt_set_opcode(packet, ldns_pkt_opcode(rawValue: UInt32(message.opcode)))
    unsafe ldns_pkt_set_aa(packet, message.isAuthoritative)
    unsafe ldns_pkt_set_tc(packet, message.isTruncated)
    unsafe ldns_pkt_set_rd(packet, message.isRecursionDesired)
    unsafe ldns_pkt_set_ra(packet, message.isRecursionAvailable)
    unsafe ldns_pkt_set_rcode(packet, UInt8(truncatingIfNeeded: message.responseCode.rawValue & 15))
    for question in message.questions {
      var octets = Array(question.name.wire)
      octets.append(big: question.type.rawValue)
      octets.append(big: question.recordClass.rawValue)
      try push(octets, LDNS_SECTION_QUESTION)
    }
    for record in message.answer { try push(legible(record).wire, LDNS_SECTION_ANSWER) }
    for record in message.authority { try push(legible(record).wire, LDNS_SECTION_AUTHORITY) }
    for record in message.additional { try push(legible(record).wire, LDNS_SECTION_ADDITIONAL) }
    guard let edns = message.edns else { return }
    // libldns leaves out an OPT record whose fields are all 0.
    unsafe packet.pointee._edns_present = 1
    unsafe ldns_pkt_set_edns_udp_size(packet, edns.payload)
    unsafe ldns_pkt_set_edns_version(packet, edns.version)
    unsafe ldns_pkt_set_edns_extended_rcode(
      packet, UInt8(truncatingIfNeeded: message.responseCode.rawValue >> 4))
    unsafe ldns_pkt_set_edns_do(packet, edns.wantsDNSSEC)
    var options: [UInt8] = []
    for option in edns.options {
      options.append(big: option.code)
      options.append(big: UInt16(truncatingIfNeeded: option.octets.count))
      options += option.octets
    }
    guard !options.isEmpty else { return }
    let data = unsafe ldns_rdf_new_frm_data(LDNS_RDF_TYPE_NONE, options.count, options)
    unsafe ldns_pkt_set_edns_data(packet, data)
  }

  /// The record, of the type `standIn` where libldns would misread it.
  private func legible(_ record: Record) throws(MessageError) -> Record {
    guard Self.misreads(Int(record.type.rawValue)) else { return record }
    guard record.data.isWellFormed else { throw MessageError("\(record.type) data that are none") }
    var record = record
    record.data = RecordData(type: Self.standIn, octets: record.data.octets)
    return record
  }

  /// Adds a record, or a question, whose uncompressed octets are given.
  private func push(_ octets: [UInt8], _ section: ldns_pkt_section) throws(MessageError) {
    var record: UnsafeMutablePointer<ldns_rr>?
    var position = 0
    let status = unsafe ldns_wire2rr(&record, octets, octets.count, &position, section)
    guard status == LDNS_STATUS_OK, let record = unsafe record else { throw Self.error(status) }
    guard unsafe ldns_pkt_push_rr(packet, section, record) else {
      unsafe ldns_rr_free(record)
      throw MessageError("no memory")
    }
  }
}

extension Record {
  /// The record as it stands in a message, uncompressed (RFC 1035 section 4.1.3).
  var wire: [UInt8] {
    var octets = Array(owner.wire)
    octets.append(big: type.rawValue)
    octets.append(big: recordClass.rawValue)
    octets.append(big: ttl.rawValue)
    octets.append(big: UInt16(truncatingIfNeeded: data.octets.count))
    octets += data.octets
    return octets
  }
}

extension [UInt8] {
  /// Appends in network order.
  @inline(__always)
  mutating func append(big value: some FixedWidthInteger) {
    var shift = value.bitWidth
    while shift > 0 {
      shift -= 8
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
