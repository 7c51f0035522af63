import ZoneKit

extension Message {
  /// Reads a message. Any octets may be given.
  ///
  /// - Throws: `MessageError` for octets that are no message, whose counts claim more than there
  ///   is, or that go on behind the last record.
  public init(parsing octets: some Collection<UInt8>) throws(MessageError) {
    let octets = Array(octets)
    // libldns takes octets behind the last record for nothing, and would follow pointers that
    // have not been looked at.
    guard MessageLayout(octets.span) != nil else {
      throw MessageError("octets that are laid out as no message")
    }
    self = try LDNSPacket.read(octets[...]).message()
  }

  /// The octets of the message, names compressed where RFC 3597 section 4 allows it.
  ///
  /// - Throws: `MessageError` for record data that are none of their type, and for more than
  ///   65,535 octets.
  public func octets() throws(MessageError) -> [UInt8] {
    try LDNSPacket.make(self).octets()
  }

  init(id: UInt16, questions: [Question]) {
    self.id = id
    self.questions = questions
  }
}
